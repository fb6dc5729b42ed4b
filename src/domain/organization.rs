//! The active organization.

use std::num::NonZeroU64;

/// Clerk's id of an organization (`org_...`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationId(pub String);

/// An organization, as it was when Clerk last told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name. Text from a stranger.
    pub name: String,
    /// The address of its logo, when it has one of its own.
    pub image: Option<String>,
    /// How many seats are taken; `None` while Clerk has not said so.
    pub seats: Option<Seats>,
}

/// How many seats are taken. Clerk counts members and pending invitations against the same maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seats {
    /// People who are members.
    pub members: u64,
    /// Invitations that are pending.
    pub pending: u64,
    /// The most that Clerk allows; `None` is without limit (Clerk's 0).
    pub most: Option<NonZeroU64>,
}

impl Seats {
    /// Seats in use.
    pub fn taken(&self) -> u64 {
        self.members.saturating_add(self.pending)
    }

    /// Seats that are left, when there is a limit.
    pub fn left(&self) -> Option<u64> {
        self.most.map(|most| most.get().saturating_sub(self.taken()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pending_invitations_take_seats_too() {
        let seats = Seats { members: 6, pending: 3, most: NonZeroU64::new(10) };
        assert_eq!(seats.left(), Some(1));
        assert_eq!(Seats { members: 11, ..seats }.left(), Some(0));
        assert_eq!(Seats { most: None, ..seats }.left(), None);
    }
}
