//! What was being done when the page was reloaded.
//!
//! A reload ends every call without an answer, and the browser may still carry one out a moment later. So the page keeps
//! for each user in each organization what was *to be done* for each address, and after the reload it compares that with
//! Clerk's list: only the list tells what has gone out.

use crate::domain::known_people::Standing;
use crate::domain::records;
use crate::domain::{InvitationId, RoleKey, Status};
use crate::outbox::task::Task;

/// What was to be done for one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// The address, as the admin wrote it.
    pub email: String,
    /// The role that it was to have.
    pub role: RoleKey,
    /// The pending invitation that was to be replaced; `None` where there was none.
    pub replaces: Option<InvitationId>,
}

/// What Clerk's list says of a journal entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The invitation has gone out: one is pending, and it is not the one that was to be replaced.
    GoneOut,
    /// The person has joined.
    Joined,
    /// The invitation that was to be replaced is still pending: nothing was done.
    NotBegun,
    /// No invitation is pending: nothing was sent, or not yet.
    NotSent,
}

/// Writes a journal: a line for each entry, its fields separated by tabs.
pub fn encode<'a>(entries: impl Iterator<Item = &'a JournalEntry>) -> String {
    let mut out = String::new();
    for entry in entries {
        let replaces = entry.replaces.as_ref().map_or("", |id| &id.0);
        records::write(&mut out, &[&entry.email, &entry.role.0, replaces]);
    }
    out
}

/// Reads a journal. A line without an address is left out: nothing could be looked up by it.
pub fn decode(text: &str) -> Vec<JournalEntry> {
    let entry = |fields: Vec<String>| {
        let mut fields = fields.into_iter();
        let email = fields.next().filter(|email| !email.is_empty())?;
        let role = RoleKey(fields.next().unwrap_or_default());
        let replaces = fields.next().filter(|id| !id.is_empty()).map(InvitationId);
        Some(JournalEntry { email, role, replaces })
    };
    records::read(text).filter_map(entry).collect()
}

/// Compares an entry with what Clerk has of its address, once the whole list of pending invitations is known.
pub fn settle(entry: &JournalEntry, standing: Option<&Standing>) -> Settled {
    match standing {
        Some(Standing::Member(_)) => Settled::Joined,
        Some(Standing::Invited { id, status: Status::Pending, .. }) => {
            if entry.replaces.as_ref() == Some(id) { Settled::NotBegun } else { Settled::GoneOut }
        }
        _ => Settled::NotSent,
    }
}

impl From<&Task> for JournalEntry {
    fn from(task: &Task) -> Self {
        let replaces = task.action.replaces().cloned();
        Self { email: task.email.as_str().to_owned(), role: task.role.clone(), replaces }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::task::Action;
    use proptest::prelude::*;

    fn entry(email: &str, replaces: Option<&str>) -> JournalEntry {
        let replaces = replaces.map(|id| InvitationId(id.to_owned()));
        JournalEntry { email: email.to_owned(), role: RoleKey("org:member".to_owned()), replaces }
    }

    fn invited(id: &str, status: Status) -> Standing {
        Standing::Invited { id: InvitationId(id.to_owned()), status, created: None }
    }

    #[test]
    fn only_another_pending_invitation_than_the_one_to_be_replaced_has_gone_out() {
        let (new, resend) = (entry("a@x.de", None), entry("a@x.de", Some("old")));
        for (entry, standing, settled) in [
            (&new, Some(invited("some", Status::Pending)), Settled::GoneOut),
            (&new, Some(invited("some", Status::Expired)), Settled::NotSent),
            (&new, None, Settled::NotSent),
            (&resend, Some(invited("old", Status::Pending)), Settled::NotBegun),
            (&resend, Some(invited("newer", Status::Pending)), Settled::GoneOut),
            (&resend, Some(invited("old", Status::Revoked)), Settled::NotSent),
            (&resend, Some(Standing::Member("Ada".to_owned())), Settled::Joined),
        ] {
            assert_eq!(settle(entry, standing.as_ref()), settled, "{entry:?} {standing:?}");
        }
    }

    #[test]
    fn what_was_to_be_done_is_written_down_for_each_kind_of_task() {
        let email =
            crate::domain::Email::parse("a@x.de", crate::domain::testing::ADDRESS_KEY).expect("an address");
        let role = RoleKey("org:member".to_owned());
        let task =
            |action| Task { email: email.clone(), role: role.clone(), action, was_free: false, row: None };
        assert_eq!(JournalEntry::from(&task(Action::Invite)), entry("a@x.de", None));
        let replace = Action::Replace(InvitationId("old".to_owned()));
        assert_eq!(JournalEntry::from(&task(replace)), entry("a@x.de", Some("old")));
    }

    proptest! {
        #[test]
        fn a_journal_is_read_back_as_it_was(
            fields in proptest::collection::vec(("[^\\x00]{1,9}", "[^\\x00]{0,9}", proptest::option::of("[^\\x00]{1,9}")), 0..6),
        ) {
            let entries: Vec<_> = fields.into_iter().map(|(email, role, replaces)| JournalEntry {
                email, role: RoleKey(role), replaces: replaces.map(InvitationId),
            }).collect();
            prop_assert_eq!(decode(&encode(entries.iter())), entries);
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = decode(&text);
        }
    }
}
