//! The function by which clerk-js goes to an address (`routerPush`, `routerReplace`).

use crate::browser::Mount;
use crate::route::follow;
use wasm_bindgen::prelude::*;

/// Goes to the address that clerk-js hands over, without loading the document anew where this page has a route for it.
///
/// clerk-js keeps the function for as long as the page is open, so it is never dropped.
pub fn router(mount: Mount) -> JsValue {
    Closure::<dyn FnMut(JsValue)>::new(move |address: JsValue| {
        if let Some(address) = address.as_string() {
            follow(&mount, &address);
        }
    })
    .into_js_value()
}
