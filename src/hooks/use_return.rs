//! Coming back to the page.

use crate::browser::{WindowWatch, is_visible};
use yew::prelude::*;

/// Calls `on_return` when the window gets the focus, and when the tab can be seen again.
#[hook]
pub fn use_return(on_return: Callback<()>) {
    let newest = use_mut_ref(Callback::noop);
    newest.replace(on_return);
    use_effect_with((), move |()| {
        // The second reaches the window because it bubbles up from the document.
        let watches = ["focus", "visibilitychange"].map(|event| {
            let newest = newest.clone();
            WindowWatch::new(event, move |_| {
                if is_visible() {
                    let on_return = newest.borrow().clone();
                    on_return.emit(());
                }
            })
        });
        move || drop(watches)
    });
}
