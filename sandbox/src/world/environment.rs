//! The instance's settings: what Clerk's Dashboard would hold.

/// What a bulk call does when only some of its addresses can be invited. Clerk says nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bulk {
    /// One refused address refuses the call, and nothing is created. What Clerk's own form expects.
    AllOrNothing,
    /// Creates those it can and answers 200 with them alone.
    PartialAnswered,
    /// Creates those it can and answers with the refusal of the others.
    PartialRefused,
}

/// The instance's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// The name Clerk's components show.
    pub application_name: String,
    /// Whether the instance has organizations at all.
    pub organizations_enabled: bool,
    /// Whether everybody must work inside an organization: a session without one is then pending
    /// with the task `choose-organization`.
    pub force_organization_selection: bool,
    /// Whether the organization that a ticket leads into becomes the active one of the session that begins with it. Clerk
    /// says nowhere whether it does.
    pub ticket_activates: bool,
    /// Whether organizations may have domains of their own, which let people find them and ask to join.
    pub domains_enabled: bool,
    /// Whether whoever may delete an organization can do that here.
    pub admin_delete_enabled: bool,
    /// `organization_settings.domains.default_role`.
    pub default_role: Option<String>,
    /// Whether a browser holds one session at most.
    pub single_session_mode: bool,
    /// How long a session token lives, in seconds. Clerk's live 60.
    pub token_seconds: u64,
    /// Whether the answer to a read carries the client, which Clerk's description requires: clerk-js then makes new
    /// user and organization objects and tells its listeners once more.
    pub client_on_reads: bool,
    /// How a bulk call treats a mixed list.
    pub bulk: Bulk,
    /// The most addresses of one bulk call. Clerk documents 10 for its Backend API.
    pub bulk_limit: usize,
    /// Addresses, in lower case, that the instance's block list forbids. The refusal does not say which one it is.
    pub blocked: Vec<String>,
}

impl Default for Environment {
    fn default() -> Environment {
        Environment {
            application_name: "Sandbox".to_owned(),
            organizations_enabled: true,
            force_organization_selection: false,
            ticket_activates: true,
            domains_enabled: false,
            admin_delete_enabled: false,
            default_role: Some(super::MEMBER.to_owned()),
            single_session_mode: true,
            token_seconds: 60,
            client_on_reads: true,
            bulk: Bulk::AllOrNothing,
            bulk_limit: 10,
            blocked: Vec::new(),
        }
    }
}
