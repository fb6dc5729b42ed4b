//! How many invitations there are of each kind.

use crate::domain::error::Error;
use crate::domain::invitation::{Invitation, Status, Timestamp};
use crate::domain::list_query::StatusFilter;
use crate::domain::service::{Invitations, MAX_PAGES, MAX_ROWS};

/// How many invitations each [`StatusFilter`] has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// [`StatusFilter::Pending`].
    pub pending: u64,
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
}

impl Counts {
    /// How many invitations `filter` has.
    pub fn of(&self, filter: StatusFilter) -> u64 {
        match filter {
            StatusFilter::Pending => self.pending,
            StatusFilter::Attention => self.attention,
            StatusFilter::Accepted => self.accepted,
            StatusFilter::Revoked => self.revoked,
            StatusFilter::All => self.all,
        }
    }
}

/// How many of the last pages are read at most.
const LAST_PAGES: usize = 3;

/// Counts them: Clerk's totals for each status, and the first and last pages of the pending ones for those that need
/// attention.
///
/// Clerk lists the newest first, so the invitations that expire soon are on the last pages, unless the instance's
/// developer gave some of them another lifetime than usual. Reading backwards ends at the first page without any, and
/// after three in any case: the list is counted after each change, and in an organization that has not invited for
/// weeks all of it needs attention.
///
/// # Errors
/// Of the first page that could not be read.
pub async fn count(service: &impl Invitations, now: Timestamp) -> Result<Counts, Error> {
    let needing = |rows: &[Invitation]| rows.iter().filter(|row| row.needs_attention(now)).count() as u64;
    let (rows, pending) = service.list(&[Status::Pending], 1, MAX_ROWS).await?;
    let (mut attention, mut is_at_least) = (needing(&rows), false);
    let last = pending.div_ceil(u64::from(MAX_ROWS)).min(u64::from(MAX_PAGES)) as u32;
    for page in (2..=last).rev().take(LAST_PAGES) {
        let (rows, _) = service.list(&[Status::Pending], page, MAX_ROWS).await?;
        let here = needing(&rows);
        attention = attention.saturating_add(here);
        is_at_least = page > 2;
        if here == 0 {
            break;
        }
    }
    let (_, expired) = service.list(&[Status::Expired], 1, 1).await?;
    let (_, accepted) = service.list(&StatusFilter::Accepted.statuses(), 1, 1).await?;
    let (_, revoked) = service.list(&StatusFilter::Revoked.statuses(), 1, 1).await?;
    let (_, all) = service.list(&StatusFilter::All.statuses(), 1, 1).await?;
    let attention = attention.saturating_add(expired);
    Ok(Counts { pending, attention, accepted, revoked, all, is_at_least })
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
        /// The pages of pending invitations that were asked for.
        pages: RefCell<Vec<u32>>,
        /// The page of pending invitations that can't be read.
        unreadable: u32,
    }

    impl Listed {
        /// Pending invitations, of which those at these places expire tomorrow.
        fn pending(count: usize, expires_soon: impl Fn(usize) -> bool) -> Self {
            let row = |at| {
                let days = if expires_soon(at) { 1.0 } else { 20.0 };
                let expires = Some(Timestamp(TODAY.0 + days * DAY));
                Invitation { expires, ..invitation(&format!("p{at}@x.de"), Status::Pending) }
            };
            Self { rows: (0..count).map(row).collect(), ..Self::default() }
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
            if statuses == [Status::Pending] {
                self.pages.borrow_mut().push(page);
                if page == self.unreadable {
                    return Err(Error::NoAnswer);
                }
            }
            let is_it = |row: &&Invitation| statuses.is_empty() || statuses.contains(&row.status);
            let rows: Vec<_> = self.rows.iter().filter(is_it).cloned().collect();
            let (total, before) = (rows.len() as u64, (page as usize - 1) * size as usize);
            Ok((rows.into_iter().skip(before).take(size as usize).collect(), total))
        }
    }

    fn counted(list: &Listed) -> Counts {
        now(count(list, TODAY)).expect("it can be read")
    }

    #[test]
    fn each_kind_is_counted() {
        let mut list = Listed::pending(7, |at| at >= 5);
        for (status, count) in [(Status::Expired, 3), (Status::Accepted, 2), (Status::Revoked, 1)] {
            list.rows.extend((0..count).map(|_| invitation("ended@x.de", status.clone())));
        }
        list.rows.push(invitation("done@x.de", Status::Other("completed".to_owned())));
        let counts = counted(&list);
        let expected =
            Counts { pending: 7, attention: 2 + 3, accepted: 3, revoked: 1, all: 14, is_at_least: false };
        assert_eq!(counts, expected);
        let of = |filter| counts.of(filter);
        assert_eq!((of(StatusFilter::Pending), of(StatusFilter::Attention)), (7, 5));
        assert_eq!(
            (of(StatusFilter::Accepted), of(StatusFilter::Revoked), of(StatusFilter::All)),
            (3, 1, 14)
        );
        assert_eq!(list.pages.take(), [1]);
    }

    #[test]
    fn reading_backwards_ends_at_the_first_page_without_any() {
        let list = Listed::pending(5_000, |at| at >= 4_400);
        assert_eq!((counted(&list).attention, counted(&list).is_at_least), (600, true));
        list.pages.take();
        counted(&list);
        assert_eq!(list.pages.take(), [1, 10, 9, 8]);
        // All that were not read are none.
        let list = Listed::pending(1_200, |at| at >= 1_100);
        assert_eq!((counted(&list).attention, counted(&list).is_at_least), (100, false));
    }

    #[test]
    fn a_long_list_that_needs_attention_throughout_takes_four_pages_and_says_so() {
        let list = Listed::pending(20 * 500, |_| true);
        let counts = counted(&list);
        assert_eq!(list.pages.take(), [1, 20, 19, 18]);
        assert_eq!((counts.pending, counts.attention, counts.is_at_least), (10_000, 2_000, true));
        // Four pages are all of it.
        let list = Listed::pending(4 * 500, |_| true);
        let counts = counted(&list);
        assert_eq!(list.pages.take(), [1, 4, 3, 2]);
        assert_eq!((counts.attention, counts.is_at_least), (2_000, false));
    }

    #[test]
    fn a_page_that_can_not_be_read_is_the_answer() {
        for unreadable in [1, 3] {
            let list = Listed { unreadable, ..Listed::pending(1_500, |_| true) };
            assert_eq!(now(count(&list, TODAY)), Err(Error::NoAnswer));
        }
    }
}
