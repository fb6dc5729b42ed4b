//! A dialog that is open as long as there is something to ask.

use web_sys::HtmlDialogElement;
use yew::NodeRef;

/// Opens a dialog that has been drawn, or closes it.
pub fn show_dialog(node: &NodeRef, is_open: bool) {
    if let Some(dialog) = node.cast::<HtmlDialogElement>() {
        if is_open {
            let _ = dialog.show_modal();
            // The browser scrolls to the button that has the focus; what is asked stands above.
            dialog.set_scroll_top(0);
        } else {
            dialog.close();
        }
    }
}
