//! Script tags: adding one, finding the one that is already there, waiting for it.

use crate::browser::{settled, timeout};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlScriptElement};

/// How long a script may take, in milliseconds: as long as Clerk's own loader waits.
const SCRIPT_TIMEOUT: u32 = 15_000;

/// This page's mark on a tag of clerk-js. What added the tag calls `load`: this page for its own, the host page for others.
const OUR_MARK: &str = "data-clerk-invitations";
/// Clerk's mark, by which its loaders find a tag.
const CLERK_MARK: &str = "data-clerk-js-script";

/// The tags that load clerk-js: with the mark of Clerk's loaders, or as Clerk's quickstart and its readers write it. `boot.js`
/// looks for the same ones.
const CLERK_TAGS: &str =
    "script[data-clerk-js-script], script[data-clerk-publishable-key], script[src*=\"clerk.browser.js\"]";

/// A script that did not arrive in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotArrived;

/// Has this page (or its `boot.js`) added the tag of clerk-js?
pub fn is_ours() -> bool {
    tag_of(&["script[", CLERK_MARK, "][", OUR_MARK, "]"].concat()).is_some()
}

/// The tag of clerk-js that is already in the page.
pub fn clerk_tag() -> Option<HtmlScriptElement> {
    tag_of(CLERK_TAGS)?.dyn_into().ok()
}

/// Adds a script to the page. One with attributes is clerk-js itself and gets both marks.
pub fn add_script(address: &str, attributes: &[(&str, String)]) -> Option<HtmlScriptElement> {
    let document = document()?;
    let tag: HtmlScriptElement = document.create_element("script").ok()?.dyn_into().ok()?;
    for (name, value) in attributes {
        tag.set_attribute(name, value).ok()?;
    }
    if !attributes.is_empty() {
        tag.set_attribute(CLERK_MARK, "true").ok()?;
        tag.set_attribute(OUR_MARK, "").ok()?;
    }
    tag.set_async(true);
    tag.set_cross_origin(Some("anonymous"));
    tag.set_src(address);
    document.head()?.append_child(&tag).ok()?;
    Some(tag)
}

/// Waits until a tag's script has run.
///
/// # Errors
/// When it did not arrive. Its tag is then removed: the next try would wait for it in vain.
pub async fn arrival(tag: &HtmlScriptElement) -> Result<(), NotArrived> {
    let event = Promise::new(&mut |fulfil, reject| {
        let _ = tag.add_event_listener_with_callback("load", &fulfil);
        let _ = tag.add_event_listener_with_callback("error", &reject);
    });
    let has_arrived = matches!(timeout(SCRIPT_TIMEOUT, settled(event.into())).await, Some(Ok(_)));
    if has_arrived {
        return Ok(());
    }
    tag.remove();
    Err(NotArrived)
}

fn tag_of(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
