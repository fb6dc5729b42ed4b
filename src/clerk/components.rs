//! Clerk's own components, fetched only when one is needed: their bundle is several times the size of this page.

use crate::browser::{address, after, base_path, go_to, query, within};
use crate::clerk::client::Client;
use crate::clerk::error::from_thrown;
use crate::clerk::load::{add_script, arrival};
use crate::clerk::reading::{call, property, set, text};
use crate::domain::view::named;
use crate::domain::{Error, SessionTask};
use js_sys::{Function, Object, Promise};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlScriptElement};

/// A component of Clerk's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Component {
    /// `<SignIn/>`
    SignIn,
    /// `<SignUp/>`
    SignUp,
    /// `<OrganizationSwitcher/>`, open from the start when somebody has just asked for it.
    OrganizationSwitcher {
        /// Is its menu open at once?
        open: bool,
    },
    /// `<UserButton/>`, with its menu open: it takes the place of a button that was just pressed.
    UserButton,
    /// What Clerk wants before the session counts.
    Task(SessionTask),
}

impl Component {
    /// What clerk-js calls it in `mount...` and `unmount...`; `None` for a task that is newer than this page.
    fn name(&self) -> Option<&'static str> {
        Some(match self {
            Self::SignIn => "SignIn",
            Self::SignUp => "SignUp",
            Self::OrganizationSwitcher { .. } => "OrganizationSwitcher",
            Self::UserButton => "UserButton",
            Self::Task(SessionTask::ChooseOrganization) => "TaskChooseOrganization",
            Self::Task(SessionTask::ResetPassword) => "TaskResetPassword",
            Self::Task(SessionTask::SetUpMfa) => "TaskSetupMFA",
            Self::Task(SessionTask::Other(_)) => return None,
        })
    }

    /// Where each leads stays this page, wherever it is deployed: Clerk's default would be the root of the site. A used
    /// ticket leads to the list, not to itself.
    fn props(&self) -> JsValue {
        let props = Object::new().into();
        let here = JsValue::from(if named(&query(), TICKET).is_some() { base_path() } else { address() });
        match self {
            Self::SignIn | Self::SignUp => {
                set(&props, "routing", &"hash".into());
                set(&props, "fallbackRedirectUrl", &here);
                set(&props, "signUpFallbackRedirectUrl", &here);
                set(&props, "signInFallbackRedirectUrl", &here);
            }
            Self::OrganizationSwitcher { open } => {
                set(&props, "hidePersonal", &true.into());
                set(&props, "afterCreateOrganizationUrl", &here);
                set(&props, "afterLeaveOrganizationUrl", &here);
                set(&props, "defaultOpen", &(*open).into());
            }
            Self::UserButton => set(&props, "defaultOpen", &true.into()),
            Self::Task(_) => set(&props, "redirectUrlComplete", &here),
        }
        props
    }
}

/// A mounted component. It goes when this is dropped.
#[derive(Debug)]
pub struct Mounted {
    client: Client,
    name: &'static str,
    node: Element,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = call(&self.client.0.clerk, &["unmount", self.name].concat(), &[&self.node]);
    }
}

/// The parameter by which the link in an invitation's mail carries its ticket.
const TICKET: &str = "__clerk_ticket";
/// How long Clerk may take to draw once its bundle is here: it fetches more of itself.
const LONGEST_DRAWING: u32 = 20_000;
const LOOK_EVERY: u32 = 50;

impl Client {
    /// Draws `component` into `node` and waits until something is there to see.
    ///
    /// # Errors
    /// [`Error::Unreachable`] when the bundle can't be fetched, [`Error::NoAnswer`] when nothing is drawn,
    /// [`Error::Unexpected`] when this clerk-js has no such component.
    pub async fn mount(&self, component: &Component, node: Element) -> Result<Mounted, Error> {
        let name = component.name().ok_or_else(|| Error::Unexpected("unknown task".to_owned()))?;
        // 5.x brings its components along.
        if !text(&self.0.clerk, "version").is_some_and(|version| version.starts_with("5.")) {
            self.0.ui.arrive().await?;
        }
        call(&self.0.clerk, &["mount", name].concat(), &[&node, &component.props()])
            .map_err(|thrown| from_thrown(&thrown))?;
        let mounted = Mounted { client: self.clone(), name, node };
        // clerk-js tells nobody when it has drawn, nor when a part of its bundle did not arrive.
        let drawn = async {
            while mounted.node.child_element_count() == 0 {
                after(LOOK_EVERY).await;
            }
        };
        within(LONGEST_DRAWING, drawn).await.ok_or(Error::NoAnswer)?;
        Ok(mounted)
    }
}

/// Clerk's component bundle, promised to clerk-js at its start and fetched on the first need.
#[derive(Debug, Default)]
pub(super) struct Ui {
    awaited: RefCell<Option<Awaited>>,
    under_way: RefCell<Option<HtmlScriptElement>>,
}

#[derive(Clone, Debug)]
struct Awaited {
    address: String,
    fulfil: Function,
}

impl Ui {
    /// A promise for `Clerk.load({ ui: { ClerkUI } })`, and what keeps it.
    pub(super) fn promised(address: String) -> (Self, Promise) {
        let ui = Self::default();
        let promise = Promise::new(&mut |fulfil, _| {
            ui.awaited.replace(Some(Awaited { address: address.clone(), fulfil }));
        });
        (ui, promise)
    }

    /// The same for a promise that somebody else made.
    pub(super) fn handed(address: String, fulfil: Function) -> Self {
        Self { awaited: RefCell::new(Some(Awaited { address, fulfil })), ..Self::default() }
    }

    /// Fetches the bundle unless it is there. An instance that somebody else started has brought its own.
    async fn arrive(&self) -> Result<(), Error> {
        let awaited = self.awaited.borrow().clone();
        let Some(Awaited { address, fulfil }) = awaited else { return Ok(()) };
        let mut constructor = ui_constructor();
        if constructor.is_none() {
            // Two components may be wanted before the first is here; a second copy would replace the constructor.
            let under_way = self.under_way.borrow().clone();
            let tag = under_way.or_else(|| add_script(&address, &[])).ok_or(Error::Unreachable)?;
            self.under_way.replace(Some(tag.clone()));
            let arrived = arrival(&tag).await;
            self.under_way.replace(None);
            arrived.map_err(|()| Error::Unreachable)?;
            constructor = ui_constructor();
        }
        let constructor =
            constructor.ok_or_else(|| Error::Unexpected("that is not Clerk's bundle".to_owned()))?;
        fulfil.call1(&JsValue::UNDEFINED, &constructor).map_err(|thrown| from_thrown(&thrown))?;
        self.awaited.replace(None);
        Ok(())
    }
}

fn ui_constructor() -> Option<JsValue> {
    Some(property(&js_sys::global(), "__internal_ClerkUICtor")).filter(JsValue::is_function)
}

/// Clerk's components go from page to page through this, without loading the document anew.
///
/// It lives as long as the page does, as clerk-js keeps it.
pub(super) fn router() -> JsValue {
    Closure::<dyn FnMut(JsValue)>::new(|address: JsValue| {
        if let Some(address) = address.as_string() {
            go_to(&address);
        }
    })
    .into_js_value()
}
