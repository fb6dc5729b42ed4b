//! The parts of clerk-js that have a fixed shape in 5.x and 6.x. Every call can throw, so every one is `catch`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The instance at `window.Clerk`.
    #[derive(Clone, Debug, PartialEq)]
    pub type Clerk;

    /// Starts clerk-js (`Clerk.load(options)`).
    #[wasm_bindgen(catch, method)]
    pub fn load(this: &Clerk, options: &JsValue) -> Result<JsValue, JsValue>;

    /// Adds a listener and answers with the function that removes it.
    #[wasm_bindgen(catch, method, js_name = addListener)]
    pub fn add_listener(this: &Clerk, listener: &JsValue) -> Result<JsValue, JsValue>;

    /// Makes a session or an organization the active one.
    #[wasm_bindgen(catch, method, js_name = setActive)]
    pub fn set_active(this: &Clerk, parameters: &JsValue) -> Result<JsValue, JsValue>;

    /// Goes to the sign-in page, which leads back to this address afterwards.
    #[wasm_bindgen(catch, method, js_name = redirectToSignIn)]
    pub fn redirect_to_sign_in(this: &Clerk) -> Result<JsValue, JsValue>;

    /// An organization (`Clerk.organization`).
    #[derive(Clone, Debug)]
    pub type Organization;

    /// A page of the roles that can be given.
    #[wasm_bindgen(catch, method, js_name = getRoles)]
    pub fn get_roles(this: &Organization, parameters: &JsValue) -> Result<JsValue, JsValue>;

    /// A page of the invitations, of some statuses or of all.
    #[wasm_bindgen(catch, method, js_name = getInvitations)]
    pub fn get_invitations(this: &Organization, parameters: &JsValue) -> Result<JsValue, JsValue>;

    /// A page of the members.
    #[wasm_bindgen(catch, method, js_name = getMemberships)]
    pub fn get_memberships(this: &Organization, parameters: &JsValue) -> Result<JsValue, JsValue>;

    /// Invites one address.
    #[wasm_bindgen(catch, method, js_name = inviteMember)]
    pub fn invite_member(this: &Organization, parameters: &JsValue) -> Result<JsValue, JsValue>;

    /// Invites several addresses with one role.
    #[wasm_bindgen(catch, method, js_name = inviteMembers)]
    pub fn invite_members(this: &Organization, parameters: &JsValue) -> Result<JsValue, JsValue>;

    /// A live invitation, as clerk-js hands it out: only this object can revoke the invitation.
    #[derive(Clone, Debug)]
    pub type Invitation;

    /// Revokes the invitation and answers with it.
    #[wasm_bindgen(catch, method)]
    pub fn revoke(this: &Invitation) -> Result<JsValue, JsValue>;
}
