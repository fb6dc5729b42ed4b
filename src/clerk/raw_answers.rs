//! What Clerk answers about invitations and clerk-js leaves out of the objects that it hands out: expiry and link.

use crate::clerk::js_value::{call, list, property, set, text, time};
use crate::domain::Invitation;
use js_sys::Map;
use wasm_bindgen::prelude::*;

/// The most rows that are kept: more than any two answers hold.
const MAX_ROWS: u32 = 2_000;

/// The raw rows of Clerk's answers by the invitation's id, each until the invitation was read.
#[derive(Debug)]
pub struct RawAnswers(Map);

impl RawAnswers {
    /// Listens to the answers that clerk-js receives, by `getFapiClient().onAfterResponse`. 5.x and 6.x have it, their types
    /// do not; without it expiry and link stay unknown.
    ///
    /// clerk-js has no way to end the listener, so it lives as long as the page.
    pub fn listen(clerk: &JsValue) -> Self {
        let rows = Map::new();
        let listener = noting(&rows);
        let _ = call(clerk, "getFapiClient", &[])
            .and_then(|client| call(&client, "onAfterResponse", &[&listener]));
        Self(rows)
    }

    /// Goes on with the listening that `boot.js` has begun together with this start of clerk-js: takes the answers that it
    /// has heard so far, and hears the next ones in its place.
    pub fn heard_by_boot(boot: &JsValue, started: &JsValue) -> Self {
        let rows = Map::new();
        for heard in list(&property(started, "heard")).unwrap_or_default() {
            note(&rows, &property(&heard, "0"), &property(&heard, "1"));
        }
        set(boot, "hear", &noting(&rows));
        Self(rows)
    }

    /// Adds expiry and link to an invitation, and forgets its row.
    pub fn complete(&self, invitation: Invitation) -> Invitation {
        let key = JsValue::from_str(&invitation.id.0);
        let row = self.0.get(&key);
        self.0.delete(&key);
        Invitation { expires: time(&row, "expires_at"), url: text(&row, "url"), ..invitation }
    }
}

/// The listener that keeps the rows of the answers.
fn noting(rows: &Map) -> JsValue {
    let rows = rows.clone();
    let listener =
        Closure::<dyn FnMut(JsValue, JsValue)>::new(move |request, answer| note(&rows, &request, &answer));
    listener.into_js_value()
}

/// Keeps the rows of an answer, if it is one about invitations.
fn note(rows: &Map, request: &JsValue, answer: &JsValue) {
    let is_about_invitations = |path: String| path.split('/').any(|part| part == "invitations");
    if !text(request, "path").is_some_and(is_about_invitations) {
        return;
    }
    let response = property(&property(answer, "payload"), "response");
    // A page of a list, the bare list of a call for many, or a single invitation.
    let answered = list(&property(&response, "data")).or_else(|_| list(&response));
    // Rows that were not read by now belong to answers whose caller has given up.
    if rows.size() > MAX_ROWS {
        rows.clear();
    }
    for row in answered.unwrap_or_else(|_| vec![response]) {
        rows.set(&property(&row, "id"), &row);
    }
}
