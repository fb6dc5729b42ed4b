//! What the signed-in user sees of their own.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal, cut, shape, signed_in, ticket, unknown};
use crate::world::{Status, World};

pub(super) fn answer(world: &mut World, call: &Call, route: &[&str]) -> Result<Answer, Refusal> {
    let who = signed_in(world, call)?;
    match (call.method.as_str(), route) {
        ("GET", []) => Ok(Answer::reading(world, call, user(world, &who.user))),
        ("PATCH", []) => Ok(rename(world, call, &who.user)),
        ("GET", ["organization_memberships"]) => memberships(world, call, &who.user),
        ("DELETE", ["organization_memberships", organization]) => leave(world, call, &who.user, organization),
        ("GET", ["organization_invitations"]) => invitations(world, call, &who.user),
        ("POST", ["organization_invitations", id, "accept"]) => accept(world, call, &who.user, id),
        ("GET", ["organization_suggestions"]) => Ok(Answer::list(world, call, Vec::new(), 0)),
        ("GET", ["organization_creation_defaults"]) => Ok(creation_defaults(world, call)),
        ("GET", ["sessions", "active"]) => Ok(Answer::bare(json!([]))),
        _ => Err(unknown(call)),
    }
}

fn user(world: &World, id: &str) -> Value {
    world.users.get(id).map_or(Value::Null, |u| shape::user(world, u))
}

fn creation_defaults(world: &World, call: &Call) -> Answer {
    let defaults = json!({
        "object": "organization_creation_defaults",
        "form": { "name": "", "slug": "", "logo": null, "blur_hash": null }, "advisory": null,
    });
    Answer::reading(world, call, defaults)
}

fn rename(world: &mut World, call: &Call, id: &str) -> Answer {
    let given = |name| call.field(name).map(|v| (!v.is_empty()).then(|| v.to_owned()));
    if let Some(found) = world.users.get_mut(id) {
        found.first_name = given("first_name").unwrap_or(found.first_name.take());
        found.last_name = given("last_name").unwrap_or(found.last_name.take());
    }
    Answer::changing(world, call, user(world, id))
}

fn memberships(world: &World, call: &Call, user: &str) -> Result<Answer, Refusal> {
    let rows = world.memberships_of(user);
    cut(world, call, rows.into_iter().map(|(o, m)| shape::membership(world, o, m)).collect())
}

fn leave(world: &mut World, call: &Call, user: &str, organization: &str) -> Result<Answer, Refusal> {
    let place = world.organizations.get(organization);
    let membership = place.and_then(|o| o.membership_of(user));
    let id = membership.ok_or_else(|| Refusal::not_found("No such membership."))?.id.clone();
    world.remove_membership(organization, user);
    let gone = json!({ "object": "organization_membership", "id": id, "deleted": true });
    Ok(Answer::changing(world, call, gone))
}

fn invitations(world: &World, call: &Call, user: &str) -> Result<Answer, Refusal> {
    let email = world.users.get(user).map(|u| u.email_address.clone()).unwrap_or_default();
    let wanted: Vec<Status> = call.params("status").map(Status::from_word).collect();
    let mut own: Vec<_> = world
        .invitations
        .addressed_to(&email)
        .filter(|i| wanted.is_empty() || wanted.contains(&i.status))
        .collect();
    own.sort_by_key(|i| std::cmp::Reverse(i.created_at));
    cut(world, call, own.into_iter().map(|i| shape::own_invitation(world, i)).collect())
}

fn accept(world: &mut World, call: &Call, user: &str, id: &str) -> Result<Answer, Refusal> {
    let email = world.users.get(user).map(|u| u.email_address.clone()).unwrap_or_default();
    let found = world.invitations.by_id(id).filter(|i| i.email_address == email);
    let found = found.ok_or_else(|| {
        Refusal::new(404, "organization_invitation_not_found", "The invitation was not found.")
    })?;
    if found.status != Status::Pending {
        let message = "The invitation is no longer pending.";
        return Err(Refusal::new(404, "organization_invitation_not_pending", message));
    }
    ticket::accept(world, id, user);
    let response = world.invitations.by_id(id).map(|i| shape::own_invitation(world, i));
    Ok(Answer::changing(world, call, json!(response)))
}
