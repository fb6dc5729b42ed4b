//! The address of what the page shows, and the ways from one address to another.
//!
//! yew-router's router would do this too, but each visitor would download 12 kB more (brotli): it keeps state objects in
//! the history, which this page does not need. The page uses yew-router's site map (`Routable`) only.

use crate::browser::mount::Mount;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget, HtmlAnchorElement, PopStateEvent, Url, Window};

const CHANGED: &str = "popstate";

impl Mount {
    /// The query of the address, with its `?`.
    pub fn query(&self) -> String {
        match self.host() {
            None => document_query(),
            Some(host) => host.query(),
        }
    }

    /// The path of the address. Of several slashes at its start one is left: a link to `//` would lead to another host.
    pub fn path(&self) -> String {
        let path = match self.host() {
            None => {
                web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
            }
            Some(host) => host.path(),
        };
        if path.starts_with("//") { ["/", path.trim_start_matches('/')].concat() } else { path }
    }

    /// The path that the page is served under (`<base>`), with a `/` at both ends. An element has its addresses to itself.
    fn base_path(&self) -> String {
        let base = web_sys::window().filter(|_| self.host().is_none()).and_then(|window| {
            let origin = window.location().origin().ok()?;
            let base = window.document()?.base_uri().ok()??;
            // `https://host/team/`, or with a file's name behind the last slash.
            let (folder, _) = base.strip_prefix(&origin)?.rsplit_once('/')?;
            Some([folder, "/"].concat())
        });
        base.unwrap_or_else(|| "/".to_owned())
    }

    /// The path of the address below the one that the page is served under, with its leading `/`; `None` when it is not below
    /// it.
    pub fn path_below_base(&self) -> Option<String> {
        self.below_base(&self.path())
    }

    /// The same of an address that a browser would follow; `None` for each that is not this page's.
    pub fn path_below_base_of(&self, address: &str) -> Option<String> {
        let window = web_sys::window().filter(|_| self.host().is_none())?;
        let url = resolve(&window, address)?;
        self.below_base(&url.pathname()).filter(|_| is_of_this_origin(&window, &url))
    }

    fn below_base(&self, path: &str) -> Option<String> {
        let base = self.base_path();
        let below = path.strip_prefix(base.trim_end_matches('/'))?;
        match below.as_bytes() {
            [] => Some("/".to_owned()),
            [b'/', ..] => Some(below.to_owned()),
            _ => None,
        }
    }

    /// The address of what the page shows, as a path and a query.
    pub fn address(&self) -> String {
        [&*self.path(), &*self.query()].concat()
    }

    /// Where clerk-js leads people back to, as they are to find the page then.
    pub fn return_address(&self) -> String {
        self.host_address().unwrap_or_else(|| self.address())
    }

    /// The same without the query, which may hold an invitation's ticket.
    pub fn return_path(&self) -> String {
        self.host_address().unwrap_or_else(|| self.path())
    }

    /// Where clerk-js leads people who sign out: to the start of the page.
    pub fn start_address(&self) -> String {
        self.host_address().unwrap_or_else(|| self.base_path())
    }

    /// Where clerk-js leads people who have used up an invitation's ticket: `below` the path that the page is served under. An
    /// element leads them there too, if that has a place in the host's address, and else back to where it is.
    pub fn address_below(&self, below: &str) -> String {
        self.link([&*self.base_path(), below].concat())
    }

    /// The address of the page that the element stands in.
    fn host_address(&self) -> Option<String> {
        self.host().and_then(|_| web_sys::window()?.location().href().ok())
    }

    /// Where a browser finds what the page shows at an address.
    pub fn link(&self, address: String) -> String {
        self.host().and_then(|host| host.link(&address)).unwrap_or(address)
    }

    /// The whole address of a file of the page, or of another of its pages, to fetch it or to hand it to others.
    pub fn whole_address(&self, relative: &str) -> Option<String> {
        let base = match self.host() {
            None => web_sys::window()?.document()?.base_uri().ok()??,
            Some(host) => host.base()?,
        };
        Some(Url::new_with_base(relative, &base).ok()?.href())
    }

    /// Goes to an address: without loading the document anew when it is of this origin, by the browser when it is of another.
    /// What is no `http` or `https` address is not followed: clerk-js and the page's own query hand over addresses that others
    /// may have written, and a `javascript:` address would run in this page.
    pub fn go_to(&self, address: &str) {
        if let Some(host) = self.host() {
            return host.go_to(address, false);
        }
        let Some(window) = web_sys::window() else { return };
        let Some(url) = resolve(&window, address) else { return };
        if !(is_of_this_origin(&window, &url) && self.push(&window, &url.href())) {
            let _ = window.location().assign(&url.href());
        }
    }

    /// Makes an address of this origin the next step of the history. `false` when the browser refuses: Safari does after a
    /// hundred steps in half a minute.
    fn push(&self, window: &Window, address: &str) -> bool {
        let Ok(history) = window.history() else { return false };
        if history.push_state_with_url(&JsValue::NULL, "", Some(address)).is_err() {
            return false;
        }
        // Clerk removes the slash at the end of the addresses it leads to. Without it the host of a sub-path may not serve the page.
        if [&*self.path(), "/"].concat() == self.base_path() {
            let whole = [&*self.base_path(), &*self.query()].concat();
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&whole));
        }
        tell(window)
    }

    /// Replaces the address by another one of this origin, without a step in the history.
    pub fn replace_address(&self, address: &str) {
        if let Some(host) = self.host() {
            return host.go_to(address, true);
        }
        let Some(window) = web_sys::window() else { return };
        let replaced = window
            .history()
            .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(address)));
        if replaced.is_ok() {
            tell(&window);
        }
    }

    /// Calls `listener` whenever the address has changed, until dropped.
    pub fn watch_address(&self, listener: impl Fn() + 'static) -> Option<EventWatch> {
        let target = match self.host() {
            Some(host) => host.addresses(),
            None => web_sys::window().map(EventTarget::from),
        };
        Some(EventWatch::new(target?, CHANGED, move |_| listener()))
    }
}

/// The query of the document's address, with its `?`: for an element that of the page that it stands in.
pub fn document_query() -> String {
    web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// Follows a link to another address of the page that it stands in.
pub fn follow_link(link: &HtmlAnchorElement) {
    if let Some((mount, address)) = Mount::around(Some(link)).zip(link.get_attribute("href")) {
        mount.go_to(&address);
    }
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

/// Leaves the page for another document. What is no `http` or `https` address is not followed, as in [`Mount::go_to`].
pub fn leave_for(address: &str) {
    let Some(window) = web_sys::window() else { return };
    if let Some(url) = resolve(&window, address) {
        let _ = window.location().assign(&url.href());
    }
}

/// The whole `http` or `https` address, if it is one; a relative one is below `<base>`.
fn resolve(window: &Window, address: &str) -> Option<Url> {
    let base = window.document()?.base_uri().ok()??;
    let url = Url::new_with_base(address, &base).ok()?;
    matches!(url.protocol().as_str(), "http:" | "https:").then_some(url)
}

fn is_of_this_origin(window: &Window, url: &Url) -> bool {
    window.location().origin().is_ok_and(|origin| origin == url.origin())
}

/// Tells the watches of the address that it has changed, by the event that the browser sends on "back".
fn tell(window: &Window) -> bool {
    PopStateEvent::new(CHANGED).is_ok_and(|event| window.dispatch_event(&event).is_ok())
}

/// A listener for an event, until it is dropped.
#[derive(Debug)]
pub struct EventWatch {
    target: Option<EventTarget>,
    event: &'static str,
    listener: Closure<dyn Fn(Event)>,
}

impl EventWatch {
    /// Calls `listener` at each event of this name.
    pub fn new(target: EventTarget, event: &'static str, listener: impl Fn(Event) + 'static) -> Self {
        Self::of(Some(target), event, Closure::new(listener))
    }

    /// Calls `listener` at each event of this name that reaches the window.
    pub fn of_window(event: &'static str, listener: impl Fn(Event) + 'static) -> Self {
        Self::of(web_sys::window().map(EventTarget::from), event, Closure::new(listener))
    }

    fn of(target: Option<EventTarget>, event: &'static str, listener: Closure<dyn Fn(Event)>) -> Self {
        if let Some(target) = &target {
            let _ = target.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        }
        Self { target, event, listener }
    }
}

impl Drop for EventWatch {
    fn drop(&mut self) {
        if let Some(target) = &self.target {
            let _ = target
                .remove_event_listener_with_callback(self.event, self.listener.as_ref().unchecked_ref());
        }
    }
}
