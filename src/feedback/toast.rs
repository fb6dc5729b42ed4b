//! Messages on the status line: what an update tells its reader, as a plain value.

use crate::domain::InvitationId;

/// How serious a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It went well.
    Success,
    /// Neither good nor bad.
    Info,
    /// Only half done, or not known.
    Warning,
    /// It failed.
    Danger,
}

/// A message on the status line below the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// How serious it is.
    pub severity: Severity,
    /// The sentence, in the reader's language.
    pub text: String,
    /// What the reader can do about it.
    pub action: Option<ToastAction>,
}

/// What the button of a toast does.
#[derive(Clone, Debug, PartialEq)]
pub enum ToastAction {
    /// Invites the people of these invitations again: the admin has just revoked them.
    InviteAgain(Vec<InvitationId>),
    /// Reads the list anew and shows it as it is.
    ShowList,
    /// Puts back the entries of the form that the admin has just taken out.
    Undo,
}

impl Toast {
    /// A sentence without a button.
    pub fn new(severity: Severity, text: String) -> Self {
        Self { severity, text, action: None }
    }
}
