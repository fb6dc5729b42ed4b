//! Requests to join an organization. Who may answer them has been asked before.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal, cut, invitations, shape, unknown};
use crate::world::{MembershipRequest, RequestStatus, World};

pub(super) fn answer(
    world: &mut World,
    call: &Call,
    organization: &str,
    route: &[&str],
) -> Result<Answer, Refusal> {
    match (call.method.as_str(), route) {
        ("GET", []) => list(world, call, organization),
        ("POST", [id, "accept"]) => accept(world, call, organization, id),
        ("POST", [id, "reject"]) => reject(world, call, organization, id),
        _ => Err(unknown(call)),
    }
}

fn list(world: &World, call: &Call, organization: &str) -> Result<Answer, Refusal> {
    let wanted: Vec<&str> = call.params("status").collect();
    let mut found: Vec<&MembershipRequest> = world
        .membership_requests
        .values()
        .filter(|r| r.organization_id == organization)
        .filter(|r| wanted.is_empty() || wanted.contains(&r.status.as_str()))
        .collect();
    found.sort_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
    let rows: Vec<Value> = found.into_iter().map(|r| shape::membership_request(world, r)).collect();
    cut(world, call, rows)
}

/// Makes a member with the default role. Clerk's catalogue has no codes of its own for requests: those of inviting, of
/// roles and of what is not there are used.
fn accept(world: &mut World, call: &Call, organization: &str, id: &str) -> Result<Answer, Refusal> {
    let user = pending(world, organization, id)?.user.clone();
    let place = world.organizations.get(organization);
    let place = place.ok_or_else(|| Refusal::not_found("Given organization not found."))?;
    if place.membership_of(&user).is_some() {
        let address = world.users.get(&user).map(|u| u.email_address.clone());
        return Err(invitations::already_member(&address.unwrap_or_default()));
    }
    invitations::refuse_beyond_quota(world, place, 1)?;
    let role = world.environment.default_role.as_deref().and_then(|key| place.role(key));
    let role = role.ok_or_else(|| Refusal::not_found("Default organization role not found"))?.key.clone();
    world.add_membership(organization, &user, &role);
    Ok(settle(world, call, id, RequestStatus::Accepted))
}

fn reject(world: &mut World, call: &Call, organization: &str, id: &str) -> Result<Answer, Refusal> {
    pending(world, organization, id)?;
    Ok(settle(world, call, id, RequestStatus::Rejected))
}

fn pending<'a>(world: &'a World, organization: &str, id: &str) -> Result<&'a MembershipRequest, Refusal> {
    let found = world.membership_requests.get(id);
    let found = found.filter(|r| r.organization_id == organization && r.status == RequestStatus::Pending);
    found.ok_or_else(|| Refusal::not_found(format!("No pending membership request was found with id {id}.")))
}

fn settle(world: &mut World, call: &Call, id: &str, status: RequestStatus) -> Answer {
    world.answer_request(id, status);
    let response = world.membership_requests.get(id).map(|r| shape::membership_request(world, r));
    Answer::changing(world, call, json!(response))
}
