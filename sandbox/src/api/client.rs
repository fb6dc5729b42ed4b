//! Browsers and their sessions.

use serde_json::Value;

use super::{Answer, Call, Refusal, live_session, shape};
use crate::world::{Client, World};

/// A browser without a known cookie is signed out, unless the world greets new ones.
pub(super) fn read(world: &mut World, call: &Call) -> Answer {
    if world.greeting.is_some() && known(world, call).is_none() {
        return create(world, call);
    }
    let client = known(world, call).map_or(Value::Null, |c| shape::client(world, c));
    Answer::without_client(client)
}

pub(super) fn create(world: &mut World, call: &Call) -> Answer {
    let (call, fresh) = recognised(world, call);
    let client = known(world, &call).map_or(Value::Null, |c| shape::client(world, c));
    Answer { cookie: fresh, ..Answer::changing(world, &call, client) }
}

/// The call with a cookie that names a client, and that cookie when it is new.
///
/// Cookies ignore ports: a browser that met another sandbox on this machine brings that one's cookie,
/// which must not be taken for anybody here.
pub(super) fn recognised(world: &mut World, call: &Call) -> (Call, Option<String>) {
    if known(world, call).is_some() {
        return (call.clone(), None);
    }
    let cookie = uuid::Uuid::new_v4().simple().to_string();
    world.new_client(&cookie);
    (Call { cookie: Some(cookie.clone()), ..call.clone() }, Some(cookie))
}

fn known<'a>(world: &'a World, call: &Call) -> Option<&'a Client> {
    world.clients.get(call.cookie.as_ref()?)
}

pub(super) fn sign_out_everywhere(world: &mut World, call: &Call) -> Answer {
    let sessions = known(world, call).map(|c| c.sessions.clone()).unwrap_or_default();
    for session in &sessions {
        world.sign_out(session);
    }
    forget_ended(world, call);
    let client = known(world, call).map_or(Value::Null, |c| shape::client(world, c));
    Answer::changing(world, call, client)
}

pub(super) fn session(world: &World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let session = live_session(world, call, id)?.session;
    Ok(Answer::reading(world, call, session_shape(world, &session)))
}

/// Marks a session as the one in use and, when asked, moves it to an organization (an empty id: to
/// the personal account).
pub(super) fn touch(world: &mut World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let who = live_session(world, call, id)?;
    match call.field("active_organization_id") {
        Some("") => world.activate(&who.session, None),
        Some(organization) => {
            require_membership(world, &who.user, organization)?;
            world.activate(&who.session, Some(organization));
        }
        None => {}
    }
    if let Some(client) = call.cookie.as_ref().and_then(|c| world.clients.get_mut(c)) {
        client.last_active_session = Some(who.session.clone());
    }
    let session = session_shape(world, &who.session);
    Ok(Answer::changing(world, call, session))
}

/// A fresh token, unwrapped, as Clerk answers it.
pub(super) fn token(world: &World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let who = live_session(world, call, id)?;
    let session = world.sessions.get(&who.session).ok_or_else(Refusal::signed_out)?;
    let organization = match call.field("organization_id") {
        Some("") => None,
        Some(id) => {
            require_membership(world, &who.user, id)?;
            Some(id)
        }
        None => session.active_organization.as_deref(),
    };
    Ok(Answer::bare(shape::token(world, session, organization)))
}

pub(super) fn end(world: &mut World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let who = live_session(world, call, id)?;
    world.sign_out(&who.session);
    let session = session_shape(world, &who.session);
    forget_ended(world, call);
    Ok(Answer::changing(world, call, session))
}

fn require_membership(world: &World, user: &str, organization: &str) -> Result<(), Refusal> {
    let place = world.organizations.get(organization);
    if place.is_some_and(|o| o.membership_of(user).is_some()) {
        return Ok(());
    }
    let message = "The organization was not found, or you do not belong to it.";
    Err(Refusal::new(404, "organization_not_found_or_unauthorized", message))
}

fn forget_ended(world: &mut World, call: &Call) {
    let Some(client) = call.cookie.as_ref().and_then(|c| world.clients.get_mut(c)) else { return };
    client.sessions.retain(|id| world.sessions.get(id).is_some_and(|s| s.is_live()));
    client.last_active_session = client.sessions.last().cloned();
    client.sign_in = None;
    client.sign_up = None;
}

fn session_shape(world: &World, id: &str) -> Value {
    let session = world.sessions.get(id).and_then(|s| shape::session(world, s));
    session.unwrap_or(Value::Null)
}
