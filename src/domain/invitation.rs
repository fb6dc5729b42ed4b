//! An invitation, as Clerk has it.

use crate::domain::email::Email;
use crate::domain::role::RoleKey;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// Clerk's id of an invitation (`orginv_...`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InvitationId(pub String);

/// Milliseconds since the epoch, as Clerk counts time.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Timestamp(pub f64);

impl Timestamp {
    /// Reads a time in the form of JavaScript's `toISOString`: ISO 8601, in UTC and to the millisecond
    /// (`2026-11-24T21:34:21.000Z`). `None` for any other form, so for years of more than four digits too.
    pub fn from_iso(text: &str) -> Option<Self> {
        const FORM: &[u8] = b"0000-00-00T00:00:00.000Z";
        let fits = |(c, form): (u8, &u8)| if *form == b'0' { c.is_ascii_digit() } else { c == *form };
        if text.len() != FORM.len() || !text.bytes().zip(FORM).all(fits) {
            return None;
        }
        let number = |from, digits| {
            let digits = text.bytes().skip(from).take(digits);
            digits.fold(0.0, |number, digit| number * 10.0 + f64::from(digit.wrapping_sub(b'0')))
        };
        let days = days_since_epoch(number(0, 4), number(5, 2), number(8, 2));
        let seconds = (number(11, 2) * 60.0 + number(14, 2)) * 60.0 + number(17, 2);
        Some(Self(days * DAY + seconds * 1000.0 + number(20, 3)))
    }
}

/// The days from 1970-01-01 to a day of the Gregorian calendar.
fn days_since_epoch(year: f64, month: f64, day: f64) -> f64 {
    // Years are counted from March here: then the leap day is the last of its year.
    let (year, month) = if month > 2.0 { (year, month - 3.0) } else { (year - 1.0, month + 9.0) };
    let leap_days = (year / 4.0).floor() - (year / 100.0).floor() + (year / 400.0).floor();
    // From March on, months have 31, 30, 31, 30, 31 days, over and over.
    let before_month = ((153.0 * month + 2.0) / 5.0).floor();
    year * 365.0 + leap_days + before_month + day - 719_469.0
}

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

/// The newest invitation of each address, by its key. Where dates say nothing, it is the one that stands first: Clerk lists
/// the newest first.
pub fn newest_of_each<'a>(
    rows: impl IntoIterator<Item = &'a Invitation>,
) -> FxHashMap<&'a str, &'a Invitation> {
    let rows = rows.into_iter();
    let mut newest = FxHashMap::with_capacity_and_hasher(rows.size_hint().0, FxBuildHasher);
    for row in rows {
        let known = newest.entry(&*row.email_key).or_insert(row);
        if row.is_newer_than(known) {
            *known = row;
        }
    }
    newest
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

    /// Has its status changed within so many days?
    pub fn has_changed_within(&self, days: u32, now: Timestamp) -> bool {
        self.updated.is_some_and(|at| now.0 - at.0 <= f64::from(days) * DAY)
    }

    /// After how many whole days the invitee joined.
    pub fn days_to_join(&self) -> Option<u64> {
        let (sent, joined) = self.created.zip(self.updated).filter(|_| self.status.is_accepted())?;
        // A time that is not valid is not a number of days.
        Some(((joined.0 - sent.0) / DAY).floor().max(0.0) as u64)
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
    fn a_time_is_read_as_iso_8601_writes_it() {
        for (text, time) in [
            ("1970-01-01T00:00:00.000Z", 0.0),
            ("1969-12-31T23:59:59.999Z", -1.0),
            ("2026-08-23T12:00:00.000Z", 1_787_486_400_000.0),
            ("2000-02-29T01:02:03.004Z", 951_786_123_004.0),
            ("2100-03-01T00:00:00.000Z", 4_107_542_400_000.0),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999.0),
            ("0000-01-01T00:00:00.000Z", -62_167_219_200_000.0),
        ] {
            assert_eq!(Timestamp::from_iso(text), Some(Timestamp(time)), "{text}");
        }
        for text in [
            "",
            "2026-08-23",
            "2026-08-23T12:00:00Z",
            "2026-08-23T12:00:00.000+02:00",
            "+012026-08-23T12:00:00.000Z",
            "2026-08-23T12:00:00.00éZ",
            "+026-08-23T12:00:00.000Z",
        ] {
            assert_eq!(Timestamp::from_iso(text), None, "{text}");
        }
    }

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
    fn who_has_joined_did_so_after_whole_days_and_within_a_time() {
        let (sent, joined) = (Some(Timestamp(DAY)), Some(Timestamp(4.9 * DAY)));
        let row = Invitation { created: sent, updated: joined, ..invitation("a@x.de", Status::Accepted) };
        assert_eq!(row.days_to_join(), Some(3));
        assert_eq!(Invitation { updated: None, ..row.clone() }.days_to_join(), None);
        assert_eq!(Invitation { status: Status::Revoked, ..row.clone() }.days_to_join(), None);
        assert!(
            row.has_changed_within(7, Timestamp(11.9 * DAY))
                && !row.has_changed_within(7, Timestamp(12.0 * DAY))
        );
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

    #[test]
    fn the_newest_of_an_address_was_sent_last_or_stands_first_where_dates_say_nothing() {
        let sent = |id: &str, at: Option<f64>| Invitation {
            id: InvitationId(id.to_owned()),
            created: at.map(Timestamp),
            ..invitation("a@x.de", Status::Pending)
        };
        for (first, second, newest) in [
            (Some(1.0), Some(2.0), "second"),
            (Some(2.0), Some(1.0), "first"),
            (Some(1.0), Some(1.0), "first"),
            (None, Some(1.0), "first"),
        ] {
            let rows = [sent("first", first), sent("second", second)];
            assert_eq!(newest_of_each(&rows)["a@x.de"].id.0, newest, "{first:?} {second:?}");
        }
    }
}
