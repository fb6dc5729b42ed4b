//! The invitation objects that clerk-js has handed out: only through such an object can an invitation be revoked.

use crate::clerk::bindings;
use crate::clerk::js_value::{property, text};
use crate::domain::InvitationId;
use js_sys::Map;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// The live invitations by id.
#[derive(Debug)]
pub struct LiveInvitations {
    /// By id, the object; or, for an invitation of a whole list, the parameters of the call whose answer had it: some
    /// thousands of live objects would take too much memory.
    by_id: Map,
    /// The objects of the page that was searched last.
    last_page: RefCell<Vec<JsValue>>,
}

/// Where the live object of an invitation is.
#[derive(Debug)]
pub enum Location {
    /// Here.
    Here(bindings::Invitation),
    /// In the answer to a call with these parameters.
    InAnswerTo(JsValue),
    /// Not known.
    Unknown,
}

impl LiveInvitations {
    /// None yet.
    pub fn new() -> Self {
        Self { by_id: Map::new(), last_page: RefCell::default() }
    }

    /// Keeps the live object of an invitation.
    pub fn keep(&self, id: &InvitationId, live: &JsValue) {
        self.by_id.set(&key(id), live);
    }

    /// Keeps the parameters of the call whose answer has the live object, unless the object itself is here.
    pub fn keep_parameters(&self, id: &InvitationId, parameters: &JsValue) {
        let key = key(id);
        if !is_live(&self.by_id.get(&key)) {
            self.by_id.set(&key, parameters);
        }
    }

    /// Where the live object of an invitation is.
    pub fn locate(&self, id: &InvitationId) -> Location {
        let kept = self.by_id.get(&key(id));
        if is_live(&kept) {
            return Location::Here(kept.unchecked_into());
        }
        if let Some(found) = find(&self.last_page.borrow(), id) {
            return Location::Here(found);
        }
        if kept.is_object() { Location::InAnswerTo(kept) } else { Location::Unknown }
    }

    /// Looks for an invitation among the rows of a page, and keeps these rows: the next one to be revoked is often among
    /// them.
    pub fn search(&self, rows: Vec<JsValue>, id: &InvitationId) -> Option<bindings::Invitation> {
        let found = find(&rows, id);
        self.last_page.replace(rows);
        found
    }
}

fn key(id: &InvitationId) -> JsValue {
    JsValue::from_str(&id.0)
}

fn find(rows: &[JsValue], id: &InvitationId) -> Option<bindings::Invitation> {
    let found = rows.iter().find(|row| text(row, "id").as_ref() == Some(&id.0));
    found.map(|row| row.clone().unchecked_into())
}

fn is_live(kept: &JsValue) -> bool {
    property(kept, "revoke").is_function()
}
