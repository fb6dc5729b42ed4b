//! Starts clerk-js: finds the instance in the page or fetches the script, calls `load` once, and again after a failure.

use crate::browser::{Mount, is_blocked_by_policy, is_online, log_error, promised, sleep, timeout};
use crate::clerk::bindings::Clerk;
use crate::clerk::call::object;
use crate::clerk::client::Client;
use crate::clerk::early_answers::EarlyAnswers;
use crate::clerk::error::from_thrown;
use crate::clerk::js_value::{boolean, call, list, property, set, text};
use crate::clerk::raw_answers::RawAnswers;
use crate::clerk::router::router;
use crate::clerk::script::{add_script, arrival, clerk_tag, is_ours};
use crate::clerk::ui_bundle::UiBundle;
use crate::config::Config;
use crate::domain::{Error, StartFailure};
use js_sys::Promise;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// How long `load()` may take, in milliseconds: it asks twice, and clerk-js waits 7 s for the client before it starts without.
const LOAD_TIMEOUT: u32 = 20_000;
/// How long a host page may take to start the instance that it brought, in milliseconds. Then this page starts it.
const HOST_PAGE_TIMEOUT: u32 = 5_000;
/// Milliseconds between two looks at whether it has.
const POLL_INTERVAL: u32 = 50;

/// Starts clerk-js, once for all pages in the document. A start that failed can be tried again.
#[derive(Debug, Default)]
pub struct Starter {
    /// The start that is under way or has succeeded. A retry and another page wait for it too, because clerk-js must not be
    /// started twice; nor may its listeners, of which some can't be ended, become more with each page.
    under_way: RefCell<Option<UnderWay>>,
}

#[derive(Clone, Debug)]
struct UnderWay {
    clerk: Clerk,
    client: Client,
    loading: Promise,
}

impl PartialEq for Starter {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Starter {
    /// Finds a live `window.Clerk`, or loads clerk-js, and starts it.
    ///
    /// # Errors
    /// Why clerk-js does not run. Trying again is always safe.
    pub async fn start(&self, config: &Config, mount: &Mount) -> Result<Client, StartFailure> {
        let clerk = match live()? {
            Some(clerk) => clerk,
            None => fetch(config).await?,
        };
        if let Some(early) = early_start(config, &clerk, mount) {
            self.under_way.replace(Some(early));
        }
        if !is_ours() && !is_loaded(&clerk) {
            timeout(HOST_PAGE_TIMEOUT, loaded(&clerk)).await;
        }
        let before = self.under_way.borrow().clone();
        let under_way = match before.filter(|before| before.clerk == clerk) {
            Some(before) => before,
            None if is_loaded(&clerk) => {
                let client = Client::new(clerk.clone(), UiBundle::default());
                UnderWay { clerk, client, loading: promised(&JsValue::UNDEFINED) }
            }
            None => begin(config, clerk, mount)?,
        };
        self.under_way.replace(Some(under_way.clone()));
        match timeout(LOAD_TIMEOUT, JsFuture::from(under_way.loading)).await {
            None => Err(StartFailure::TooSlow),
            Some(Ok(_)) => Ok(under_way.client),
            Some(Err(thrown)) => {
                self.under_way.replace(None);
                Err(refused(config, &thrown))
            }
        }
    }
}

/// The start that `boot.js` has made while the wasm was being fetched. It is taken only once: a retry makes its own.
fn early_start(config: &Config, clerk: &Clerk, mount: &Mount) -> Option<UnderWay> {
    let boot = property(&js_sys::global(), "clerkInvitations");
    let started = property(&boot, "started");
    if !started.is_object() || property(&started, "clerk") != **clerk {
        return None;
    }
    set(&boot, "started", &JsValue::UNDEFINED);
    set(&boot, "go", &router(mount.clone()));
    let ui =
        UiBundle::promised_by_boot(config.clerk_ui_url(), property(&started, "bringUi").dyn_into().ok()?);
    let loading = promised(&property(&started, "loading"));
    let raw_answers = RawAnswers::heard_by_boot(&boot, &started);
    let client = Client::with(clerk.clone(), ui, raw_answers, EarlyAnswers::of(started));
    Some(UnderWay { clerk: clerk.clone(), client, loading })
}

fn begin(config: &Config, clerk: Clerk, mount: &Mount) -> Result<UnderWay, StartFailure> {
    let (ui, promise) = UiBundle::promise(config.clerk_ui_url());
    // Without it clerk-js would believe any answer, and its switcher fail in silence: no reason not to start.
    let _ = call(&property(&js_sys::global(), "clerkInvitations"), "guardSession", &[&clerk]);
    let loading = clerk.load(&options(config, &promise, mount)).map_err(|thrown| refused(config, &thrown))?;
    let client = Client::new(clerk.clone(), ui);
    Ok(UnderWay { clerk, client, loading: promised(&loading) })
}

fn refused(config: &Config, thrown: &JsValue) -> StartFailure {
    if !is_online() {
        return StartFailure::Offline;
    }
    if is_blocked_by_policy(&config.base()) {
        return StartFailure::Policy { address: config.base() };
    }
    let entry = list(&property(thrown, "errors")).unwrap_or_default().into_iter().next();
    let said = entry.and_then(|entry| text(&entry, "longMessage").or_else(|| text(&entry, "message")));
    let said = said.or_else(|| text(thrown, "message")).or_else(|| thrown.as_string()).unwrap_or_default();
    log_error(&["clerk-js did not start: ", &said].concat());
    match from_thrown(thrown) {
        // None of these has to do with the key.
        error @ (Error::TooMany { .. } | Error::Failing { .. } | Error::Unreachable | Error::SignedOut) => {
            StartFailure::Failed(error)
        }
        _ => StartFailure::Refused(said),
    }
}

/// The options for `Clerk.load`. clerk-js ignores a misspelt key silently, so a test compares these with those of `boot.js`.
fn options(config: &Config, ui: &Promise, mount: &Mount) -> JsValue {
    let go = router(mount.clone());
    let options = object(&[
        ("ui", object(&[("ClerkUI", ui.clone().into())])),
        // Without it clerk-js reports success while it is offline.
        ("experimental", object(&[("rethrowOfflineNetworkErrors", true.into())])),
        ("telemetry", false.into()),
        // Clerk's default is the root of the site, where another page may be.
        ("afterSignOutUrl", mount.start_address().into()),
        ("isSatellite", config.is_satellite.into()),
        ("routerPush", go.clone()),
        ("routerReplace", go),
    ]);
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
    options
}

/// The instance at `window.Clerk`, if there is one.
///
/// It is read anew each time: it may not be there yet, and another script may put another one there.
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
    let failed = |address: String| match is_online() {
        false => StartFailure::Offline,
        true if is_blocked_by_policy(&address) => StartFailure::Policy { address },
        true => StartFailure::Script { address },
    };
    let tag = match clerk_tag() {
        Some(tag) => tag,
        None => add_script(&script.src, &script.attributes).ok_or_else(|| failed(script.src.clone()))?,
    };
    let address = tag.src();
    arrival(&tag).await.map_err(|_| failed(address.clone()))?;
    live()?.ok_or_else(|| {
        // Something else answered in Clerk's place, for example a hotel's sign-in page. The tag will not load again.
        tag.remove();
        failed(address)
    })
}

fn is_loaded(clerk: &Clerk) -> bool {
    boolean(clerk, "loaded")
}

async fn loaded(clerk: &Clerk) {
    while !is_loaded(clerk) {
        sleep(POLL_INTERVAL).await;
    }
}
