//! The document: its language, its title, and the elements of `index.html`.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement};

/// Is the page visible, rather than in a tab behind others?
pub fn is_visible() -> bool {
    document().is_some_and(|document| !document.hidden())
}

/// Sets the language and the writing direction of the document.
pub fn set_language(tag: &str, is_rtl: bool) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", tag);
        let _ = root.set_attribute("dir", if is_rtl { "rtl" } else { "ltr" });
    }
}

/// Sets the title of the document.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// The element that the page is drawn into.
pub fn mount_point() -> Option<Element> {
    document()?.get_element_by_id("app")
}

/// Shows or hides the placeholder that `index.html` shows until the page is drawn.
pub fn show_skeleton(is_shown: bool) {
    let skeleton = document()
        .and_then(|document| document.get_element_by_id("skeleton"))
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(skeleton) = skeleton {
        skeleton.set_hidden(!is_shown);
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
