//! Organizations as their members see them.

use serde_json::json;

use super::{
    Answer, Call, Refusal, SignedIn, cut, domains, invitations, members, requests, shape, signed_in, unknown,
};
use crate::world::{
    ADMIN, DELETE_PROFILE, MANAGE_MEMBERSHIPS, MANAGE_PROFILE, Organization, READ_MEMBERSHIPS, World,
};

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
            require(place, &who, &[MANAGE_PROFILE])?;
            rename(world, call, id)
        }
        ("DELETE", []) => {
            require(place, &who, &[DELETE_PROFILE])?;
            delete(world, call, id)
        }
        ("PUT" | "DELETE", ["logo"]) => {
            require(place, &who, &[MANAGE_PROFILE])?;
            Ok(change_logo(world, call, id))
        }
        ("GET", ["memberships"]) => {
            require(place, &who, &[READ_MEMBERSHIPS])?;
            members::list(world, call, place)
        }
        ("POST", ["memberships"]) => {
            require(place, &who, &[MANAGE_MEMBERSHIPS])?;
            members::add(world, call, id)
        }
        (_, ["memberships", user]) => {
            require(place, &who, &[MANAGE_MEMBERSHIPS])?;
            members::change(world, call, id, user)
        }
        ("GET", ["roles"]) => roles(world, call, place),
        ("GET", ["enterprise_connections"]) => Ok(Answer::reading(world, call, json!([]))),
        (_, ["membership_requests", rest @ ..]) => {
            require(place, &who, &[MANAGE_MEMBERSHIPS])?;
            requests::answer(world, call, id, rest)
        }
        (_, ["domains", rest @ ..]) => {
            require(place, &who, domains::permissions(call))?;
            domains::answer(world, call, id, rest)
        }
        (_, ["invitations", rest @ ..]) => {
            require(place, &who, &[MANAGE_MEMBERSHIPS])?;
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

/// Refuses who has none of these permissions.
fn require(place: &Organization, who: &SignedIn, permissions: &[&str]) -> Result<(), Refusal> {
    if place.permissions_of(&who.user).iter().any(|p| permissions.contains(&p.as_str())) {
        return Ok(());
    }
    let message = "You do not have the permission this needs.";
    let mut refusal = Refusal::new(403, "missing_organization_permission", message);
    refusal.meta["permissions"] = json!(permissions);
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

fn delete(world: &mut World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    if !world.environment.admin_delete_enabled {
        let message = "Deletion by admin is not enabled for this organization.";
        return Err(Refusal::new(403, "organization_admin_delete_not_enabled", message));
    }
    let slug = world.organizations.get(id).map(|o| o.slug.clone());
    world.remove_organization(id);
    let gone = json!({ "object": "organization", "id": id, "slug": slug, "deleted": true });
    Ok(Answer::changing(world, call, gone))
}

/// Remembers whether there is a logo; the picture itself is not kept.
fn change_logo(world: &mut World, call: &Call, id: &str) -> Answer {
    let is_there = call.method == "PUT";
    if let Some(place) = world.organizations.get_mut(id) {
        place.has_logo = is_there;
    }
    let response = if is_there {
        json!(world.organizations.get(id).map(|o| shape::organization(world, o)))
    } else {
        json!({ "object": "image", "id": format!("img_{id}"), "deleted": true })
    };
    Answer::changing(world, call, response)
}

fn roles(world: &World, call: &Call, place: &Organization) -> Result<Answer, Refusal> {
    let rows = place.roles.iter().map(|r| shape::role(place, r)).collect();
    let mut answer = cut(world, call, rows)?;
    answer.body["response"]["has_role_set_migration"] = json!(place.role_set_migration);
    Ok(answer)
}
