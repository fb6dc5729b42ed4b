//! The document around the page, its address and its console.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{FocusOptions, HtmlElement};

/// Writes to the console what a developer should know.
pub fn log_warning(text: &str) {
    web_sys::console::warn_1(&text.into());
}

/// Writes to the console what went wrong.
pub fn log_error(text: &str) {
    web_sys::console::error_1(&text.into());
}

/// Does the browser say that it is online? It says so too easily, but when it says offline it is right.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Can the page be seen, or is it in a tab behind others?
pub fn is_visible() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| !document.hidden())
}

/// The languages that the reader wants, the most wanted first.
pub fn languages() -> Vec<String> {
    let list = web_sys::window().map(|window| window.navigator().languages());
    list.map(|list| list.iter().filter_map(|tag| tag.as_string()).collect()).unwrap_or_default()
}

/// Tells the document which language it is in and how that is written.
pub fn set_language(tag: &str, is_rtl: bool) {
    if let Some(root) = root() {
        let _ = root.set_attribute("lang", tag);
        let _ = root.set_attribute("dir", if is_rtl { "rtl" } else { "ltr" });
    }
}

/// Names the document.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// The element that the page is drawn into.
pub fn mount_point() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id("app")
}

/// Shows or hides the frame of the page that stands in `index.html` from before any script ran.
pub fn show_skeleton(is_shown: bool) {
    let skeleton = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("skeleton"))
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(skeleton) = skeleton {
        skeleton.set_hidden(!is_shown);
    }
}

/// Moves the keyboard to the element with this id.
pub fn place_focus(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
}

/// Does the same and leaves what is in view where it is: whoever is at the end of a long list is not thrown to its top.
pub fn place_focus_without_scrolling(id: &str) {
    if let Some(element) = element(id) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Is the keyboard on one of the elements with these ids, or nowhere? Only then may it be moved: whoever has gone on
/// meanwhile is not called back.
pub fn has_focus_or_none_has(ids: &[&str]) -> bool {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return false };
    document
        .active_element()
        .is_none_or(|element| ids.contains(&element.id().as_str()) || element.tag_name() == "BODY")
}

/// What `boot.js` fetched of `config.json` while the wasm was on its way: the HTTP status and the text.
/// `None` when the page was started without it.
pub async fn boot_config() -> Option<(u16, String)> {
    let boot = Reflect::get(&js_sys::global(), &"clerkInvitations".into()).ok()?;
    let promise = Reflect::get(&boot, &"config".into()).ok()?.dyn_into::<js_sys::Promise>().ok()?;
    let answer = JsFuture::from(promise).await.ok()?;
    let status = Reflect::get(&answer, &"status".into()).ok()?.as_f64()?;
    let text = Reflect::get(&answer, &"text".into()).ok()?.as_string()?;
    Some((status as u16, text))
}

/// Fetches what the build has split off from the page's wasm: the code that inviting and
/// working on the list need, and nothing else. `false` when it did not arrive. Where nothing was split off, it is there.
pub async fn later() -> bool {
    let Ok(boot) = Reflect::get(&js_sys::global(), &"clerkInvitations".into()) else { return true };
    let Ok(later) = Reflect::get(&boot, &"later".into()) else { return true };
    let Some(later) = later.dyn_ref::<js_sys::Function>() else { return true };
    match later.call0(&boot) {
        Ok(promise) => JsFuture::from(js_sys::Promise::resolve(&promise)).await.is_ok(),
        Err(_) => false,
    }
}

/// Fetches a text beside the page: its HTTP status (0 when there was no answer) and its body.
pub async fn fetch_text(address: &str) -> (u16, String) {
    match gloo_net::http::Request::get(address).send().await {
        Ok(answer) => (answer.status(), answer.text().await.unwrap_or_default()),
        Err(_) => (0, String::new()),
    }
}

fn root() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.document_element()
}

/// The last thing that a page says: after a panic no code of its own runs any more, so this is plain DOM.
pub fn say_it_broke() {
    const SENTENCE: &str =
        "The page has broken down. Reload it, and look at the list before you send anything again.";
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Some(root) = mount_point() else { return };
    if let Ok(alert) = document.create_element("p") {
        let _ = alert.set_attribute("role", "alert");
        let _ = alert.set_attribute("class", "gate");
        // The catalogue is out of reach by now.
        let _ = alert.set_attribute("lang", "en");
        let _ = alert.set_attribute("dir", "ltr");
        alert.set_text_content(Some(SENTENCE));
        root.set_text_content(None);
        show_skeleton(false);
        let _ = root.append_child(&alert);
    }
}
