//! The keyboard focus.

use wasm_bindgen::prelude::*;
use web_sys::{FocusOptions, HtmlElement};

/// Moves the focus to the element with this id.
pub fn place_focus(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
}

/// Moves the focus to the element with this id without scrolling it into view: an admin who works at the end of a long
/// list would otherwise be taken to its top.
pub fn place_focus_without_scrolling(id: &str) {
    if let Some(element) = element(id) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// Is the focus on one of the elements with these ids, or on none? Only then may the page move it: otherwise the admin
/// already works elsewhere.
pub fn has_focus_or_none_has(ids: &[&str]) -> bool {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return false };
    document
        .active_element()
        .is_none_or(|element| ids.contains(&element.id().as_str()) || element.tag_name() == "BODY")
}

fn element(id: &str) -> Option<HtmlElement> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}
