//! The site map.

use crate::browser::{self, Mount};
use crate::domain::list_query::{FILTER, REQUESTS};
use crate::domain::{ListQuery, PageSize};
use std::collections::HashMap;
use yew_router::Routable;

/// The pages of the application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Routable)]
pub enum Route {
    /// The invitations.
    #[at("/")]
    Home,
    /// The invitations, on a host that shows the name of the file.
    #[at("/index.html")]
    Index,
    /// Where the link in an invitation's mail leads.
    #[at("/accept")]
    Accept,
    /// Anywhere else.
    #[not_found]
    #[at("/404")]
    NotFound,
}

impl Route {
    /// Where a path leads that is below the one which the page is served under.
    ///
    /// No path of the site map has parameters, so that they are compared as they are: `Routable::recognize` would bring a
    /// matcher of patterns with it, 6 kB (brotli) for each visitor.
    pub fn of(path: &str) -> Self {
        let path = match path.strip_suffix('/') {
            None | Some("") => path,
            Some(path) => path,
        };
        Self::from_path(path, &HashMap::new()).unwrap_or(Self::NotFound)
    }

    /// Whether the site map of a page has an address.
    pub fn is_own(mount: &Mount, address: &str) -> bool {
        mount.path_below_base_of(address).is_some_and(|path| Self::of(&path) != Self::NotFound)
    }

    /// Whether the list of invitations stands there.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Home | Self::Index)
    }
}

/// Goes to an address that clerk-js or the deployer names: without loading the document anew where the site map has it, else
/// as another document. `signUpUrl` may be another page of the same site.
pub fn follow(mount: &Mount, address: &str) {
    if Route::is_own(mount, address) {
        mount.go_to(address);
    } else {
        browser::leave_for(address);
    }
}

/// The address of the requests to join, on the page that is open.
pub fn requests_address(mount: &Mount) -> String {
    [&*mount.path(), "?", FILTER, "=", REQUESTS].concat()
}

/// The address of a part of the list, on the page that is open.
pub fn list_address(mount: &Mount, query: &ListQuery, usual: PageSize) -> String {
    let query = query.to_query(&mount.query(), usual, browser::encode);
    if query.is_empty() { mount.path() } else { [&*mount.path(), "?", &query].concat() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_leads_to_its_place_with_and_without_a_slash_at_its_end() {
        for (path, route) in [
            ("/", Route::Home),
            ("/index.html", Route::Index),
            ("/accept", Route::Accept),
            ("/accept/", Route::Accept),
            ("/accept/more", Route::NotFound),
            ("/Accept", Route::NotFound),
            ("/404", Route::NotFound),
            ("", Route::NotFound),
        ] {
            assert_eq!(Route::of(path), route, "{path}");
        }
    }
}
