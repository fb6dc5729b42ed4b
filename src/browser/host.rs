//! The page that an element stands in.

use crate::browser::boot::property;
use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::{Element, EventTarget};

/// The page that an element stands in, as far as `assets/embed.js` lets the element use it.
#[derive(Clone, Debug)]
pub struct Host(JsValue);

impl Host {
    /// By the object that `embed.js` has made for the element; `None` for that of a document.
    pub fn of(place: &JsValue) -> Option<Self> {
        property(place, "goTo").is_function().then(|| Self(place.clone()))
    }

    /// The path of the address of what the element shows. Where it stands in the host's address, if it does at all, is for
    /// `embed.js` to know.
    pub fn path(&self) -> String {
        self.call("path", &[]).as_string().unwrap_or_default()
    }

    /// The query of that address, with its `?`.
    pub fn query(&self) -> String {
        self.call("query", &[]).as_string().unwrap_or_default()
    }

    /// Makes another one the address of what the element shows.
    pub fn go_to(&self, address: &str, replaces: bool) {
        self.call("goTo", &[&address.into(), &replaces.into()]);
    }

    /// Where a browser finds what the element shows at this address of its own.
    pub fn link(&self, address: &str) -> Option<String> {
        self.call("link", &[&address.into()]).as_string()
    }

    /// Hears `popstate` when the address of what the element shows has changed.
    pub fn addresses(&self) -> Option<EventTarget> {
        property(&self.0, "addresses").dyn_into().ok()
    }

    /// The address of the folder with the page's files.
    pub fn base(&self) -> Option<String> {
        property(&self.0, "base").as_string()
    }

    /// An element outside of the shadow root that is shown in the place of `node`, which is inside.
    pub fn place(&self, node: &Element) -> Option<Element> {
        self.call("place", &[node]).dyn_into().ok()
    }

    /// Has the element dispatch an event that tells of these invitations.
    pub fn tell(&self, event: &str, invitations: &Array) {
        self.call("tell", &[&event.into(), invitations]);
    }

    /// Under which key the element keeps what a document of its own would keep under `key`.
    pub fn kept_under(&self, key: &str) -> Option<String> {
        self.call("keptUnder", &[&key.into()]).as_string()
    }

    /// Adds a stylesheet to those of the element, unless it is there.
    pub fn add_style(&self, css: &str) {
        self.call("addStyle", &[&css.into()]);
    }

    /// Has the element start anew.
    pub fn restart(&self) {
        self.call("restart", &[]);
    }

    /// Has the document loaded anew, if the page around the element agrees.
    pub fn reload(&self) {
        self.call("reload", &[]);
    }

    /// What a method answers; `undefined` when it throws. Never inlined: each caller would bring a copy of it to every visitor.
    #[inline(never)]
    fn call(&self, method: &str, arguments: &[&JsValue]) -> JsValue {
        let method = property(&self.0, method).dyn_into::<Function>().ok();
        let arguments: Array = arguments.iter().collect();
        method.and_then(|method| method.apply(&self.0, &arguments).ok()).unwrap_or(JsValue::UNDEFINED)
    }
}
