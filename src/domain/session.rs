//! Who is looking, and where.

use crate::domain::organization::Organization;
use crate::domain::role::Membership;

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
