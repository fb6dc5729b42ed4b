//! Reads the rows of clerk-js's lists: invitations, members, roles.

use crate::browser::address_key;
use crate::clerk::js_value::{list, property, text};
use crate::clerk::row::Row;
use crate::domain::service::{FoundMember, Member};
use crate::domain::{Error, Invitation, InvitationId, Permission, Role, RoleKey, Status};
use wasm_bindgen::JsValue;

/// The values that [`read_invitation`] reads.
pub const OF_INVITATION: [&str; 7] =
    ["id", "emailAddress", "role", "roleName", "status", "createdAt", "updatedAt"];
/// The values that [`read_found_member`] reads.
pub const OF_FOUND_MEMBER: [&str; 4] = [IDENTIFIER, FIRST_NAME, LAST_NAME, "createdAt"];
/// The values that [`read_member`] reads.
pub const OF_MEMBER: [&str; 3] = [IDENTIFIER, FIRST_NAME, LAST_NAME];

const IDENTIFIER: &str = "publicUserData.identifier";
const FIRST_NAME: &str = "publicUserData.firstName";
const LAST_NAME: &str = "publicUserData.lastName";

/// Reads an invitation, without its expiry and its link, which clerk-js leaves out.
///
/// # Errors
/// [`Error::Unexpected`] when it has no id, no address or no status.
pub fn read_invitation(row: &Row) -> Result<Invitation, Error> {
    let email = row.needed_text("emailAddress")?;
    Ok(Invitation {
        id: InvitationId(row.needed_text("id")?),
        email_key: address_key(&email),
        email,
        role: RoleKey(row.text("role").unwrap_or_default()),
        role_name: row.text("roleName"),
        status: Status::from_word(&row.needed_text("status")?),
        created: row.time("createdAt"),
        updated: row.time("updatedAt"),
        expires: None,
        url: None,
    })
}

/// Reads a member. `None` for one without an address, who signs in by phone: an invitation goes to an address.
///
/// # Errors
/// [`Error::Unexpected`] when nothing says how the member signs in.
pub fn read_member(row: &Row) -> Result<Option<Member>, Error> {
    let email = row.needed_text(IDENTIFIER)?;
    let names: Vec<_> = [FIRST_NAME, LAST_NAME].iter().filter_map(|path| row.text(path)).collect();
    let is_address = email.as_bytes().contains(&b'@');
    Ok(is_address.then(|| Member { email_key: address_key(&email), name: names.join(" ") }))
}

/// Reads a member with what is shown of them. `None` for one without an address.
///
/// # Errors
/// [`Error::Unexpected`] when nothing says how the member signs in.
pub fn read_found_member(row: &Row) -> Result<Option<FoundMember>, Error> {
    let email = row.needed_text(IDENTIFIER)?;
    let since = row.time("createdAt");
    let found = |Member { email_key, name }| FoundMember { email, email_key, name, since };
    Ok(read_member(row)?.map(found))
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
