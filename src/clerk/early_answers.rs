//! The calls that `assets/boot.js` makes while the wasm is being fetched, ahead of the page that would make them.

use crate::clerk::js_value::{property, set, text};
use js_sys::{Array, JSON};
use wasm_bindgen::prelude::*;

/// The answers to these calls, or none of them where another than `boot.js` has started clerk-js.
#[derive(Debug, Default)]
pub struct EarlyAnswers(JsValue);

impl EarlyAnswers {
    /// Those of a start that `boot.js` has made. They stand in it as soon as clerk-js has started.
    pub fn of(started: JsValue) -> Self {
        Self(started)
    }

    /// The promise of the answer to a call of this method of the organization, if `boot.js` has made this very call: in the
    /// same session and organization, with the same parameters.
    ///
    /// Only the page's first call of a method can take it, and none can after that: the list may have changed meanwhile.
    pub fn take(
        &self,
        method: &str,
        session: &JsValue,
        organization: &str,
        parameters: &JsValue,
    ) -> Option<JsValue> {
        let answers = property(&self.0, "answers");
        let early = property(&answers, method);
        if !early.is_object() {
            return None;
        }
        set(&answers, method, &JsValue::UNDEFINED);
        let question = Array::of3(session, &organization.into(), parameters);
        let question = JSON::stringify(&question).ok().and_then(|question| question.as_string());
        (text(&early, "question") == question).then(|| property(&early, "answer"))
    }
}
