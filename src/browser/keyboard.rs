//! Keys that are commands of the page.

use crate::browser::address::EventWatch;
use crate::browser::mount::Mount;
use wasm_bindgen::prelude::*;
use web_sys::{Element, KeyboardEvent};

/// Where a key is not a command: it is typed there, or a dialog or a menu is open and has keys of its own.
const ELSEWHERE: &str =
    "input:not([type=checkbox]), textarea, select, [contenteditable], dialog, [role=dialog], [role=menu]";

impl Mount {
    /// Calls `listener` when one of `keys` is pressed in the page, as a character, without a modifier, and not while the reader types
    /// or a dialog is open. The browser does nothing with the key where `listener` answers `true`.
    pub fn watch_keys(&self, keys: &'static str, listener: impl Fn(char) -> bool + 'static) -> EventWatch {
        let mount = self.clone();
        EventWatch::new(self.frame().clone().into(), "keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let is_free = || is_command(event) && !mount.has_open_dialog();
            let key = character(event).filter(|key| keys.chars().any(|other| other == *key) && is_free());
            if key.is_some_and(&listener) {
                event.prevent_default();
            }
        })
    }

    /// A modal dialog may be open without having the focus.
    fn has_open_dialog(&self) -> bool {
        self.root().query_selector("dialog[open]").is_ok_and(|found| found.is_some())
    }
}

fn is_command(event: &KeyboardEvent) -> bool {
    let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
    let target = event.composed_path().get(0).dyn_into::<Element>().ok();
    let is_elsewhere = |element: &Element| element.closest(ELSEWHERE).is_ok_and(|found| found.is_some());
    !has_modifier && !target.as_ref().is_some_and(is_elsewhere)
}

/// The character that the key writes; on a keyboard of other letters the Latin one in its place.
fn character(event: &KeyboardEvent) -> Option<char> {
    let key = event.key();
    let mut characters = key.chars();
    let character = characters.next().filter(|_| characters.next().is_none())?;
    if character.is_ascii() {
        return Some(character.to_ascii_lowercase());
    }
    event.code().strip_prefix("Key")?.chars().next().map(|letter| letter.to_ascii_lowercase())
}
