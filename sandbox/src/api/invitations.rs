//! Inviting, listing and revoking. Who may has been asked before.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal, shape, ticket, unknown};
use crate::world::{Bulk, Organization, Status, World, now_ms};

pub(super) fn answer(
    world: &mut World,
    call: &Call,
    organization: &str,
    route: &[&str],
) -> Result<Answer, Refusal> {
    match (call.method.as_str(), route) {
        ("GET", ["pending"]) => Ok(pending(world, call, organization)),
        ("GET", []) => list(world, call, organization),
        ("POST", []) => create(world, call, organization),
        ("POST", ["bulk"]) => create_many(world, call, organization),
        ("POST", [id, "revoke"]) => revoke(world, call, organization, id),
        _ => Err(unknown(call)),
    }
}

fn list(world: &World, call: &Call, organization: &str) -> Result<Answer, Refusal> {
    let (limit, offset) = call.page()?;
    let statuses: Vec<Status> = call.params("status").map(Status::from_word).collect();
    // "invalid" is a word of the filter only: no row has it.
    let known = |s: &Status| !matches!(s, Status::Other(word) if word != "invalid");
    if !statuses.iter().all(known) {
        return Err(Refusal::invalid("status", "status does not match one of the allowed values."));
    }
    let page = world.invitations.page(organization, &statuses, offset, limit);
    let rows = page.rows.iter().map(|i| shape::invitation(world, i)).collect();
    Ok(Answer::list(world, call, rows, page.total))
}

/// All that are pending, by the path that Clerk has deprecated.
fn pending(world: &World, call: &Call, organization: &str) -> Answer {
    let page = world.invitations.page(organization, &[Status::Pending], 0, usize::MAX);
    let rows: Vec<Value> = page.rows.iter().map(|i| shape::invitation(world, i)).collect();
    Answer::reading(world, call, json!(rows))
}

fn create(world: &mut World, call: &Call, organization: &str) -> Result<Answer, Refusal> {
    call.only(&["email_address", "role", "notify"])?;
    let email = call.required("email_address")?.trim().to_owned();
    let role = call.required("role")?;
    if !is_address(&email) {
        return Err(not_an_address().about("email_address"));
    }
    let place = open_to(world, organization, role)?;
    refuse_known(world, place, &email)?;
    refuse_beyond_quota(world, place, 1)?;
    let made = send(world, organization, &email, role);
    Ok(Answer::changing(world, call, made))
}

fn create_many(world: &mut World, call: &Call, organization: &str) -> Result<Answer, Refusal> {
    call.only(&["email_address", "role", "notify"])?;
    call.required("email_address")?;
    let role = call.required("role")?;
    let mut emails: Vec<String> = Vec::new();
    for email in call.fields("email_address").map(|e| e.trim().to_lowercase()) {
        if !emails.contains(&email) {
            emails.push(email);
        }
    }
    let limit = world.environment.bulk_limit;
    if emails.len() > limit {
        let message = format!("You can't invite more than {limit} people in one request.");
        return Err(Refusal::new(400, "bulk_size_exceeded", message));
    }
    let wrong: Vec<String> = emails.iter().filter(|e| !is_address(e)).cloned().collect();
    if !wrong.is_empty() {
        return Err(not_an_address().naming(&wrong));
    }
    open_to(world, organization, role)?;
    if world.environment.bulk == Bulk::AllOrNothing {
        let place = open_to(world, organization, role)?;
        refuse_any_known(world, place, &emails)?;
        refuse_beyond_quota(world, place, emails.len())?;
    }
    let (made, refused) = send_each(world, organization, &emails, role)?;
    match refused {
        Some(refusal) if world.environment.bulk == Bulk::PartialRefused => Err(refusal),
        _ => Ok(Answer::changing(world, call, json!(made))),
    }
}

fn send_each(
    world: &mut World,
    organization: &str,
    emails: &[String],
    role: &str,
) -> Result<(Vec<Value>, Option<Refusal>), Refusal> {
    let (mut made, mut refused) = (Vec::new(), None);
    for email in emails {
        let place = open_to(world, organization, role)?;
        let problem = refuse_known(world, place, email).and_then(|()| refuse_beyond_quota(world, place, 1));
        match problem {
            Ok(()) => made.push(send(world, organization, email, role)),
            Err(refusal) => refused = refused.or(Some(refusal)),
        }
    }
    Ok((made, refused))
}

fn revoke(world: &mut World, call: &Call, organization: &str, id: &str) -> Result<Answer, Refusal> {
    let found = world.invitations.by_id(id).filter(|i| i.organization_id == organization);
    let found = found.ok_or_else(|| {
        Refusal::new(404, "organization_invitation_not_found", "The invitation was not found.")
    })?;
    if found.status != Status::Pending {
        return Err(ticket::not_pending());
    }
    world.invitations.set_status(id, Status::Revoked);
    let response = world.invitations.by_id(id).map(|i| shape::invitation(world, i));
    Ok(Answer::changing(world, call, json!(response)))
}

fn send(world: &mut World, organization: &str, email: &str, role: &str) -> Value {
    let id = world.invite(organization, email, role, Status::Pending, now_ms());
    world.invitations.by_id(&id).map_or(Value::Null, |i| shape::invitation(world, i))
}

/// The organization, if it takes invitations with this role now.
fn open_to<'a>(world: &'a World, organization: &str, role: &str) -> Result<&'a Organization, Refusal> {
    let gone = || Refusal::not_found("The organization was not found.");
    let place = world.organizations.get(organization).ok_or_else(gone)?;
    if place.role_set_migration {
        let message = "A role migration is in progress. Try again later.";
        return Err(Refusal::new(409, "role_migration_in_progress", message));
    }
    if place.role(role).is_none() {
        return Err(Refusal::not_found("The role was not found.").about("role"));
    }
    Ok(place)
}

fn refuse_known(world: &World, place: &Organization, email: &str) -> Result<(), Refusal> {
    if let Some(pending) = world.invitations.pending_for(&place.id, email) {
        return Err(already_pending(std::slice::from_ref(&pending.email_address)));
    }
    let member = world.user_by_email(email).and_then(|u| place.membership_of(&u.id));
    if member.is_some() {
        return Err(already_member(email));
    }
    let is_blocked = |blocked: &String| *blocked == email.to_lowercase();
    if world.environment.blocked.iter().any(is_blocked) {
        let message = "Access not allowed.";
        return Err(Refusal::new(403, "not_allowed_access", message));
    }
    Ok(())
}

fn refuse_any_known(world: &World, place: &Organization, emails: &[String]) -> Result<(), Refusal> {
    let pending = |email: &&String| world.invitations.pending_for(&place.id, email).is_some();
    let pending: Vec<String> = emails.iter().filter(pending).cloned().collect();
    if !pending.is_empty() {
        return Err(already_pending(&pending));
    }
    emails.iter().try_for_each(|email| refuse_known(world, place, email))
}

fn already_pending(addresses: &[String]) -> Refusal {
    let message = format!("There are already pending invitations for: {}", addresses.join(", "));
    Refusal::new(400, "duplicate_record", message).naming(addresses)
}

/// Clerk names the address in the message and nowhere else.
pub(super) fn already_member(email: &str) -> Refusal {
    let message = format!("{email} is already a member of the organization.");
    Refusal::new(400, "already_a_member_in_organization", message)
}

/// Refuses when so many more people would not find a seat.
pub(super) fn refuse_beyond_quota(world: &World, place: &Organization, more: usize) -> Result<(), Refusal> {
    let limit = place.max_allowed_memberships;
    if limit == 0 || world.seats_taken(place) + more <= limit {
        return Ok(());
    }
    Err(Refusal::quota_exceeded(limit))
}

fn not_an_address() -> Refusal {
    Refusal::new(422, "form_param_format_invalid", "Email address must be a valid email address.")
}

/// Something before one `@`, a host with a dot after it, no blanks. Clerk's own rule is not published.
fn is_address(email: &str) -> bool {
    let Some((local, host)) = email.rsplit_once('@') else { return false };
    let blank = email.chars().any(|c| c.is_whitespace() || c.is_control());
    let labels = host.split('.').all(|l| !l.is_empty() && !l.starts_with('-') && !l.ends_with('-'));
    let words = local.split('.').all(|w| !w.is_empty());
    !blank && words && labels && host.contains('.') && !local.contains('@') && email.len() <= 254
}
