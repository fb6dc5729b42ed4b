//! An organization's members. Who may change them has been asked before.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal, cut, invitations, shape, unknown};
use crate::world::{Organization, Role, User, World};

pub(super) fn list(world: &World, call: &Call, place: &Organization) -> Result<Answer, Refusal> {
    let query = call.param("query").unwrap_or_default().to_lowercase();
    let wanted: Vec<&str> = call.params("role").collect();
    let rows: Vec<Value> = place
        .memberships
        .iter()
        .rev()
        .filter(|m| wanted.is_empty() || wanted.contains(&m.role.as_str()))
        .filter(|m| world.users.get(&m.user).is_some_and(|u| matches(u, &query)))
        .map(|m| shape::membership(world, place, m))
        .collect();
    if call.param("paginated") == Some("false") {
        return Ok(Answer::reading(world, call, json!(rows)));
    }
    cut(world, call, rows)
}

fn matches(user: &User, query: &str) -> bool {
    let names = [user.first_name.as_deref(), user.last_name.as_deref()];
    let full = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    user.email_address.contains(query) || full.to_lowercase().contains(query) || user.id.contains(query)
}

/// Adds a user whom the caller knows by id, without an invitation.
pub(super) fn add(world: &mut World, call: &Call, organization: &str) -> Result<Answer, Refusal> {
    let (user, role) = (call.required("user_id")?, call.required("role")?);
    let place = world.organizations.get(organization);
    let place = place.ok_or_else(|| Refusal::not_found("Given organization not found."))?;
    require_role(place, role)?;
    let known = world.users.get(user);
    let known =
        known.ok_or_else(|| Refusal::not_found("No user was found with this id.").about("user_id"))?;
    if place.membership_of(user).is_some() {
        return Err(invitations::already_member(&known.email_address));
    }
    invitations::refuse_beyond_quota(world, place, 1)?;
    world.add_membership(organization, user, role);
    Ok(answered(world, call, organization, user))
}

/// Gives a member another role, or removes one.
pub(super) fn change(
    world: &mut World,
    call: &Call,
    organization: &str,
    user: &str,
) -> Result<Answer, Refusal> {
    let place = world.organizations.get(organization);
    let found = place.and_then(|o| Some((o, o.membership_of(user)?)));
    let (place, membership) = found.ok_or_else(|| Refusal::not_found("No such membership."))?;
    let mut before = shape::membership(world, place, membership);
    match call.method.as_str() {
        "PATCH" => {
            let role = call.required("role")?;
            require_role(place, role)?;
            refuse_last_manager(place, user, Some(role))?;
            world.add_membership(organization, user, role);
            Ok(answered(world, call, organization, user))
        }
        "DELETE" => {
            refuse_last_manager(place, user, None)?;
            world.remove_membership(organization, user);
            before["deleted"] = json!(true);
            Ok(Answer::changing(world, call, before))
        }
        _ => Err(unknown(call)),
    }
}

/// Refuses to leave an organization without anybody who may manage its members. Which permissions Clerk counts as the
/// least is a guess.
pub(super) fn refuse_last_manager(
    place: &Organization,
    user: &str,
    next_role: Option<&str>,
) -> Result<(), Refusal> {
    let is_last = place.manages_members(user)
        && !place.memberships.iter().any(|m| m.user != user && place.manages_members(&m.user));
    let stays = next_role.and_then(|key| place.role(key)).is_some_and(Role::manages_members);
    if is_last && !stays {
        let message =
            "There has to be at least one organization member with the minimum required permissions";
        return Err(Refusal::new(400, "organization_minimum_permissions_needed", message));
    }
    Ok(())
}

fn require_role(place: &Organization, role: &str) -> Result<(), Refusal> {
    let found = place.role(role).map(|_| ());
    found.ok_or_else(|| Refusal::not_found("The role was not found.").about("role"))
}

fn answered(world: &World, call: &Call, organization: &str, user: &str) -> Answer {
    let place = world.organizations.get(organization);
    let membership = place.and_then(|o| Some(shape::membership(world, o, o.membership_of(user)?)));
    Answer::changing(world, call, json!(membership))
}
