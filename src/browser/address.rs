//! The address bar.
//!
//! yew-router's router would do this too, but each visitor would download 12 kB more (brotli): it keeps state objects in
//! the history, which this page does not need. The page uses yew-router's site map (`Routable`) only.

use wasm_bindgen::prelude::*;
use web_sys::{Event, PopStateEvent, Url, Window};

const CHANGED: &str = "popstate";

/// The query of the address, with its `?`.
pub fn query() -> String {
    web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// The path of the address. Of several slashes at its start one is left: a link to `//` would lead to another host.
pub fn path() -> String {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    if path.starts_with("//") { ["/", path.trim_start_matches('/')].concat() } else { path }
}

/// The path that the page is served under (`<base>`), with a `/` at both ends.
pub fn base_path() -> String {
    let base = web_sys::window().and_then(|window| {
        let origin = window.location().origin().ok()?;
        let base = window.document()?.base_uri().ok()??;
        // `https://host/team/`, or with a file's name behind the last slash.
        let (folder, _) = base.strip_prefix(&origin)?.rsplit_once('/')?;
        Some([folder, "/"].concat())
    });
    base.unwrap_or_else(|| "/".to_owned())
}

/// The path of the address below [`base_path`], with its leading `/`; `None` when it is not below it.
pub fn path_below_base() -> Option<String> {
    below_base(&path())
}

/// The path of an address of this origin below [`base_path`]; `None` for every other address.
pub fn path_below_base_of(address: &str) -> Option<String> {
    let window = web_sys::window()?;
    let url = resolve(&window, address)?;
    let is_of_this_origin = window.location().origin().is_ok_and(|origin| origin == url.origin());
    below_base(&url.pathname()).filter(|_| is_of_this_origin)
}

fn below_base(path: &str) -> Option<String> {
    let base = base_path();
    let below = path.strip_prefix(base.trim_end_matches('/'))?;
    match below.as_bytes() {
        [] => Some("/".to_owned()),
        [b'/', ..] => Some(below.to_owned()),
        _ => None,
    }
}

/// The address below the origin: path and query.
pub fn address() -> String {
    [path(), query()].concat()
}

/// Escapes a text for a query.
pub fn encode(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}

/// Unescapes a text of a query; empty when it is malformed.
pub fn decode(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c == '+' { ' ' } else { c }).collect();
    js_sys::decode_uri_component(&spaced).map(String::from).unwrap_or_default()
}

/// Goes to an address: without loading the document anew when it is of this origin, by the browser when it is of another.
/// What is no `http` or `https` address is not followed: clerk-js and the page's own query hand over addresses that others
/// may have written, and a `javascript:` address would run in this page.
pub fn go_to(address: &str) {
    let Some(window) = web_sys::window() else { return };
    let Some(url) = resolve(&window, address) else { return };
    let is_of_this_origin = window.location().origin().is_ok_and(|origin| origin == url.origin());
    if !(is_of_this_origin && push(&window, &url.href())) {
        let _ = window.location().assign(&url.href());
    }
}

/// Leaves the page for another document. What is no `http` or `https` address is not followed, as in [`go_to`].
pub fn leave_for(address: &str) {
    let Some(window) = web_sys::window() else { return };
    if let Some(url) = resolve(&window, address) {
        let _ = window.location().assign(&url.href());
    }
}

/// Loads the document anew.
pub fn reload() {
    let _ = web_sys::window().map(|window| window.location().reload());
}

/// The whole address of a relative one, to be handed to others.
pub fn whole_address(relative: &str) -> Option<String> {
    resolve(&web_sys::window()?, relative).map(|url| url.href())
}

/// The whole `http` or `https` address, if it is one; a relative one is below `<base>`.
fn resolve(window: &Window, address: &str) -> Option<Url> {
    let base = window.document()?.base_uri().ok()??;
    let url = Url::new_with_base(address, &base).ok()?;
    matches!(url.protocol().as_str(), "http:" | "https:").then_some(url)
}

/// Makes an address of this origin the next step of the history. `false` when the browser refuses: Safari does after a
/// hundred steps in half a minute.
fn push(window: &Window, address: &str) -> bool {
    let Ok(history) = window.history() else { return false };
    if history.push_state_with_url(&JsValue::NULL, "", Some(address)).is_err() {
        return false;
    }
    // Clerk removes the slash at the end of the addresses it leads to. Without it the host of a sub-path may not serve the page.
    if [&*path(), "/"].concat() == base_path() {
        let whole = [base_path(), query()].concat();
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&whole));
    }
    tell(window)
}

/// Replaces the address by another one of this origin, without a step in the history.
pub fn replace_address(address: &str) {
    let Some(window) = web_sys::window() else { return };
    let history = window.history();
    if history.is_ok_and(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(address)).is_ok())
    {
        tell(&window);
    }
}

/// Tells the watches of the address that it has changed, by the event that the browser sends on "back".
fn tell(window: &Window) -> bool {
    PopStateEvent::new(CHANGED).is_ok_and(|event| window.dispatch_event(&event).is_ok())
}

/// A listener for an event of the window, until it is dropped.
#[derive(Debug)]
pub struct WindowWatch {
    event: &'static str,
    listener: Closure<dyn Fn(Event)>,
}

/// Calls `listener` whenever the address has changed, until dropped.
pub fn watch_address(listener: impl Fn() + 'static) -> WindowWatch {
    WindowWatch::new(CHANGED, move |_| listener())
}

impl WindowWatch {
    /// Calls `listener` at each event of this name.
    pub fn new(event: &'static str, listener: impl Fn(Event) + 'static) -> Self {
        let listener = Closure::<dyn Fn(Event)>::new(listener);
        if let Some(window) = web_sys::window() {
            let _ = window.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        }
        Self { event, listener }
    }
}

impl Drop for WindowWatch {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            let _ = window
                .remove_event_listener_with_callback(self.event, self.listener.as_ref().unchecked_ref());
        }
    }
}
