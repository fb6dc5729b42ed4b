//! The sessions of the signed-in user, in whatever browser.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal, client, shape};
use crate::world::{SessionStatus, World};

/// All of them, ended ones too, newest first.
pub(super) fn all(world: &World, user: &str) -> Answer {
    let mut own: Vec<_> = world.sessions.values().filter(|s| s.user == user).collect();
    own.sort_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
    Answer::bare(json!(own.into_iter().filter_map(|s| shape::session(world, s)).collect::<Vec<Value>>()))
}

/// The live ones, each with what its browser was last seen doing.
pub(super) fn active(world: &World, user: &str) -> Answer {
    let live = world.sessions.values().filter(|s| s.user == user && s.is_live());
    let rows = live.filter_map(|s| {
        let mut value = shape::session(world, s)?;
        value["latest_activity"] = json!({
            "object": "session_activity", "id": format!("sess_activity_{}", s.id),
            "device_type": "Linux", "is_mobile": false, "browser_name": "Browser", "browser_version": "1",
            "ip_address": "127.0.0.1", "city": "", "country": "",
        });
        Some(value)
    });
    Answer::bare(json!(rows.collect::<Vec<Value>>()))
}

/// Ends one of the user's sessions, wherever it is.
pub(super) fn revoke(world: &mut World, call: &Call, user: &str, id: &str) -> Result<Answer, Refusal> {
    let own = world.sessions.get(id).filter(|s| s.user == user && s.is_live());
    own.ok_or_else(|| Refusal::not_found(format!("No session was found with id {id}")))?;
    world.end_session(id, SessionStatus::Revoked);
    Ok(Answer::changing(world, call, client::session_shape(world, id)))
}
