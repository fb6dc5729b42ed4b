//! Browsers and who is signed in where.

use super::{World, now_ms};

/// The task of a session that has yet to choose an organization.
const CHOOSE_ORGANIZATION: &str = "choose-organization";
/// The task of a session whose user has yet to choose another password.
pub const RESET_PASSWORD: &str = "reset-password";

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionStatus {
    /// Signed in.
    Active,
    /// Signed in, but with a task left.
    Pending,
    /// Signed out.
    Ended,
    /// Taken off a browser that may hold several.
    Removed,
    /// Ended by its user from another device.
    Revoked,
}

impl SessionStatus {
    /// Clerk's word.
    pub fn as_str(self) -> &'static str {
        match self {
            SessionStatus::Active => "active",
            SessionStatus::Pending => "pending",
            SessionStatus::Ended => "ended",
            SessionStatus::Removed => "removed",
            SessionStatus::Revoked => "revoked",
        }
    }
}

/// A user signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Clerk's id, `sess_...`.
    pub id: String,
    /// Whose.
    pub user: String,
    /// Where it stands.
    pub status: SessionStatus,
    /// The organization it last worked in.
    pub active_organization: Option<String>,
    /// Keys of what is left to do, e.g. `choose-organization`.
    pub tasks: Vec<String>,
    /// Whether Clerk has asked for another proof of who its user is and waits for it.
    pub is_being_reverified: bool,
    /// When it began.
    pub created_at: u64,
}

impl Session {
    /// Whether it still admits its user, be it only to a task.
    pub fn is_live(&self) -> bool {
        matches!(self.status, SessionStatus::Active | SessionStatus::Pending)
    }
}

/// A sign-in under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Clerk's id, `sia_...`.
    pub id: String,
    /// The user found by the identifier.
    pub user: Option<String>,
    /// The session it ended in.
    pub created_session: Option<String>,
}

/// A sign-up under way, begun with an invitation's ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUp {
    /// Clerk's id, `sua_...`.
    pub id: String,
    /// The invited address.
    pub email_address: String,
    /// The invitation it answers.
    pub invitation: String,
    /// What was typed so far.
    pub first_name: Option<String>,
    /// What was typed so far.
    pub last_name: Option<String>,
    /// What was typed so far.
    pub password: Option<String>,
    /// The account it ended in.
    pub created_user: Option<String>,
    /// The session it ended in.
    pub created_session: Option<String>,
}

/// A browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Clerk's id, `client_...`.
    pub id: String,
    /// Ids of its sessions, ended ones included.
    pub sessions: Vec<String>,
    /// The session used last.
    pub last_active_session: Option<String>,
    /// The sign-in under way.
    pub sign_in: Option<SignIn>,
    /// The sign-up under way.
    pub sign_up: Option<SignUp>,
    /// When it was first seen.
    pub created_at: u64,
}

impl World {
    /// Signs a user in, in no browser yet, and returns the session's id. Follow with
    /// [`World::greet_new_clients_with`] to open pages already signed in.
    ///
    /// The session is pending with `choose-organization` when the instance forces a choice and
    /// `active_organization` is `None`.
    pub fn sign_in(&mut self, user: &str, active_organization: Option<&str>) -> String {
        let id = self.mint("sess");
        let chosen = active_organization.is_some() || !self.environment.force_organization_selection;
        let session = Session {
            id: id.clone(),
            user: user.to_owned(),
            status: if chosen { SessionStatus::Active } else { SessionStatus::Pending },
            active_organization: active_organization.map(str::to_owned),
            tasks: if chosen { Vec::new() } else { vec![CHOOSE_ORGANIZATION.to_owned()] },
            is_being_reverified: false,
            created_at: now_ms(),
        };
        self.sessions.insert(id.clone(), session);
        id
    }

    /// From now on a browser without a known cookie starts with this session.
    pub fn greet_new_clients_with(&mut self, session: &str) {
        self.greeting = Some(session.to_owned());
    }

    /// Ends a session, as if from another device.
    pub fn sign_out(&mut self, session: &str) {
        self.end_session(session, SessionStatus::Ended);
    }

    /// Ends a session with the status that says how.
    pub(crate) fn end_session(&mut self, session: &str, status: SessionStatus) {
        if let Some(found) = self.sessions.get_mut(session) {
            found.status = status;
        }
    }

    /// Puts a session to work in an organization, which also settles `choose-organization`.
    pub fn activate(&mut self, session: &str, organization: Option<&str>) {
        let Some(found) = self.sessions.get_mut(session) else { return };
        found.active_organization = organization.map(str::to_owned);
        if organization.is_some() {
            self.settle_task(session, CHOOSE_ORGANIZATION);
        }
    }

    /// Takes a task off a session, which is active once it has none.
    pub fn settle_task(&mut self, session: &str, task: &str) {
        let Some(found) = self.sessions.get_mut(session) else { return };
        found.tasks.retain(|t| t != task);
        if found.tasks.is_empty() && found.status == SessionStatus::Pending {
            found.status = SessionStatus::Active;
        }
    }

    /// Leaves a session pending with a task, e.g. `reset-password`.
    pub fn demand_task(&mut self, session: &str, task: &str) {
        if let Some(found) = self.sessions.get_mut(session) {
            found.status = SessionStatus::Pending;
            found.tasks.push(task.to_owned());
        }
    }

    /// A browser seen for the first time, holding the greeting's session if there is one.
    pub(crate) fn new_client(&mut self, cookie: &str) -> &mut Client {
        let greeting = self.greeting.clone().filter(|s| self.sessions.contains_key(s));
        let client = Client {
            id: self.mint("client"),
            sessions: greeting.iter().cloned().collect(),
            last_active_session: greeting,
            sign_in: None,
            sign_up: None,
            created_at: now_ms(),
        };
        self.clients.entry(cookie.to_owned()).insert_entry(client).into_mut()
    }
}
