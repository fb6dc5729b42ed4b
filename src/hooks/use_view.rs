//! The address bar as the owner of page and size.

use crate::browser::{address, go_to, path, query, replace_address};
use crate::config::Config;
use crate::domain::{PageSize, View};
use std::rc::Rc;
use yew::prelude::*;
use yew_router::hooks::use_location;

/// The view that the address names, with ways to another.
#[derive(Clone, PartialEq)]
pub struct CurrentView {
    /// What the address names.
    pub view: View,
    /// Goes to another view; "back" leads here again.
    pub go: Callback<View>,
    /// Corrects the address: the view that it named does not exist.
    pub correct: Callback<View>,
}

/// Reads the view off the address, and again whenever that changes.
#[hook]
pub fn use_view() -> CurrentView {
    let usual = use_context::<Rc<Config>>().map_or(PageSize::default(), |config| config.page_size);
    let query = use_location().map(|location| location.query_str().to_owned()).unwrap_or_default();
    CurrentView {
        view: View::from_query(&query, usual),
        go: use_callback(usual, |view: View, usual| {
            let target = address_of(view, *usual);
            if target != address() {
                go_to(&target);
            }
        }),
        correct: use_callback(usual, |view: View, usual| replace_address(&address_of(view, *usual))),
    }
}

fn address_of(view: View, usual: PageSize) -> String {
    let query = view.to_query(&query(), usual);
    if query.is_empty() { path() } else { [&*path(), "?", &query].concat() }
}
