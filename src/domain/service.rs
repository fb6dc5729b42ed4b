//! The calls to Clerk that several features make, and the walk through a whole list.

use crate::domain::email::Email;
use crate::domain::error::Error;
use crate::domain::invitation::{Invitation, InvitationId, Status, Timestamp};
use crate::domain::role::RoleKey;

/// The calls on the invitations of an organization.
///
/// Implementations answer `Ok` only with an invitation that has an id, an address and a status; a revoked one is the
/// requested one, with the status `revoked`. Everything else is an [`Error`].
pub trait Invitations {
    /// Invites `email` at `role`. That the invitation has this address, the caller has to find out: Clerk may spell it in
    /// another way, and an answer with another address is no proof.
    async fn invite(&self, email: &Email, role: &RoleKey) -> Result<Invitation, Error>;
    /// Revokes an invitation.
    async fn revoke(&self, id: &InvitationId) -> Result<Invitation, Error>;
    /// The invitations with these statuses (with any status when `statuses` is empty): up to `rows` of them, from the
    /// page numbered `page` (from 1), and how many there are in all.
    async fn list(&self, statuses: &[Status], page: u32, rows: u32) -> Result<(Vec<Invitation>, u64), Error>;
}

/// The calls on the members of an organization.
pub trait Members: Invitations {
    /// Up to `rows` members, from the page numbered `page` (from 1), and how many there are in all.
    async fn members(&self, page: u32, rows: u32) -> Result<(Vec<Member>, u64), Error>;
}

/// A member of the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The address in the form that is compared ([`Email::key`]).
    pub email_key: String,
    /// The member's name, when there is one. Text from a stranger.
    pub name: String,
}

/// A member as Clerk finds them by a part of the address or the name.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundMember {
    /// The address, as Clerk has it. Text from a stranger.
    pub email: String,
    /// The same in the form that is compared ([`Email::key`]).
    pub email_key: String,
    /// The member's name, when there is one. Text from a stranger.
    pub name: String,
    /// When they joined.
    pub since: Option<Timestamp>,
}

/// The most rows that Clerk returns in one page.
pub const MAX_ROWS: u32 = 500;
/// The most pages that are read of one list: a longer one is treated as endless.
pub const MAX_PAGES: u32 = 1000;

/// Calls `visit` with each invitation that has one of these statuses, until `visit` returns `true` or the list ends.
///
/// # Errors
/// Of the first page that could not be read, and [`Error::NoAnswer`] for a list that does not end.
pub async fn walk(
    service: &impl Invitations,
    statuses: &[Status],
    visit: &mut dyn FnMut(Invitation) -> bool,
) -> Result<(), Error> {
    for page in 1..=MAX_PAGES {
        let (rows, total) = service.list(statuses, page, MAX_ROWS).await?;
        let ends = rows.is_empty() || u64::from(page) * u64::from(MAX_ROWS) >= total;
        if rows.into_iter().any(&mut *visit) || ends {
            return Ok(());
        }
    }
    Err(Error::NoAnswer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{invitation, now};
    use std::cell::Cell;

    /// A list with `rows` rows, whose answers say that it has `total`.
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
        assert_eq!(list.asked.get(), MAX_PAGES);
        // One that says so and has no more rows ends.
        let list = Long { rows: 3, total: u64::MAX, asked: Cell::new(0) };
        assert_eq!(walked(&list, ""), (3, Ok(())));
    }
}
