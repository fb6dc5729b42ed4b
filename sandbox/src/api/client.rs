//! Browsers and their sessions.

use serde_json::Value;

use super::{Answer, Call, Refusal, live_session, shape};
use crate::world::{Client, SessionStatus, World};

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

/// Marks a session as the one in use and, when asked, moves it to an organization, by its id or slug. An empty one moves
/// it to the personal account, where the instance allows to work there; elsewhere the session stays where it is.
pub(super) fn touch(world: &mut World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let who = live_session(world, call, id)?;
    match call.field("active_organization_id") {
        Some("") if world.environment.force_organization_selection => {}
        Some("") => world.activate(&who.session, None),
        Some(named) => {
            let organization = own_organization(world, &who.user, named)?;
            world.activate(&who.session, Some(&organization));
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
        Some("") if !world.environment.force_organization_selection => None,
        None | Some("") => session.active_organization.clone(),
        Some(named) => Some(own_organization(world, &who.user, named)?),
    };
    Ok(Answer::bare(shape::token(world, session, organization.as_deref())))
}

/// Ends a session of this browser, with the status that says how.
pub(super) fn end(
    world: &mut World,
    call: &Call,
    id: &str,
    status: SessionStatus,
) -> Result<Answer, Refusal> {
    let who = live_session(world, call, id)?;
    world.end_session(&who.session, status);
    let session = session_shape(world, &who.session);
    forget_ended(world, call);
    Ok(Answer::changing(world, call, session))
}

/// The id of the organization with this id or slug, which the user must belong to.
fn own_organization(world: &World, user: &str, named: &str) -> Result<String, Refusal> {
    let mut own = world.memberships_of(user).into_iter().map(|(place, _)| place);
    let found = own.find(|place| place.id == named || place.slug == named);
    found.map(|place| place.id.clone()).ok_or_else(|| {
        let message = "The organization was not found, or you do not belong to it.";
        Refusal::new(404, "organization_not_found_or_unauthorized", message)
    })
}

fn forget_ended(world: &mut World, call: &Call) {
    let Some(client) = call.cookie.as_ref().and_then(|c| world.clients.get_mut(c)) else { return };
    client.sessions.retain(|id| world.sessions.get(id).is_some_and(|s| s.is_live()));
    client.last_active_session = client.sessions.last().cloned();
    client.sign_in = None;
    client.sign_up = None;
}

pub(super) fn session_shape(world: &World, id: &str) -> Value {
    let session = world.sessions.get(id).and_then(|s| shape::session(world, s));
    session.unwrap_or(Value::Null)
}
