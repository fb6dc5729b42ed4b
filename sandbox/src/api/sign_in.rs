//! Signing in, by password or by an invitation's ticket.

use super::client::recognised;
use super::{Answer, Call, Refusal, shape, ticket};
use crate::world::{SignIn, World};

const PARAM: &str = "identifier";

pub(super) fn create(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let (call, cookie) = recognised(world, call);
    refuse_second_session(world, &call)?;
    let mut attempt = SignIn { id: world.mint("sia"), user: None, created_session: None };
    if call.field("strategy") == Some("ticket") {
        attempt.created_session = Some(by_ticket(world, &call, &mut attempt)?);
    } else if let Some(identifier) = call.field(PARAM) {
        let user = world.user_by_email(identifier.trim()).ok_or_else(stranger)?;
        attempt.user = Some(user.id.clone());
        if let Some(password) = call.field("password").filter(|p| !p.is_empty()) {
            check_password(world, attempt.user.as_deref(), password)?;
            attempt.created_session = Some(open_session(world, &call, &attempt, None)?);
        }
    }
    Ok(Answer { cookie, ..keep(world, &call, attempt) })
}

pub(super) fn read(world: &World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let attempt = under_way(world, call, id)?;
    Ok(Answer::reading(world, call, shape::sign_in(world, &attempt)))
}

/// Nothing needs preparing: only codes and links do, and the stand-in sends none.
pub(super) fn prepare(world: &World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let attempt = under_way(world, call, id)?;
    let response = shape::sign_in(world, &attempt);
    Ok(Answer::changing(world, call, response))
}

pub(super) fn attempt(world: &mut World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let mut attempt = under_way(world, call, id)?;
    match call.required("strategy")? {
        "password" => check_password(world, attempt.user.as_deref(), call.required("password")?)?,
        other => {
            let message = format!("{other} does not match one of the allowed values.");
            return Err(Refusal::invalid("strategy", message));
        }
    }
    refuse_second_session(world, call)?;
    attempt.created_session = Some(open_session(world, call, &attempt, None)?);
    Ok(keep(world, call, attempt))
}

fn keep(world: &mut World, call: &Call, attempt: SignIn) -> Answer {
    let response = shape::sign_in(world, &attempt);
    if let Some(client) = call.cookie.as_ref().and_then(|c| world.clients.get_mut(c)) {
        client.sign_in = attempt.created_session.is_none().then_some(attempt);
    }
    Answer::changing(world, call, response)
}

fn under_way(world: &World, call: &Call, id: &str) -> Result<SignIn, Refusal> {
    let client = call.cookie.as_ref().and_then(|c| world.clients.get(c));
    let attempt = client.and_then(|c| c.sign_in.clone()).filter(|a| a.id == id);
    attempt.ok_or_else(|| Refusal::not_found("No sign in was found with this id."))
}

fn stranger() -> Refusal {
    Refusal::new(422, "form_identifier_not_found", "Couldn't find your account.").about(PARAM)
}

fn no_account() -> Refusal {
    let message = "User not found. If you don't have an account, sign up first to accept this invitation.";
    Refusal::new(400, "organization_invitation_identification_not_exist", message)
}

pub(super) fn check_password(world: &World, user: Option<&str>, password: &str) -> Result<(), Refusal> {
    let user = user.and_then(|id| world.users.get(id));
    if user.is_some_and(|u| u.password.as_deref() == Some(password)) {
        return Ok(());
    }
    let message = "Password is incorrect. Try again, or use another method.";
    Err(Refusal::new(422, "form_password_incorrect", message).about("password"))
}

/// Someone signed in cannot sign in once more in an instance of single sessions. This is why a ticket
/// link opened by them leaves its invitation pending.
pub(super) fn refuse_second_session(world: &World, call: &Call) -> Result<(), Refusal> {
    let client = call.cookie.as_ref().and_then(|c| world.clients.get(c));
    let mut sessions = client.into_iter().flat_map(|c| &c.sessions);
    let live = sessions.any(|id| world.sessions.get(id).is_some_and(|s| s.is_live()));
    if live && world.environment.single_session_mode {
        return Err(Refusal::new(400, "session_exists", "You're already signed in."));
    }
    Ok(())
}

fn by_ticket(world: &mut World, call: &Call, attempt: &mut SignIn) -> Result<String, Refusal> {
    let invitation = ticket::redeem(world, call.required("ticket")?)?;
    let user = world.user_by_email(&invitation.email_address).ok_or_else(no_account)?.id.clone();
    ticket::accept(world, &invitation.id, &user)?;
    attempt.user = Some(user);
    let active = Some(&*invitation.organization_id).filter(|_| world.environment.ticket_activates);
    open_session(world, call, attempt, active)
}

fn open_session(
    world: &mut World,
    call: &Call,
    attempt: &SignIn,
    organization: Option<&str>,
) -> Result<String, Refusal> {
    let user = attempt.user.clone().ok_or_else(stranger)?;
    Ok(begin(world, call, &user, organization))
}

/// Begins a session in the calling browser.
pub(super) fn begin(world: &mut World, call: &Call, user: &str, organization: Option<&str>) -> String {
    let session = world.sign_in(user, organization);
    if let Some(client) = call.cookie.as_ref().and_then(|c| world.clients.get_mut(c)) {
        client.sessions.push(session.clone());
        client.last_active_session = Some(session.clone());
    }
    session
}
