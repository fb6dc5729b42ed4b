//! What people change about their own account in Clerk's dialog: its addresses and its password.

use serde_json::Value;

use super::sign_up::check_length;
use super::{Answer, CODE, Call, Refusal, shape, signed_in};
use crate::world::{OtherAddress, RESET_PASSWORD, World};

const PARAM: &str = "email_address";

/// Adds an address, which is not verified yet.
pub(super) fn add_address(world: &mut World, call: &Call, user: &str) -> Result<Answer, Refusal> {
    let address = call.required(PARAM)?.trim().to_lowercase();
    if !address.contains('@') {
        let message = "email_address must be a valid email address.";
        return Err(Refusal::new(422, "form_param_format_invalid", message).about(PARAM));
    }
    if world.user_by_email(&address).is_some() {
        let message = "That email address is taken. Please try another.";
        return Err(Refusal::new(422, "form_identifier_exists", message).about(PARAM));
    }
    world.add_address(user, &address, false);
    let position = world.users.get(user).map_or(0, |u| u.other_addresses.len());
    Ok(answered(world, call, user, position))
}

/// Sends a code to an address: none is sent here, because there is only one.
pub(super) fn prepare(world: &mut World, call: &Call, user: &str, id: &str) -> Result<Answer, Refusal> {
    let position = position(world, user, id)?;
    if call.required("strategy")? != "email_code" {
        return Err(Refusal::invalid("strategy", "strategy does not match one of the allowed values."));
    }
    Ok(answered(world, call, user, position))
}

/// Verifies an address by the code.
pub(super) fn attempt(world: &mut World, call: &Call, user: &str, id: &str) -> Result<Answer, Refusal> {
    let position = position(world, user, id)?;
    if call.required("code")? != CODE {
        return Err(Refusal::new(422, "form_code_incorrect", "Incorrect code").about("code"));
    }
    if let Some(address) = other_address(world, user, position) {
        address.is_verified = true;
    }
    Ok(answered(world, call, user, position))
}

/// Sets another password, which also settles the task `reset-password`.
pub(super) fn change_password(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let who = signed_in(world, call)?;
    let password = call.required("new_password")?.to_owned();
    check_length(&password)?;
    if let Some(user) = world.users.get_mut(&who.user) {
        user.password = Some(password);
    }
    world.settle_task(&who.session, RESET_PASSWORD);
    let user = world.users.get(&who.user).map_or(Value::Null, |u| shape::user(world, u));
    Ok(Answer::changing(world, call, user))
}

/// Where an address stands among those of its account; the primary one comes first.
fn position(world: &World, user: &str, id: &str) -> Result<usize, Refusal> {
    let own = world.users.get(user).into_iter().flat_map(shape::email_addresses);
    let found = own.into_iter().position(|address| address["id"] == id);
    found.ok_or_else(|| Refusal::not_found(format!("No email address was found with id {id}.")))
}

fn other_address<'a>(world: &'a mut World, user: &str, position: usize) -> Option<&'a mut OtherAddress> {
    world.users.get_mut(user)?.other_addresses.get_mut(position.checked_sub(1)?)
}

fn answered(world: &World, call: &Call, user: &str, position: usize) -> Answer {
    let own = world.users.get(user).map(shape::email_addresses).unwrap_or_default();
    Answer::changing(world, call, own.into_iter().nth(position).unwrap_or_default())
}
