//! An organization's domains, and how their users come in.

use serde_json::{Value, json};

use super::{Answer, CODE, Call, Refusal, cut, shape, unknown};
use crate::world::{
    Affiliation, Domain, EnrollmentMode, MANAGE_DOMAINS, READ_DOMAINS, SuggestionStatus, World, now_ms,
};

/// The permissions that let somebody do this, any of them. Clerk's description wants the one to manage domains for reads
/// too; Clerk's own panel shows the list to whoever may read them.
pub(super) fn permissions(call: &Call) -> &'static [&'static str] {
    if call.method == "GET" { &[READ_DOMAINS, MANAGE_DOMAINS] } else { &[MANAGE_DOMAINS] }
}

pub(super) fn answer(
    world: &mut World,
    call: &Call,
    organization: &str,
    route: &[&str],
) -> Result<Answer, Refusal> {
    if !world.environment.domains_enabled {
        let message = "This instance does not have domains enabled for organizations.";
        return Err(Refusal::new(403, "organization_domains_not_enabled", message));
    }
    match (call.method.as_str(), route) {
        ("GET", []) => list(world, call, organization),
        ("POST", []) => create(world, call, organization),
        (_, [id, rest @ ..]) => {
            own(world, organization, id)?;
            change(world, call, id, rest)
        }
        _ => Err(unknown(call)),
    }
}

fn list(world: &World, call: &Call, organization: &str) -> Result<Answer, Refusal> {
    let verified = call.param("verified").map(|word| word == "true");
    let modes: Vec<&str> = call.params("enrollment_mode").collect();
    let mut found: Vec<&Domain> = world
        .domains
        .values()
        .filter(|d| d.organization_id == organization)
        .filter(|d| verified.is_none_or(|wanted| wanted == d.is_verified()))
        .filter(|d| modes.is_empty() || modes.contains(&d.enrollment_mode.as_str()))
        .collect();
    found.sort_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
    let rows: Vec<Value> = found.into_iter().map(|d| shape::domain(world, d)).collect();
    cut(world, call, rows)
}

fn create(world: &mut World, call: &Call, organization: &str) -> Result<Answer, Refusal> {
    let name = call.required("name")?.trim().to_lowercase();
    let mode = match call.field("enrollment_mode") {
        None | Some("") => EnrollmentMode::ManualInvitation,
        Some(word) => mode(word)?,
    };
    if !name.contains('.') || name.contains(|c: char| c.is_whitespace() || c == '@') {
        return Err(Refusal::invalid("name", "name must be a domain name."));
    }
    if let Some(taken) = world.domains.values().find(|d| d.name == name) {
        let (code, whose) = if taken.organization_id == organization {
            ("organization_domain_already_exists_same_organization", "your")
        } else {
            ("organization_domain_already_exists", "another")
        };
        let message = format!("This domain is already used by {whose} organization.");
        return Err(Refusal::new(422, code, message).about("name"));
    }
    let id = world.add_domain(organization, &name, mode);
    Ok(answered(world, call, &id))
}

fn change(world: &mut World, call: &Call, id: &str, route: &[&str]) -> Result<Answer, Refusal> {
    match (call.method.as_str(), route) {
        ("GET", []) => Ok(Answer::reading(world, call, json!(shaped(world, id)))),
        ("DELETE", []) => {
            end_suggestions(world, id);
            world.domains.remove(id);
            let gone = json!({ "object": "organization_domain", "id": id, "deleted": true });
            Ok(Answer::changing(world, call, gone))
        }
        ("POST", ["update_enrollment_mode"]) => update_mode(world, call, id),
        ("POST", ["prepare_affiliation_verification"]) => prepare(world, call, id),
        ("POST", ["attempt_affiliation_verification"]) => attempt(world, call, id),
        _ => Err(unknown(call)),
    }
}

fn update_mode(world: &mut World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let mode = mode(call.required("enrollment_mode")?)?;
    if call.field("delete_pending") == Some("true") {
        end_suggestions(world, id);
    }
    update(world, id, |domain| domain.enrollment_mode = mode);
    world.suggest_by_domain(id);
    Ok(answered(world, call, id))
}

fn prepare(world: &mut World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let address = call.required("affiliation_email_address")?.to_lowercase();
    if !world.domains.get(id).is_some_and(|d| d.has(&address)) {
        let message = "The provided email address doesn't match the organization domain name.";
        let refusal = Refusal::new(422, "organization_domain_mismatch", message);
        return Err(refusal.about("affiliation_email_address"));
    }
    update(world, id, |domain| domain.affiliation = Affiliation::CodeSent(address));
    Ok(answered(world, call, id))
}

fn attempt(world: &mut World, call: &Call, id: &str) -> Result<Answer, Refusal> {
    let code = call.required("code")?;
    let domain = world.domains.get(id);
    let Some(Affiliation::CodeSent(address)) = domain.map(|d| d.affiliation.clone()) else {
        let message = "You need to send a verification code before attempting to verify.";
        return Err(Refusal::new(400, "verification_not_sent", message));
    };
    if code != CODE {
        return Err(Refusal::new(422, "form_code_incorrect", "Incorrect code").about("code"));
    }
    update(world, id, |domain| domain.affiliation = Affiliation::Verified(address));
    world.suggest_by_domain(id);
    Ok(answered(world, call, id))
}

fn mode(word: &str) -> Result<EnrollmentMode, Refusal> {
    let message = format!("{word} does not match one of the allowed values for parameter enrollment_mode");
    EnrollmentMode::from_word(word).ok_or_else(|| Refusal::invalid("enrollment_mode", message))
}

fn own<'a>(world: &'a World, organization: &str, id: &str) -> Result<&'a Domain, Refusal> {
    let found = world.domains.get(id).filter(|d| d.organization_id == organization);
    found.ok_or_else(|| Refusal::not_found(format!("No organization domain was found with id {id}.")))
}

fn update(world: &mut World, id: &str, change: impl FnOnce(&mut Domain)) {
    if let Some(domain) = world.domains.get_mut(id) {
        change(domain);
        domain.updated_at = now_ms();
    }
}

/// Takes back what the domain's users have been suggested and not yet answered.
fn end_suggestions(world: &mut World, id: &str) {
    let Some(domain) = world.domains.get(id).cloned() else { return };
    let users = &world.users;
    world.suggestions.retain(|_, s| {
        let is_of_domain =
            users.get(&s.user).is_some_and(|u| u.verified_addresses().any(|address| domain.has(address)));
        s.organization_id != domain.organization_id || s.status != SuggestionStatus::Pending || !is_of_domain
    });
}

fn shaped(world: &World, id: &str) -> Option<Value> {
    world.domains.get(id).map(|d| shape::domain(world, d))
}

fn answered(world: &World, call: &Call, id: &str) -> Answer {
    Answer::changing(world, call, json!(shaped(world, id)))
}

/// The modes that the environment names.
pub(super) fn allowed_modes() -> Vec<&'static str> {
    // What Clerk lets an admin choose; single sign-on is set up elsewhere.
    EnrollmentMode::ALL[..3].iter().map(|mode| mode.as_str()).collect()
}
