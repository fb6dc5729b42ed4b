//! The clipboard.

use crate::browser::promise::settled;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;

/// Copies a text to the clipboard. `false` when the browser does not allow it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Missing on a page without TLS.
    let Ok(clipboard) = Reflect::get(&window.navigator(), &"clipboard".into()) else { return false };
    let Ok(write) = Reflect::get(&clipboard, &"writeText".into()) else { return false };
    let Some(write) = write.dyn_ref::<js_sys::Function>() else { return false };
    let Ok(promise) = write.call1(&clipboard, &text.into()) else { return false };
    settled(promise).await.is_ok()
}
