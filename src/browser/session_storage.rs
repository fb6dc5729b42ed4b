//! Texts that outlive a reload of the page, in this tab only.

use web_sys::Storage;

/// Stores a text under `key` until the tab is closed. A full or forbidden storage is no error: the page works without.
pub fn store(key: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, text);
    }
}

/// The text under `key`; `None` when there is none or the browser forbids the storage.
pub fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Removes the text under `key`.
pub fn remove_stored(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Removes every text whose key begins with `prefix`.
pub fn remove_stored_with_prefix(prefix: &str) {
    let Some(storage) = storage() else { return };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok()?);
    let keys: Vec<_> = keys.filter(|key| key.starts_with(prefix)).collect();
    keys.iter().for_each(|key| drop(storage.remove_item(key)));
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
