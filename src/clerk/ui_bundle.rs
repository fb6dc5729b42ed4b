//! The bundle of Clerk's own components, promised to clerk-js at its start and fetched on the first need: it is several
//! times the size of this page.

use crate::clerk::error::from_thrown;
use crate::clerk::js_value::property;
use crate::clerk::script::{add_script, arrival};
use crate::domain::Error;
use js_sys::{Function, Promise};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::HtmlScriptElement;

/// The promise of the bundle. The default promises nothing: an instance that the host page has started brings its own.
#[derive(Debug, Default)]
pub struct UiBundle {
    /// Whether this page has promised the bundle.
    pub is_ours: bool,
    promised: RefCell<Option<Promised>>,
    loading: RefCell<Option<HtmlScriptElement>>,
}

#[derive(Clone, Debug)]
struct Promised {
    address: String,
    fulfil: Function,
}

impl UiBundle {
    /// A promise for `Clerk.load({ ui: { ClerkUI } })`, with the bundle at `address` that will fulfil it.
    pub fn promise(address: String) -> (Self, Promise) {
        let bundle = Self { is_ours: true, ..Self::default() };
        let promise = Promise::new(&mut |fulfil, _| {
            bundle.promised.replace(Some(Promised { address: address.clone(), fulfil }));
        });
        (bundle, promise)
    }

    /// The bundle for a promise that `boot.js` has already given clerk-js.
    pub fn promised_by_boot(address: String, fulfil: Function) -> Self {
        Self { is_ours: true, promised: RefCell::new(Some(Promised { address, fulfil })), ..Self::default() }
    }

    /// Fetches the bundle, unless it is there, and fulfils the promise.
    ///
    /// # Errors
    /// [`Error::Unreachable`] when it does not arrive, [`Error::Unexpected`] when something else arrives.
    pub async fn arrive(&self) -> Result<(), Error> {
        let promised = self.promised.borrow().clone();
        let Some(Promised { address, fulfil }) = promised else { return Ok(()) };
        let mut constructor = constructor();
        if constructor.is_none() {
            self.fetch(&address).await?;
            constructor = self::constructor();
        }
        let constructor =
            constructor.ok_or_else(|| Error::Unexpected("that is not Clerk's bundle".to_owned()))?;
        fulfil.call1(&JsValue::UNDEFINED, &constructor).map_err(|thrown| from_thrown(&thrown))?;
        self.promised.replace(None);
        Ok(())
    }

    /// Two components may be wanted before the first is here. They share one tag: a second copy of the bundle would
    /// replace the constructor.
    async fn fetch(&self, address: &str) -> Result<(), Error> {
        let loading = self.loading.borrow().clone();
        let tag = loading.or_else(|| add_script(address, &[])).ok_or(Error::Unreachable)?;
        self.loading.replace(Some(tag.clone()));
        let arrived = arrival(&tag).await;
        self.loading.replace(None);
        arrived.map_err(|_| Error::Unreachable)
    }
}

/// The constructor that the bundle leaves in the global object.
fn constructor() -> Option<JsValue> {
    Some(property(&js_sys::global(), "__internal_ClerkUICtor")).filter(JsValue::is_function)
}
