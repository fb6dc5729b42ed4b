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

/// Moves the focus to the heading of what is on screen, unless it is on some element already: what is there is read out then. It
/// would otherwise stay where the last screen was. `false` when there is no heading yet.
pub fn place_focus_on_heading() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let heading = document.and_then(|document| document.query_selector("#app h1").ok().flatten());
    let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    if has_focus_or_none_has(&[]) {
        let _ = heading.set_attribute("tabindex", "-1");
        let _ = heading.focus();
    }
    true
}

/// Is the focus on one of the elements with these ids, or on none? Only then may the page move it: otherwise the admin
/// already works elsewhere.
pub fn has_focus_or_none_has(ids: &[&str]) -> bool {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return false };
    document
        .active_element()
        .is_none_or(|element| ids.contains(&element.id().as_str()) || element.tag_name() == "BODY")
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
