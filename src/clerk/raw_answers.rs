//! What Clerk answers about invitations and clerk-js leaves out of the objects that it hands out: expiry and link.

use crate::clerk::js_value::{call, list, property, set, text};
use crate::clerk::row::{Row, read_rows};
use crate::domain::{Invitation, Timestamp};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The most rows that are kept: more than any two answers hold.
const MAX_ROWS: usize = 2_000;

/// What clerk-js leaves out, of each invitation until it was read. The rows of an answer stand behind those of earlier
/// answers, and from the last one to the first: the one that is read next stands at the end.
#[derive(Debug)]
pub struct RawAnswers(Rc<RefCell<Vec<LeftOut>>>);

/// What clerk-js leaves out of an invitation.
#[derive(Debug)]
struct LeftOut {
    id: String,
    expires: Option<Timestamp>,
    url: Option<String>,
}

impl RawAnswers {
    /// Listens to the answers that clerk-js receives, by `getFapiClient().onAfterResponse`. 5.x and 6.x have it, their types
    /// do not; without it expiry and link stay unknown.
    ///
    /// clerk-js has no way to end the listener, so it lives as long as the page.
    pub fn listen(clerk: &JsValue) -> Self {
        let rows = Rc::default();
        let listener = noting(&rows);
        let _ = call(clerk, "getFapiClient", &[])
            .and_then(|client| call(&client, "onAfterResponse", &[&listener]));
        Self(rows)
    }

    /// Goes on with the listening that `boot.js` has begun together with this start of clerk-js: takes the answers that it
    /// has heard so far, and hears the next ones in its place.
    pub fn heard_by_boot(boot: &JsValue, started: &JsValue) -> Self {
        let rows = Rc::default();
        for heard in list(&property(started, "heard")).unwrap_or_default() {
            note(&mut RefCell::borrow_mut(&rows), read(&property(&heard, "0"), &property(&heard, "1")));
        }
        set(boot, "hear", &noting(&rows));
        Self(rows)
    }

    /// Adds expiry and link to an invitation, and forgets its row.
    pub fn complete(&self, invitation: Invitation) -> Invitation {
        let mut rows = self.0.borrow_mut();
        let Some(at) = rows.iter().rposition(|row| row.id == invitation.id.0) else { return invitation };
        let LeftOut { expires, url, .. } = rows.remove(at);
        Invitation { expires, url, ..invitation }
    }
}

/// The listener that keeps the rows of the answers.
fn noting(rows: &Rc<RefCell<Vec<LeftOut>>>) -> JsValue {
    let rows = Rc::clone(rows);
    let listener = Closure::<dyn FnMut(JsValue, JsValue)>::new(move |request, answer| {
        let answered = read(&request, &answer);
        note(&mut rows.borrow_mut(), answered);
    });
    listener.into_js_value()
}

/// Reads the rows of an answer, if it is one about invitations.
fn read(request: &JsValue, answer: &JsValue) -> Vec<LeftOut> {
    let mut rows = vec![];
    let is_about_invitations = |path: String| path.split('/').any(|part| part == "invitations");
    if !text(request, "path").is_some_and(is_about_invitations) {
        return rows;
    }
    let mut read_row = |_: u32, row: &Row| {
        let id = row.needed_text("id")?;
        rows.push(LeftOut { id, expires: row.time("expires_at"), url: row.text("url") });
        Ok(())
    };
    let response = property(&property(answer, "payload"), "response");
    let mut read_list = |list: &JsValue| read_rows(list, &["id", "expires_at", "url"], &mut read_row).is_ok();
    // A page of a list, the bare list of a call for many, or a single invitation.
    if !read_list(&property(&response, "data")) && !read_list(&response) {
        let _ = read_row(0, &Row::Live(response));
    }
    rows
}

/// Keeps the rows of an answer.
fn note(rows: &mut Vec<LeftOut>, answered: Vec<LeftOut>) {
    // Rows that were not read by now belong to answers whose caller has given up.
    if rows.len() > MAX_ROWS {
        rows.clear();
    }
    // Most often none are left.
    rows.retain(|row| answered.iter().all(|answered| answered.id != row.id));
    rows.extend(answered.into_iter().rev());
}
