//! How things look on the wire: the fields clerk-js reads, and those that Clerk's description requires, in Clerk's spelling.

mod enrollment;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::world::{
    ADMIN, Client, Invitation, Membership, Organization, Role, Session, SignIn, SignUp, User, World, now_ms,
};

pub(crate) use enrollment::{domain, membership_request, suggestion};

const WEEK_MS: u64 = 7 * 24 * 60 * 60 * 1000;

pub(crate) fn client(world: &World, client: &Client) -> Value {
    let sessions: Vec<Value> = client
        .sessions
        .iter()
        .filter_map(|id| world.sessions.get(id))
        .filter(|s| s.is_live())
        .filter_map(|s| session(world, s))
        .collect();
    let active = client.last_active_session.as_ref();
    let active = active.filter(|id| world.sessions.get(*id).is_some_and(Session::is_live));
    json!({
        "object": "client",
        "id": client.id,
        "sessions": sessions,
        "sign_in": client.sign_in.as_ref().map(|s| sign_in(world, s)),
        "sign_up": client.sign_up.as_ref().map(sign_up),
        "last_active_session_id": active,
        "last_authentication_strategy": null,
        "cookie_expires_at": null,
        "captcha_bypass": false,
        "created_at": client.created_at,
        "updated_at": now_ms(),
    })
}

/// `None` when its user has gone.
pub(crate) fn session(world: &World, session: &Session) -> Option<Value> {
    let owner = world.users.get(&session.user)?;
    let tasks: Vec<Value> = session.tasks.iter().map(|key| json!({ "key": key })).collect();
    Some(json!({
        "object": "session",
        "id": session.id,
        "status": session.status.as_str(),
        "factor_verification_age": [0, -1],
        "expire_at": now_ms() + WEEK_MS,
        "abandon_at": now_ms() + 4 * WEEK_MS,
        "last_active_at": now_ms(),
        "last_active_token": token(world, session, session.active_organization.as_deref()),
        "last_active_organization_id": session.active_organization,
        "actor": null,
        "tasks": if tasks.is_empty() { Value::Null } else { json!(tasks) },
        "user": user(world, owner),
        "public_user_data": public_user(owner),
        "created_at": session.created_at,
        "updated_at": now_ms(),
    }))
}

/// A session token in three parts. Browsers read `exp` and `iat` and leave the signature alone, so
/// the signature here is none.
pub(crate) fn token(world: &World, session: &Session, organization: Option<&str>) -> Value {
    let issued = now_ms() / 1000;
    let mut claims = json!({
        "v": 2, "iss": "https://clerk.sandbox.test", "sub": session.user, "sid": session.id,
        "iat": issued, "nbf": issued, "exp": issued + world.environment.token_seconds,
        "sts": session.status.as_str(), "fva": [0, -1],
    });
    let place = organization.and_then(|id| world.organizations.get(id));
    if let Some((place, member)) = place.and_then(|o| Some((o, o.membership_of(&session.user)?))) {
        let role = member.role.trim_start_matches("org:");
        claims["o"] = json!({ "id": place.id, "slg": place.slug, "rol": role });
    }
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": "ins_sandbox" });
    let jwt = format!("{}.{}.{}", part(&header), part(&claims), URL_SAFE_NO_PAD.encode("unsigned"));
    json!({ "object": "token", "jwt": jwt })
}

pub(crate) fn user(world: &World, user: &User) -> Value {
    let memberships: Vec<Value> =
        world.memberships_of(&user.id).into_iter().map(|(o, m)| membership(world, o, m)).collect();
    json!({
        "object": "user",
        "id": user.id,
        "external_id": null,
        "username": null,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "image_url": "",
        "has_image": false,
        "primary_email_address_id": email_id(user, 0),
        "primary_phone_number_id": null,
        "primary_web3_wallet_id": null,
        "email_addresses": email_addresses(user),
        "phone_numbers": [], "web3_wallets": [], "external_accounts": [],
        "enterprise_accounts": [], "saml_accounts": [], "passkeys": [],
        "organization_memberships": memberships,
        "password_enabled": user.password.is_some(),
        "totp_enabled": false, "backup_code_enabled": false, "two_factor_enabled": false,
        "public_metadata": {}, "unsafe_metadata": {},
        "create_organization_enabled": true,
        "delete_self_enabled": false,
        "banned": false, "locked": false,
        "lockout_expires_in_seconds": null, "verification_attempts_remaining": null,
        "mfa_enabled_at": null, "mfa_disabled_at": null,
        "legal_accepted_at": null,
        "last_sign_in_at": now_ms(),
        "last_active_at": now_ms(),
        "created_at": user.created_at,
        "updated_at": user.created_at,
    })
}

fn email_id(user: &User, position: usize) -> String {
    if position == 0 { format!("idn_{}", user.id) } else { format!("idn_{}_{position}", user.id) }
}

/// The primary one first.
pub(crate) fn email_addresses(user: &User) -> Vec<Value> {
    let primary = std::iter::once((user.email_address.as_str(), true));
    let others = user.other_addresses.iter().map(|a| (a.email_address.as_str(), a.is_verified));
    let address = |(position, (address, is_verified)): (usize, (&str, bool))| {
        json!({
            "object": "email_address",
            "id": email_id(user, position),
            "email_address": address,
            "reserved": false,
            "linked_to": [],
            "matches_sso_connection": false,
            "verification": if is_verified { verified("ticket") } else { Value::Null },
            "created_at": user.created_at,
            "updated_at": user.created_at,
        })
    };
    primary.chain(others).enumerate().map(address).collect()
}

pub(crate) fn verified(strategy: &str) -> Value {
    json!({ "object": format!("verification_{strategy}"), "status": "verified", "strategy": strategy,
            "attempts": 1, "expire_at": null })
}

pub(crate) fn public_user(user: &User) -> Value {
    json!({
        "user_id": user.id,
        "identifier": user.email_address,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "image_url": "",
        "has_image": false,
    })
}

pub(crate) fn organization(world: &World, organization: &Organization) -> Value {
    json!({
        "object": "organization",
        "id": organization.id,
        "name": organization.name,
        "slug": organization.slug,
        "image_url": "",
        "has_image": organization.has_logo,
        "public_metadata": {},
        "members_count": organization.memberships.len(),
        "pending_invitations_count": world.pending_count(&organization.id),
        "max_allowed_memberships": organization.max_allowed_memberships,
        "admin_delete_enabled": world.environment.admin_delete_enabled,
        "created_at": organization.created_at,
        "updated_at": organization.created_at,
    })
}

pub(crate) fn membership(world: &World, place: &Organization, membership: &Membership) -> Value {
    json!({
        "object": "organization_membership",
        "id": membership.id,
        "role": membership.role,
        "role_name": place.role_name(&membership.role),
        "permissions": place.permissions_of(&membership.user),
        "public_metadata": {},
        "organization": organization(world, place),
        "public_user_data": world.users.get(&membership.user).map(public_user),
        "created_at": membership.created_at,
        "updated_at": membership.created_at,
    })
}

pub(crate) fn invitation(world: &World, invitation: &Invitation) -> Value {
    let place = world.organizations.get(&invitation.organization_id);
    json!({
        "object": "organization_invitation",
        "id": invitation.id,
        "organization_id": invitation.organization_id,
        "email_address": invitation.email_address,
        "role": invitation.role,
        "role_name": place.map_or(&*invitation.role, |o| o.role_name(&invitation.role)),
        "status": invitation.status.as_str(),
        "public_metadata": {},
        "expires_at": invitation.expires_at,
        "url": invitation.url,
        "created_at": invitation.created_at,
        "updated_at": invitation.updated_at,
    })
}

/// The same invitation as its invitee sees it.
pub(crate) fn own_invitation(world: &World, own: &Invitation) -> Value {
    let mut value = invitation(world, own);
    let place = world.organizations.get(&own.organization_id);
    value["public_organization_data"] = place.map_or(Value::Null, public_organization);
    value
}

/// What people who do not belong to an organization may know of it.
pub(crate) fn public_organization(place: &Organization) -> Value {
    json!({
        "id": place.id, "name": place.name, "slug": place.slug, "image_url": "", "has_image": place.has_logo,
    })
}

pub(crate) fn role(place: &Organization, role: &Role) -> Value {
    let permissions: Vec<Value> = role
        .permissions
        .iter()
        .map(|key| {
            json!({
                "object": "permission", "id": format!("perm_{key}"), "key": key, "name": key,
                "description": "", "type": "system",
                "created_at": place.created_at, "updated_at": place.created_at,
            })
        })
        .collect();
    json!({
        "object": "role",
        "id": format!("role_{}_{}", place.id, role.key.trim_start_matches("org:")),
        "key": role.key,
        "name": role.name,
        "description": role.description,
        "permissions": permissions,
        "is_creator_eligible": role.key == ADMIN,
        "created_at": place.created_at,
        "updated_at": place.created_at,
    })
}

pub(crate) fn sign_in(world: &World, sign_in: &SignIn) -> Value {
    let user = sign_in.user.as_ref().and_then(|id| world.users.get(id));
    let done = sign_in.created_session.is_some();
    let status = match (done, user) {
        (true, _) => "complete",
        (false, Some(_)) => "needs_first_factor",
        (false, None) => "needs_identifier",
    };
    let factors = if user.is_some_and(|u| u.password.is_some()) {
        json!([{ "strategy": "password" }])
    } else {
        json!([])
    };
    json!({
        "object": "sign_in_attempt",
        "id": sign_in.id,
        "status": status,
        "supported_identifiers": ["email_address"],
        "supported_first_factors": factors,
        "supported_second_factors": null,
        "first_factor_verification": if done { verified("password") } else { Value::Null },
        "second_factor_verification": null,
        "identifier": user.map(|u| &u.email_address),
        "user_data": user.map(|u| json!({
            "first_name": u.first_name, "last_name": u.last_name, "image_url": "", "has_image": false,
        })),
        "created_session_id": sign_in.created_session,
        "abandon_at": now_ms() + WEEK_MS,
    })
}

pub(crate) fn sign_up(sign_up: &SignUp) -> Value {
    let done = sign_up.created_session.is_some();
    let mut email_address = verified("ticket");
    email_address["next_action"] = json!("");
    email_address["supported_strategies"] = json!([]);
    let missing = if sign_up.password.is_some() { json!([]) } else { json!(["password"]) };
    json!({
        "object": "sign_up_attempt",
        "id": sign_up.id,
        "status": if done { "complete" } else { "missing_requirements" },
        "required_fields": ["email_address", "password"],
        "optional_fields": ["first_name", "last_name"],
        "missing_fields": missing,
        "unverified_fields": [],
        "username": null,
        "first_name": sign_up.first_name,
        "last_name": sign_up.last_name,
        "email_address": sign_up.email_address,
        "phone_number": null,
        "web3_wallet": null,
        "external_account_strategy": null,
        "external_account": null,
        "has_password": sign_up.password.is_some(),
        "password_enabled": sign_up.password.is_some(),
        "custom_action": false,
        "external_id": null,
        "unsafe_metadata": {},
        "created_session_id": sign_up.created_session,
        "created_user_id": sign_up.created_user,
        "abandon_at": now_ms() + WEEK_MS,
        "legal_accepted_at": null,
        "locale": null,
        "verifications": {
            "email_address": email_address,
            "phone_number": null, "web3_wallet": null, "external_account": null,
        },
    })
}
