//! The language of Clerk's own components.

use crate::browser::{fetch_text, settled};
use crate::clerk::call::object;
use crate::clerk::client::Client;
use crate::clerk::js_value::{call, property};
use js_sys::JSON;
use wasm_bindgen::JsValue;

/// What clerk-js calls the method that changes what it was started with, in 6.x and in 5.x.
const UPDATES: [&str; 2] = ["__internal_updateProps", "__unstable__updateProps"];

impl Client {
    /// Has Clerk's components speak the language whose texts, in Clerk's own form, are at this address. Answers whether they do: they
    /// stay English where the texts do not arrive. Where the host page has started clerk-js, its own `localization` stays.
    pub async fn localize(&self, address: &str) -> bool {
        let clerk = &self.0.clerk;
        let update = UPDATES.into_iter().find(|name| property(clerk, name).is_function());
        let Some(update) = update.filter(|_| self.0.ui.is_ours) else { return false };
        let Some(texts) = fetched(address).await else { return false };
        let options = object(&[("options", object(&[("localization", texts)]))]);
        match call(clerk, update, &[&options]) {
            // It waits for the bundle of the components.
            Ok(promise) => settled(promise).await.is_ok(),
            Err(_) => false,
        }
    }
}

/// What the JSON at an address says, as JavaScript has it: clerk-js takes it as it is.
async fn fetched(address: &str) -> Option<JsValue> {
    let (status, text) = fetch_text(address).await;
    let texts = JSON::parse(&text).ok().filter(|_| status == 200)?;
    texts.is_object().then_some(texts)
}
