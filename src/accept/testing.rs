//! What the tests of the invitee's side share.

use crate::accept::service::{
    Account, PublicOrganization, Received, ReceivedInvitation, Suggestion, SuggestionId,
};
use crate::accept::ticket::Link;
use crate::domain::publishable_key::tests::decode;
use crate::domain::testing::active_organization;
use crate::domain::{AuthState, InvitationId, OrganizationId, Rights, RoleKey, SessionTask, Status, Viewer};

/// The link with this query.
pub fn link(query: &str) -> Link {
    Link::of(query, str::to_owned, decode)
}

/// An organization whose id is `org_` and the name in lower case.
pub fn organization(name: &str) -> PublicOrganization {
    let id = OrganizationId(["org_", &name.to_lowercase()].concat());
    PublicOrganization { id, name: name.to_owned(), image: None }
}

/// A pending invitation of nora, with this id.
pub fn invitation(id: &str, name: &str) -> ReceivedInvitation {
    ReceivedInvitation {
        id: InvitationId(id.to_owned()),
        organization: organization(name),
        email: "nora@x.de".to_owned(),
        role: RoleKey("org:member".to_owned()),
        status: Status::Pending,
        created: None,
    }
}

/// A suggested organization, with this id.
pub fn suggestion(id: &str, name: &str) -> Suggestion {
    Suggestion { id: SuggestionId(id.to_owned()), organization: organization(name), is_requested: false }
}

/// What somebody has received who belongs to these organizations.
pub fn received(invitations: Vec<ReceivedInvitation>, organizations: &[&str]) -> Received {
    let organizations = organizations.iter().map(|name| organization(name)).collect();
    Received { invitations, account: Account { organizations, ..Account::default() }, ..Received::default() }
}

/// Somebody at work in an organization.
pub fn active(user: &str, name: &str) -> AuthState {
    AuthState::Active(active_organization(user, &organization(name).id.0, name, Rights::Read))
}

/// Somebody without an active organization.
pub fn nowhere(user: &str) -> AuthState {
    AuthState::NoOrganization(person(user))
}

/// Somebody whom Clerk wants to choose an organization before they count as signed in.
pub fn choosing(user: &str) -> AuthState {
    AuthState::Task(SessionTask::ChooseOrganization, person(user))
}

/// Somebody who is signed in.
pub fn person(user: &str) -> Viewer {
    active_organization(user, "", "", Rights::Read).viewer
}
