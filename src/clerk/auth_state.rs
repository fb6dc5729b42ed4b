//! Reads from clerk-js who is signed in, in which organization, and with which rights.

use crate::browser::address_key;
use crate::clerk::call::object;
use crate::clerk::js_value::{boolean, call, count, list, property, text, texts};
use crate::domain::role::{MANAGE, READ};
use crate::domain::{
    ActiveOrganization, AuthState, Membership, Organization, OrganizationId, Rights, RoleKey, Seats,
    SessionTask, Viewer,
};
use std::num::NonZeroU64;
use wasm_bindgen::JsValue;

/// What clerk-js knows now. `None` while it changes from one session or organization to the next: it then holds
/// `undefined`, and the page keeps showing what it showed before.
pub fn auth_state(clerk: &JsValue) -> Option<AuthState> {
    let [user, session, organization] = ["user", "session", "organization"].map(|key| property(clerk, key));
    if user.is_undefined() || session.is_undefined() || organization.is_undefined() {
        return None;
    }
    if session.is_null() {
        return Some(AuthState::SignedOut);
    }
    let Some(viewer) = viewer(&user, &session) else { return Some(AuthState::SignedOut) };
    if let Some(task) = pending_task(&session) {
        return Some(AuthState::Task(task, viewer));
    }
    Some(match read_organization(clerk, &organization) {
        Some(organization) => {
            let membership = membership(&user, &session, &organization.id);
            AuthState::Active(ActiveOrganization { viewer, organization, membership })
        }
        // After a failed `/environment` clerk-js assumes that organizations are off, so an active one counts for more.
        None if organizations_are_off(clerk) => AuthState::OrganizationsOff(viewer),
        None => AuthState::NoOrganization(viewer),
    })
}

fn pending_task(session: &JsValue) -> Option<SessionTask> {
    (text(session, "status").as_deref() == Some("pending"))
        .then(|| SessionTask::from_key(&text(&property(session, "currentTask"), "key").unwrap_or_default()))
}

fn viewer(user: &JsValue, session: &JsValue) -> Option<Viewer> {
    let email = text(&property(user, "primaryEmailAddress"), "emailAddress");
    let name = text(user, "fullName").or_else(|| email.clone()).or_else(|| text(user, "username"));
    let id = text(user, "id")?;
    let own = own_addresses(user, email.as_deref());
    let name = name.unwrap_or_else(|| id.clone());
    Some(Viewer { name, user: id, session: text(session, "id")?, email, own })
}

/// The primary address, and all others that the user has proved to be theirs.
fn own_addresses(user: &JsValue, primary: Option<&str>) -> Vec<String> {
    let all = list(&property(user, "emailAddresses")).unwrap_or_default();
    let is_verified = |address: &&JsValue| {
        text(&property(address, "verification"), "status").as_deref() == Some("verified")
    };
    let verified = all.iter().filter(is_verified).filter_map(|address| text(address, "emailAddress"));
    let mut own: Vec<_> =
        primary.map(str::to_owned).into_iter().chain(verified).map(|own| address_key(&own)).collect();
    // The primary address is also among the verified ones.
    let count = own.len();
    if let Some(at) = (1..count).find(|at| own.get(*at) == own.first()) {
        own.remove(at);
    }
    own
}

fn read_organization(clerk: &JsValue, organization: &JsValue) -> Option<Organization> {
    let id = text(organization, "id")?;
    // Starting without an answer from `/client`, clerk-js makes one up from the session's token: an organization with
    // one member and room for one (observed with 6.40.0).
    let is_made_up = text(&property(clerk, "client"), "id").as_deref() == Some("client_init");
    Some(Organization {
        name: text(organization, "name").unwrap_or_else(|| id.clone()),
        image: logo(organization),
        seats: (!is_made_up).then(|| Seats {
            members: count(organization, "membersCount").unwrap_or(0),
            pending: count(organization, "pendingInvitationsCount").unwrap_or(0),
            most: count(organization, "maxAllowedMemberships").and_then(NonZeroU64::new),
        }),
        id: OrganizationId(id),
    })
}

/// The address of an organization's logo, when it has one of its own. Only an address of the web: what it leads to becomes a
/// picture on the page.
pub fn logo(organization: &JsValue) -> Option<String> {
    text(organization, "imageUrl").filter(|url| url.starts_with("http") && boolean(organization, "hasImage"))
}

/// The user's membership of the active organization.
///
/// The user object carries all memberships; `getOrganizationMemberships()` is paged and would lose the eleventh. A
/// degraded start leaves them out: then the session says what it allows.
fn membership(user: &JsValue, session: &JsValue, organization: &OrganizationId) -> Membership {
    let all = list(&property(user, "organizationMemberships")).unwrap_or_default();
    let is_active = |membership: &&JsValue| {
        text(&property(membership, "organization"), "id").as_ref() == Some(&organization.0)
    };
    if let Some(membership) = all.iter().find(is_active) {
        let role = RoleKey(text(membership, "role").unwrap_or_default());
        let permissions = texts(membership, "permissions");
        let rights = Rights::of(&role, &permissions);
        let role_name = text(membership, "roleName").unwrap_or_else(|| role.0.clone());
        return Membership { role, role_name, rights, permissions };
    }
    let permissions: Vec<_> =
        [MANAGE, READ].into_iter().filter(|key| allows(session, key)).map(str::to_owned).collect();
    let role = RoleKey(String::new());
    Membership { rights: Rights::of(&role, &permissions), role, role_name: String::new(), permissions }
}

fn allows(session: &JsValue, permission: &str) -> bool {
    let question = object(&[("permission", permission.into())]);
    call(session, "checkAuthorization", &[&question]).is_ok_and(|answer| answer.is_truthy())
}

/// Where clerk-js keeps the settings of the instance: 6.x, then 5.x. Neither is in Clerk's types, so their absence says nothing.
const ENVIRONMENTS: [&str; 2] = ["__internal_environment", "__unstable__environment"];

fn organizations_are_off(clerk: &JsValue) -> bool {
    let is_enabled = |key| property(&organization_settings(clerk, key), "enabled").as_bool();
    ENVIRONMENTS.into_iter().any(|key| is_enabled(key) == Some(false))
}

/// Whether verified domains are on, so that people may ask to join (`organizationSettings.domains.enabled`). `false` as well when
/// clerk-js does not tell.
pub fn has_domains(clerk: &JsValue) -> bool {
    ENVIRONMENTS
        .into_iter()
        .any(|key| boolean(&property(&organization_settings(clerk, key), "domains"), "enabled"))
}

/// The role that the instance names as its default (`organizationSettings.domains.defaultRole`).
pub fn preferred_role(clerk: &JsValue) -> Option<RoleKey> {
    let read = |key| text(&property(&organization_settings(clerk, key), "domains"), "defaultRole");
    ENVIRONMENTS.into_iter().find_map(read).map(RoleKey)
}

fn organization_settings(clerk: &JsValue, environment: &str) -> JsValue {
    property(&property(clerk, environment), "organizationSettings")
}
