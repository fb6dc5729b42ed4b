//! What `assets/boot.js` leaves in `globalThis.clerkInvitations` while the wasm is still being fetched.

use crate::browser::promise::settled;
use js_sys::{Array, Function, JsString, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Url;

/// Fetches, once, the code that the build has split off from the page's wasm under this name. `false` when it did not
/// arrive; `true` at once where nothing was split off.
pub async fn later(chunk: &str) -> bool {
    let Some(later) = function("later") else { return true };
    match later.call1(&JsValue::UNDEFINED, &chunk.into()) {
        Ok(promise) => settled(promise).await.is_ok(),
        Err(_) => false,
    }
}

/// Waits for the code that the first rows do without, which is asked for until it comes. At once where nothing was split off.
pub async fn cold_code() {
    if let Some(promise) = function("coldCode").and_then(|ask| ask.call0(&JsValue::UNDEFINED).ok()) {
        let _ = settled(promise).await;
    }
}

/// The words of a language, whose file is at this address: its list, the elements divided by U+0000. Fetched once; empty when they did
/// not arrive.
pub async fn words(address: &str) -> String {
    let words = function("words").and_then(|words| words.call1(&JsValue::UNDEFINED, &address.into()).ok());
    match words {
        Some(words) => settled(words).await.ok().and_then(|words| words.as_string()).unwrap_or_default(),
        None => String::new(),
    }
}

/// Has the browser fetch that code when it is idle, once: it is there then even if the host has a newer version of the page when
/// it is needed.
pub fn prefetch(chunk: &str) {
    if let Some(prefetch) = function("prefetch") {
        let _ = prefetch.call1(&JsValue::UNDEFINED, &chunk.into());
    }
}

/// Adds a stylesheet to the document, unless it is there.
pub(super) fn add_style(css: &str) {
    if let Some(add) = function("addStyle") {
        let _ = add.call1(&JsValue::UNDEFINED, &css.into());
    }
}

/// Whether the host has another version of the page by now.
pub async fn is_outdated() -> bool {
    let Some(promise) = function("isOutdated").and_then(|ask| ask.call0(&JsValue::UNDEFINED).ok()) else {
        return false;
    };
    settled(promise).await.is_ok_and(|is_outdated| is_outdated.is_truthy())
}

/// The text of a workbook's cells, in the form that the package `workbook` gives it; empty when it can't be read, as wherever
/// the build has not made the wasm that reads workbooks. `None` when that did not arrive.
pub async fn read_workbook(bytes: &Uint8Array) -> Option<String> {
    let Some(reader) = function("readWorkbook") else { return Some(String::new()) };
    let promise = reader.call1(&JsValue::UNDEFINED, bytes).ok()?;
    settled(promise).await.ok()?.as_string()
}

/// The values at these paths of each of `length` rows, as JSON: a list for each row, `null` for what is missing. `None` when
/// one can't be read.
pub fn write_table(rows: &JsValue, length: u32, paths: &[&str]) -> Option<JsString> {
    let paths: Array = paths.iter().map(|path| JsValue::from_str(path)).collect();
    function("table")?.call3(&JsValue::UNDEFINED, rows, &length.into(), &paths).ok()?.dyn_into().ok()
}

/// Has the site's Content-Security-Policy blocked a request to the origin of this address?
pub fn is_blocked_by_policy(address: &str) -> bool {
    let blocked = boot().and_then(|boot| Reflect::get(&boot, &"blocked".into()).ok());
    let Some(blocked) = blocked.and_then(|blocked| blocked.dyn_into::<Array>().ok()) else { return false };
    let origin = |address: &str| {
        let base = web_sys::window()?.document()?.base_uri().ok()??;
        Some(Url::new_with_base(address, &base).ok()?.origin())
    };
    let Some(wanted) = origin(address) else { return false };
    blocked.iter().filter_map(|uri| uri.as_string()).any(|uri| origin(&uri).as_ref() == Some(&wanted))
}

/// A function that `boot.js` leaves under this name.
fn function(name: &str) -> Option<Function> {
    Reflect::get(&boot()?, &name.into()).ok()?.dyn_into().ok()
}

/// The object that `boot.js` leaves for this page.
pub fn boot() -> Option<JsValue> {
    Reflect::get(&js_sys::global(), &"clerkInvitations".into()).ok()
}

/// A property of what `boot.js` or `embed.js` hands over; `undefined` when there is none.
pub fn property(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}
