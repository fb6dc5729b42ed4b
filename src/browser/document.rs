//! The document.

/// Is the page visible, rather than in a tab behind others?
pub fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| !document.hidden())
}
