//! An invitation's ticket: what the link in the mail carries.

use super::{Answer, Call, Refusal};
use crate::world::{Invitation, Status, World};

/// The link itself: sends the browser on to the page, saying whether there is an account to sign in to.
pub(super) fn follow(world: &World, call: &Call) -> Result<Answer, Refusal> {
    let ticket = call.param("ticket").unwrap_or_default();
    let invitation = redeem(world, ticket)?;
    let known = world.user_by_email(&invitation.email_address).is_some();
    let status = if known { "sign_in" } else { "sign_up" };
    let query: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("__clerk_ticket", ticket)
        .append_pair("__clerk_status", status)
        .finish();
    let location = Some(format!("accept?{query}"));
    Ok(Answer { status: 303, location, ..Answer::bare(serde_json::Value::Null) })
}

/// The pending invitation a ticket stands for.
pub(super) fn redeem(world: &World, ticket: &str) -> Result<Invitation, Refusal> {
    let invitation = world.invitations.by_ticket(ticket).ok_or_else(|| {
        Refusal::new(400, "ticket_invalid_code", "The ticket is not valid.").about("ticket")
    })?;
    if !world.organizations.contains_key(&invitation.organization_id) {
        let message = "The organization of this invitation was deleted.";
        return Err(Refusal::new(400, "organization_invitation_to_deleted_organization", message));
    }
    let (code, message) = match invitation.status {
        Status::Expired => ("ticket_expired_code", "The ticket has expired."),
        Status::Revoked => ("organization_invitation_revoked_code", "The invitation was revoked."),
        Status::Accepted | Status::Completed => {
            ("organization_invitation_already_accepted", "The invitation was accepted already.")
        }
        Status::Pending | Status::Other(_) => return Ok(invitation.clone()),
    };
    Err(Refusal::new(400, code, message).about("ticket"))
}

/// Lets a user in.
pub(super) fn accept(world: &mut World, invitation: &str, user: &str) {
    let Some(found) = world.invitations.by_id(invitation) else { return };
    let (organization, role) = (found.organization_id.clone(), found.role.clone());
    world.invitations.set_status(invitation, Status::Accepted);
    world.add_membership(&organization, user, &role);
}
