//! Where the page is mounted: in a document of its own, or as an element of another page.
//!
//! A document of its own has an address, a title and a language for the page to use. Another page keeps all of these to
//! itself: there `assets/embed.js` makes a shadow root to draw into, and says what else the page may use.

use crate::browser::boot::{add_style, boot, property};
use crate::browser::host::Host;
use crate::domain::InvitationId;
use js_sys::Reflect;
use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, EventTarget, HtmlElement, Node};

/// Where a page is mounted. Clones are the same one.
#[derive(Clone)]
pub struct Mount(Rc<Inner>);

struct Inner {
    /// What the page is drawn into.
    root: Element,
    /// The placeholder that is shown until then.
    skeleton: Option<HtmlElement>,
    /// The copy of its form, once that is needed.
    form_placeholder: OnceCell<Option<Element>>,
    /// The copy of its rows, once that is needed.
    rows_placeholder: OnceCell<Option<Element>>,
    /// Bears the language and the writing direction of the page. What is dragged over it is dragged over the page.
    frame: Element,
    /// The page that the element stands in; `None` in a document of its own.
    host: Option<Host>,
}

thread_local! {
    /// All mounts that are in use.
    static MOUNTS: RefCell<Vec<Weak<Inner>>> = const { RefCell::new(vec![]) };
}

impl PartialEq for Mount {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for Mount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mount")
    }
}

/// Ends a page that is mounted.
pub type Unmount = Box<dyn FnOnce()>;

/// Starts a page where it is mounted, with the HTTP status and the text of its `config.json`.
pub type Start = fn(Mount, u16, &str) -> Unmount;

/// Has `start` called whenever a page is to be mounted: `clerkInvitations.mount(place)` mounts it in the place that `boot.js` or
/// `embed.js` has made, and leaves there the function that unmounts it, `unmount`.
///
/// Throws where neither of these scripts has started the wasm: nothing would ever be mounted.
pub fn serve_mounts(start: Start) {
    let mount = Closure::<dyn FnMut(JsValue)>::new(move |place: JsValue| {
        let Some(mount) = Mount::at(&place) else { return };
        let config = property(&place, "config");
        let status = property(&config, "status").as_f64().unwrap_or_default();
        let text = property(&config, "text").as_string().unwrap_or_default();
        let mut mounted = Some(start(mount, status as u16, &text));
        let unmount = Closure::<dyn FnMut()>::new(move || {
            if let Some(unmount) = mounted.take() {
                unmount();
            }
        });
        let _ = Reflect::set(&place, &"unmount".into(), &unmount.into_js_value());
    });
    let mount = mount.into_js_value();
    if boot().is_none_or(|boot| Reflect::set(&boot, &"mount".into(), &mount).is_err()) {
        wasm_bindgen::throw_str("This script is started by boot.js or embed.js.");
    }
}

impl Mount {
    /// The place that `boot.js` has made in the document, or `embed.js` in another page's.
    pub fn at(place: &JsValue) -> Option<Self> {
        let [root, frame] = ["root", "frame"].map(|key| property(place, key).dyn_into().ok());
        let skeleton = property(place, "skeleton").dyn_into().ok();
        Some(Self::new(Inner {
            root: root?,
            skeleton,
            form_placeholder: OnceCell::new(),
            rows_placeholder: OnceCell::new(),
            frame: frame?,
            host: Host::of(place),
        }))
    }

    fn new(inner: Inner) -> Self {
        let mount = Self(Rc::new(inner));
        MOUNTS.with_borrow_mut(|mounts| {
            mounts.retain(|mount| mount.strong_count() > 0);
            mounts.push(Rc::downgrade(&mount.0));
        });
        mount
    }

    /// All mounts that are in use.
    pub(super) fn all() -> Vec<Self> {
        // Asked for after a panic too, in whatever it has interrupted.
        MOUNTS.with(|mounts| {
            let mounts = mounts.try_borrow();
            mounts
                .into_iter()
                .flat_map(|mounts| mounts.iter().filter_map(Weak::upgrade).map(Self).collect::<Vec<_>>())
                .collect()
        })
    }

    /// The one that the target of an event, or another node of its page, is drawn in.
    pub fn around(target: Option<&EventTarget>) -> Option<Self> {
        let node = target?.dyn_ref()?;
        Self::all().into_iter().find(|mount| mount.root().contains(Some(node)))
    }

    /// What the page is drawn into.
    pub fn root(&self) -> &Element {
        &self.0.root
    }

    /// Adds the stylesheet of code that is fetched later, unless it is there.
    pub fn add_style(&self, css: &str) {
        match self.host() {
            Some(host) => host.add_style(css),
            None => add_style(css),
        }
    }

    /// The element that is the page to people: what is dragged over it is dragged over the page.
    pub(super) fn frame(&self) -> &Element {
        &self.0.frame
    }

    /// The page that the element stands in; `None` in a document of its own.
    pub(super) fn host(&self) -> Option<&Host> {
        self.0.host.as_ref()
    }

    /// Sets the language and the writing direction of the page.
    pub fn set_language(&self, tag: &str, is_rtl: bool) {
        let _ = self.0.frame.set_attribute("lang", tag);
        let _ = self.0.frame.set_attribute("dir", if is_rtl { "rtl" } else { "ltr" });
    }

    /// Sets the title of a document of its own.
    pub fn set_title(&self, title: &str) {
        if let Some(document) = document().filter(|_| self.host().is_none()) {
            document.set_title(title);
        }
    }

    /// What looks like the form until that is drawn, with this heading: a copy of what stands there before the page is drawn. On a
    /// phone it is a button unless it `is_open`.
    pub fn form_placeholder(&self, heading: &str, is_open: bool) -> Option<Node> {
        let copy = self.0.form_placeholder.get_or_init(|| self.copy(".panel")).as_ref()?;
        // `boot`: with the measures of index.html.
        copy.set_attribute("class", if is_open { "panel boot" } else { "panel closed boot" }).ok()?;
        copy.query_selector("h2").ok()??.set_text_content(Some(heading));
        Some(copy.clone().into())
    }

    /// What looks like the rows of a page until these have come, five of them if they `are_few`, otherwise ten: a copy of what stands
    /// there before the page is drawn.
    pub fn rows_placeholder(&self, are_few: bool) -> Option<Node> {
        let copy = self.0.rows_placeholder.get_or_init(|| self.copy(".boot-rows")).as_ref()?;
        copy.set_attribute("class", if are_few { "boot-rows boot few" } else { "boot-rows boot" }).ok()?;
        Some(copy.clone().into())
    }

    /// A copy of an element of the placeholder.
    fn copy(&self, selector: &str) -> Option<Element> {
        let element = self.0.skeleton.as_ref()?.query_selector(selector).ok()??;
        element.clone_node_with_deep(true).ok()?.dyn_into().ok()
    }

    /// Shows or hides the placeholder that stands there until the page is drawn.
    pub fn show_skeleton(&self, is_shown: bool) {
        if let Some(skeleton) = &self.0.skeleton {
            skeleton.set_hidden(!is_shown);
        }
    }

    /// An element to draw into in the place of `node`, outside of the shadow root; `None` in a document of its own.
    pub fn place(&self, node: &Element) -> Option<Element> {
        self.host().and_then(|host| host.place(node))
    }

    /// The key in the session storage for what a document of its own keeps under `key`: each of several elements has another. Never
    /// inlined: each caller would bring a copy of it to every visitor.
    #[inline(never)]
    pub fn kept_under(&self, key: String) -> String {
        self.host().and_then(|host| host.kept_under(&key)).unwrap_or(key)
    }

    /// Starts the page anew.
    pub fn restart(&self) {
        match self.host() {
            Some(host) => host.restart(),
            None => reload_document(),
        }
    }

    /// Loads the document anew, and with it the newest version of the page's files. The page around an element may prevent that.
    pub fn reload(&self) {
        match self.host() {
            Some(host) => host.reload(),
            None => reload_document(),
        }
    }

    /// Tells the page that the element stands in what has happened to these invitations.
    pub fn tell(&self, event: &str, invitations: Vec<InvitationId>) {
        if let Some(host) = self.host().filter(|_| !invitations.is_empty()) {
            host.tell(event, &invitations.into_iter().map(|id| JsValue::from(id.0)).collect());
        }
    }
}

fn reload_document() {
    let _ = web_sys::window().map(|window| window.location().reload());
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
