//! How many invitations there are of each kind.

use crate::domain::dismissed::Dismissed;
use crate::domain::error::Error;
use crate::domain::invitation::{Invitation, InvitationId, Status, Timestamp, newest_of_each};
use crate::domain::list_query::StatusFilter;
use crate::domain::service::{Invitations, MAX_PAGES, MAX_ROWS};
use rustc_hash::FxHashSet;

/// How many invitations each [`StatusFilter`] has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// Those that Clerk lists as pending: each takes a seat.
    pub pending: u64,
    /// Those among them of which the page knows that they have expired.
    pub overdue: u64,
    /// [`StatusFilter::Attention`].
    pub attention: u64,
    /// [`StatusFilter::Accepted`].
    pub accepted: u64,
    /// [`StatusFilter::Revoked`].
    pub revoked: u64,
    /// [`StatusFilter::All`].
    pub all: u64,
    /// `attention` is a lower bound: not all of a long list was read.
    pub is_at_least: bool,
    /// Those that have expired and whose people were invited again, with the time of that.
    pub renewed: Vec<(InvitationId, Timestamp)>,
}

impl Counts {
    /// How many invitations `filter` has.
    pub fn of(&self, filter: StatusFilter) -> u64 {
        match filter {
            StatusFilter::Pending => self.pending.saturating_sub(self.overdue),
            StatusFilter::Attention => self.attention,
            StatusFilter::Accepted => self.accepted,
            StatusFilter::Revoked => self.revoked,
            StatusFilter::All => self.all,
        }
    }
}

/// How many of the first pages of the whole list are read at most.
const FIRST_PAGES: u32 = 3;
/// How many of the last pages of the pending ones are read at most.
const LAST_PAGES: usize = 3;

/// Counts them; those that were `dismissed` need no attention. A list that is not long is read and counted here. Of a long one Clerk tells the totals, and those that
/// need attention are counted among its newest rows, and on the last pages of the pending ones.
///
/// Clerk lists the newest first. So a row of the first pages has everything that is newer than it before it, and the
/// pending ones that expire soon are on the last pages, unless the instance's developer gave some of them another lifetime
/// than usual. Reading backwards ends at the first page without any, and after three in any case: the list is counted
/// after each change, and in an organization that has not invited for weeks all of it needs attention.
///
/// # Errors
/// Of the first page that could not be read.
pub async fn count(
    service: &impl Invitations,
    dismissed: &Dismissed,
    now: Timestamp,
) -> Result<Counts, Error> {
    let (mut rows, mut all) = (vec![], 0);
    for page in 1..=FIRST_PAGES {
        let (newest, total) = service.list(&[], page, MAX_ROWS).await?;
        all = total;
        let is_last = newest.is_empty() || u64::from(page) * u64::from(MAX_ROWS) >= all;
        add(&mut rows, newest);
        if is_last {
            return Ok(counted(&rows, all, dismissed, now));
        }
    }
    let (_, pending) = service.list(&[Status::Pending], 1, 1).await?;
    let last = pending.div_ceil(u64::from(MAX_ROWS)).min(u64::from(MAX_PAGES)) as u32;
    let mut is_at_least = false;
    for page in (1..=last).rev().take(LAST_PAGES) {
        let (oldest, _) = service.list(&[Status::Pending], page, MAX_ROWS).await?;
        let is_none = !oldest.iter().any(|row| row.needs_attention(now));
        add(&mut rows, oldest);
        let read = rows.iter().filter(|row| row.status == Status::Pending).count() as u64;
        is_at_least = !is_none && read < pending;
        if !is_at_least {
            break;
        }
    }
    let (_, expired) = service.list(&[Status::Expired], 1, 1).await?;
    let (_, accepted) = service.list(&StatusFilter::Accepted.statuses(), 1, 1).await?;
    let (_, revoked) = service.list(&StatusFilter::Revoked.statuses(), 1, 1).await?;
    let read = counted(&rows, all, dismissed, now);
    let expired_here = rows.iter().filter(|row| row.status == Status::Expired).count() as u64;
    is_at_least |= expired_here < expired;
    Ok(Counts { pending, accepted, revoked, is_at_least, ..read })
}

/// Adds rows, unless they are there already: a list may change between two pages.
fn add(rows: &mut Vec<Invitation>, more: Vec<Invitation>) {
    let known: FxHashSet<_> = rows.iter().map(|row| row.id.clone()).collect();
    rows.extend(more.into_iter().filter(|row| !known.contains(&row.id)));
}

/// Counts rows that stand with the newest first.
fn counted(rows: &[Invitation], all: u64, dismissed: &Dismissed, now: Timestamp) -> Counts {
    let number = |is_it: &dyn Fn(&Invitation) -> bool| rows.iter().filter(|row| is_it(row)).count() as u64;
    let newest = newest_of_each(rows);
    let newer = |row: &Invitation| newest.get(&*row.email_key).filter(|known| !std::ptr::eq(**known, row));
    let needs =
        rows.iter().filter(|row| row.needs_attention(now) && newer(row).is_none() && !dismissed.has(&row.id));
    let has_expired = |row: &&Invitation| row.status_at(now) == Status::Expired;
    let renewed = rows.iter().filter(has_expired);
    let renewed = renewed.filter_map(|row| Some((row.id.clone(), newer(row)?.created?)));
    Counts {
        pending: number(&|row| row.status == Status::Pending),
        overdue: number(&|row| row.is_overdue(now)),
        attention: needs.count() as u64,
        accepted: number(&|row| StatusFilter::Accepted.lists(&row.status)),
        revoked: number(&|row| StatusFilter::Revoked.lists(&row.status)),
        all,
        is_at_least: false,
        renewed: renewed.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::invitation::DAY;
    use crate::domain::testing::{invitation, now};
    use crate::domain::{Email, InvitationId, RoleKey};
    use std::cell::RefCell;

    /// When the tests take place.
    const TODAY: Timestamp = Timestamp(1_000.0 * DAY);

    /// Clerk's list, the newest first.
    #[derive(Default)]
    struct Listed {
        rows: Vec<Invitation>,
        /// The pages of many rows that were asked for: of which status, and which.
        pages: RefCell<Vec<(String, u32)>>,
        /// The page of the whole list that can't be read.
        unreadable: u32,
    }

    /// An invitation that was sent so many days ago and whose link works for thirty.
    fn sent(name: &str, status: Status, days_ago: f64) -> Invitation {
        let created = TODAY.0 - days_ago * DAY;
        Invitation {
            id: InvitationId(format!("{name} {days_ago}")),
            created: Some(Timestamp(created)),
            expires: Some(Timestamp(created + 30.0 * DAY)),
            ..invitation(&format!("{name}@x.de"), status)
        }
    }

    impl Listed {
        /// Pending invitations, one a minute, of which those from this place on expire soon.
        fn pending(count: usize, soon_from: usize) -> Self {
            let days = |at: usize| if at < soon_from { 1.0 } else { 26.0 } + at as f64 / 1440.0;
            let row = |at: usize| sent(&format!("p{at}"), Status::Pending, days(at).min(29.9));
            Self { rows: (0..count).map(row).collect(), ..Self::default() }
        }

        fn pages(&self) -> Vec<(String, u32)> {
            self.pages.take()
        }
    }

    impl Invitations for Listed {
        async fn invite(&self, _: &Email, _: &RoleKey) -> Result<Invitation, Error> {
            Err(Error::Unreachable)
        }
        async fn revoke(&self, _: &InvitationId) -> Result<Invitation, Error> {
            Err(Error::Unreachable)
        }
        async fn list(
            &self,
            statuses: &[Status],
            page: u32,
            size: u32,
        ) -> Result<(Vec<Invitation>, u64), Error> {
            if size > 1 {
                let of = statuses.first().map_or("all", Status::word);
                self.pages.borrow_mut().push((of.to_owned(), page));
            }
            if statuses.is_empty() && page == self.unreadable {
                return Err(Error::NoAnswer);
            }
            let is_it = |row: &&Invitation| statuses.is_empty() || statuses.contains(&row.status);
            let rows: Vec<_> = self.rows.iter().filter(is_it).cloned().collect();
            let (total, before) = (rows.len() as u64, (page as usize - 1) * size as usize);
            Ok((rows.into_iter().skip(before).take(size as usize).collect(), total))
        }
    }

    fn counted(list: &Listed) -> Counts {
        now(count(list, &Dismissed::default(), TODAY)).expect("it can be read")
    }

    #[test]
    fn each_kind_is_counted_and_a_list_that_is_not_long_is_read_once() {
        let mut list = Listed::pending(7, 5);
        for (status, count) in [(Status::Expired, 3), (Status::Accepted, 2), (Status::Revoked, 1)] {
            list.rows
                .extend((0..count).map(|n| sent(&format!("{}{n}", status.word()), status.clone(), 40.0)));
        }
        list.rows.push(sent("done", Status::Other("completed".to_owned()), 50.0));
        let counts = counted(&list);
        let expected = Counts {
            pending: 7,
            overdue: 0,
            attention: 2 + 3,
            accepted: 3,
            revoked: 1,
            all: 14,
            is_at_least: false,
            renewed: vec![],
        };
        assert_eq!(counts, expected);
        let of = |filter| counts.of(filter);
        assert_eq!((of(StatusFilter::Pending), of(StatusFilter::Attention)), (7, 5));
        assert_eq!(
            (of(StatusFilter::Accepted), of(StatusFilter::Revoked), of(StatusFilter::All)),
            (3, 1, 14)
        );
        assert_eq!(list.pages(), [("all".to_owned(), 1)]);
    }

    #[test]
    fn who_was_invited_again_or_has_joined_needs_no_attention_any_more() {
        for (newer, needing) in [
            (Status::Pending, 0),
            (Status::Accepted, 0),
            (Status::Other("completed".to_owned()), 0),
            (Status::Revoked, 0),
            // Of two that have expired, the newer one stands there.
            (Status::Expired, 1),
        ] {
            let rows = vec![sent("ada", newer.clone(), 2.0), sent("ADA", Status::Expired, 40.0)];
            assert_eq!(counted(&Listed { rows, ..Listed::default() }).attention, needing, "{newer:?}");
        }
        // When that was is known.
        let rows = vec![sent("ada", Status::Pending, 2.0), sent("ADA", Status::Expired, 40.0)];
        let renewed = counted(&Listed { rows, ..Listed::default() }).renewed;
        assert_eq!(renewed, [(InvitationId("ADA 40".to_owned()), Timestamp(TODAY.0 - 2.0 * DAY))]);
        // What came before does not count.
        let rows = vec![sent("ada", Status::Expired, 40.0), sent("ada", Status::Revoked, 50.0)];
        assert_eq!(counted(&Listed { rows, ..Listed::default() }).attention, 1);
        // Without dates the order of the list tells.
        let undated = |status| Invitation { created: None, ..sent("ada", status, 1.0) };
        let rows = vec![undated(Status::Pending), undated(Status::Expired)];
        assert_eq!(counted(&Listed { rows, ..Listed::default() }).attention, 0);
    }

    #[test]
    fn what_was_dismissed_needs_no_attention() {
        let rows = vec![sent("ada", Status::Expired, 40.0), sent("bob", Status::Expired, 41.0)];
        let mut dismissed = Dismissed::default();
        dismissed.set(&rows[0].id, true);
        let list = Listed { rows, ..Listed::default() };
        assert_eq!(now(count(&list, &dismissed, TODAY)).map(|counts| counts.attention), Ok(1));
    }

    #[test]
    fn a_pending_one_whose_time_is_over_counts_as_expired_and_takes_its_seat() {
        let rows = vec![sent("ada", Status::Pending, 31.0), sent("bob", Status::Pending, 1.0)];
        let counts = counted(&Listed { rows, ..Listed::default() });
        assert_eq!((counts.of(StatusFilter::Pending), counts.attention, counts.pending), (1, 1, 2));
    }

    #[test]
    fn of_a_long_list_the_last_pending_ones_are_read_backwards_up_to_the_first_page_without_any() {
        let list = Listed::pending(5_000, 4_400);
        let counts = counted(&list);
        assert_eq!((counts.pending, counts.attention, counts.is_at_least), (5_000, 600, false));
        let expected = [("all", 1), ("all", 2), ("all", 3), ("pending", 10), ("pending", 9), ("pending", 8)];
        assert_eq!(list.pages(), expected.map(|(of, page)| (of.to_owned(), page)));
    }

    #[test]
    fn a_long_list_that_needs_attention_throughout_takes_six_pages_and_says_so() {
        let list = Listed::pending(20 * 500, 0);
        let counts = counted(&list);
        assert_eq!(list.pages().len(), 6);
        assert_eq!((counts.pending, counts.attention, counts.is_at_least), (10_000, 3_000, true));
        // Six pages are all of it.
        let counts = counted(&Listed::pending(6 * 500, 0));
        assert_eq!((counts.attention, counts.is_at_least), (3_000, false));
        // The first pages and the last ones overlap.
        let counts = counted(&Listed::pending(1_700, 0));
        assert_eq!((counts.attention, counts.is_at_least), (1_700, false));
    }

    #[test]
    fn expired_ones_below_what_was_read_make_it_a_lower_bound() {
        let mut list = Listed::pending(1_600, 1_600);
        list.rows.push(sent("old", Status::Expired, 90.0));
        let counts = counted(&list);
        assert_eq!((counts.attention, counts.is_at_least, counts.all), (0, true, 1_601));
    }

    #[test]
    fn a_page_that_can_not_be_read_is_the_answer() {
        for unreadable in [1, 3] {
            let list = Listed { unreadable, ..Listed::pending(1_500, 0) };
            assert_eq!(now(count(&list, &Dismissed::default(), TODAY)), Err(Error::NoAnswer));
        }
    }

    #[test]
    fn a_list_whose_last_page_is_full_is_read_no_further() {
        let list = Listed::pending(1_000, 1_000);
        assert_eq!(counted(&list).pending, 1_000);
        assert_eq!(list.pages(), [("all".to_owned(), 1), ("all".to_owned(), 2)]);
    }

    #[test]
    fn of_a_long_list_clerk_tells_how_many_were_accepted_and_revoked_below_what_was_read() {
        let mut list = Listed::pending(1_500, 1_500);
        let completed = Status::Other("completed".to_owned());
        for (status, count) in [(Status::Accepted, 3), (completed, 1), (Status::Revoked, 2)] {
            list.rows
                .extend((0..count).map(|n| sent(&format!("{}{n}", status.word()), status.clone(), 60.0)));
        }
        let counts = counted(&list);
        assert_eq!((counts.pending, counts.accepted, counts.revoked, counts.all), (1_500, 4, 2, 1_506));
    }
}
