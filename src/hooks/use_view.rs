//! The address bar as the owner of page and size.

use crate::browser::{address, go_to, path, query, replace_address};
use crate::domain::{Page, PageSize, View};
use crate::hooks::use_address;
use yew::prelude::*;

/// The view that the address names, with ways to another.
#[derive(Clone, PartialEq)]
pub struct CurrentView {
    /// What the address names.
    pub view: View,
    /// Goes to another view; "back" leads here again.
    pub go: Callback<View>,
    /// Goes to the first page, at whatever size there is by then.
    pub first: Callback<()>,
    /// Corrects the address: the view that it named does not exist.
    pub correct: Callback<View>,
}

/// Reads the view off the address, and again whenever that changes. `usual` is the size when none is named.
#[hook]
pub fn use_view(usual: PageSize) -> CurrentView {
    let (_, current) = use_address();
    let go = Callback::from(move |view: View| {
        let target = address_of(view, usual);
        if target != address() {
            go_to(&target);
        }
    });
    CurrentView {
        view: View::from_query(&current, usual),
        first: go.reform(move |()| View { page: Page::FIRST, ..View::from_query(&query(), usual) }),
        go,
        correct: Callback::from(move |view: View| replace_address(&address_of(view, usual))),
    }
}

fn address_of(view: View, usual: PageSize) -> String {
    let query = view.to_query(&query(), usual);
    if query.is_empty() { path() } else { [&*path(), "?", &query].concat() }
}
