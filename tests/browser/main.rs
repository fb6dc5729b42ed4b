//! The page's edges, in a browser: the door to Clerk against a scripted and a hostile `window.Clerk`, the races that
//! drawing runs into, and what the browser itself writes.

#![cfg(target_arch = "wasm32")]

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

mod calls;
mod hostile;
mod intl;
mod presence;
mod starting;
mod thrown;
mod world;
