//! The address bar, as a value.

use crate::browser::{path_below_base, query, watch_address};
use yew::prelude::*;

/// Path (below the one that the page is served under, if it is) and query; drawn anew when either changes.
#[hook]
pub fn use_address() -> (Option<String>, String) {
    let read = || (path_below_base(), query());
    let address = use_state_eq(read);
    let changed = address.setter();
    use_effect_with((), move |()| {
        // It may have changed between the drawing and the watching.
        changed.set(read());
        let watch = watch_address(move || changed.set(read()));
        move || drop(watch)
    });
    (*address).clone()
}
