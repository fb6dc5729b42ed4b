//! The parts of clerk-js that have a fixed shape in 5.x and 6.x. Every call can throw, so every one is `catch`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The instance at `window.Clerk`.
    #[derive(Clone, Debug, PartialEq)]
    pub type Clerk;

    #[wasm_bindgen(catch, method)]
    pub fn load(this: &Clerk, options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, method, js_name = addListener)]
    pub fn add_listener(this: &Clerk, listener: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, method, js_name = setActive)]
    pub fn set_active(this: &Clerk, parameters: &JsValue) -> Result<JsValue, JsValue>;

    /// An organization (`Clerk.organization`).
    #[derive(Clone, Debug)]
    pub type Organization;

    #[wasm_bindgen(catch, method, js_name = getRoles)]
    pub fn get_roles(this: &Organization, parameters: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, method, js_name = getInvitations)]
    pub fn get_invitations(this: &Organization, parameters: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, method, js_name = getMemberships)]
    pub fn get_memberships(this: &Organization, parameters: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, method, js_name = inviteMember)]
    pub fn invite_member(this: &Organization, parameters: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, method, js_name = inviteMembers)]
    pub fn invite_members(this: &Organization, parameters: &JsValue) -> Result<JsValue, JsValue>;

    /// An invitation, alive: it revokes itself.
    #[derive(Clone, Debug)]
    pub type Invitation;

    #[wasm_bindgen(catch, method)]
    pub fn revoke(this: &Invitation) -> Result<JsValue, JsValue>;
}
