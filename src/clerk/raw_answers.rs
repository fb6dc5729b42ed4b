//! What Clerk answers about invitations and clerk-js leaves out of the objects that it hands out: expiry and link.

use crate::clerk::js_value::{call, list, property, set, text};
use crate::clerk::row::{Row, read_rows};
use crate::domain::{Invitation, Timestamp};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The most answers that are kept: more than the page waits for at once. The rows of others are never wanted: a caller has
/// given up, or looks for one invitation only, or is another part of the site.
const MAX_ANSWERS: usize = 10;

/// What clerk-js leaves out, of each invitation until that was read.
#[derive(Debug)]
pub struct RawAnswers(Rc<RefCell<Heard>>);

#[derive(Debug, Default)]
struct Heard {
    /// The bodies of answers: they are read together with what clerk-js makes of them, so that they do not delay it.
    unread: Vec<JsValue>,
    /// The rows of the other answers, the newest answer last. Those of an answer stand from the last one to the first: the
    /// one that is wanted next stands at the end.
    answers: Vec<Vec<LeftOut>>,
}

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
        let heard = Rc::default();
        let listener = noting(&heard);
        let _ = call(clerk, "getFapiClient", &[])
            .and_then(|client| call(&client, "onAfterResponse", &[&listener]));
        Self(heard)
    }

    /// Goes on with the listening that `boot.js` has begun together with this start of clerk-js: takes the answers that it
    /// has heard so far, and hears the next ones in its place.
    pub fn heard_by_boot(boot: &JsValue, started: &JsValue) -> Self {
        let heard = Rc::default();
        for answered in list(&property(started, "heard")).unwrap_or_default() {
            note(&heard, &property(&answered, "0"), &property(&answered, "1"));
        }
        set(boot, "hear", &noting(&heard));
        Self(heard)
    }

    /// Adds expiry and link to an invitation, and forgets its row.
    pub fn complete(&self, invitation: Invitation) -> Invitation {
        // To read them runs code of theirs, during which nothing may be borrowed.
        let unread = std::mem::take(&mut self.0.borrow_mut().unread);
        let answers: Vec<_> = unread.iter().map(read).collect();
        let mut heard = self.0.borrow_mut();
        heard.answers.extend(answers);
        match heard.take(&invitation.id.0) {
            Some(LeftOut { expires, url, .. }) => Invitation { expires, url, ..invitation },
            None => invitation,
        }
    }
}

impl Heard {
    /// The row of an invitation: of an answer in which it stands next, else of the newest that has it.
    fn take(&mut self, id: &str) -> Option<LeftOut> {
        let is_next = |rows: &&mut Vec<LeftOut>| rows.last().is_some_and(|row| row.id == id);
        if let Some(rows) = self.answers.iter_mut().rev().find(is_next) {
            return rows.pop();
        }
        if self.answers.is_empty() { None } else { self.take_from_within(id) }
    }

    /// The same, where earlier rows of the answer were not wanted, or none has it.
    #[inline(never)] // Cold: see xtask/src/cold_code.
    fn take_from_within(&mut self, id: &str) -> Option<LeftOut> {
        self.answers.iter_mut().rev().find_map(|rows| {
            let at = rows.iter().rposition(|row| row.id == id)?;
            Some(rows.remove(at))
        })
    }

    /// Forgets the answers of which all was wanted; when there are none, the oldest one.
    #[inline(never)] // Cold: see xtask/src/cold_code.
    fn make_room(&mut self) {
        self.answers.retain(|rows| !rows.is_empty());
        if self.unread.len() + self.answers.len() < MAX_ANSWERS {
            return;
        }
        if self.answers.is_empty() {
            self.unread.remove(0);
        } else {
            self.answers.remove(0);
        }
    }
}

/// The listener that keeps the answers.
fn noting(heard: &Rc<RefCell<Heard>>) -> JsValue {
    let heard = Rc::clone(heard);
    let listener =
        Closure::<dyn FnMut(JsValue, JsValue)>::new(move |request, answer| note(&heard, &request, &answer));
    listener.into_js_value()
}

/// Keeps an answer, if it is one about invitations.
fn note(heard: &RefCell<Heard>, request: &JsValue, answer: &JsValue) {
    let is_about_invitations = |path: String| path.split('/').any(|part| part == "invitations");
    if !text(request, "path").is_some_and(is_about_invitations) {
        return;
    }
    let response = property(&property(answer, "payload"), "response");
    let mut heard = heard.borrow_mut();
    if heard.unread.len() + heard.answers.len() >= MAX_ANSWERS {
        heard.make_room();
    }
    heard.unread.push(response);
}

/// Reads the rows of an answer.
fn read(response: &JsValue) -> Vec<LeftOut> {
    let mut rows = vec![];
    let mut read_row = |_: u32, row: &Row| {
        let id = row.needed_text("id")?;
        rows.push(LeftOut { id, expires: row.time("expires_at"), url: row.text("url") });
        Ok(())
    };
    let mut read_list = |list: &JsValue| read_rows(list, &["id", "expires_at", "url"], &mut read_row).is_ok();
    // A page of a list, the bare list of a call for many, or a single invitation.
    if !read_list(&property(response, "data")) && !read_list(response) {
        let _ = read_row(0, &Row::Live(response.clone()));
    }
    rows.reverse();
    rows
}
