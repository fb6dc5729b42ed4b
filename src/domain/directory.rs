//! Who is a member and who was ever invited: what an address is compared with before it is invited.
//!
//! Clerk has no search, so the whole lists are read, a page of 500 at a time, the most telling ones first. Nothing waits
//! for that: an address that is not met yet is new as far as is known, and what is known is said.

use crate::domain::error::Error;
use crate::domain::invitation::{Invitation, InvitationId, Status, Timestamp};
use crate::domain::sending::{Invitations, MOST_PAGES, MOST_ROWS};
use std::cell::RefCell;
use std::collections::HashMap;

/// The calls that a [`Directory`] is read with.
pub trait Registry: Invitations {
    /// `rows` members, from the page numbered `page` (from 1), and how many there are in all.
    async fn members(&self, page: u32, rows: u32) -> Result<(Vec<Member>, u64), Error>;
}

/// Somebody who is in the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// What the address is compared by ([`Email::key`](crate::domain::Email::key)).
    pub email_key: String,
    /// The name, when there is one. Text from a stranger.
    pub name: String,
}

/// What Clerk has of an address.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// A member of this name.
    Member(String),
    /// Invited: the pending invitation, else the newest.
    Invited {
        /// Its id.
        id: InvitationId,
        /// What became of it.
        status: Status,
        /// When it was sent.
        created: Option<Timestamp>,
    },
}

/// How far the reading is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Reading {
    /// It has not begun.
    #[default]
    Nothing,
    /// It goes on: so many rows of so many, as far as they are counted.
    Some {
        /// Rows that were read.
        read: u64,
        /// Rows that there are in the lists that were begun.
        of: u64,
    },
    /// All was read.
    All,
    /// It broke off. What was read until then is known.
    Failed(Error),
}

/// What is known of addresses, by what they are compared by.
#[derive(Debug, Default)]
pub struct Directory {
    known: HashMap<String, Standing>,
    domains: HashMap<String, u32>,
    common: Option<String>,
    has_read_pending: bool,
    has_all_pending: bool,
    reading: Reading,
}

/// From so many members on, their domain counts as the organization's own.
const COMMON: u32 = 3;

impl Directory {
    /// What is known of an address.
    pub fn of(&self, key: &str) -> Option<&Standing> {
        self.known.get(key)
    }

    /// How far it was read.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Was the list of pending invitations read to its end?
    pub fn has_read_pending(&self) -> bool {
        self.has_read_pending
    }

    /// Is every pending invitation in it for certain?
    pub fn has_all_pending(&self) -> bool {
        self.has_all_pending
    }

    /// The domain that most members have.
    pub fn common_domain(&self) -> Option<&str> {
        self.common.as_deref()
    }

    /// Notes an invitation. A pending one counts for more than any other, then the newer one; a member for more than any.
    pub fn note(&mut self, invitation: &Invitation) {
        let age = |created: &Option<Timestamp>| created.map_or(0.0, |created| created.0);
        let is_news = match self.known.get(&invitation.email_key) {
            None => true,
            Some(Standing::Member(_)) => false,
            Some(Standing::Invited { status, .. }) if *status == Status::Pending => {
                invitation.status == Status::Pending
            }
            Some(Standing::Invited { created, .. }) => {
                invitation.status == Status::Pending || age(&invitation.created) > age(created)
            }
        };
        if is_news {
            let Invitation { id, status, created, .. } = invitation.clone();
            self.known.insert(invitation.email_key.clone(), Standing::Invited { id, status, created });
        }
    }

    fn note_member(&mut self, member: Member) {
        let domain = crate::domain::email::domain_of(&member.email_key);
        let count = self.domains.entry(domain.to_owned()).or_default();
        *count += 1;
        let count = *count;
        let most = self.common.as_ref().and_then(|common| self.domains.get(common)).copied();
        if count >= COMMON && most.is_none_or(|most| count > most) {
            self.common = Some(domain.to_owned());
        }
        self.known.insert(member.email_key, Standing::Member(member.name));
    }

    fn progress(&mut self, read: u64, of: u64) {
        self.reading = match self.reading {
            Reading::Some { read: before, of: so_far } => {
                Reading::Some { read: before.saturating_add(read), of: so_far.saturating_add(of) }
            }
            _ => Reading::Some { read, of },
        };
    }
}

/// Reads all into `directory`, as long as `goes_on` says so, which is asked after each page and at the end.
pub async fn read(service: &impl Registry, directory: &RefCell<Directory>, goes_on: impl Fn() -> bool) {
    directory.borrow_mut().progress(0, 0);
    let reading = match read_all(service, directory, &goes_on).await {
        Ok(false) => return,
        Ok(true) => Reading::All,
        Err(error) => Reading::Failed(error),
    };
    directory.borrow_mut().reading = reading;
    goes_on();
}

/// `false` when nobody wants to know any more.
async fn read_all(
    service: &impl Registry,
    directory: &RefCell<Directory>,
    goes_on: &dyn Fn() -> bool,
) -> Result<bool, Error> {
    let ended = [Status::Accepted, Status::Revoked, Status::Expired, Status::Other("completed".to_owned())];
    for statuses in [Some(&[Status::Pending][..]), None, Some(&ended)] {
        let (mut so_far, mut of) = (0, 0);
        for page in 1..=MOST_PAGES {
            let (read, total) = match statuses {
                Some(statuses) => {
                    let (rows, total) = service.list(statuses, page, MOST_ROWS).await?;
                    let mut directory = directory.borrow_mut();
                    rows.iter().for_each(|invitation| directory.note(invitation));
                    (rows.len() as u64, total)
                }
                None => {
                    let (rows, total) = service.members(page, MOST_ROWS).await?;
                    let read = rows.len() as u64;
                    let mut directory = directory.borrow_mut();
                    rows.into_iter().for_each(|member| directory.note_member(member));
                    (read, total)
                }
            };
            if page == 1 {
                of = total;
            }
            so_far += read;
            let ends = read == 0 || u64::from(page) * u64::from(MOST_ROWS) >= total;
            let mut known = directory.borrow_mut();
            known.progress(read, if page == 1 { total } else { 0 });
            if ends && statuses.is_some_and(|statuses| statuses.contains(&Status::Pending)) {
                // A row that slipped from one page to another while they were read would be missing, and so would one that
                // could not be read.
                known.has_all_pending = so_far == total && total == of;
                known.has_read_pending = true;
            }
            drop(known);
            if !goes_on() {
                return Ok(false);
            }
            if ends {
                break;
            }
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sending::tests::{invitation, now};
    use crate::domain::{Email, RoleKey};
    use std::cell::Cell;

    struct Lists {
        invitations: Vec<Invitation>,
        members: Vec<Member>,
        fails_at: usize,
        calls: Cell<usize>,
    }

    impl Lists {
        fn page<T: Clone>(&self, all: &[T], page: u32, rows: u32) -> Result<(Vec<T>, u64), Error> {
            self.calls.set(self.calls.get() + 1);
            if self.calls.get() == self.fails_at {
                return Err(Error::Unreachable);
            }
            let before = (page as usize - 1) * rows as usize;
            Ok((all.iter().skip(before).take(rows as usize).cloned().collect(), all.len() as u64))
        }
    }

    impl Invitations for Lists {
        async fn invite(&self, _: &Email, _: &RoleKey) -> Result<Invitation, Error> {
            Err(Error::Unproved)
        }
        async fn revoke(&self, _: &InvitationId) -> Result<Invitation, Error> {
            Err(Error::Unproved)
        }
        async fn list(
            &self,
            statuses: &[Status],
            page: u32,
            rows: u32,
        ) -> Result<(Vec<Invitation>, u64), Error> {
            let all: Vec<_> =
                self.invitations.iter().filter(|i| statuses.contains(&i.status)).cloned().collect();
            self.page(&all, page, rows)
        }
    }

    impl Registry for Lists {
        async fn members(&self, page: u32, rows: u32) -> Result<(Vec<Member>, u64), Error> {
            self.page(&self.members, page, rows)
        }
    }

    fn lists() -> Lists {
        let invited = |n: usize, status| invitation(&format!("i{n}@x.de"), status);
        let status = |n: usize| if n < 1100 { Status::Pending } else { Status::Expired };
        Lists {
            invitations: (0..1700).map(|n| invited(n, status(n))).collect(),
            members: (0..600)
                .map(|n| Member { email_key: format!("m{n}@own.test"), name: format!("Member {n}") })
                .collect(),
            fails_at: 0,
            calls: Cell::new(0),
        }
    }

    #[test]
    fn everybody_on_every_page_is_known_in_the_end() {
        let (lists, directory) = (lists(), RefCell::default());
        now(read(&lists, &directory, || true));
        let directory = directory.into_inner();
        assert_eq!((directory.reading(), lists.calls.get()), (&Reading::All, 3 + 2 + 2));
        assert!(directory.has_all_pending());
        assert_eq!(directory.of("m599@own.test"), Some(&Standing::Member("Member 599".to_owned())));
        for (n, status) in [(0, Status::Pending), (1099, Status::Pending), (1699, Status::Expired)] {
            let of = directory.of(&format!("i{n}@x.de"));
            assert!(matches!(of, Some(Standing::Invited { status: found, .. }) if *found == status), "{n}");
        }
        assert_eq!(directory.of("nobody@x.de"), None);
        assert_eq!(directory.common_domain(), Some("own.test"));
    }

    #[test]
    fn what_was_read_before_it_broke_off_is_known() {
        for (fails_at, pending, all_pending) in [(1, false, false), (3, true, false), (4, true, true)] {
            let (lists, directory) = (Lists { fails_at, ..lists() }, RefCell::default());
            now(read(&lists, &directory, || true));
            let directory = directory.into_inner();
            assert_eq!(directory.reading(), &Reading::Failed(Error::Unreachable));
            assert_eq!(directory.of("i0@x.de").is_some(), pending);
            assert_eq!(directory.has_all_pending(), all_pending);
        }
    }

    #[test]
    fn a_list_of_which_a_row_is_missing_was_read_but_is_not_certain() {
        struct Torn(Lists);
        impl Invitations for Torn {
            async fn invite(&self, email: &Email, role: &RoleKey) -> Result<Invitation, Error> {
                self.0.invite(email, role).await
            }
            async fn revoke(&self, id: &InvitationId) -> Result<Invitation, Error> {
                self.0.revoke(id).await
            }
            async fn list(
                &self,
                s: &[Status],
                page: u32,
                rows: u32,
            ) -> Result<(Vec<Invitation>, u64), Error> {
                let (mut rows, total) = self.0.list(s, page, rows).await?;
                rows.pop();
                Ok((rows, total))
            }
        }
        impl Registry for Torn {
            async fn members(&self, page: u32, rows: u32) -> Result<(Vec<Member>, u64), Error> {
                self.0.members(page, rows).await
            }
        }
        let directory = RefCell::default();
        now(read(&Torn(lists()), &directory, || true));
        let directory = directory.into_inner();
        assert_eq!(directory.reading(), &Reading::All);
        assert!(directory.has_read_pending() && !directory.has_all_pending());
    }

    #[test]
    fn nobody_reads_on_when_nobody_wants_to_know() {
        let (lists, directory) = (lists(), RefCell::default());
        now(read(&lists, &directory, || lists.calls.get() < 2));
        assert_eq!(lists.calls.get(), 2);
        assert_eq!(directory.into_inner().reading(), &Reading::Some { read: 1000, of: 1100 });
    }

    #[test]
    fn pending_counts_for_more_than_newer_and_a_member_for_more_than_both() {
        let of = |order: &[(Status, f64)]| {
            let mut directory = Directory::default();
            for (status, created) in order {
                let created = Some(Timestamp(*created));
                directory.note(&Invitation { created, ..invitation("a@x.de", status.clone()) });
            }
            directory
        };
        let status = |directory: &Directory| match directory.of("a@x.de") {
            Some(Standing::Invited { status, .. }) => status.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(status(&of(&[(Status::Pending, 1.0), (Status::Expired, 2.0)])), Status::Pending);
        assert_eq!(status(&of(&[(Status::Expired, 2.0), (Status::Pending, 1.0)])), Status::Pending);
        assert_eq!(status(&of(&[(Status::Expired, 2.0), (Status::Revoked, 1.0)])), Status::Expired);
        assert_eq!(status(&of(&[(Status::Expired, 1.0), (Status::Revoked, 2.0)])), Status::Revoked);
        let mut directory = of(&[(Status::Pending, 1.0)]);
        directory.note_member(Member { email_key: "a@x.de".to_owned(), name: "Ada".to_owned() });
        directory.note(&invitation("a@x.de", Status::Pending));
        assert_eq!(directory.of("a@x.de"), Some(&Standing::Member("Ada".to_owned())));
    }
}
