//! Hearing of changes for as long as somebody listens.

use wasm_bindgen::prelude::*;

/// Ends when it is dropped.
#[derive(Debug)]
pub struct Subscription {
    end: Option<js_sys::Function>,
    /// JavaScript calls into this; dropped too early, the next call would end the page.
    _listener: Closure<dyn FnMut()>,
}

impl Subscription {
    /// Hands `listener` to `add`, which answers with the function that ends it, as `Clerk.addListener` does.
    pub(super) fn new(
        add: impl FnOnce(&JsValue) -> Result<JsValue, JsValue>,
        listener: impl FnMut() + 'static,
    ) -> Result<Self, JsValue> {
        let listener = Closure::<dyn FnMut()>::new(listener);
        let end = add(listener.as_ref())?.dyn_into().ok();
        Ok(Self { end, _listener: listener })
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(end) = &self.end {
            let _ = end.call0(&JsValue::UNDEFINED);
        }
    }
}
