//! Base64.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn atob(text: &str) -> Result<JsValue, JsValue>;
}

/// Decodes base64, with or without padding, into a text of one character for each byte. `None` when it is no base64.
///
/// `boot.js` decodes the publishable key by the same function of the browser's.
pub fn decode_base64(text: &str) -> Option<String> {
    atob(text).ok()?.as_string()
}
