//! The keyboard focus.

use crate::browser::mount::Mount;
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, Event, EventTarget, FocusEvent, FocusOptions, HtmlElement, HtmlTextAreaElement, Node,
};

#[wasm_bindgen]
extern "C" {
    /// A document, or a shadow root.
    type Tree;

    #[wasm_bindgen(catch, method, js_name = getElementById)]
    fn element(this: &Tree, id: &str) -> Result<Option<Element>, JsValue>;

    #[wasm_bindgen(catch, method, getter, js_name = activeElement)]
    fn active(this: &Tree) -> Result<Option<Element>, JsValue>;
}

impl Mount {
    /// Moves the focus to the element with this id.
    pub fn place_focus(&self, id: &str) {
        if let Some(element) = self.element(id) {
            let _ = element.focus();
        }
    }

    /// Puts a text into the text area with this id.
    pub fn show_text(&self, id: &str, text: &str) {
        let field = self.element(id).and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok());
        if let Some(field) = field.filter(|field| field.value() != text) {
            field.set_value(text);
        }
    }

    /// Does an open dialog keep the focus from the element with this id?
    pub fn is_behind_a_dialog(&self, id: &str) -> bool {
        let dialog = self.root().query_selector("dialog[open]").ok().flatten();
        dialog.is_some_and(|dialog| self.element(id).is_some_and(|element| !dialog.contains(Some(&element))))
    }

    /// Moves the focus to the heading of what is on screen, unless it is on some element already: what is there is read out then.
    /// It would otherwise stay where the last screen was. `false` when there is no heading yet.
    pub fn place_focus_on_heading(&self) -> bool {
        let heading = self.root().query_selector("h1").ok().flatten();
        let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) else {
            return false;
        };
        if self.has_focus_or_none_has(&[]) {
            let _ = heading.set_attribute("tabindex", "-1");
            let _ = heading.focus();
        }
        true
    }

    /// Moves the focus to the element with this id without scrolling it into view: an admin who works at the end of a long
    /// list would otherwise be taken to its top.
    pub fn place_focus_without_scrolling(&self, id: &str) {
        if let Some(element) = self.element(id) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = element.focus_with_options(&options);
        }
    }

    /// Is the focus on one of the elements with these ids, or on none? Only then may the page move it: otherwise the admin
    /// already works elsewhere.
    pub fn has_focus_or_none_has(&self, ids: &[&str]) -> bool {
        let is_body = |element: &Element| element.tag_name() == "BODY";
        match active(self.root()).filter(|element| !is_body(element)) {
            Some(element) => ids.contains(&element.id().as_str()),
            // In a shadow root nothing has it either while the admin works elsewhere in the document.
            None => {
                let document = web_sys::window().and_then(|window| window.document());
                document
                    .is_some_and(|document| document.active_element().is_none_or(|element| is_body(&element)))
            }
        }
    }

    fn element(&self, id: &str) -> Option<HtmlElement> {
        tree(self.root()).element(id).ok()??.dyn_into().ok()
    }
}

/// Is the pointer or the focus on an element with this id, or in it?
pub fn is_attended(id: &str) -> bool {
    let is_it = |element: HtmlElement| element.matches(":hover, :focus-within").unwrap_or(false);
    Mount::all().iter().any(|mount| mount.element(id).is_some_and(is_it))
}

/// Has the focus left an element, on its `blur` event, for another place of the page than the elements with these ids? When
/// another window comes to the front, the element keeps the focus.
pub fn has_left(event: &FocusEvent, except: &[&str]) -> bool {
    let element = |target: Option<EventTarget>| target?.dyn_into::<Element>().ok();
    let left = element(event.target());
    let keeps_it = left.is_some() && left == left.as_ref().and_then(|left| active(left));
    let next = element(event.related_target());
    !keeps_it && next.is_none_or(|next| !except.contains(&next.id().as_str()))
}

/// What has the focus in the document or the shadow root that a node stands in.
fn active(node: &Node) -> Option<Element> {
    tree(node).active().ok()?
}

fn tree(node: &Node) -> Tree {
    node.get_root_node().unchecked_into()
}

/// Has the focus left the group around it, on a `focusout` event, for another place of the page than the element with this
/// id? `group` is a CSS selector. When another window comes to the front, the group keeps the focus.
pub fn has_left_group(event: &FocusEvent, group: &str, except: &str) -> bool {
    let around = |target: Option<EventTarget>| target?.dyn_into::<Element>().ok()?.closest(group).ok()?;
    has_left(event, &[except]) && around(event.related_target()) != around(event.target())
}

/// Moves the focus to the element with this id in the page that an event comes from, without scrolling it into view.
pub fn place_focus_near(event: &Event, id: &str) {
    if let Some(mount) = Mount::around(event.target().as_ref()) {
        mount.place_focus_without_scrolling(id);
    }
}

/// Scrolls the group around an element sideways, so that the link to what is shown (`aria-current`) is in view.
pub fn scroll_to_current(within: &Element) {
    let Some(group) = within.parent_element() else { return };
    let current = group.query_selector("[aria-current]").ok().flatten();
    let Some(current) = current.and_then(|current| current.dyn_into::<HtmlElement>().ok()) else { return };
    let (seen, width) = (group.scroll_left(), group.client_width());
    // What stands at the edge fades.
    let margin = width.saturating_div(6);
    let start = current.offset_left().saturating_sub(margin);
    let end = current.offset_left().saturating_add(current.offset_width()).saturating_add(margin);
    if start < seen {
        group.set_scroll_left(start);
    } else if end > seen.saturating_add(width) {
        group.set_scroll_left(end.saturating_sub(width));
    }
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

/// Moves the focus from the item of a menu or of a toolbar that an event comes from.
pub fn step_focus(event: &Event, step: FocusStep) {
    let is_forward = matches!(step, FocusStep::Next | FocusStep::First);
    let Some(from) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Some(menu) = from.closest("[role=menu], [role=toolbar]").ok().flatten() else { return };
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
        to = next(passed).or_else(end);
    }
    if let Some(item) = to.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = item.focus();
    }
}
