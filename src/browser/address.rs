//! The address bar.
//!
//! yew-router's own router would do this too, at 12 kB of brotli for each visitor: it keeps state objects of its own in
//! the history, which this page has no use for. Its site map (`Routable`) is what this page takes.

use wasm_bindgen::prelude::*;
use web_sys::{Event, PopStateEvent, Window};

const CHANGED: &str = "popstate";

/// The query of the address, with its `?`.
pub fn query() -> String {
    web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// The path of the address.
pub fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
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
    let (path, base) = (path(), base_path());
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

/// Makes a text fit for a query.
pub fn encode(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}

/// Reads a text of a query; nothing where it makes no sense.
pub fn decode(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c == '+' { ' ' } else { c }).collect();
    js_sys::decode_uri_component(&spaced).map(String::from).unwrap_or_default()
}

/// Goes to an address of this origin without loading it anew.
pub fn go_to(address: &str) {
    let Some(window) = web_sys::window() else { return };
    let Ok(history) = window.history() else { return };
    let pushed = history.push_state_with_url(&JsValue::NULL, "", Some(address)).is_ok();
    // Clerk cuts the slash off the end of where it leads. Without it the host of a sub-path may not know the page.
    if pushed && [&*path(), "/"].concat() == base_path() {
        let whole = [base_path(), query()].concat();
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&whole));
    }
    // Safari refuses after a hundred steps in half a minute.
    if !(pushed && tell(&window)) {
        let _ = window.location().assign(address);
    }
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

/// Whoever watches the address hears of a new one as of a click on "back".
fn tell(window: &Window) -> bool {
    PopStateEvent::new(CHANGED).is_ok_and(|event| window.dispatch_event(&event).is_ok())
}

/// Hears an event of the window's until it is dropped.
#[derive(Debug)]
pub struct WindowWatch {
    event: &'static str,
    listener: Closure<dyn FnMut(Event)>,
}

/// Calls `listener` whenever the address has changed, until dropped.
pub fn watch_address(mut listener: impl FnMut() + 'static) -> WindowWatch {
    WindowWatch::new(CHANGED, move |_| listener())
}

impl WindowWatch {
    /// Calls `listener` at each such event.
    pub fn new(event: &'static str, listener: impl FnMut(Event) + 'static) -> Self {
        let listener = Closure::<dyn FnMut(Event)>::new(listener);
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
