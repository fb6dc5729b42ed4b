//! Long texts of JavaScript.

use js_sys::{JsString, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type TextEncoder;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<TextEncoder, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn encode(this: &TextEncoder, text: &JsString) -> Result<Uint8Array, JsValue>;
}

/// A text that the browser copies at once. wasm-bindgen copies a text character by character, which takes several times as long.
pub fn copied(text: &JsString) -> Option<String> {
    let bytes = TextEncoder::new().ok()?.encode(text).ok()?;
    String::from_utf8(bytes.to_vec()).ok()
}
