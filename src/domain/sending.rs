//! The calls that sending and withdrawing are made of, and the walk through a list that tells what came of them.
//!
//! Only a proved answer counts. An answer that was lost, or that proves nothing, is settled by asking Clerk what
//! exists ([`batch`](crate::domain::batch)), before anything is sent again: trying again blindly is how people get two mails.

use crate::domain::email::Email;
use crate::domain::error::Error;
use crate::domain::invitation::{Invitation, InvitationId, Status};
use crate::domain::role::RoleKey;

/// The calls that sending and withdrawing are made of.
///
/// Implementations answer `Ok` only with proof: an invitation with an id and the asked address, or with the
/// status `revoked`. Everything else is an [`Error`].
pub trait Invitations {
    /// Invites `email` at `role`.
    async fn invite(&self, email: &Email, role: &RoleKey) -> Result<Invitation, Error>;
    /// Revokes an invitation.
    async fn revoke(&self, id: &InvitationId) -> Result<Invitation, Error>;
    /// `rows` invitations of these statuses (of any, when none is named), from the page numbered `page` (from 1), and how
    /// many there are in all.
    async fn list(&self, statuses: &[Status], page: u32, rows: u32) -> Result<(Vec<Invitation>, u64), Error>;
}

/// How many rows are asked for at a time while looking for one: the most that Clerk gives.
pub const MOST_ROWS: u32 = 500;
/// How many pages are looked at before a list counts as one that never ends.
pub const MOST_PAGES: u32 = 1000;

/// Shows each invitation of these statuses to `visit`, until that has seen enough.
///
/// The walk ends with the list; a list that never ends is as good as one that can't be read.
///
/// # Errors
/// Of the first page that could not be read.
pub async fn walk(
    service: &impl Invitations,
    statuses: &[Status],
    visit: &mut dyn FnMut(Invitation) -> bool,
) -> Result<(), Error> {
    for page in 1..=MOST_PAGES {
        let (rows, total) = service.list(statuses, page, MOST_ROWS).await?;
        let ends = rows.is_empty() || u64::from(page) * u64::from(MOST_ROWS) >= total;
        if rows.into_iter().any(&mut *visit) || ends {
            return Ok(());
        }
    }
    Err(Error::NoAnswer)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::cell::Cell;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn invitation(email: &str, status: Status) -> Invitation {
        Invitation {
            id: InvitationId(email.to_owned()),
            email: email.to_owned(),
            email_key: email.to_lowercase(),
            role: RoleKey("org:member".into()),
            role_name: None,
            status,
            created: None,
            updated: None,
            expires: None,
            url: None,
        }
    }

    /// The script never waits, so neither does this.
    pub fn now<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("the script waited"),
        }
    }

    /// A list of so many, that says it has so many.
    struct Long {
        rows: u32,
        total: u64,
        asked: Cell<u32>,
    }

    impl Invitations for Long {
        async fn invite(&self, _: &Email, _: &RoleKey) -> Result<Invitation, Error> {
            Err(Error::Unreachable)
        }
        async fn revoke(&self, _: &InvitationId) -> Result<Invitation, Error> {
            Err(Error::Unreachable)
        }
        async fn list(&self, _: &[Status], page: u32, rows: u32) -> Result<(Vec<Invitation>, u64), Error> {
            self.asked.set(self.asked.get() + 1);
            let named = |n: u32| invitation(&format!("p{n}@x.de"), Status::Pending);
            let (first, behind) = ((page - 1).saturating_mul(rows), page.saturating_mul(rows));
            Ok(((first..behind.min(self.rows)).map(named).collect(), self.total))
        }
    }

    fn walked(list: &Long, until: &str) -> (u32, Result<(), Error>) {
        let mut seen = 0;
        let walked = now(walk(list, &[Status::Pending], &mut |invitation| {
            seen += 1;
            invitation.email == until
        }));
        (seen, walked)
    }

    #[test]
    fn a_walk_sees_each_row_once_and_ends_with_the_list_or_as_soon_as_it_has_seen_enough() {
        let list = Long { rows: 1201, total: 1201, asked: Cell::new(0) };
        assert_eq!(walked(&list, ""), (1201, Ok(())));
        assert_eq!(list.asked.replace(0), 3);
        assert_eq!(walked(&list, "p600@x.de"), (601, Ok(())));
        assert_eq!(list.asked.get(), 2);
    }

    #[test]
    fn a_list_that_never_ends_is_as_good_as_none() {
        let list = Long { rows: u32::MAX, total: u64::MAX, asked: Cell::new(0) };
        assert_eq!(walked(&list, "").1, Err(Error::NoAnswer));
        assert_eq!(list.asked.get(), MOST_PAGES);
        // One that says so and has no more rows ends.
        let list = Long { rows: 3, total: u64::MAX, asked: Cell::new(0) };
        assert_eq!(walked(&list, ""), (3, Ok(())));
    }
}
