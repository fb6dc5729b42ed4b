//! Addresses that are spelt differently and name the same mailbox. Only of Gmail that is known: it ignores dots and what
//! follows a `+`, and `googlemail.com` is another name of it.

use crate::domain::email::Email;
use crate::domain::known_people::KnownPeople;
use rustc_hash::FxHashMap;

/// Another spelling of the same mailbox, which Clerk has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameMailbox {
    /// The address that Clerk has, by its [`Email::key`].
    pub address: String,
    /// Whether it is a member's. Otherwise an invitation of it is pending.
    pub is_member: bool,
}

/// The mailboxes of members and of pending invitations that have several spellings.
#[derive(Default)]
pub struct Mailboxes<'a>(FxHashMap<String, (&'a str, bool)>);

impl Mailboxes<'_> {
    /// Who has the mailbox of the address with this key already, under another spelling.
    pub fn of(&self, key: &str) -> Option<SameMailbox> {
        if self.0.is_empty() {
            return None;
        }
        let (address, is_member) = self.0.get(&mailbox(key)?)?;
        (*address != key).then(|| SameMailbox { address: (*address).to_owned(), is_member: *is_member })
    }
}

impl KnownPeople {
    /// The mailboxes that one of these addresses may be another spelling of.
    pub fn mailboxes<'a>(&self, mut addresses: impl Iterator<Item = &'a Email>) -> Mailboxes<'_> {
        if !addresses.any(|email| mailbox(email.key()).is_some()) {
            return Mailboxes::default();
        }
        let pending = self.pending.people.keys().map(|key| (key, false));
        let members = self.members.people.keys().map(|key| (key, true));
        // A member counts for more than a pending invitation, so it comes last.
        let known = pending.chain(members);
        let known = known.filter_map(|(key, is_member)| Some((mailbox(key)?, (key.as_str(), is_member))));
        Mailboxes(known.collect())
    }
}

/// The mailbox of an address at Gmail, by the address's key.
fn mailbox(key: &str) -> Option<String> {
    let name = key.strip_suffix("@gmail.com").or_else(|| key.strip_suffix("@googlemail.com"))?;
    let name = name.split_once('+').map_or(name, |(name, _)| name);
    Some(name.chars().filter(|c| *c != '.').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_tags_and_the_other_name_of_gmail_make_no_other_mailbox() {
        let of = |key| mailbox(key).expect("a mailbox");
        for key in ["adalovelace@gmail.com", "a.da.lovelace@googlemail.com", "ada.lovelace+news@gmail.com"] {
            assert_eq!(of(key), of("ada.lovelace@gmail.com"), "{key}");
        }
        assert_ne!(of("adalovelac@gmail.com"), of("ada.lovelace@gmail.com"));
        assert_eq!(mailbox("ada.lovelace@example.com"), None);
        assert_eq!(mailbox("ada"), None);
    }
}
