//! What the signed-in user sees of their own.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal, cut, shape, signed_in, ticket, unknown};
use crate::world::{Status, World};

pub(super) fn answer(world: &mut World, call: &Call, route: &[&str]) -> Result<Answer, Refusal> {
    let who = signed_in(world, call)?;
    match (call.method.as_str(), route) {
        ("GET", []) => Ok(Answer::reading(user(world, &who.user))),
        ("PATCH", []) => Ok(rename(world, call, &who.user)),
        ("GET", ["organization_memberships"]) => memberships(world, call, &who.user),
        ("DELETE", ["organization_memberships", organization]) => leave(world, call, &who.user, organization),
        ("GET", ["organization_invitations"]) => invitations(world, call, &who.user),
        ("POST", ["organization_invitations", id, "accept"]) => accept(world, call, &who.user, id),
        ("GET", ["organization_suggestions"]) => suggestions(world, call, &who.user),
        ("POST", ["organization_suggestions", id, "accept"]) => ask_to_join(world, call, &who.user, id),
        ("GET", ["organization_creation_defaults"]) => Ok(Answer::reading(json!({
            "object": "organization_creation_defaults",
            "form": { "name": "", "slug": "", "logo": null, "blur_hash": null }, "advisory": null,
        }))),
        ("GET", ["sessions", "active"]) => Ok(Answer::bare(json!([]))),
        _ => Err(unknown(call)),
    }
}

fn user(world: &World, id: &str) -> Value {
    world.users.get(id).map_or(Value::Null, |u| shape::user(world, u))
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
    let page = call.page()?;
    let rows = world.memberships_of(user);
    Ok(cut(rows.into_iter().map(|(o, m)| shape::membership(world, o, m)).collect(), page))
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
    let page = call.page()?;
    let email = world.users.get(user).map(|u| u.email_address.clone()).unwrap_or_default();
    let wanted: Vec<Status> = call.params("status").map(Status::from_word).collect();
    let mut own: Vec<_> = world
        .invitations
        .addressed_to(&email)
        .filter(|i| wanted.is_empty() || wanted.contains(&i.status))
        .collect();
    own.sort_by_key(|i| std::cmp::Reverse(i.created_at));
    Ok(cut(own.into_iter().map(|i| shape::own_invitation(world, i)).collect(), page))
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

fn suggestions(world: &World, call: &Call, user: &str) -> Result<Answer, Refusal> {
    let page = call.page()?;
    let wanted: Vec<&str> = call.params("status").collect();
    let own = world.suggestions.iter().filter(|s| s.user == user);
    let own = own.filter(|s| wanted.is_empty() || wanted.contains(&s.status()));
    Ok(cut(own.map(|s| shape::suggestion(world, s)).collect(), page))
}

/// An admin decides about it then: nobody joins by this alone.
fn ask_to_join(world: &mut World, call: &Call, user: &str, id: &str) -> Result<Answer, Refusal> {
    let found = world.suggestions.iter_mut().find(|s| s.id == id && s.user == user);
    let found = found.ok_or_else(|| Refusal::not_found("The suggestion was not found."))?;
    found.is_accepted = true;
    let asked = found.clone();
    let response = shape::suggestion(world, &asked);
    Ok(Answer::changing(world, call, response))
}
