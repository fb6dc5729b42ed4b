//! What `assets/boot.js` leaves in `globalThis.clerkInvitations` while the wasm is still being fetched.

use crate::browser::promise::settled;
use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Url;

/// Fetches, once, the code that the build has split off from the page's wasm under this name. `false` when it did not
/// arrive; `true` at once where nothing was split off.
pub async fn later(chunk: &str) -> bool {
    let Some(boot) = boot() else { return true };
    let Ok(later) = Reflect::get(&boot, &"later".into()) else { return true };
    let Some(later) = later.dyn_ref::<Function>() else { return true };
    match later.call1(&boot, &chunk.into()) {
        Ok(promise) => settled(promise).await.is_ok(),
        Err(_) => false,
    }
}

/// The text of a workbook's cells, in the form that the package `workbook` gives it; empty when it can't be read, as wherever
/// the build has not made the wasm that reads workbooks. `None` when that did not arrive.
pub async fn read_workbook(bytes: &Uint8Array) -> Option<String> {
    let reader = boot().and_then(|boot| Reflect::get(&boot, &"readWorkbook".into()).ok());
    let Some(reader) = reader.as_ref().and_then(|reader| reader.dyn_ref::<Function>()) else {
        return Some(String::new());
    };
    let promise = reader.call1(&JsValue::UNDEFINED, bytes).ok()?;
    settled(promise).await.ok()?.as_string()
}

/// Has the site's Content-Security-Policy blocked a request to the origin of this address?
pub fn is_blocked_by_policy(address: &str) -> bool {
    let Some(blocked) = boot().and_then(|boot| Reflect::get(&boot, &"blocked".into()).ok()) else {
        return false;
    };
    let origin = |address: &str| {
        let base = web_sys::window()?.document()?.base_uri().ok()??;
        Some(Url::new_with_base(address, &base).ok()?.origin())
    };
    let Some(wanted) = origin(address) else { return false };
    let blocked = Array::from(&blocked);
    blocked.iter().filter_map(|uri| uri.as_string()).any(|uri| origin(&uri).as_ref() == Some(&wanted))
}

/// The object that `boot.js` leaves for this page.
pub fn boot() -> Option<JsValue> {
    Reflect::get(&js_sys::global(), &"clerkInvitations".into()).ok()
}

/// A property of what `boot.js` or `embed.js` hands over; `undefined` when there is none.
pub fn property(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}
