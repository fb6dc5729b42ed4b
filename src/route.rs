//! The site map.

use yew_router::Routable;

/// Where one can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Routable)]
pub enum Route {
    /// The invitations.
    #[at("/")]
    Home,
    /// The same, on a host that shows the file's name.
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
