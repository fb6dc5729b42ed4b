//! The clipboard.

use crate::browser::promise::settled;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

#[wasm_bindgen]
extern "C" {
    /// What is written to the clipboard, by its types.
    type ClipboardItem;

    #[wasm_bindgen(constructor, catch)]
    fn new(texts: &Object) -> Result<ClipboardItem, JsValue>;
}

/// Copies a text to the clipboard. `false` when the browser does not allow it.
pub async fn copy(text: &str) -> bool {
    let Some(written) = write("writeText", &text.into()) else { return false };
    settled(written).await.is_ok()
}

/// A copy that has begun, and whose text is still to come.
#[derive(Debug)]
pub struct PromisedCopy {
    fulfil: Function,
    written: JsValue,
}

/// Begins to copy a text that has to be read first. `None` where the browser takes no promise of a text.
///
/// Browsers let a page write to the clipboard only while it answers a click: WebKit no longer after a request to a server,
/// Firefox no longer after five seconds. So a promise of the text is written in the click itself.
pub fn promise_copy() -> Option<PromisedCopy> {
    let mut fulfil = None;
    let text = Promise::new(&mut |resolve, _| fulfil = Some(resolve));
    let texts = Object::new();
    Reflect::set(&texts, &"text/plain".into(), &text).ok()?;
    let item = ClipboardItem::new(&texts).ok()?;
    let written = write("write", &Array::of1(&item))?;
    // The text may never come, when the admin stops the reading. A refusal until then is nobody's error.
    let watched = written.clone();
    spawn_local(async move { drop(settled(watched).await) });
    Some(PromisedCopy { fulfil: fulfil?, written })
}

/// Copies a text that was promised in the click, or that could not be promised. `false` when the browser does not allow it.
pub async fn copy_promised(promised: Option<PromisedCopy>, text: &str) -> bool {
    if let Some(PromisedCopy { fulfil, written }) = promised {
        let _ = fulfil.call1(&JsValue::UNDEFINED, &text.into());
        if settled(written).await.is_ok() {
            return true;
        }
    }
    copy(text).await
}

/// Calls a method of the clipboard. `None` when there is no clipboard, as on a page without TLS, or no such method.
fn write(method: &str, content: &JsValue) -> Option<JsValue> {
    let clipboard = Reflect::get(&web_sys::window()?.navigator(), &"clipboard".into()).ok()?;
    let write = Reflect::get(&clipboard, &method.into()).ok()?;
    write.dyn_ref::<Function>()?.call1(&clipboard, content).ok()
}
