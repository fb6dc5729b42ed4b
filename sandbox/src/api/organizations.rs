//! Organizations as their members see them.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal, SignedIn, cut, invitations, shape, signed_in, unknown};
use crate::world::{ADMIN, MANAGE_MEMBERSHIPS, MANAGE_PROFILE, Organization, READ_MEMBERSHIPS, World};

pub(super) fn answer(world: &mut World, call: &Call, route: &[&str]) -> Result<Answer, Refusal> {
    let who = signed_in(world, call)?;
    if !world.environment.organizations_enabled {
        let message = "Organizations are not enabled for this instance.";
        return Err(Refusal::new(403, "organization_not_enabled_in_instance", message));
    }
    let (id, rest) = match (call.method.as_str(), route) {
        ("POST", []) => return create(world, call, &who),
        (_, [id, rest @ ..]) => (*id, rest),
        _ => return Err(unknown(call)),
    };
    let place = as_member(world, id, &who)?;
    match (call.method.as_str(), rest) {
        ("GET", []) => Ok(Answer::reading(world, call, shape::organization(world, place))),
        ("PATCH", []) => {
            require(place, &who, MANAGE_PROFILE)?;
            rename(world, call, id)
        }
        (_, ["memberships", user]) => {
            require(place, &who, MANAGE_MEMBERSHIPS)?;
            change_membership(world, call, id, user)
        }
        ("GET", ["roles"]) => roles(world, call, place),
        ("GET", ["memberships"]) => memberships(world, call, place, &who),
        ("GET", ["membership_requests" | "domains"]) => Ok(Answer::list(world, call, Vec::new(), 0)),
        ("GET", ["enterprise_connections"]) => Ok(Answer::reading(world, call, json!([]))),
        (_, ["invitations", rest @ ..]) => {
            require(place, &who, MANAGE_MEMBERSHIPS)?;
            invitations::answer(world, call, id, rest)
        }
        _ => Err(unknown(call)),
    }
}

fn as_member<'a>(world: &'a World, id: &str, who: &SignedIn) -> Result<&'a Organization, Refusal> {
    let gone = || Refusal::not_found("The organization was not found.").about("organization_id");
    let place = world.organizations.get(id).ok_or_else(gone)?;
    if place.membership_of(&who.user).is_none() {
        let message = "You are not a member of this organization.";
        return Err(Refusal::new(403, "not_a_member_in_organization", message));
    }
    Ok(place)
}

fn require(place: &Organization, who: &SignedIn, permission: &str) -> Result<(), Refusal> {
    if place.permissions_of(&who.user).iter().any(|p| p == permission) {
        return Ok(());
    }
    let message = "You do not have the permission this needs.";
    let mut refusal = Refusal::new(403, "missing_organization_permission", message);
    refusal.meta["permissions"] = json!([permission]);
    Err(refusal)
}

fn create(world: &mut World, call: &Call, who: &SignedIn) -> Result<Answer, Refusal> {
    let name = call.required("name")?.to_owned();
    let id = world.mint("org");
    world.add_organization(&id, &name);
    world.add_membership(&id, &who.user, ADMIN);
    let made = world.organizations.get(&id).map(|o| shape::organization(world, o));
    Ok(Answer::changing(world, call, json!(made)))
}

fn rename(world: &mut World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let name = call.required("name")?;
    if let Some(place) = world.organizations.get_mut(id) {
        place.name = name.to_owned();
    }
    let renamed = world.organizations.get(id).map(|o| shape::organization(world, o));
    Ok(Answer::changing(world, call, json!(renamed)))
}

fn change_membership(world: &mut World, call: &Call, id: &str, user: &str) -> Result<Answer, Refusal> {
    let place = world.organizations.get(id);
    let found = place.and_then(|o| Some((o, o.membership_of(user)?)));
    let (place, membership) = found.ok_or_else(|| Refusal::not_found("No such membership."))?;
    let mut before = shape::membership(world, place, membership);
    match call.method.as_str() {
        "PATCH" => {
            let role = call.required("role")?;
            place.role(role).ok_or_else(|| Refusal::not_found("The role was not found.").about("role"))?;
            world.add_membership(id, user, role);
            let place = world.organizations.get(id);
            let after = place.and_then(|o| Some(shape::membership(world, o, o.membership_of(user)?)));
            Ok(Answer::changing(world, call, json!(after)))
        }
        "DELETE" => {
            world.remove_membership(id, user);
            before["deleted"] = json!(true);
            Ok(Answer::changing(world, call, before))
        }
        _ => Err(unknown(call)),
    }
}

fn roles(world: &World, call: &Call, place: &Organization) -> Result<Answer, Refusal> {
    let rows = place.roles.iter().map(|r| shape::role(place, r)).collect();
    let mut answer = cut(world, call, rows)?;
    answer.body["response"]["has_role_set_migration"] = json!(place.role_set_migration);
    Ok(answer)
}

fn memberships(world: &World, call: &Call, place: &Organization, who: &SignedIn) -> Result<Answer, Refusal> {
    require(place, who, READ_MEMBERSHIPS)?;
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
    cut(world, call, rows)
}

fn matches(user: &crate::world::User, query: &str) -> bool {
    let names = [user.first_name.as_deref(), user.last_name.as_deref()];
    let full = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    user.email_address.contains(query) || full.to_lowercase().contains(query) || user.id == query
}
