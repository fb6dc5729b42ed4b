//! What is about to be sent, and what is known of each address before it is.

use crate::domain::batch::{Outcome, Task, What};
use crate::domain::directory::{Directory, Standing};
use crate::domain::email::{Email, EmailProblem, Lowercase};
use crate::domain::intake::Piece;
use crate::domain::invitation::{InvitationId, Status, Timestamp};
use crate::domain::role::{RoleKey, Roles};
use crate::domain::typo;
use std::collections::HashSet;

/// Something that stands in the box: an address, or what stands in the place of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Which one, for as long as the page is open.
    pub id: u32,
    /// As it was written.
    pub text: String,
    /// Whose it is, when that was written beside it.
    pub name: Option<String>,
    /// The role that it is to have, when that differs: a role's key or name, as it was written.
    pub role: Option<String>,
    /// The address, or why it can't be one.
    pub email: Result<Email, EmailProblem>,
    /// It looks mistyped, and somebody said that it is not.
    pub is_meant: bool,
    /// The pending invitation is to be revoked and another one sent.
    pub is_resent: bool,
    /// It was being sent when the page was loaded anew: the list knows what became of it.
    pub is_unsettled: bool,
    /// What became of it when it was sent; whether its earlier invitation is gone.
    pub last: Option<(Outcome, bool)>,
}

/// What is known of an entry before it is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Nobody has invited it, as far as is known.
    New,
    /// It was invited before, and that came to an end.
    Before(Status, Option<Timestamp>),
    /// An invitation is pending.
    Pending(InvitationId, Option<Timestamp>),
    /// The person is a member, of this name.
    Member(String),
    /// The same address stands further up.
    Twice,
    /// This domain was probably meant.
    Mistyped(String),
    /// No role is called that.
    UnknownRole(String),
    /// There is no seat left for it.
    NoSeat,
    /// It can't be an address.
    NotAnAddress(EmailProblem),
}

/// What is known of all entries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdicts {
    /// Of each, in the order of the entries.
    pub each: Vec<Verdict>,
    /// What would be sent now.
    pub tasks: Vec<Task>,
    /// How many are new.
    pub new: u64,
    /// How many are pending already, whether or not they are sent anew.
    pub pending: u64,
    /// How many were sent before, in vain, and could be tried again.
    pub failed: u64,
    /// How many are members already.
    pub members: u64,
    /// How many stand there twice.
    pub twice: u64,
    /// How many want to be looked at: they can't be sent as they are.
    pub to_look_at: u64,
    /// How many seats it takes, for which there may be room or not.
    pub seats: u64,
}

/// What entries are judged by.
#[derive(Clone, Copy)]
pub struct Judge<'a> {
    /// Who is known.
    pub directory: &'a Directory,
    /// The roles, once they are known.
    pub roles: Option<&'a Roles>,
    /// The role for all that name none.
    pub role: Option<&'a RoleKey>,
    /// How many seats are left, when there is a limit.
    pub seats_left: Option<u64>,
    /// Turns a text into lower case.
    pub lowercase: Lowercase,
}

/// The entries.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    entries: Vec<Entry>,
    last_id: u32,
}

impl Verdict {
    /// Can't it be sent as it is, although that is what somebody wants?
    pub fn wants_a_look(&self) -> bool {
        matches!(self, Self::Mistyped(_) | Self::UnknownRole(_) | Self::NoSeat | Self::NotAnAddress(_))
    }
}

impl Draft {
    /// All of them, in the order in which they came.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes a piece in; its id.
    pub fn add(&mut self, piece: Piece, key: Lowercase) -> u32 {
        self.last_id = self.last_id.wrapping_add(1);
        self.entries.push(Entry {
            id: self.last_id,
            email: Email::parse(&piece.text, key),
            text: piece.text,
            name: piece.name,
            role: piece.role,
            is_meant: false,
            is_resent: false,
            is_unsettled: false,
            last: None,
        });
        self.last_id
    }

    /// The entry of that id.
    pub fn entry(&mut self, id: u32) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.id == id)
    }

    /// Keeps those that `keeps` says.
    pub fn retain(&mut self, keeps: impl FnMut(&mut Entry) -> bool) {
        self.entries.retain_mut(keeps);
    }

    /// What is known of each, and what would be sent.
    pub fn judge(&self, by: &Judge) -> Verdicts {
        let mut verdicts = Verdicts { each: Vec::with_capacity(self.entries.len()), ..Verdicts::default() };
        let mut met = HashSet::with_capacity(self.entries.len());
        for entry in &self.entries {
            let verdict = verdicts.of(entry, by, &mut met);
            verdicts.each.push(verdict);
        }
        verdicts
    }
}

impl Entry {
    /// What it was taken in as.
    pub fn piece(&self) -> Piece {
        Piece { text: self.text.clone(), name: self.name.clone(), role: self.role.clone() }
    }

    /// Another text in its place.
    pub fn rewrite(&mut self, text: String, key: Lowercase) {
        self.email = Email::parse(&text, key);
        (self.text, self.is_meant, self.is_resent, self.is_unsettled, self.last) =
            (text, false, false, false, None);
    }

    /// The address with another domain.
    pub fn with_domain(&self, domain: &str) -> String {
        [self.text.rsplit_once('@').map_or("", |(name, _)| name), "@", domain].concat()
    }
}

impl Verdicts {
    /// Judges the next entry. The order is that of what a person has to do about it.
    fn of<'a>(&mut self, entry: &'a Entry, by: &Judge, met: &mut HashSet<&'a str>) -> Verdict {
        let look = |verdicts: &mut Self, verdict| {
            verdicts.to_look_at += 1;
            verdict
        };
        let email = match &entry.email {
            Ok(email) => email,
            Err(problem) => return look(self, Verdict::NotAnAddress(*problem)),
        };
        if !met.insert(email.key()) {
            self.twice += 1;
            return Verdict::Twice;
        }
        let standing = by.directory.of(email.key());
        let mut what = What::Invite;
        let mut verdict = Verdict::New;
        match standing {
            Some(Standing::Member(name)) => {
                self.members += 1;
                return Verdict::Member(name.clone());
            }
            Some(Standing::Invited { id, status: Status::Pending, created }) => {
                verdict = Verdict::Pending(id.clone(), *created);
                if !entry.is_resent {
                    self.pending += 1;
                    return verdict;
                }
                what = What::Replace(id.clone());
            }
            Some(Standing::Invited { status, created, .. }) => {
                verdict = Verdict::Before(status.clone(), *created)
            }
            None => {}
        }
        if standing.is_none()
            && !entry.is_meant
            && let Some(domain) = typo::meant(email.domain(), by.directory.common_domain())
        {
            return look(self, Verdict::Mistyped(domain.to_owned()));
        }
        let role = match (&entry.role, by.roles) {
            (None, _) => by.role.cloned(),
            (Some(_), None) => None,
            (Some(wish), Some(roles)) => match roles.meant(wish, by.lowercase) {
                Some(role) => Some(role.key.clone()),
                None => return look(self, Verdict::UnknownRole(wish.clone())),
            },
        };
        // The one that is taken back gives its seat to the one that is sent in its place.
        let is_anew = what == What::Invite;
        if is_anew {
            self.seats += 1;
            if by.seats_left.is_some_and(|left| self.seats > left) {
                return look(self, Verdict::NoSeat);
            }
        }
        let count = match is_anew {
            _ if entry.last.is_some() => &mut self.failed,
            true => &mut self.new,
            false => &mut self.pending,
        };
        *count += 1;
        if let Some(role) = role {
            let was_free = by.directory.has_all_pending() && is_anew;
            self.tasks.push(Task { email: email.clone(), role, what, was_free });
        }
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::directory::{self, Member, Registry};
    use crate::domain::error::Error;
    use crate::domain::invitation::Invitation;
    use crate::domain::role::Role;
    use crate::domain::sending::Invitations;
    use crate::domain::sending::tests::{invitation, now};
    use proptest::prelude::*;
    use std::cell::RefCell;

    #[derive(Clone, Default)]
    struct Known {
        invited: Vec<(String, Status)>,
        members: Vec<String>,
    }

    impl Invitations for Known {
        async fn invite(&self, _: &Email, _: &RoleKey) -> Result<Invitation, Error> {
            Err(Error::Unproved)
        }
        async fn revoke(&self, _: &InvitationId) -> Result<Invitation, Error> {
            Err(Error::Unproved)
        }
        async fn list(&self, statuses: &[Status], _: u32, _: u32) -> Result<(Vec<Invitation>, u64), Error> {
            let of = self.invited.iter().filter(|(_, status)| statuses.contains(status));
            let rows: Vec<_> = of.map(|(key, status)| invitation(key, status.clone())).collect();
            let total = rows.len() as u64;
            Ok((rows, total))
        }
    }

    impl Registry for Known {
        async fn members(&self, _: u32, _: u32) -> Result<(Vec<Member>, u64), Error> {
            let name = |key: &String| Member { email_key: key.clone(), name: format!("Mr {key}") };
            Ok((self.members.iter().map(name).collect(), self.members.len() as u64))
        }
    }

    fn directory(known: &Known) -> Directory {
        let directory = RefCell::default();
        now(directory::read(known, &directory, || true));
        directory.into_inner()
    }

    fn draft(texts: &[&str]) -> Draft {
        let mut draft = Draft::default();
        for text in texts {
            draft.add(Piece { text: (*text).to_owned(), name: None, role: None }, str::to_lowercase);
        }
        draft
    }

    fn roles() -> Roles {
        let role = |key: &str, name: &str| Role {
            key: RoleKey(key.to_owned()),
            name: name.to_owned(),
            description: String::new(),
            permissions: vec![],
        };
        Roles { all: vec![role("org:admin", "Admin"), role("org:member", "Member")], ..Roles::default() }
    }

    fn known() -> Known {
        let invited = |key: &str, status| (key.to_owned(), status);
        Known {
            invited: vec![
                invited("pending@x.de", Status::Pending),
                invited("expired@x.de", Status::Expired),
                invited("both@x.de", Status::Revoked),
                invited("both@x.de", Status::Pending),
                invited("gone@gmial.com", Status::Accepted),
            ],
            members: ["m1@acme-corp.test", "m2@acme-corp.test", "m3@acme-corp.test", "member@x.de"]
                .map(str::to_owned)
                .to_vec(),
        }
    }

    #[test]
    fn each_address_has_the_verdict_that_asks_for_a_deed() {
        let mut draft = draft(&[
            "new@x.de",
            "NEW@x.de",
            "pending@x.de",
            "both@x.de",
            "expired@x.de",
            "Member@x.de",
            "ada@gmial.com",
            "gone@gmial.com",
            "bob@acme-crop.test",
            "nonsense",
        ]);
        let directory = directory(&known());
        let (roles, role) = (roles(), RoleKey("org:member".to_owned()));
        let by = Judge {
            directory: &directory,
            roles: Some(&roles),
            role: Some(&role),
            seats_left: None,
            lowercase: str::to_lowercase,
        };
        let verdicts = draft.judge(&by);
        let pending = |key: &str| Verdict::Pending(InvitationId(key.to_owned()), None);
        assert_eq!(
            verdicts.each,
            [
                Verdict::New,
                Verdict::Twice,
                pending("pending@x.de"),
                pending("both@x.de"),
                Verdict::Before(Status::Expired, None),
                Verdict::Member("Mr member@x.de".to_owned()),
                Verdict::Mistyped("gmail.com".to_owned()),
                Verdict::Before(Status::Accepted, None),
                Verdict::Mistyped("acme-corp.test".to_owned()),
                Verdict::NotAnAddress(EmailProblem::NoAt),
            ]
        );
        let counts = (verdicts.new, verdicts.pending, verdicts.members, verdicts.twice, verdicts.to_look_at);
        assert_eq!(counts, (3, 2, 1, 1, 3));
        let to_send = |verdicts: &Verdicts| {
            verdicts.tasks.iter().map(|task| task.email.key().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(to_send(&verdicts), ["new@x.de", "expired@x.de", "gone@gmial.com"]);

        let [mistyped, resent, wished] = [7, 3, 1];
        draft.entry(mistyped).expect("it").is_meant = true;
        draft.entry(resent).expect("it").is_resent = true;
        draft.entry(wished).expect("it").role = Some("admin".to_owned());
        let verdicts = draft.judge(&by);
        assert_eq!(
            to_send(&verdicts),
            ["new@x.de", "pending@x.de", "expired@x.de", "ada@gmial.com", "gone@gmial.com"]
        );
        assert_eq!(verdicts.tasks[0].role.0, "org:admin");
        assert_eq!(verdicts.tasks[1].what, What::Replace(InvitationId("pending@x.de".to_owned())));

        draft.entry(wished).expect("it").role = Some("emperor".to_owned());
        assert_eq!(draft.judge(&by).each[0], Verdict::UnknownRole("emperor".to_owned()));
        let by = Judge { seats_left: Some(2), ..by };
        let verdicts = draft.judge(&by);
        assert_eq!(to_send(&verdicts), ["pending@x.de", "expired@x.de", "ada@gmial.com"]);
        assert_eq!((verdicts.seats, &verdicts.each[7]), (3, &Verdict::NoSeat));
    }

    #[test]
    fn what_was_not_read_is_not_known_to_be_free() {
        let (draft, role) = (draft(&["new@x.de"]), RoleKey("org:member".to_owned()));
        let directory = Directory::default();
        let by = Judge {
            directory: &directory,
            roles: None,
            role: Some(&role),
            seats_left: None,
            lowercase: str::to_lowercase,
        };
        assert!(draft.judge(&by).tasks.iter().all(|task| !task.was_free));
    }

    #[test]
    fn a_text_in_the_place_of_another_is_judged_anew() {
        let mut draft = draft(&["nonsense"]);
        draft.entry(1).expect("it").rewrite("ada@gmial.com".to_owned(), str::to_lowercase);
        let entry = &draft.entries()[0];
        assert_eq!(entry.email.as_ref().map(Email::as_str), Ok("ada@gmial.com"));
        assert_eq!(entry.with_domain("gmail.com"), "ada@gmail.com");
    }

    proptest! {
        #[test]
        fn every_entry_is_counted_once_and_no_address_is_sent_twice_or_without_need(
            texts in proptest::collection::vec("[a-d](@x\\.de|@gmial\\.com|)", 0..30),
            flags in proptest::collection::vec((any::<bool>(), any::<bool>(), proptest::option::of("member|emperor")), 30),
            invited in proptest::collection::vec(("[a-d]@x\\.de", prop_oneof![Just(Status::Pending), Just(Status::Expired)]), 0..4),
            members in proptest::collection::vec("[a-d]@x\\.de", 0..3),
            seats_left in proptest::option::of(0u64..10),
            has_roles: bool,
        ) {
            let known = Known { invited, members };
            let directory = directory(&known);
            let mut draft = draft(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            for (entry, (is_meant, is_resent, role)) in draft.entries.iter_mut().zip(flags) {
                entry.last = (is_meant && is_resent).then_some((Outcome::Kept, false));
                (entry.is_meant, entry.is_resent, entry.role) = (is_meant, is_resent, role);
            }
            let (roles, role) = (roles(), RoleKey("org:member".to_owned()));
            let verdicts = draft.judge(&Judge {
                directory: &directory,
                roles: has_roles.then_some(&roles),
                role: Some(&role),
                seats_left,
                lowercase: str::to_lowercase,
            });
            prop_assert_eq!(verdicts.each.len(), texts.len());
            let sum = verdicts.new + verdicts.failed + verdicts.pending + verdicts.members + verdicts.twice + verdicts.to_look_at;
            prop_assert_eq!(sum, texts.len() as u64);
            let looks = verdicts.each.iter().filter(|verdict| verdict.wants_a_look()).count() as u64;
            prop_assert_eq!(verdicts.to_look_at, looks);
            let mut keys: Vec<_> = verdicts.tasks.iter().map(|task| task.email.key()).collect();
            keys.sort_unstable();
            keys.dedup();
            prop_assert_eq!(keys.len(), verdicts.tasks.len());
            if let Some(left) = seats_left {
                let anew = verdicts.tasks.iter().filter(|task| task.what == What::Invite).count() as u64;
                prop_assert!(anew <= left);
            }
            for task in &verdicts.tasks {
                let key = task.email.key();
                prop_assert!(!known.members.iter().any(|member| member == key));
                let is_pending = known.invited.contains(&(key.to_owned(), Status::Pending));
                prop_assert_eq!(task.what != What::Invite, is_pending);
                prop_assert_eq!(task.was_free, !is_pending);
            }
        }
    }
}
