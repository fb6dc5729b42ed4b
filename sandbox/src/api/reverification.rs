//! Another proof of who somebody is, which Clerk may ask for before it does what they want.

use serde_json::{Value, json};

use super::sign_in::check_password;
use super::{Answer, Call, Refusal, client, live_session, shape};
use crate::world::World;

/// Begins one. Nobody here has a second factor, so that every level comes down to the first.
pub(super) fn begin(world: &mut World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let who = live_session(world, call, id)?;
    let level = call.required("level")?;
    if !["first_factor", "second_factor", "multi_factor"].contains(&level) {
        return Err(Refusal::invalid("level", "level does not match one of the allowed values."));
    }
    set_under_way(world, &who.session, true);
    Ok(answered(world, call, &who.session, false))
}

/// Nothing needs preparing: only codes do, and the stand-in sends none.
pub(super) fn prepare(world: &World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let session = under_way(world, call, id)?.0;
    Ok(answered(world, call, &session, false))
}

pub(super) fn attempt(world: &mut World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let (session, user) = under_way(world, call, id)?;
    if call.required("strategy")? != "password" {
        let message = "The strategy is not valid for the current verification.";
        return Err(Refusal::new(400, "verification_strategy_invalid", message));
    }
    check_password(world, Some(&user), call.required("password")?)?;
    set_under_way(world, &session, false);
    Ok(answered(world, call, &session, true))
}

/// The session and the user of the one under way.
fn under_way(world: &World, call: &Call, id: &str) -> Result<(String, String), Refusal> {
    let who = live_session(world, call, id)?;
    if world.sessions.get(&who.session).is_some_and(|s| s.is_being_reverified) {
        return Ok((who.session, who.user));
    }
    let message = "You need to start a new session verification flow first";
    Err(Refusal::new(400, "session_reverification_missing", message))
}

fn set_under_way(world: &mut World, session: &str, under_way: bool) {
    if let Some(found) = world.sessions.get_mut(session) {
        found.is_being_reverified = under_way;
    }
}

fn answered(world: &World, call: &Call, session: &str, is_done: bool) -> Answer {
    let response = json!({
        "object": "session_reverification",
        "level": "first_factor",
        "status": if is_done { "complete" } else { "needs_first_factor" },
        "supported_first_factors": [{ "strategy": "password" }],
        "supported_second_factors": null,
        "first_factor_verification": if is_done { shape::verified("password") } else { Value::Null },
        "second_factor_verification": null,
        "session": client::session_shape(world, session),
    });
    Answer::changing(world, call, response)
}
