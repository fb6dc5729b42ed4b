//! What is said of the session.

use crate::domain::{Change, Error};
use crate::feedback::{Severity, Toast};
use crate::i18n::{Message, Words, error_sentence};

/// What has changed for the viewer outside of this page.
pub fn of_change(words: &Words, change: &Change) -> Toast {
    let of = |message, organization: &str| words.fill(message, &[("organization", organization)]);
    let (severity, text) = match change {
        Change::SignedOut => (Severity::Warning, words.say(Message::ChangeSignedOut)),
        Change::SignedIn(name) => (Severity::Info, words.fill(Message::ChangeSignedIn, &[("name", name)])),
        Change::Switched(name) => (Severity::Info, of(Message::ChangeSwitched, name)),
        Change::Left(name) => (Severity::Warning, of(Message::ChangeRemoved, name)),
        Change::RightLost(name) => (Severity::Warning, of(Message::ChangeRightLost, name)),
        Change::RightGained(name) => (Severity::Success, of(Message::ChangeRightGained, name)),
        Change::Renamed { before, after } => {
            (Severity::Info, words.fill(Message::ChangeRenamed, &[("before", before), ("after", after)]))
        }
    };
    Toast::new(severity, text)
}

/// Why the viewer is still in the organization that they wanted to leave.
pub fn of_failed_switch(words: &Words, error: &Error) -> Toast {
    let reason = error_sentence(words, error);
    Toast::new(Severity::Danger, words.fill(Message::SwitchFailed, &[("reason", &reason)]))
}
