//! What the signed-in user sees of their own.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal, account, cut, devices, members, shape, signed_in, ticket, unknown};
use crate::world::{Invitation, Status, Suggestion, SuggestionStatus, User, World, now_ms};

pub(super) fn answer(world: &mut World, call: &Call, route: &[&str]) -> Result<Answer, Refusal> {
    let who = signed_in(world, call)?;
    match (call.method.as_str(), route) {
        ("GET", []) => Ok(Answer::reading(world, call, user(world, &who.user))),
        ("PATCH", []) => Ok(rename(world, call, &who.user)),
        ("POST", ["change_password"]) => account::change_password(world, call),
        ("POST", ["email_addresses"]) => account::add_address(world, call, &who.user),
        ("POST", ["email_addresses", id, "prepare_verification"]) => {
            account::prepare(world, call, &who.user, id)
        }
        ("POST", ["email_addresses", id, "attempt_verification"]) => {
            account::attempt(world, call, &who.user, id)
        }
        ("GET", ["organization_memberships"]) => memberships(world, call, &who.user),
        ("DELETE", ["organization_memberships", organization]) => leave(world, call, &who.user, organization),
        ("GET", ["organization_invitations"]) => invitations(world, call, &who.user),
        ("POST", ["organization_invitations", id, "accept"]) => accept(world, call, &who.user, id),
        ("GET", ["organization_suggestions"]) => suggestions(world, call, &who.user),
        ("POST", ["organization_suggestions", id, "accept"]) => ask_to_join(world, call, &who.user, id),
        ("GET", ["organization_creation_defaults"]) => Ok(creation_defaults(world, call)),
        ("GET", ["sessions"]) => Ok(devices::all(world, &who.user)),
        ("GET", ["sessions", "active"]) => Ok(devices::active(world, &who.user)),
        ("POST", ["sessions", id, "revoke"]) => devices::revoke(world, call, &who.user, id),
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
    let own = world.memberships_of(user).into_iter();
    let rows: Vec<Value> = own.map(|(o, m)| shape::membership(world, o, m)).collect();
    if call.param("paginated") == Some("false") {
        return Ok(Answer::reading(world, call, json!(rows)));
    }
    cut(world, call, rows)
}

fn leave(world: &mut World, call: &Call, user: &str, organization: &str) -> Result<Answer, Refusal> {
    let place = world.organizations.get(organization);
    let membership = place.and_then(|o| o.membership_of(user));
    let id = membership.ok_or_else(|| Refusal::not_found("No such membership."))?.id.clone();
    place.map_or(Ok(()), |o| members::refuse_last_manager(o, user, None))?;
    world.remove_membership(organization, user);
    let gone = json!({ "object": "organization_membership", "id": id, "deleted": true });
    Ok(Answer::changing(world, call, gone))
}

fn invitations(world: &World, call: &Call, user: &str) -> Result<Answer, Refusal> {
    let wanted: Vec<Status> = call.params("status").map(Status::from_word).collect();
    let mut own: Vec<_> =
        received(world, user).filter(|i| wanted.is_empty() || wanted.contains(&i.status)).collect();
    own.sort_by_key(|i| std::cmp::Reverse(i.created_at));
    cut(world, call, own.into_iter().map(|i| shape::own_invitation(world, i)).collect())
}

/// What has come to an address that is known to be the user's, of organizations that there are.
fn received<'a>(world: &'a World, user: &str) -> impl Iterator<Item = &'a Invitation> {
    let addresses = world.users.get(user).into_iter().flat_map(User::verified_addresses);
    let all = addresses.flat_map(move |address| world.invitations.addressed_to(address));
    all.filter(move |i| world.organizations.contains_key(&i.organization_id))
}

fn accept(world: &mut World, call: &Call, user: &str, id: &str) -> Result<Answer, Refusal> {
    let found = received(world, user).find(|i| i.id == id);
    let found = found.ok_or_else(|| {
        Refusal::new(404, "organization_invitation_not_found", "The invitation was not found.")
    })?;
    if found.status != Status::Pending {
        return Err(ticket::not_pending());
    }
    ticket::accept(world, id, user)?;
    let response = world.invitations.by_id(id).map(|i| shape::own_invitation(world, i));
    Ok(Answer::changing(world, call, json!(response)))
}

fn suggestions(world: &World, call: &Call, user: &str) -> Result<Answer, Refusal> {
    let wanted: Vec<&str> = call.params("status").collect();
    let mut own: Vec<&Suggestion> = world
        .suggestions
        .values()
        .filter(|s| s.user == user)
        .filter(|s| wanted.is_empty() || wanted.contains(&s.status.as_str()))
        .collect();
    own.sort_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
    cut(world, call, own.into_iter().map(|s| shape::suggestion(world, s)).collect())
}

/// Accepting a suggestion asks the organization to be let in.
fn ask_to_join(world: &mut World, call: &Call, user: &str, id: &str) -> Result<Answer, Refusal> {
    let found = world.suggestions.get_mut(id).filter(|s| s.user == user);
    let found = found
        .ok_or_else(|| Refusal::not_found(format!("No organization suggestion was found with id {id}.")))?;
    if found.status != SuggestionStatus::Pending {
        let message = "This organization suggestion has already been accepted.";
        return Err(Refusal::new(400, "organization_suggestion_already_accepted", message));
    }
    found.status = SuggestionStatus::Accepted;
    found.updated_at = now_ms();
    let organization = found.organization_id.clone();
    world.request_membership(&organization, user);
    let response = world.suggestions.get(id).map(|s| shape::suggestion(world, s));
    Ok(Answer::changing(world, call, json!(response)))
}
