//! Clerk's Frontend API: a call comes in, the world is read or changed, an answer goes out. Nothing
//! here knows of HTTP beyond methods, paths and forms, so all of it runs under the world's lock.

mod account;
mod client;
mod devices;
mod domains;
mod environment;
mod invitations;
mod me;
mod members;
mod organizations;
mod refusal;
mod requests;
mod reverification;
mod shape;
mod sign_in;
mod sign_up;
mod ticket;

use serde_json::{Value, json};

pub(crate) use refusal::{Refusal, error_body};

use crate::world::{SessionStatus, World};

/// The code that verifies every address, as in Clerk's test mode.
const CODE: &str = "424242";

/// A request to the API, read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Call {
    /// The method meant: `_method` wins over the one used.
    pub(crate) method: String,
    /// Below `/__clerk`, e.g. `/v1/client`.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) form: Vec<(String, String)>,
    /// The `__client` cookie.
    pub(crate) cookie: Option<String>,
}

impl Call {
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        first(&self.form, name)
    }

    /// A field that must be there and must say something.
    pub(crate) fn required(&self, name: &str) -> Result<&str, Refusal> {
        match self.field(name) {
            None => Err(Refusal::missing(name)),
            Some(value) if value.trim().is_empty() => Err(Refusal::nil(name)),
            Some(value) => Ok(value),
        }
    }

    pub(crate) fn fields<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        all(&self.form, name)
    }

    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    pub(crate) fn params<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        all(&self.query, name)
    }

    /// Refuses fields Clerk would not know.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Refusal> {
        match self.form.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => {
                let message = format!("{name} is not a valid parameter for this request.");
                Err(Refusal::new(422, "form_param_unknown", message).about(name))
            }
            None => Ok(()),
        }
    }

    /// `limit` (10 when absent, 1 to 500) and `offset`.
    pub(crate) fn page(&self) -> Result<(usize, usize), Refusal> {
        let read = |name: &str, absent: usize| match self.param(name) {
            None | Some("") => Ok(absent),
            Some(text) => text
                .parse::<usize>()
                .map_err(|_| Refusal::invalid(name, format!("{name} must be a whole number, 0 or more."))),
        };
        let (limit, offset) = (read("limit", 10)?, read("offset", 0)?);
        if (1..=500).contains(&limit) {
            Ok((limit, offset))
        } else {
            Err(Refusal::invalid("limit", "limit must be between 1 and 500."))
        }
    }
}

fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}

fn all<'a>(pairs: &'a [(String, String)], name: &'a str) -> impl Iterator<Item = &'a str> {
    pairs.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
}

/// What goes back.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    /// A new value for the `__client` cookie.
    pub(crate) cookie: Option<String>,
    /// Where to go instead, below the page's base.
    pub(crate) location: Option<String>,
}

impl Answer {
    pub(crate) fn bare(body: Value) -> Answer {
        Answer { status: 200, body, cookie: None, location: None }
    }

    /// An answer in Clerk's envelope that leaves the client out.
    pub(crate) fn without_client(response: Value) -> Answer {
        Answer::bare(json!({ "response": response, "client": null }))
    }

    /// The answer to a read. Clerk's description requires the client beside it, as beside a change.
    pub(crate) fn reading(world: &World, call: &Call, response: Value) -> Answer {
        if world.environment.client_on_reads {
            Answer::changing(world, call, response)
        } else {
            Answer::without_client(response)
        }
    }

    /// The answer to a change: the client rides along, and clerk-js updates itself from it.
    pub(crate) fn changing(world: &World, call: &Call, response: Value) -> Answer {
        let client = call.cookie.as_ref().and_then(|c| world.clients.get(c));
        let client = client.map(|c| shape::client(world, c));
        Answer::bare(json!({ "response": response, "client": client }))
    }

    /// A page of a list.
    pub(crate) fn list(world: &World, call: &Call, rows: Vec<Value>, total: usize) -> Answer {
        Answer::reading(world, call, json!({ "data": rows, "total_count": total }))
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Answer {
        Answer { status: refusal.status, ..Answer::bare(refusal.body()) }
    }
}

/// Cuts the page that the call asks for out of a short list.
pub(crate) fn cut(world: &World, call: &Call, rows: Vec<Value>) -> Result<Answer, Refusal> {
    let (limit, offset) = call.page()?;
    let total = rows.len();
    Ok(Answer::list(world, call, rows.into_iter().skip(offset).take(limit).collect(), total))
}

/// Answers a call. The table of what the stand-in can do.
pub(crate) fn answer(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let segments: Vec<&str> = call.path.trim_matches('/').split('/').collect();
    let ["v1", route @ ..] = segments.as_slice() else {
        return Err(unknown(call));
    };
    match (call.method.as_str(), route) {
        ("GET" | "PATCH" | "POST", ["environment"]) => Ok(environment::read(world)),
        ("GET", ["client"]) => Ok(client::read(world, call)),
        ("POST" | "PUT", ["client"]) => Ok(client::create(world, call)),
        ("DELETE", ["client"] | ["client", "sessions"]) => Ok(client::sign_out_everywhere(world, call)),
        ("POST", ["client", "sign_ins"]) => sign_in::create(world, call),
        ("GET", ["client", "sign_ins", id]) => sign_in::read(world, call, id),
        ("POST", ["client", "sign_ins", id, "prepare_first_factor"]) => sign_in::prepare(world, call, id),
        ("POST", ["client", "sign_ins", id, "attempt_first_factor"]) => sign_in::attempt(world, call, id),
        ("POST", ["client", "sign_ups"]) => sign_up::create(world, call),
        ("GET", ["client", "sign_ups", id]) => sign_up::read(world, call, id),
        ("PATCH", ["client", "sign_ups", id]) => sign_up::update(world, call, id),
        ("GET", ["client", "sessions", id]) => client::session(world, call, id),
        ("POST", ["client", "sessions", id, "touch"]) => client::touch(world, call, id),
        ("POST", ["client", "sessions", id, "tokens"]) => client::token(world, call, id),
        ("POST", ["client", "sessions", id, "end"]) => client::end(world, call, id, SessionStatus::Ended),
        ("POST", ["client", "sessions", id, "remove"]) => {
            client::end(world, call, id, SessionStatus::Removed)
        }
        ("POST", ["client", "sessions", id, "verify"]) => reverification::begin(world, call, id),
        ("POST", ["client", "sessions", id, "verify", "prepare_first_factor"]) => {
            reverification::prepare(world, call, id)
        }
        ("POST", ["client", "sessions", id, "verify", "attempt_first_factor"]) => {
            reverification::attempt(world, call, id)
        }
        ("POST", ["dev_browser"]) => Ok(Answer::bare(json!({ "id": world.mint("dvb") }))),
        ("POST", ["waitlist"]) => refuse_to_wait(call),
        ("GET", ["tickets", "accept"]) => ticket::follow(world, call),
        (_, ["me", rest @ ..]) => me::answer(world, call, rest),
        (_, ["organizations", rest @ ..]) => organizations::answer(world, call, rest),
        _ => Err(unknown(call)),
    }
}

/// The instance lets people in by invitation: it keeps no list of those who wait.
fn refuse_to_wait(call: &Call) -> Result<Answer, Refusal> {
    call.required("email_address")?;
    let message = "The waitlist is not accepting new entries at this time. Please try again later.";
    Err(Refusal::new(403, "waitlist_not_accepting_entries", message))
}

/// What Clerk says of an address it does not have, or not by this method.
pub(crate) fn unknown(call: &Call) -> Refusal {
    Refusal::not_found(format!("There is nothing at {} {}.", call.method, call.path))
}

/// A session that admits its user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignedIn {
    pub(crate) session: String,
    pub(crate) user: String,
}

/// The session a call speaks for: the one it names, else the browser's latest.
pub(crate) fn signed_in(world: &World, call: &Call) -> Result<SignedIn, Refusal> {
    let client = call.cookie.as_ref().and_then(|c| world.clients.get(c));
    let client = client.ok_or_else(Refusal::signed_out)?;
    let named = call.param("_clerk_session_id").filter(|id| !id.is_empty());
    let id = named.or(client.last_active_session.as_deref()).ok_or_else(Refusal::signed_out)?;
    live_session(world, call, id)
}

/// One of the browser's own sessions, as long as it lives.
pub(crate) fn live_session(world: &World, call: &Call, id: &str) -> Result<SignedIn, Refusal> {
    let client = call.cookie.as_ref().and_then(|c| world.clients.get(c));
    let owned = client.is_some_and(|c| c.sessions.iter().any(|s| s == id));
    let session = world.sessions.get(id).filter(|s| owned && s.is_live());
    let session = session.filter(|s| world.users.contains_key(&s.user)).ok_or_else(Refusal::signed_out)?;
    Ok(SignedIn { session: session.id.clone(), user: session.user.clone() })
}
