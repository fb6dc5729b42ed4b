//! Promises that clerk-js and the browser hand over.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Waits for what may be a promise.
///
/// # Errors
/// What it was rejected with.
pub async fn settled(value: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(promised(&value)).await
}

/// A promise that is settled as `value` is.
///
/// `Promise.resolve` throws at once when `value` is a promise that can't be read. What is thrown through the wasm stack
/// leaves the waiting task pending for ever. The promise made here is rejected instead.
pub fn promised(value: &JsValue) -> Promise {
    Promise::new(&mut |fulfil, _| {
        let _ = fulfil.call1(&JsValue::UNDEFINED, value);
    })
}
