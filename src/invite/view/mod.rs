//! Draws the form, and below it the entries.

mod composer;
mod doubt;
mod entries;
mod files;
mod form;
mod grant;
mod imports;
mod known;
mod no_roles;
mod remedies;
mod role_field;
mod said;
mod unknown_roles;

pub use composer::composer;
pub use form::{Parts, form};

use crate::browser::Transferred;
use crate::domain::{Known, Roles, Seats};
use crate::i18n::Words;
use crate::invite::model::Model;
use crate::invite::update::{ComposerMsg, Msg};
use crate::outbox::Outbox;
use yew::prelude::*;

/// What the form is drawn from.
pub struct View<'a> {
    /// The reader's words.
    pub words: &'a Words,
    /// The form.
    pub model: &'a Model,
    /// What is on its way.
    pub outbox: &'a Outbox,
    /// Whether the browser has a connection.
    pub is_online: bool,
    /// The roles, as far as they are known.
    pub roles: &'a Known<Roles>,
    /// The seats, where Clerk tells of them.
    pub seats: Option<Seats>,
    /// The page's own clock, in milliseconds.
    pub now: f64,
    /// Whether single keys are commands.
    pub has_shortcuts: bool,
    /// The node of the dialog.
    pub dialog: NodeRef,
    /// Sends a message to the form.
    pub on: Callback<Msg>,
    /// Takes what was pasted, dropped or chosen.
    pub on_transferred: Callback<Transferred>,
    /// Whether files are dragged over the page.
    pub is_dragged_over: bool,
    /// Whether the organization has no invitation: then there is nothing else to do than to invite somebody.
    pub is_first: bool,
    /// The admin is about to use the form.
    pub on_focus: Callback<FocusEvent>,
    /// Asks for the roles again.
    pub on_retry_roles: Callback<MouseEvent>,
}

impl View<'_> {
    /// A callback that sends the same message at each event. Only for what is fetched later: it takes the code that clones
    /// messages.
    fn compose<E: 'static>(&self, msg: ComposerMsg) -> Callback<E> {
        self.on.reform(move |_: E| Msg::Composer(msg.clone()))
    }

    /// Whether a phone shows more of the form than a button.
    fn is_open(&self) -> bool {
        let Model { is_open, text, unread, .. } = self.model;
        self.is_first || *is_open || self.model.needs_later() || !text.is_empty() || !unread.is_empty()
    }

    /// The roles, once they are known.
    fn known_roles(&self) -> Option<&Roles> {
        self.roles.value().map(|roles| &**roles)
    }
}
