//! The title of the document: the browser shows it on the tab, in its history and in bookmarks.

use crate::domain::StatusFilter;
use crate::i18n::Message;
use crate::program::model::Model;
use crate::session::Start;

impl Model {
    /// The title for what is on screen.
    pub fn title(&self) -> String {
        let words = &self.words;
        if self.address.is_accept {
            return words.say(Message::PageInvitation);
        }
        if !self.address.is_list {
            return words.say(Message::NotFoundTitle);
        }
        let page = words.say(match self.current().map(|workspace| workspace.list.query.filter) {
            Some(StatusFilter::Attention) => Message::ShownAttention,
            Some(StatusFilter::Accepted) => Message::ShownAccepted,
            Some(StatusFilter::Revoked) => Message::ShownRevoked,
            Some(StatusFilter::Pending | StatusFilter::All) | None => Message::PageTitle,
        });
        match self.session.active().filter(|_| self.session.start == Start::Running) {
            Some(active) => {
                let organization = &active.organization.name;
                words.fill(Message::PageTitleOf, &[("page", &page), ("organization", organization)])
            }
            None => page,
        }
    }
}
