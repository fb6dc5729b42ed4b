//! The address bar as the owner of what is shown: which invitations, in which order, which page of them.

use crate::browser::{address, decode, encode, go_to, path, query, replace_address};
use crate::domain::{Listing, PageSize, View};
use crate::hooks::use_address;
use yew::prelude::*;

/// What the address names, with ways to something else.
#[derive(Clone, PartialEq)]
pub struct CurrentListing {
    /// What the address names.
    pub listing: Listing,
    /// Goes elsewhere; "back" leads here again.
    pub go: Callback<Listing>,
    /// Looks for other words among what is shown by then.
    pub search: Callback<String>,
    /// Goes to the first page of whatever is shown by then.
    pub first: Callback<()>,
    /// Corrects the page: the one that was named does not exist.
    pub correct: Callback<View>,
}

/// Reads the address, and again whenever it changes. `usual` is the size when none is named.
#[hook]
pub fn use_listing(usual: PageSize) -> CurrentListing {
    let (_, current) = use_address();
    let read = move |query: &str| Listing::from_query(query, usual, decode);
    let go = Callback::from(move |listing: Listing| {
        let target = listing_address(&listing, usual);
        if target == address() {
            return;
        }
        let before = read(&query());
        // Each letter of a search would otherwise be a step of its own on the way back.
        let goes_on = !before.search.is_empty()
            && listing.search != before.search
            && (listing.shown, listing.sort) == (before.shown, before.sort);
        if goes_on { replace_address(&target) } else { go_to(&target) }
    });
    CurrentListing {
        listing: read(&current),
        search: go.reform(move |search| Listing { search, ..read(&query()) }.on_first_page()),
        first: go.reform(move |()| read(&query()).on_first_page()),
        go,
        correct: Callback::from(move |view: View| {
            replace_address(&listing_address(&Listing { view, ..read(&query()) }, usual));
        }),
    }
}

/// The address of a listing on this page.
pub fn listing_address(listing: &Listing, usual: PageSize) -> String {
    let query = listing.to_query(&query(), usual, encode);
    if query.is_empty() { path() } else { [&*path(), "?", &query].concat() }
}
