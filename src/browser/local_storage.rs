//! Texts that outlive the tab, for this site in this browser.

use web_sys::Storage;

/// Keeps a text under `key`; an empty one is forgotten. A full or forbidden storage is no error: the page works without.
pub fn keep(key: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = if text.is_empty() { storage.remove_item(key) } else { storage.set_item(key, text) };
    }
}

/// The text under `key`; empty when there is none or the browser forbids the storage.
pub fn kept(key: &str) -> String {
    storage().and_then(|storage| storage.get_item(key).ok()?).unwrap_or_default()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
