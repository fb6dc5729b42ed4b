//! What is known of each entry before it is sent, and what would be sent.

use crate::addresses::{Doubt, typo};
use crate::domain::known_people::{KnownPeople, SameMailbox, Standing};
use crate::domain::text::Lowercase;
use crate::domain::{Email, EmailProblem, InvitationId, RoleKey, Roles, Status, Timestamp};
use crate::invite::entry::{Entries, Entry, EntryState, Review};
use crate::invite::requested_roles::{Requested, RequestedRoles, Resolution};
use crate::outbox::{Action, Task};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

/// What is known of an entry before it is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Clerk has neither a member nor an invitation with this address, as far as is known.
    New,
    /// It is new, but another spelling of this address, which is a member or has a pending invitation. It can be sent.
    SameMailbox(SameMailbox),
    /// It was invited before: the status in which that ended, and when it was invited.
    Before(Status, Option<Timestamp>),
    /// An invitation is pending.
    Pending(InvitationId, Option<Timestamp>),
    /// The person is a member, of this name.
    Member(String),
    /// It is an address of the admin.
    Yourself,
    /// The same address stands further up.
    Twice,
    /// Another address may be meant.
    Doubtful(Doubt),
    /// This domain was probably meant.
    Mistyped(String),
    /// No role is called that.
    UnknownRole(String),
    /// The entries with this address name these different roles, in the order of the role set.
    SeveralRoles(Vec<RoleKey>),
    /// There is no seat left for it.
    NoSeat,
    /// Clerk has refused it in a run, and would again: the admin has to edit it or take it out.
    Refused,
    /// It can't be an address.
    NotAnAddress(EmailProblem),
}

/// What is known of all entries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdicts {
    /// Of each, in the order of the entries.
    pub each: Vec<Verdict>,
    /// How many would be sent now.
    pub sendable: u64,
    /// How many are new.
    pub new: u64,
    /// How many are pending already, whether or not they are sent anew.
    pub pending: u64,
    /// How many could not be sent before, and can be tried again.
    pub failed: u64,
    /// How many are members already.
    pub members: u64,
    /// How many have the address of an earlier entry.
    pub twice: u64,
    /// How many need a review: they can't be sent as they are.
    pub to_review: u64,
    /// How many seats the new ones take, whether or not so many are left.
    pub seats: u64,
    /// The roles that do not exist here, as they were written, each with how many entries name it; the most frequent first.
    pub unknown_roles: Vec<(String, u64)>,
}

/// What the verdicts depend on, beside the entries.
#[derive(Clone, Copy)]
pub struct Judge<'a> {
    /// Who is a member and who was invited.
    pub people: &'a KnownPeople,
    /// The roles, once they are known.
    pub roles: Option<&'a Roles>,
    /// The role of all entries that name none.
    pub role: Option<&'a RoleKey>,
    /// How many seats are left, when there is a limit.
    pub seats_left: Option<u64>,
    /// The admin's own addresses, by [`Email::key`]. They are known without a look-up.
    pub own: &'a [String],
    /// The time of day.
    pub now: Timestamp,
    /// Makes the form of a text by which words are compared.
    pub lowercase: Lowercase,
}

/// An entry that can be sent, before a [`Task`] is made of it: there can be thousands, which are counted far more often than
/// they are sent.
struct Sendable<'a> {
    email: &'a Email,
    role: &'a RoleKey,
    action: Action,
    was_free: bool,
}

type OnSendable<'a> = &'a mut dyn FnMut(Sendable);

impl Sendable<'_> {
    fn into_task(self) -> Task {
        let Self { email, role, action, was_free } = self;
        Task { email: email.clone(), role: role.clone(), action, was_free, row: None }
    }
}

impl Verdict {
    /// Whether the entry can't be sent as it is, although the admin wants that.
    pub fn needs_review(&self) -> bool {
        match self {
            Self::Doubtful(_)
            | Self::Mistyped(_)
            | Self::UnknownRole(_)
            | Self::SeveralRoles(_)
            | Self::NoSeat
            | Self::Refused
            | Self::NotAnAddress(_) => true,
            Self::New
            | Self::SameMailbox(_)
            | Self::Before(..)
            | Self::Pending(..)
            | Self::Member(_)
            | Self::Yourself
            | Self::Twice => false,
        }
    }
}

impl Judge<'_> {
    /// Judges each entry, in their order.
    pub fn judge(&self, entries: &Entries) -> Verdicts {
        self.judge_each(entries, &mut |_| {})
    }

    /// Judges each entry, and makes the tasks that send those which can be sent.
    pub fn plan(&self, entries: &Entries) -> (Verdicts, Vec<Task>) {
        let mut tasks = vec![];
        let verdicts = self.judge_each(entries, &mut |sendable| tasks.push(sendable.into_task()));
        (verdicts, tasks)
    }

    fn judge_each(&self, entries: &Entries, on_sendable: OnSendable) -> Verdicts {
        let count = entries.all().len();
        let mut verdicts = Verdicts { each: Vec::with_capacity(count), ..Verdicts::default() };
        let requested = RequestedRoles::of(entries, self.roles, self.role, self.lowercase);
        let mailboxes =
            self.people.mailboxes(entries.all().iter().filter_map(|entry| entry.email.as_ref().ok()));
        let (mut met, mut without_role) =
            (FxHashSet::with_capacity_and_hasher(count, FxBuildHasher), FxHashSet::default());
        let mut typos = Typos { common: self.people.common_domain(), last: None };
        for entry in entries.all() {
            let verdict = match (&entry.review, &entry.email) {
                (Review::Doubtful(doubt), _) => Verdict::Doubtful(doubt.clone()),
                (_, Err(problem)) => Verdict::NotAnAddress(*problem),
                (_, Ok(email)) if !met.insert(email.key()) => Verdict::Twice,
                (_, Ok(email)) => {
                    let resolution = requested.resolve(entry, email.key());
                    let verdict =
                        self.judge_address(entry, email, resolution, &mut typos, &mut verdicts, on_sendable);
                    match mailboxes.of(email.key()) {
                        Some(same) if verdict == Verdict::New => Verdict::SameMailbox(same),
                        _ => verdict,
                    }
                }
            };
            if let (Verdict::UnknownRole(_), Ok(email)) = (&verdict, &entry.email) {
                without_role.insert(email.key());
            }
            verdicts.count(&verdict);
            verdicts.each.push(verdict);
        }
        verdicts.unknown_roles = unknown_roles(entries, &requested, &without_role);
        verdicts
    }

    /// Judges an address that no earlier entry has. `resolution` is the role that all entries with the address request. Where
    /// several verdicts hold, it is the one that the admin has to do something about.
    fn judge_address<'a>(
        &self,
        entry: &Entry,
        email: &'a Email,
        resolution: Resolution,
        typos: &mut Typos<'a>,
        verdicts: &mut Verdicts,
        on_sendable: OnSendable,
    ) -> Verdict {
        if self.own.iter().any(|own| own == email.key()) {
            return Verdict::Yourself;
        }
        let standing = self.people.of(email.key());
        let is_known = standing.is_some();
        let (verdict, action) = match standing {
            Some(Standing::Member(name)) => return Verdict::Member(name),
            // An expired invitation does not prevent another one, although Clerk may want it revoked first.
            Some(Standing::Invited { id, status: Status::Pending, created })
                if self.people.is_overdue(email.key(), self.now) =>
            {
                (Verdict::Before(Status::Expired, created), Action::Renew(id))
            }
            Some(Standing::Invited { id, status: Status::Pending, created }) => {
                if entry.state != EntryState::Resend {
                    return Verdict::Pending(id, created);
                }
                (Verdict::Pending(id.clone(), created), Action::Replace(id))
            }
            Some(Standing::Invited { status, created, .. }) => {
                (Verdict::Before(status, created), Action::Invite)
            }
            None => (Verdict::New, Action::Invite),
        };
        if !is_known
            && entry.review == Review::Open
            && let Some(domain) = typos.meant(email)
        {
            return Verdict::Mistyped(domain.to_owned());
        }
        if entry.is_refused_for_good() {
            return Verdict::Refused;
        }
        let role = match resolution {
            Resolution::Role(role) => role,
            Resolution::Unknown(text) => return Verdict::UnknownRole(text.to_owned()),
            Resolution::Several(roles) => return Verdict::SeveralRoles(roles),
        };
        // An invitation that replaces a revoked one takes over its seat.
        let is_anew = action == Action::Invite;
        if is_anew {
            verdicts.seats += 1;
            if self.seats_left.is_some_and(|left| verdicts.seats > left) {
                return Verdict::NoSeat;
            }
        }
        if !matches!(action, Action::Replace(_)) {
            if entry.was_not_sent() {
                verdicts.failed += 1;
            } else {
                verdicts.new += 1;
            }
        }
        if let Some(role) = role {
            let was_free = self.people.has_all_pending() && is_anew;
            verdicts.sendable += 1;
            on_sendable(Sendable { email, role, action, was_free });
        }
        verdict
    }
}

/// The domains that were probably meant. Neighbours in a list mostly have the same domain, and there can be thousands.
struct Typos<'a> {
    /// The domain that most members have.
    common: Option<&'a str>,
    /// The last domain, and what was probably meant by it.
    last: Option<(&'a str, Option<&'a str>)>,
}

impl<'a> Typos<'a> {
    fn meant(&mut self, email: &'a Email) -> Option<&'a str> {
        match self.last {
            Some((last, meant)) if email.is_at(last) => meant,
            _ => {
                let domain = email.domain();
                let meant = typo::meant(domain, self.common);
                self.last = Some((domain, meant));
                meant
            }
        }
    }
}

/// The roles that do not exist here, as the entries name them whose address is in `keys`, with how many name each.
fn unknown_roles(
    entries: &Entries,
    requested: &RequestedRoles,
    keys: &FxHashSet<&str>,
) -> Vec<(String, u64)> {
    let mut counts: FxHashMap<&str, (usize, u64)> = FxHashMap::default();
    for entry in entries.all().iter().filter(|_| !keys.is_empty()) {
        let Ok(email) = &entry.email else { continue };
        if let Requested::Unknown(text) = requested.of_entry(entry)
            && entry.doubt().is_none()
            && keys.contains(email.key())
        {
            let next = counts.len();
            counts.entry(text.trim()).or_insert((next, 0)).1 += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, (first, count))| (std::cmp::Reverse(*count), *first));
    counts.into_iter().map(|(text, (_, count))| (text.to_owned(), count)).collect()
}

impl Verdicts {
    /// Counts an entry that is neither new nor failed; those are counted when they are judged.
    fn count(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::New | Verdict::SameMailbox(_) | Verdict::Before(..) => {}
            Verdict::Pending(..) => self.pending += 1,
            Verdict::Member(_) | Verdict::Yourself => self.members += 1,
            Verdict::Twice => self.twice += 1,
            looks => self.to_review += u64::from(looks.needs_review()),
        }
    }
}

#[cfg(test)]
mod tests;
