//! The invitation objects that clerk-js has handed out: only through such an object can an invitation be revoked.

use crate::clerk::bindings;
use crate::clerk::js_value::{element, property};
use crate::clerk::row::read_rows;
use crate::domain::InvitationId;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The live invitations by id.
#[derive(Debug, Default)]
pub struct LiveInvitations {
    /// By id, the object; or, for an invitation of a whole list, the parameters of the call whose answer had it: some
    /// thousands of live objects would take too much memory.
    kept: RefCell<FxHashMap<InvitationId, Kept>>,
    /// The page that was searched last.
    last_page: RefCell<Page>,
}

#[derive(Debug)]
enum Kept {
    Object(bindings::Invitation),
    Parameters(Rc<JsValue>),
}

/// The live objects of a page, and their ids, each with its place among them.
#[derive(Debug, Default)]
struct Page {
    rows: JsValue,
    ids: Vec<(u32, String)>,
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
    /// Keeps the live object of an invitation, if it can be revoked through it.
    pub fn keep(&self, id: &InvitationId, live: JsValue) {
        if property(&live, "revoke").is_function() {
            self.kept.borrow_mut().insert(id.clone(), Kept::Object(live.unchecked_into()));
        }
    }

    /// Forgets the live object of an invitation, so that the next one to ask for it searches for a new one.
    pub fn forget(&self, id: &InvitationId) {
        self.kept.borrow_mut().remove(id);
        self.last_page.take();
    }

    /// Keeps the parameters of the call whose answer has the live objects of these invitations, except of those whose
    /// object itself is here.
    pub fn keep_parameters<'a>(&self, ids: impl Iterator<Item = &'a InvitationId>, parameters: JsValue) {
        let (mut kept, parameters) = (self.kept.borrow_mut(), Rc::new(parameters));
        for id in ids {
            if !matches!(kept.get(id), Some(Kept::Object(_))) {
                kept.insert(id.clone(), Kept::Parameters(Rc::clone(&parameters)));
            }
        }
    }

    /// Where the live object of an invitation is.
    pub fn locate(&self, id: &InvitationId) -> Location {
        if let Some(Kept::Object(live)) = self.kept.borrow().get(id) {
            return Location::Here(live.clone());
        }
        if let Some(found) = self.last_page.borrow().find(id) {
            return Location::Here(found);
        }
        match self.kept.borrow().get(id) {
            Some(Kept::Parameters(parameters)) => Location::InAnswerTo((**parameters).clone()),
            _ => Location::Unknown,
        }
    }

    /// Looks for an invitation among the rows of a page, and keeps these rows: the next one to be revoked is often among
    /// them.
    pub fn search(&self, rows: JsValue, id: &InvitationId) -> Option<bindings::Invitation> {
        let mut ids = vec![];
        let _ = read_rows(&rows, &["id"], &mut |at, row| {
            ids.push((at, row.needed_text("id")?));
            Ok(())
        });
        let page = Page { rows, ids };
        let found = page.find(id);
        self.last_page.replace(page);
        found
    }
}

impl Page {
    fn find(&self, id: &InvitationId) -> Option<bindings::Invitation> {
        let (at, _) = self.ids.iter().find(|(_, other)| *other == id.0)?;
        Some(element(&self.rows, *at).unchecked_into())
    }
}
