//! Domains, suggestions and requests to join on the wire.

use serde_json::{Value, json};

use super::{public_organization, public_user};
use crate::world::{Affiliation, Domain, MembershipRequest, Suggestion, SuggestionStatus, World, now_ms};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

pub(crate) fn domain(world: &World, domain: &Domain) -> Value {
    let verification = verification(domain);
    let address = match &domain.affiliation {
        Affiliation::Unproved => None,
        Affiliation::CodeSent(address) | Affiliation::Verified(address) => Some(address),
    };
    json!({
        "object": "organization_domain",
        "id": domain.id,
        "organization_id": domain.organization_id,
        "name": domain.name,
        "enrollment_mode": domain.enrollment_mode.as_str(),
        "affiliation_email_address": address,
        "verification": verification,
        "affiliation_verification": verification,
        "ownership_verification": null,
        // The stand-in sends no invitations because of a domain.
        "total_pending_invitations": 0,
        "total_pending_suggestions": pending_suggestions(world, domain),
        "public_organization_data":
            world.organizations.get(&domain.organization_id).map(public_organization),
        "created_at": domain.created_at,
        "updated_at": domain.updated_at,
    })
}

fn pending_suggestions(world: &World, domain: &Domain) -> usize {
    let is_pending = |s: &&Suggestion| {
        let user = world.users.get(&s.user);
        s.organization_id == domain.organization_id
            && s.status == SuggestionStatus::Pending
            && user.is_some_and(|u| u.verified_addresses().any(|address| domain.has(address)))
    };
    world.suggestions.values().filter(is_pending).count()
}

fn verification(domain: &Domain) -> Value {
    let shape = |status: &str, expires: Option<u64>, verified: Option<u64>| {
        json!({ "status": status, "strategy": "affiliation_email_code", "attempts": 1,
                "expire_at": expires, "verified_at": verified })
    };
    match domain.affiliation {
        Affiliation::Unproved => Value::Null,
        Affiliation::CodeSent(_) => shape("unverified", Some(now_ms() + DAY_MS), None),
        Affiliation::Verified(_) => shape("verified", None, Some(domain.updated_at)),
    }
}

pub(crate) fn membership_request(world: &World, request: &MembershipRequest) -> Value {
    json!({
        "object": "organization_membership_request",
        "id": request.id,
        "organization_id": request.organization_id,
        "status": request.status.as_str(),
        "public_user_data": world.users.get(&request.user).map(public_user),
        "created_at": request.created_at,
        "updated_at": request.updated_at,
    })
}

pub(crate) fn suggestion(world: &World, suggestion: &Suggestion) -> Value {
    let mut value = json!({
        "object": "organization_suggestion",
        "id": suggestion.id,
        "status": suggestion.status.as_str(),
        "created_at": suggestion.created_at,
        "updated_at": suggestion.updated_at,
    });
    if let Some(place) = world.organizations.get(&suggestion.organization_id) {
        value["public_organization_data"] = public_organization(place);
    }
    value
}
