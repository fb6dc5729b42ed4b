//! Who is a member and who was ever invited: what an address is compared with before it is invited.
//!
//! Clerk has no search, so the whole lists are read, a page of 500 at a time, the pending invitations first. Nothing waits
//! for that: until an address is found in a list, it counts as new.
//!
//! What is known is kept. When the lists may have changed, only their first pages are read again: the newest rows stand
//! there. A list is read to its end again only when its total is not explained by what is new on its first page, and
//! what was known stays in force until then.

mod known_list;
mod mailboxes;

pub use mailboxes::{Mailboxes, SameMailbox};

use crate::domain::email::domain_of;
use crate::domain::error::Error;
use crate::domain::invitation::{Invitation, InvitationId, Status, Timestamp};
use crate::domain::known_people::known_list::{KnownList, Progress, Row};
use crate::domain::service::{MAX_PAGES, MAX_ROWS, Member, Members};
use std::collections::HashMap;

/// What Clerk has of an address.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// The person with this name is a member.
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

/// A list that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Pending,
    Members,
    Ended,
}

/// The lists in the order in which they are read.
const LISTS: [List; 3] = [List::Pending, List::Members, List::Ended];

/// A page that Clerk is to be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lookup {
    list: List,
    page: u32,
    /// Counts the questions: the answer to one that was given up is recognised by it.
    turn: u32,
}

/// A page of a list, and how many rows the whole list has.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    rows: Rows,
    total: u64,
}

#[derive(Clone, Debug, PartialEq)]
enum Rows {
    Invitations(Vec<Invitation>),
    Members(Vec<Member>),
}

/// How far the reading is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Reading {
    /// Nothing is being read: it has not begun, or what is known may be out of date.
    #[default]
    Idle,
    /// It goes on.
    Going {
        /// Rows that were read.
        read: u64,
        /// Rows of the lists that were begun.
        of: u64,
    },
    /// All is known.
    Complete,
    /// It broke off. What was read until then is known.
    Failed(Error),
}

/// What is known of addresses, by [`Email::key`](crate::domain::Email::key).
#[derive(Clone, Debug, Default)]
pub struct KnownPeople {
    pending: KnownList<Invited>,
    members: KnownList<String>,
    ended: KnownList<Invited>,
    domains: HashMap<String, u32>,
    common: Option<String>,
    reading: Reading,
    asked: Option<Lookup>,
    turns: u32,
    /// Whether the list of pending invitations was read to its end since the reading began.
    has_read_pending: bool,
    /// Whether no pending invitation can be missing from what was read.
    has_all_pending: bool,
}

#[derive(Clone, Debug, PartialEq)]
struct Invited {
    id: InvitationId,
    status: Status,
    created: Option<Timestamp>,
    expires: Option<Timestamp>,
}

/// How many members have to share a domain for it to count as the organization's own.
const COMMON: u32 = 3;

impl KnownPeople {
    /// What is known of an address. That the person is a member counts for more than any invitation, and a pending
    /// invitation for more than one that has ended.
    pub fn of(&self, key: &str) -> Option<Standing> {
        let invited = |Invited { id, status, created, .. }: &Invited| Standing::Invited {
            id: id.clone(),
            status: status.clone(),
            created: *created,
        };
        let member = self.members.people.get(key).map(|name| Standing::Member(name.clone()));
        let pending = || self.pending.people.get(key).map(invited);
        member.or_else(pending).or_else(|| self.ended.people.get(key).map(invited))
    }

    /// Whether the invitation that Clerk lists as pending for an address has expired by now.
    pub fn is_overdue(&self, key: &str, now: Timestamp) -> bool {
        let pending = self.pending.people.get(key);
        pending.and_then(|pending| pending.expires).is_some_and(|at| at.0 <= now.0)
    }

    /// Whether a member has this address, as far as that is known.
    pub fn is_member(&self, key: &str) -> bool {
        self.members.people.contains_key(key)
    }

    /// How far the reading is.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Whether the list of pending invitations was read to its end since the last [`KnownPeople::read`].
    pub fn has_read_pending(&self) -> bool {
        self.has_read_pending
    }

    /// Whether every pending invitation is known for certain.
    pub fn has_all_pending(&self) -> bool {
        self.has_all_pending
    }

    /// The domain that most members have.
    pub fn common_domain(&self) -> Option<&str> {
        self.common.as_deref()
    }

    /// Begins to read, or begins anew what has not come to its end. What to ask Clerk for.
    pub fn read(&mut self) -> Lookup {
        self.reading = Reading::Going { read: 0, of: 0 };
        self.has_read_pending = false;
        for known in [&mut self.pending, &mut self.ended] {
            known.next = None;
        }
        self.members.next = None;
        self.ask(List::Pending, 1)
    }

    /// What is known may be out of date: the next [`KnownPeople::read`] looks for what has changed.
    pub fn expire(&mut self) {
        // A reading that goes on may have passed what has changed: it is begun anew, and what it has read is kept.
        (self.reading, self.asked) = (Reading::Idle, None);
    }

    /// Takes an answer in. What to ask for next; `None` when the reading has come to its end, or the answer is one to an
    /// older question.
    pub fn take(&mut self, lookup: Lookup, answer: Result<Found, Error>) -> Option<Lookup> {
        if self.asked != Some(lookup) {
            return None;
        }
        self.asked = None;
        let found = match answer {
            Ok(found) => found,
            Err(error) => {
                self.reading = Reading::Failed(error);
                return None;
            }
        };
        let (read, total) = (found.rows.len(), found.total);
        self.progress(read, if lookup.page == 1 { total } else { 0 });
        let is_last = read == 0 || u64::from(lookup.page) * u64::from(MAX_ROWS) >= total;
        let is_whole = match found.rows {
            Rows::Invitations(rows) => {
                let rows = rows.into_iter().map(|row| {
                    let Invitation { id, email_key, status, created, expires, .. } = row;
                    let person = Invited { id: id.clone(), status, created, expires };
                    Row { id: id.0, key: email_key, person }
                });
                let known = if lookup.list == List::Pending { &mut self.pending } else { &mut self.ended };
                known.take(lookup.page, rows.collect(), total, is_last, lookup.list == List::Pending, newer)
            }
            Rows::Members(rows) => {
                let rows = rows.into_iter().map(|Member { email_key, name }| Row {
                    id: email_key.clone(),
                    key: email_key,
                    person: name,
                });
                self.members.take(lookup.page, rows.collect(), total, is_last, false, |_, _| true)
            }
        };
        match is_whole {
            Progress::GoesOn if lookup.page < MAX_PAGES => Some(self.ask(lookup.list, lookup.page + 1)),
            progress => self.finish(lookup.list, progress == Progress::Certain),
        }
    }

    /// Notes an invitation that is known from elsewhere: a run has just sent or revoked it.
    pub fn note(&mut self, invitation: &Invitation) {
        let Invitation { id, email_key, status, created, expires, .. } = invitation.clone();
        let invited = Invited { id, status, created, expires };
        if invited.status != Status::Pending {
            return self.note_ended(email_key, invited);
        }
        // Clerk has one pending invitation for an address: the one before was revoked.
        if let Some(before) = self.pending.people.get(&email_key).filter(|known| known.id != invited.id) {
            let before = Invited { status: Status::Revoked, ..before.clone() };
            self.note_ended(email_key.clone(), before);
        }
        self.pending.note(email_key, invited.id.0.clone(), invited);
    }

    fn note_ended(&mut self, email_key: String, invited: Invited) {
        if self.pending.people.get(&email_key).is_some_and(|known| known.id == invited.id) {
            self.pending.people.remove(&email_key);
            self.pending.ids.remove(&invited.id.0);
            self.pending.total = self.pending.total.map(|total| total.saturating_sub(1));
        }
        let is_newer = self.ended.people.get(&email_key).is_none_or(|known| newer(known, &invited));
        if is_newer {
            self.ended.note(email_key, invited.id.0.clone(), invited);
        }
    }

    fn ask(&mut self, list: List, page: u32) -> Lookup {
        self.turns = self.turns.wrapping_add(1);
        let lookup = Lookup { list, page, turn: self.turns };
        self.asked = Some(lookup);
        lookup
    }

    /// A list has come to its end. What to ask for next.
    fn finish(&mut self, list: List, is_certain: bool) -> Option<Lookup> {
        match list {
            List::Pending => (self.has_read_pending, self.has_all_pending) = (true, is_certain),
            List::Members => self.count_domains(),
            List::Ended => {}
        }
        let next = LISTS.into_iter().skip_while(|other| *other != list).nth(1);
        if next.is_none() {
            self.reading = Reading::Complete;
        }
        next.map(|next| self.ask(next, 1))
    }

    fn count_domains(&mut self) {
        self.domains.clear();
        for key in self.members.people.keys() {
            *self.domains.entry(domain_of(key).to_owned()).or_default() += 1;
        }
        let most = self.domains.iter().filter(|(_, count)| **count >= COMMON);
        // Of two domains with equally many members it is the same one each time.
        let most = most.max_by(|(one, count), (other, others)| count.cmp(others).then(other.cmp(one)));
        self.common = most.map(|(domain, _)| domain.clone());
    }

    fn progress(&mut self, read: u64, of: u64) {
        if let Reading::Going { read: before, of: so_far } = &mut self.reading {
            *before = before.saturating_add(read);
            *so_far = so_far.saturating_add(of);
        }
    }
}

/// Of several invitations to one address the newest counts.
fn newer(known: &Invited, other: &Invited) -> bool {
    let age = |created: Option<Timestamp>| created.map_or(0.0, |created| created.0);
    age(other.created) > age(known.created)
}

impl Rows {
    fn len(&self) -> u64 {
        match self {
            Self::Invitations(rows) => rows.len() as u64,
            Self::Members(rows) => rows.len() as u64,
        }
    }
}

/// Asks Clerk for a page.
///
/// # Errors
/// Clerk's.
pub async fn look_up(service: &impl Members, lookup: Lookup) -> Result<Found, Error> {
    let statuses: &[Status] = match lookup.list {
        List::Members => {
            let (rows, total) = service.members(lookup.page, MAX_ROWS).await?;
            return Ok(Found { rows: Rows::Members(rows), total });
        }
        List::Pending => &[Status::Pending],
        List::Ended => {
            &[Status::Accepted, Status::Revoked, Status::Expired, Status::Other("completed".to_owned())]
        }
    };
    let (rows, total) = service.list(statuses, lookup.page, MAX_ROWS).await?;
    Ok(Found { rows: Rows::Invitations(rows), total })
}

#[cfg(test)]
mod tests;
