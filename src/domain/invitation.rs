//! An invitation, as Clerk has it.

use crate::domain::email::Email;
use crate::domain::role::RoleKey;

/// Clerk's id of an invitation (`orginv_...`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InvitationId(pub String);

/// Milliseconds since the epoch, as Clerk counts time.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Timestamp(pub f64);

/// The status of an invitation. The set is open: Clerk may add one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Sent, and not answered yet.
    Pending,
    /// The invitee joined.
    Accepted,
    /// An admin revoked it.
    Revoked,
    /// The invitee did not answer in time.
    Expired,
    /// Any other word, kept as Clerk spells it.
    Other(String),
}

impl Status {
    /// The status that Clerk spells `word`.
    pub fn from_word(word: &str) -> Self {
        match word {
            "pending" => Self::Pending,
            "accepted" => Self::Accepted,
            "revoked" => Self::Revoked,
            "expired" => Self::Expired,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Clerk's word for this status.
    pub fn word(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::Other(word) => word,
        }
    }
}

/// An invitation to an organization.
#[derive(Clone, Debug, PartialEq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// The invited address, as Clerk stores it. It is text from a stranger: it need not be a valid address.
    pub email: String,
    /// The same in lower case, to compare it by ([`Email::key`](crate::domain::Email::key)).
    pub email_key: String,
    /// The role that the invitee will have.
    pub role: RoleKey,
    /// The role's name, when Clerk's answer carries one.
    pub role_name: Option<String>,
    /// Its status.
    pub status: Status,
    /// When it was sent.
    pub created: Option<Timestamp>,
    /// When its status last changed.
    pub updated: Option<Timestamp>,
    /// When its link stops working, where Clerk's answer says so (clerk-js itself drops that field).
    pub expires: Option<Timestamp>,
    /// The link itself, where Clerk's answer has one.
    pub url: Option<String>,
}

/// A day, in milliseconds.
pub const DAY: f64 = 86_400_000.0;
/// How much the clocks of Clerk and of the admin may differ, in days: a link that was sent just now works for thirty days, not
/// for thirty-one.
const SKEW: f64 = 1.0 / 24.0;
/// How long Clerk's links work, in days (Clerk's documentation).
const LIFETIME: f64 = 30.0;
/// An invitation with at most this many days left needs attention.
const SOON: f64 = 5.0;

/// When a link stops working.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expiry {
    /// The time.
    pub at: Timestamp,
    /// Clerk did not say when: this is estimated from the usual lifetime of a link.
    pub is_about: bool,
}

impl Status {
    /// Has the invitee joined?
    pub fn is_accepted(&self) -> bool {
        matches!(self.word(), "accepted" | "completed")
    }
}

impl Invitation {
    /// The invited address, as it is sent to Clerk and compared.
    pub fn address(&self) -> Email {
        Email::known(self.email.clone(), self.email_key.clone())
    }

    /// When its link stops working, or did.
    pub fn expiry(&self) -> Option<Expiry> {
        let about = || self.created.map(|created| Timestamp(created.0 + LIFETIME * DAY));
        let exact = self.expires.map(|at| Expiry { at, is_about: false });
        exact.or_else(|| about().map(|at| Expiry { at, is_about: true }))
    }

    /// How many days its link still works, the last one of which has begun.
    pub fn days_left(&self, now: Timestamp) -> Option<u64> {
        let left = (self.expiry()?.at.0 - now.0) / DAY;
        let least = if left > 0.0 { 1.0 } else { 0.0 };
        // No link works so long that it could not be counted.
        Some((left - SKEW).ceil().max(least) as u64)
    }

    /// Is it listed as pending although its link has stopped working? Only where Clerk has said when that is: a lifetime
    /// that is estimated may be longer.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.status == Status::Pending && self.expires.is_some_and(|at| at.0 <= now.0)
    }

    /// Its status as it is at this time. Clerk may go on listing an expired one as pending.
    pub fn status_at(&self, now: Timestamp) -> Status {
        if self.is_overdue(now) { Status::Expired } else { self.status.clone() }
    }

    /// Was it sent after the other one, as far as both say when?
    pub fn is_newer_than(&self, other: &Self) -> bool {
        self.created.zip(other.created).is_some_and(|(own, other)| own.0 > other.0)
    }

    /// Has it expired, or will it within five days? Whether the admin has to see to it depends on whether there is
    /// something newer for the same address, too.
    pub fn needs_attention(&self, now: Timestamp) -> bool {
        match self.status {
            Status::Expired => true,
            Status::Pending => self.expiry().is_some_and(|expiry| expiry.at.0 - now.0 <= SOON * DAY),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::invitation;

    #[test]
    fn what_clerk_says_of_the_end_counts_and_without_that_thirty_days() {
        let mut pending =
            Invitation { created: Some(Timestamp(7.0)), ..invitation("a@x.de", Status::Pending) };
        assert_eq!(pending.expiry(), Some(Expiry { at: Timestamp(7.0 + 30.0 * DAY), is_about: true }));
        pending.expires = Some(Timestamp(9.0));
        assert_eq!(pending.expiry(), Some(Expiry { at: Timestamp(9.0), is_about: false }));
        assert_eq!(invitation("a@x.de", Status::Pending).expiry(), None);
    }

    #[test]
    fn days_are_counted_as_begun_and_an_hour_between_two_clocks_is_no_day() {
        let sent = Invitation { created: Some(Timestamp(0.0)), ..invitation("a@x.de", Status::Pending) };
        let hour = DAY / 24.0;
        for (now, left) in [
            (0.0, 30),
            // The admin's clock is behind.
            (-0.9 * hour, 30),
            (5.0, 30),
            (2.0 * hour, 30),
            (29.0 * DAY, 1),
            (29.99 * DAY, 1),
            (30.0 * DAY, 0),
            (31.0 * DAY, 0),
        ] {
            assert_eq!(sent.days_left(Timestamp(now)), Some(left), "{now}");
        }
        assert_eq!(invitation("a@x.de", Status::Pending).days_left(Timestamp(0.0)), None);
    }

    #[test]
    fn a_pending_one_is_expired_as_soon_as_its_time_is_over_and_clerk_has_said_when() {
        let pending = invitation("a@x.de", Status::Pending);
        let until = |at| Invitation { expires: Some(Timestamp(at)), ..pending.clone() };
        let now = Timestamp(40.0 * DAY);
        assert_eq!(until(now.0).status_at(now), Status::Expired);
        assert_eq!(until(now.0 + 1.0).status_at(now), Status::Pending);
        // Thirty days are only the usual lifetime.
        let guessed = Invitation { created: Some(Timestamp(0.0)), ..pending.clone() };
        assert_eq!(guessed.status_at(now), Status::Pending);
        let accepted = Invitation { status: Status::Accepted, ..until(1.0) };
        assert_eq!(accepted.status_at(now), Status::Accepted);
    }

    #[test]
    fn expired_ones_and_those_with_five_days_left_need_attention() {
        let of = |status, left: f64| {
            let one = Invitation { expires: Some(Timestamp(left * DAY)), ..invitation("a@x.de", status) };
            one.needs_attention(Timestamp(0.0))
        };
        assert!(of(Status::Pending, 5.0) && of(Status::Pending, -1.0) && of(Status::Expired, 90.0));
        assert!(!of(Status::Pending, 5.001) && !of(Status::Accepted, 1.0) && !of(Status::Revoked, -1.0));
        assert!(!invitation("a@x.de", Status::Pending).needs_attention(Timestamp(0.0)));
    }
}
