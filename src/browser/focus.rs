//! The keyboard focus.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, EventTarget, FocusEvent, FocusOptions, HtmlElement};

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

/// Has the focus left the group around it, on a `focusout` event, for another place of the page than the element with this
/// id? `group` is a CSS selector. When another window comes to the front, the group keeps the focus.
pub fn has_left_group(event: &FocusEvent, group: &str, except: &str) -> bool {
    let around = |target: Option<EventTarget>| target?.dyn_into::<Element>().ok()?.closest(group).ok()?;
    has_left(event, &[except]) && around(event.related_target()) != around(event.target())
}

/// A step of the focus through a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FocusStep {
    /// To the next one, behind the last to the first.
    Next,
    /// To the one before, before the first to the last.
    Previous,
    /// To the first one.
    First,
    /// To the last one.
    Last,
}

/// Moves the focus from the item of a menu that an event comes from.
pub fn step_focus(event: &Event, step: FocusStep) {
    let is_forward = matches!(step, FocusStep::Next | FocusStep::First);
    let Some(from) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Some(menu) = from.closest("[role=menu]").ok().flatten() else { return };
    let next = |element: &Element| match is_forward {
        true => element.next_element_sibling(),
        false => element.previous_element_sibling(),
    };
    let end = || if is_forward { menu.first_element_child() } else { menu.last_element_child() };
    let is_step = matches!(step, FocusStep::Next | FocusStep::Previous);
    let mut to = if is_step { next(&from).or_else(end) } else { end() };
    // Lines between the items are passed over, and items that are not shown in a window of this width.
    let is_shown = |element: &Element| {
        element.dyn_ref::<HtmlElement>().is_some_and(|element| element.offset_parent().is_some())
            && element.get_attribute("role").as_deref() != Some("separator")
    };
    while let Some(passed) = to.as_ref().filter(|element| !is_shown(element)) {
        to = next(passed);
    }
    if let Some(item) = to.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = item.focus();
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}
