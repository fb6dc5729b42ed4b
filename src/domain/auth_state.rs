//! Whether the visitor is signed in, in which organization, and with what rights.

use crate::domain::error::{Error, Reason};
use crate::domain::organization::{Organization, OrganizationId};
use crate::domain::role::{Membership, Rights};

/// The person who is signed in.
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
    /// All their verified addresses, as addresses are compared ([`Email::key`](crate::domain::Email::key)).
    pub own: Vec<String>,
}

/// What Clerk requires before it treats a session as signed in (`session.currentTask.key`).
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

/// A viewer with an active organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveOrganization {
    /// The person who is signed in.
    pub viewer: Viewer,
    /// The active organization.
    pub organization: Organization,
    /// The viewer's membership of it.
    pub membership: Membership,
}

impl ActiveOrganization {
    /// User and organization: the key of what outlives the session, such as unsent addresses.
    pub fn owner_key(&self) -> String {
        [&*self.viewer.user, &self.organization.id.0].join(" ")
    }

    /// User, session and organization: the key of the whole page. When one of them changes, everything on the page is
    /// drawn anew, so that nothing of the previous one remains.
    pub fn scope_key(&self) -> String {
        [&*self.viewer.user, &self.viewer.session, &self.organization.id.0].join(" ")
    }
}

/// What Clerk knows of the visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthState {
    /// The visitor is not signed in.
    SignedOut,
    /// There is a session, but Clerk requires a task before it counts as signed in. This person has yet to do it.
    Task(SessionTask, Viewer),
    /// The application has organizations switched off.
    OrganizationsOff(Viewer),
    /// No organization is active.
    NoOrganization(Viewer),
    /// The visitor is signed in, and an organization is active.
    Active(ActiveOrganization),
}

impl AuthState {
    /// Why a viewer is no longer at work in the organization that was active: the reason for what was under way there.
    pub fn why_left(&self, left: &ActiveOrganization) -> Error {
        match self {
            Self::SignedOut => Error::SignedOut,
            Self::Active(now)
                if now.organization.id == left.organization.id && now.membership.rights != Rights::Manage =>
            {
                Error::of(Reason::NoPermission)
            }
            _ => Error::Moved,
        }
    }
}

/// What has changed for the viewer outside of this page: in another tab, or by an admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The session has ended.
    SignedOut,
    /// Another session is active: that of the person with this name.
    SignedIn(String),
    /// Another organization is active: the one with this name.
    Switched(String),
    /// The viewer is no longer a member of the organization with this name, or it was deleted.
    Left(String),
    /// The organization has another name.
    Renamed {
        /// The old name.
        before: String,
        /// The new name.
        after: String,
    },
    /// The viewer may no longer manage invitations in the organization with this name.
    RightLost(String),
    /// The viewer may now manage invitations in the organization with this name.
    RightGained(String),
}

impl Change {
    /// The change from one state to the next; `None` when the viewer need not be told.
    /// `is_member` tells whether the viewer is still a member of an organization.
    pub fn between(
        before: &AuthState,
        now: &AuthState,
        is_member: impl Fn(&OrganizationId) -> bool,
    ) -> Option<Self> {
        let AuthState::Active(then) = before else { return None };
        let was_in = then.organization.name.clone();
        match now {
            AuthState::SignedOut => Some(Self::SignedOut),
            AuthState::Active(now) if now.viewer.session != then.viewer.session => {
                Some(Self::SignedIn(now.viewer.name.clone()))
            }
            AuthState::Active(ActiveOrganization { organization, membership, .. })
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
            AuthState::Active(_) | AuthState::NoOrganization(_) if !is_member(&then.organization.id) => {
                Some(Self::Left(was_in))
            }
            AuthState::Active(now) => Some(Self::Switched(now.organization.name.clone())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::role::RoleKey;

    fn active(user: &str, organization: &str, name: &str, rights: Rights) -> AuthState {
        let viewer = Viewer {
            user: user.into(),
            session: [user, "'s"].concat(),
            name: user.into(),
            email: None,
            own: vec![],
        };
        let id = OrganizationId(organization.into());
        let organization = Organization { id, name: name.into(), image: None, seats: None };
        let role = RoleKey(String::new());
        let membership = Membership { role, role_name: String::new(), rights, permissions: vec![] };
        AuthState::Active(ActiveOrganization { viewer, organization, membership })
    }

    fn between(before: &AuthState, now: &AuthState, is_member: bool) -> Option<Change> {
        Change::between(before, now, |_| is_member)
    }

    #[test]
    fn each_change_is_told_apart() {
        let here = active("ada", "a", "Acme", Rights::Manage);
        let elsewhere = active("ada", "b", "Beta", Rights::Manage);
        let AuthState::Active(ActiveOrganization { viewer, .. }) = here.clone() else { unreachable!() };
        let nowhere = AuthState::NoOrganization(viewer);
        assert_eq!(between(&here, &AuthState::SignedOut, true), Some(Change::SignedOut));
        assert_eq!(between(&here, &elsewhere, true), Some(Change::Switched("Beta".into())));
        assert_eq!(between(&here, &elsewhere, false), Some(Change::Left("Acme".into())));
        assert_eq!(between(&here, &nowhere, false), Some(Change::Left("Acme".into())));
        // The viewer has left the active organization on purpose.
        assert_eq!(between(&here, &nowhere, true), None);
        let reader = active("ada", "a", "Acme", Rights::Read);
        assert_eq!(between(&here, &reader, true), Some(Change::RightLost("Acme".into())));
        assert_eq!(between(&reader, &here, true), Some(Change::RightGained("Acme".into())));
        let renamed = active("ada", "a", "Acme Inc", Rights::Manage);
        let change = Change::Renamed { before: "Acme".into(), after: "Acme Inc".into() };
        assert_eq!(between(&here, &renamed, true), Some(change));
    }

    #[test]
    fn a_first_sign_in_is_no_change_and_another_session_is_named() {
        let here = active("ada", "a", "Acme", Rights::Manage);
        assert_eq!(between(&AuthState::SignedOut, &here, true), None);
        assert_eq!(between(&here, &here, true), None);
        let other = active("bob", "a", "Acme", Rights::Read);
        assert_eq!(between(&here, &other, false), Some(Change::SignedIn("bob".into())));
    }

    #[test]
    fn only_who_is_still_there_has_lost_the_right_and_whoever_is_elsewhere_has_moved() {
        let AuthState::Active(left) = active("ada", "a", "Acme", Rights::Manage) else { unreachable!() };
        for (now, why) in [
            (AuthState::SignedOut, Error::SignedOut),
            (active("ada", "a", "Acme", Rights::Read), Error::of(Reason::NoPermission)),
            (active("bob", "a", "Acme", Rights::Manage), Error::Moved),
            (active("ada", "b", "Beta", Rights::Read), Error::Moved),
        ] {
            assert_eq!(now.why_left(&left), why, "{now:?}");
        }
    }
}
