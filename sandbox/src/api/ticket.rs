//! An invitation's ticket: what the link in the mail carries.

use super::{Answer, Call, Refusal};
use crate::world::{Invitation, Organization, Status, World};

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

/// The pending invitation a ticket stands for. The codes are those of Clerk's catalogue.
pub(super) fn redeem(world: &World, ticket: &str) -> Result<Invitation, Refusal> {
    let refused = |code, message: &str| Err(Refusal::new(400, code, message));
    let Some(invitation) = world.invitations.by_ticket(ticket) else {
        return Err(Refusal::new(400, "ticket_invalid_code", "This ticket is invalid.").about("ticket"));
    };
    if !world.organizations.contains_key(&invitation.organization_id) {
        let message = "This invitation refers to an organization that has been deleted.";
        return refused("organization_invitation_to_deleted_organization", message);
    }
    match invitation.status {
        Status::Pending => Ok(invitation.clone()),
        Status::Expired => {
            refused("ticket_expired_code", "This ticket has expired and cannot be used anymore.")
        }
        Status::Revoked => {
            let message = "This invitation has been revoked and cannot be used anymore.";
            refused("organization_invitation_revoked_code", message)
        }
        Status::Accepted | Status::Completed => {
            let message = "This invitation has already been accepted. Sign in instead.";
            refused("organization_invitation_already_accepted", message)
        }
        Status::Other(_) => Err(not_pending()),
    }
}

/// Lets a user in, unless the organization is full. Clerk documents no code for that; the one of inviting is used.
pub(super) fn accept(world: &mut World, invitation: &str, user: &str) -> Result<(), Refusal> {
    let found = world.invitations.by_id(invitation).cloned();
    let Some(Invitation { organization_id, role, .. }) = found else { return Err(not_pending()) };
    refuse_full(world, &organization_id)?;
    world.invitations.set_status(invitation, Status::Accepted);
    world.add_membership(&organization_id, user, &role);
    Ok(())
}

/// Refuses where members alone take up every seat: the pending invitation has held one of its own so far, and loses it
/// when the limit is lowered.
pub(super) fn refuse_full(world: &World, organization: &str) -> Result<(), Refusal> {
    match world.organizations.get(organization) {
        Some(place) if is_full(place) => Err(Refusal::quota_exceeded(place.max_allowed_memberships)),
        _ => Ok(()),
    }
}

fn is_full(place: &Organization) -> bool {
    let limit = place.max_allowed_memberships;
    limit != 0 && place.memberships.len() >= limit
}

pub(super) fn not_pending() -> Refusal {
    let message = "The organization invitation is not in the 'pending' status.";
    Refusal::new(404, "organization_invitation_not_pending", message)
}
