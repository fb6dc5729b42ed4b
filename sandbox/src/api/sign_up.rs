//! Signing up with an invitation's ticket. There is no other way in.

use super::client::recognised;
use super::{Answer, Call, Refusal, shape, sign_in, ticket};
use crate::world::{SignUp, World};

const SHORTEST_PASSWORD: usize = 8;

pub(super) fn create(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let (call, cookie) = recognised(world, call);
    sign_in::refuse_second_session(world, &call)?;
    let invitation = match call.field("ticket") {
        Some(given) => ticket::redeem(world, given)?,
        None => return Err(Refusal::new(403, "sign_up_mode_restricted", "Access is by invitation only.")),
    };
    if world.user_by_email(&invitation.email_address).is_some() {
        let message = "The email address in this invitation already exists. If it belongs to you, try signing in instead.";
        return Err(Refusal::new(400, "organization_invitation_identification_already_exists", message));
    }
    let attempt = SignUp {
        id: world.mint("sua"),
        email_address: invitation.email_address,
        invitation: invitation.id,
        first_name: None,
        last_name: None,
        password: None,
        created_user: None,
        created_session: None,
    };
    Ok(Answer { cookie, ..fill_in(world, &call, attempt)? })
}

pub(super) fn read(world: &World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    Ok(Answer::reading(world, call, shape::sign_up(&under_way(world, call, id)?)))
}

pub(super) fn update(world: &mut World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let attempt = under_way(world, call, id)?;
    fill_in(world, call, attempt)
}

fn under_way(world: &World, call: &Call, id: &str) -> Result<SignUp, Refusal> {
    let client = call.cookie.as_ref().and_then(|c| world.clients.get(c));
    let attempt = client.and_then(|c| c.sign_up.clone()).filter(|a| a.id == id);
    attempt.ok_or_else(|| Refusal::not_found("No sign up was found with this id."))
}

fn fill_in(world: &mut World, call: &Call, mut attempt: SignUp) -> Result<Answer, Refusal> {
    let given = |name: &str| call.field(name).filter(|v| !v.is_empty()).map(str::to_owned);
    attempt.first_name = given("first_name").or(attempt.first_name);
    attempt.last_name = given("last_name").or(attempt.last_name);
    if let Some(password) = given("password") {
        check_length(&password)?;
        attempt.password = Some(password);
        complete(world, call, &mut attempt)?;
    }
    let response = shape::sign_up(&attempt);
    if let Some(client) = call.cookie.as_ref().and_then(|c| world.clients.get_mut(c)) {
        client.sign_up = attempt.created_session.is_none().then_some(attempt);
    }
    Ok(Answer::changing(world, call, response))
}

/// Refuses a password that is too short.
pub(super) fn check_length(password: &str) -> Result<(), Refusal> {
    if password.chars().count() >= SHORTEST_PASSWORD {
        return Ok(());
    }
    let message = format!("Passwords must be {SHORTEST_PASSWORD} characters or more.");
    Err(Refusal::new(422, "form_password_length_too_short", message).about("password"))
}

fn complete(world: &mut World, call: &Call, attempt: &mut SignUp) -> Result<(), Refusal> {
    if world.user_by_email(&attempt.email_address).is_some() {
        let message = "That email address is taken. Please try another.";
        return Err(Refusal::new(422, "form_identifier_exists", message).about("email_address"));
    }
    let place = world.invitations.by_id(&attempt.invitation).map(|i| i.organization_id.clone());
    ticket::refuse_full(world, place.as_deref().unwrap_or_default())?;
    let id = world.mint("user");
    let user = world.add_user(&id, &attempt.email_address, "");
    user.first_name.clone_from(&attempt.first_name);
    user.last_name.clone_from(&attempt.last_name);
    user.password.clone_from(&attempt.password);
    ticket::accept(world, &attempt.invitation, &id)?;
    let active = place.filter(|_| world.environment.ticket_activates);
    attempt.created_session = Some(sign_in::begin(world, call, &id, active.as_deref()));
    attempt.created_user = Some(id);
    Ok(())
}
