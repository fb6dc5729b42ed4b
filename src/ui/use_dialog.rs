//! A dialog that is open as long as there is something to ask.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// The node of a dialog, which is opened and closed as `is_open` says.
#[hook]
pub fn use_dialog(is_open: bool) -> NodeRef {
    let node = use_node_ref();
    let dialog = node.clone();
    use_effect_with(is_open, move |is_open| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            if *is_open {
                let _ = dialog.show_modal();
                // The browser scrolls to the button that has the focus; what is asked stands above.
                dialog.set_scroll_top(0);
            } else {
                dialog.close();
            }
        }
    });
    node
}
