//! Reads the rows of clerk-js's lists: invitations, members, roles.

use crate::browser::address_key;
use crate::clerk::js_value::{list, needed_text, property, text, time};
use crate::domain::service::Member;
use crate::domain::{Error, Invitation, InvitationId, Permission, Role, RoleKey, Status};
use wasm_bindgen::JsValue;

/// Reads an invitation, without its expiry and its link, which clerk-js leaves out.
///
/// # Errors
/// [`Error::Unexpected`] when it has no id, no address or no status.
pub fn read_invitation(live: &JsValue) -> Result<Invitation, Error> {
    let email = needed_text(live, "emailAddress")?;
    Ok(Invitation {
        id: InvitationId(needed_text(live, "id")?),
        email_key: address_key(&email),
        email,
        role: RoleKey(text(live, "role").unwrap_or_default()),
        role_name: text(live, "roleName"),
        status: Status::from_word(&needed_text(live, "status")?),
        created: time(live, "createdAt"),
        updated: time(live, "updatedAt"),
        expires: None,
        url: None,
    })
}

/// Reads a member. `None` for one without an address, who signs in by phone: an invitation goes to an address.
pub fn read_member(live: &JsValue) -> Option<Member> {
    let person = property(live, "publicUserData");
    let email = text(&person, "identifier").filter(|identifier| identifier.contains('@'))?;
    let names: Vec<_> = ["firstName", "lastName"].iter().filter_map(|key| text(&person, key)).collect();
    Some(Member { email_key: address_key(&email), name: names.join(" ") })
}

/// Reads a role. `None` for one without a key, which can't be given.
pub fn read_role(live: &JsValue) -> Option<Role> {
    let key = text(live, "key")?;
    let permissions = list(&property(live, "permissions")).unwrap_or_default();
    let permission = |live: &JsValue| {
        let key = text(live, "key")?;
        Some(Permission { name: text(live, "name").unwrap_or_else(|| key.clone()), key })
    };
    Some(Role {
        name: text(live, "name").unwrap_or_else(|| key.clone()),
        description: text(live, "description").unwrap_or_default(),
        permissions: permissions.iter().filter_map(permission).collect(),
        key: RoleKey(key),
    })
}
