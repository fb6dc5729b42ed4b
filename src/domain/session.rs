//! Who is looking, and where.

use crate::domain::organization::{Organization, OrganizationId};
use crate::domain::role::{Membership, Rights};

/// A person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Clerk's id of the user.
    pub user: String,
    /// Clerk's id of the session.
    pub session: String,
    /// Their name, or their address when they gave none.
    pub name: String,
    /// Their primary address.
    pub email: Option<String>,
}

/// What Clerk wants before a session counts (`session.currentTask.key`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionTask {
    /// Choose or create an organization.
    ChooseOrganization,
    /// Choose a new password.
    ResetPassword,
    /// Set up a second factor.
    SetUpMfa,
    /// A task that is newer than this page.
    Other(String),
}

impl SessionTask {
    /// The task that Clerk calls `key`.
    pub fn from_key(key: &str) -> Self {
        match key {
            "choose-organization" => Self::ChooseOrganization,
            "reset-password" => Self::ResetPassword,
            "setup-mfa" => Self::SetUpMfa,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// A viewer in an organization: whoever holds one may be shown the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Who.
    pub viewer: Viewer,
    /// Where.
    pub organization: Organization,
    /// As what.
    pub membership: Membership,
}

impl Place {
    /// What is kept for later is keyed by: it outlives the session.
    pub fn desk_key(&self) -> String {
        [&*self.viewer.user, &self.organization.id.0].join(" ")
    }

    /// What everything on the page is keyed by: with another user, session or organization nothing of the old
    /// may remain.
    pub fn key(&self) -> String {
        [&*self.viewer.user, &self.viewer.session, &self.organization.id.0].join(" ")
    }
}

/// What Clerk knows of the person in front of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is, but Clerk wants something first.
    Task(SessionTask),
    /// The application has organizations switched off.
    OrganizationsOff(Viewer),
    /// No organization is active.
    NoOrganization(Viewer),
    /// All is there.
    In(Place),
}

impl Presence {
    /// What everything on screen is keyed by, in an organization; nothing elsewhere.
    pub fn key(&self) -> Option<String> {
        match self {
            Self::In(place) => Some(place.key()),
            _ => None,
        }
    }
}

/// What has changed for the person in front of the screen, without their having done it here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The session has ended.
    SignedOut,
    /// Another session has taken its place: that of this person.
    SignedIn(String),
    /// Another organization is active: this one.
    Switched(String),
    /// They are in this organization no longer, or it is gone.
    Left(String),
    /// The organization has another name.
    Renamed {
        /// The old one.
        before: String,
        /// The new one.
        after: String,
    },
    /// They may no longer manage invitations in this organization.
    RightLost(String),
    /// They may manage invitations in this organization now.
    RightGained(String),
}

impl Change {
    /// From one moment to the next; nothing when that needs no word.
    /// `is_member` tells whether the person is still in an organization.
    pub fn between(
        before: &Presence,
        now: &Presence,
        is_member: impl Fn(&OrganizationId) -> bool,
    ) -> Option<Self> {
        let Presence::In(then) = before else { return None };
        let was_in = then.organization.name.clone();
        match now {
            Presence::SignedOut => Some(Self::SignedOut),
            Presence::In(now) if now.viewer.session != then.viewer.session => {
                Some(Self::SignedIn(now.viewer.name.clone()))
            }
            Presence::In(Place { organization, membership, .. })
                if organization.id == then.organization.id =>
            {
                let may = |rights| rights == Rights::Manage;
                match (may(then.membership.rights), may(membership.rights)) {
                    (true, false) => Some(Self::RightLost(organization.name.clone())),
                    (false, true) => Some(Self::RightGained(organization.name.clone())),
                    _ if organization.name != was_in => {
                        Some(Self::Renamed { before: was_in, after: organization.name.clone() })
                    }
                    _ => None,
                }
            }
            Presence::In(_) | Presence::NoOrganization(_) if !is_member(&then.organization.id) => {
                Some(Self::Left(was_in))
            }
            Presence::In(now) => Some(Self::Switched(now.organization.name.clone())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::role::RoleKey;

    fn place(user: &str, organization: &str, name: &str, rights: Rights) -> Presence {
        let viewer =
            Viewer { user: user.into(), session: [user, "'s"].concat(), name: user.into(), email: None };
        let id = OrganizationId(organization.into());
        let organization = Organization { id, name: name.into(), image: None, seats: None };
        let role = RoleKey(String::new());
        let membership = Membership { role, role_name: String::new(), rights, permissions: vec![] };
        Presence::In(Place { viewer, organization, membership })
    }

    fn between(before: &Presence, now: &Presence, is_member: bool) -> Option<Change> {
        Change::between(before, now, |_| is_member)
    }

    #[test]
    fn each_change_is_told_apart() {
        let here = place("ada", "a", "Acme", Rights::Manage);
        let elsewhere = place("ada", "b", "Beta", Rights::Manage);
        let Presence::In(Place { viewer, .. }) = here.clone() else { unreachable!() };
        let nowhere = Presence::NoOrganization(viewer);
        assert_eq!(between(&here, &Presence::SignedOut, true), Some(Change::SignedOut));
        assert_eq!(between(&here, &elsewhere, true), Some(Change::Switched("Beta".into())));
        assert_eq!(between(&here, &elsewhere, false), Some(Change::Left("Acme".into())));
        assert_eq!(between(&here, &nowhere, false), Some(Change::Left("Acme".into())));
        // Somebody has chosen to be in none.
        assert_eq!(between(&here, &nowhere, true), None);
        let reader = place("ada", "a", "Acme", Rights::Read);
        assert_eq!(between(&here, &reader, true), Some(Change::RightLost("Acme".into())));
        assert_eq!(between(&reader, &here, true), Some(Change::RightGained("Acme".into())));
        let renamed = place("ada", "a", "Acme Inc", Rights::Manage);
        let change = Change::Renamed { before: "Acme".into(), after: "Acme Inc".into() };
        assert_eq!(between(&here, &renamed, true), Some(change));
    }

    #[test]
    fn whoever_comes_is_told_nothing_and_whoever_takes_anothers_place_is_told_who_they_are() {
        let here = place("ada", "a", "Acme", Rights::Manage);
        assert_eq!(between(&Presence::SignedOut, &here, true), None);
        assert_eq!(between(&here, &here, true), None);
        let other = place("bob", "a", "Acme", Rights::Read);
        assert_eq!(between(&here, &other, false), Some(Change::SignedIn("bob".into())));
    }
}
