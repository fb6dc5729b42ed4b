//! A listener of clerk-js, and its end.

use wasm_bindgen::prelude::*;

/// A listener that clerk-js calls until this is dropped.
#[derive(Debug)]
pub struct Subscription {
    end: Option<js_sys::Function>,
    /// The function that clerk-js calls. Were it dropped before the subscription ends, the next call would throw.
    _listener: Closure<dyn FnMut(JsValue)>,
}

impl Subscription {
    /// Hands `listener` to `add`, which answers with the function that ends it, as `Clerk.addListener` does.
    pub(super) fn new(
        add: impl FnOnce(&JsValue) -> Result<JsValue, JsValue>,
        listener: impl FnMut(JsValue) + 'static,
    ) -> Result<Self, JsValue> {
        let listener = Closure::<dyn FnMut(JsValue)>::new(listener);
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
