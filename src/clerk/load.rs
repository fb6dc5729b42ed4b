//! Getting clerk-js to run: finding it, or fetching it; once; and again, when it failed.

use crate::browser::{after, base_path, is_online, log_error, within};
use crate::clerk::bindings::Clerk;
use crate::clerk::client::Client;
use crate::clerk::components::{Ui, router};
use crate::clerk::reading::{promised, property, set, settled, text, truth};
use crate::config::Config;
use crate::domain::StartFailure;
use js_sys::{Object, Promise};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlScriptElement};

/// As long as Clerk's own loader waits for its script.
const LONGEST_SCRIPT: u32 = 15_000;
/// `load()` asks twice; clerk-js waits 7 s for the client before it starts without.
const LONGEST_LOAD: u32 = 20_000;
/// How long a host page may take to start the instance that it brought, before we do.
const HOST_PAGE_FIRST: u32 = 5_000;
const LOOK_EVERY: u32 = 50;

/// Our mark on a tag. Whoever added the tag is the one to call `load`.
const OUR_MARK: &str = "data-clerk-invitations";
/// Clerk's mark, by which its loaders find a tag.
const CLERK_MARK: &str = "data-clerk-js-script";

/// Starts clerk-js, as often as it takes.
#[derive(Debug, Default)]
pub struct Starter {
    /// A start that has not come to an end: a retry waits for it too, because clerk-js must not be started twice.
    under_way: RefCell<Option<UnderWay>>,
}

#[derive(Clone, Debug)]
struct UnderWay {
    clerk: Clerk,
    client: Client,
    loading: Promise,
}

impl Starter {
    /// Finds a live `window.Clerk`, or loads clerk-js, and starts it.
    ///
    /// # Errors
    /// Why it does not run. Trying again is always safe.
    pub async fn start(&self, config: &Config) -> Result<Client, StartFailure> {
        let clerk = match live()? {
            Some(clerk) => clerk,
            None => fetch(config).await?,
        };
        if let Some(early) = early_start(config, &clerk) {
            self.under_way.replace(Some(early));
        }
        if !is_ours() && !is_loaded(&clerk) {
            within(HOST_PAGE_FIRST, loaded(&clerk)).await;
        }
        if is_loaded(&clerk) && self.under_way.borrow().is_none() {
            return Ok(Client::new(clerk, Ui::default()));
        }
        self.load(config, clerk).await
    }

    async fn load(&self, config: &Config, clerk: Clerk) -> Result<Client, StartFailure> {
        let before = self.under_way.borrow().clone();
        let under_way = match before.filter(|before| before.clerk == clerk) {
            Some(before) => before,
            None => begin(config, clerk)?,
        };
        self.under_way.replace(Some(under_way.clone()));
        match within(LONGEST_LOAD, JsFuture::from(under_way.loading)).await {
            None => Err(StartFailure::TooSlow),
            Some(Ok(_)) => Ok(under_way.client),
            Some(Err(thrown)) => {
                self.under_way.replace(None);
                Err(refused(&thrown))
            }
        }
    }
}

/// The start that `boot.js` made while the wasm was on its way, once: a retry makes its own.
fn early_start(config: &Config, clerk: &Clerk) -> Option<UnderWay> {
    let boot = property(&js_sys::global(), "clerkInvitations");
    let started = property(&boot, "started");
    if !started.is_object() || property(&started, "clerk") != **clerk {
        return None;
    }
    set(&boot, "started", &JsValue::UNDEFINED);
    set(&boot, "go", &router());
    let ui = Ui::handed(config.clerk_ui_url(), property(&started, "bringUi").dyn_into().ok()?);
    let client = Client::new(clerk.clone(), ui);
    Some(UnderWay { clerk: clerk.clone(), client, loading: promised(&property(&started, "loading")) })
}

fn begin(config: &Config, clerk: Clerk) -> Result<UnderWay, StartFailure> {
    let (ui, promise) = Ui::promised(config.clerk_ui_url());
    let loading = clerk.load(&options(config, &promise)).map_err(|thrown| refused(&thrown))?;
    let client = Client::new(clerk.clone(), ui);
    Ok(UnderWay { clerk, client, loading: promised(&loading) })
}

fn refused(thrown: &JsValue) -> StartFailure {
    if !is_online() {
        return StartFailure::Offline;
    }
    let entry =
        crate::clerk::reading::list(&property(thrown, "errors")).unwrap_or_default().into_iter().next();
    let said = entry.and_then(|entry| text(&entry, "longMessage").or_else(|| text(&entry, "message")));
    let said = said.or_else(|| text(thrown, "message")).or_else(|| thrown.as_string()).unwrap_or_default();
    log_error(&["clerk-js did not start: ", &said].concat());
    StartFailure::Refused(said)
}

/// What `Clerk.load` is told. A misspelt key is ignored without a word, so a test holds this and `boot.js` together.
fn options(config: &Config, ui: &Promise) -> JsValue {
    let options: JsValue = Object::new().into();
    let nested = |key: &str, inner: &str, value: &JsValue| {
        let object = Object::new().into();
        set(&object, inner, value);
        set(&options, key, &object);
    };
    nested("ui", "ClerkUI", ui);
    // Without it clerk-js reports success while it is offline.
    nested("experimental", "rethrowOfflineNetworkErrors", &true.into());
    set(&options, "telemetry", &false.into());
    // Clerk's own choice is the root of the site, where another page may be.
    set(&options, "afterSignOutUrl", &base_path().into());
    set(&options, "isSatellite", &config.is_satellite.into());
    let texts = [
        ("domain", &config.domain),
        ("proxyUrl", &config.proxy_url),
        ("signInUrl", &config.sign_in_url),
        ("signUpUrl", &config.sign_up_url),
    ];
    for (key, value) in texts {
        if let Some(value) = value {
            set(&options, key, &value.into());
        }
    }
    let go = router();
    set(&options, "routerPush", &go);
    set(&options, "routerReplace", &go);
    options
}

/// The instance at `window.Clerk`, if there is one.
///
/// Read anew each time: a variable that is read too early holds `undefined` for ever, and a second copy of the
/// script replaces the first instance.
fn live() -> Result<Option<Clerk>, StartFailure> {
    let value = property(&js_sys::global(), "Clerk");
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    if property(&value, "load").is_function() {
        Ok(Some(value.unchecked_into()))
    } else {
        Err(StartFailure::Foreign)
    }
}

async fn fetch(config: &Config) -> Result<Clerk, StartFailure> {
    let script = config.clerk_script();
    let failed = |address: String| {
        if is_online() { StartFailure::Script { address } } else { StartFailure::Offline }
    };
    let tag = match waiting_tag() {
        Some(tag) => tag,
        None => add_script(&script.src, &script.attributes).ok_or_else(|| failed(script.src.clone()))?,
    };
    let address = tag.src();
    arrival(&tag).await.map_err(|_| failed(address.clone()))?;
    live()?.ok_or_else(|| {
        // Something answered in Clerk's place, a hotel's sign-in page for instance. The tag will not load again.
        tag.remove();
        failed(address)
    })
}

fn is_loaded(clerk: &Clerk) -> bool {
    truth(clerk, "loaded")
}

async fn loaded(clerk: &Clerk) {
    while !is_loaded(clerk) {
        after(LOOK_EVERY).await;
    }
}

fn is_ours() -> bool {
    tag_with(&[CLERK_MARK, "][", OUR_MARK].concat()).is_some()
}

fn waiting_tag() -> Option<HtmlScriptElement> {
    tag_with(CLERK_MARK)?.dyn_into().ok()
}

fn tag_with(marks: &str) -> Option<Element> {
    document()?.query_selector(&["script[", marks, "]"].concat()).ok()?
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Adds a script of Clerk's to the page.
pub(super) fn add_script(address: &str, attributes: &[(&str, String)]) -> Option<HtmlScriptElement> {
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

/// Waits until a tag's script has run. One that does not arrive is taken away again: a dead tag would be waited
/// for by the next try.
///
/// # Errors
/// Nothing to say but that it did not arrive.
pub(super) async fn arrival(tag: &HtmlScriptElement) -> Result<(), ()> {
    let event = Promise::new(&mut |fulfil, reject| {
        let _ = tag.add_event_listener_with_callback("load", &fulfil);
        let _ = tag.add_event_listener_with_callback("error", &reject);
    });
    let arrived = matches!(within(LONGEST_SCRIPT, settled(event.into())).await, Some(Ok(_)));
    if arrived {
        return Ok(());
    }
    tag.remove();
    Err(())
}
