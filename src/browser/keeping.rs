//! What must not be lost when the page is left.

use crate::browser::address::WindowWatch;
use web_sys::Storage;

/// Whoever leaves the page is asked first, until this is dropped.
pub fn ask_before_leaving() -> WindowWatch {
    WindowWatch::new("beforeunload", |event| event.prevent_default())
}

/// Keeps a text for as long as this tab is open, also when the page is loaded anew.
pub fn keep(key: &str, text: &str) {
    if let Some(storage) = storage() {
        // A full storage is no reason not to send.
        let _ = storage.set_item(key, text);
    }
}

/// The text that was kept.
pub fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Keeps it no longer.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
