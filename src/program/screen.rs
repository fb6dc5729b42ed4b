//! Which screen is shown, and its title: the browser shows that on the tab, in its history and in bookmarks.

use crate::domain::{AuthState, StatusFilter};
use crate::i18n::Message;
use crate::program::model::Model;
use crate::session::Start;

/// A screen of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// There is nothing at this address.
    NotFound,
    /// clerk-js does not run.
    StartFailed,
    /// The invitee's side.
    Accept,
    /// Sign-in.
    SignIn,
    /// A step that Clerk wants before the session is active, or organizations are turned off.
    Gate,
    /// The viewer may not manage invitations here.
    NoRight,
    /// The form and the list.
    Workspace,
}

impl Model {
    /// The screen that is shown; `None` before there is one.
    pub fn screen(&self) -> Option<Screen> {
        if !self.address.is_accept && !self.address.is_list {
            return Some(Screen::NotFound);
        }
        if matches!(self.session.start, Start::Failed(_)) {
            return Some(Screen::StartFailed);
        }
        if self.shows_accept() {
            return Some(Screen::Accept);
        }
        Some(match self.session.auth.as_ref()? {
            AuthState::SignedOut => Screen::SignIn,
            AuthState::Active(_) if self.session.managed().is_some() => Screen::Workspace,
            AuthState::Active(_) => Screen::NoRight,
            _ => Screen::Gate,
        })
    }

    /// The title for what is on screen.
    pub fn title(&self) -> String {
        let words = &self.words;
        if self.address.is_accept {
            return words.say(Message::PageInvitation);
        }
        if !self.address.is_list {
            return words.say(Message::NotFoundTitle);
        }
        let has_requests = self.current().is_some_and(|workspace| workspace.requests.is_some());
        let page = words.say(match self.current().map(|workspace| workspace.list.query.filter) {
            _ if self.address.wants_requests() && has_requests => Message::RequestsTitle,
            Some(StatusFilter::Attention) => Message::ShownAttention,
            Some(StatusFilter::Accepted) => Message::ShownAccepted,
            Some(StatusFilter::Revoked) => Message::ShownRevoked,
            Some(StatusFilter::Pending | StatusFilter::All) | None => Message::PageTitle,
        });
        match self.session.active().filter(|_| self.session.start == Start::Running) {
            Some(active) => {
                let organization = &active.organization.name;
                words.fill_plain(Message::PageTitleOf, &[("page", &page), ("organization", organization)])
            }
            None => page,
        }
    }
}
