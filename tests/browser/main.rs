//! The page's edges, in a browser: the door to Clerk against a scripted and a hostile `window.Clerk`, the races that
//! drawing runs into, and what the browser itself writes.

#![cfg(target_arch = "wasm32")]

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

mod accepting;
mod boot;
mod calls;
mod document;
mod early;
mod hostile;
mod intl;
mod inviting;
mod list_actions;
mod listing;
mod many;
mod mounting;
mod presence;
mod reading;
mod resending;
mod returning;
mod shortcuts;
mod starting;
mod switching;
mod thrown;
mod transfer;
mod world;
