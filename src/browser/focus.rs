//! The keyboard focus.

use wasm_bindgen::prelude::*;
use web_sys::{Element, EventTarget, FocusEvent, FocusOptions, HtmlElement};

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

/// Is the pointer or the focus on the element with this id, or in it?
pub fn is_attended(id: &str) -> bool {
    element(id).is_some_and(|element| element.matches(":hover, :focus-within").unwrap_or(false))
}

/// Has the focus left an element, on its `blur` event, for another place of the page than the elements with these ids? When
/// another window comes to the front, the element keeps the focus.
pub fn has_left(event: &FocusEvent, except: &[&str]) -> bool {
    let element = |target: Option<EventTarget>| target?.dyn_into::<Element>().ok();
    let document = web_sys::window().and_then(|window| window.document());
    let active = document.and_then(|document| document.active_element());
    let keeps_it = active.is_some() && active == element(event.target());
    let next = element(event.related_target());
    !keeps_it && next.is_none_or(|next| !except.contains(&next.id().as_str()))
}

fn element(id: &str) -> Option<HtmlElement> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}
