//! Clerk's own components: what each is called, what it is told, and mounting it.

use crate::accept::{STATUS, TICKET};
use crate::browser::{Mount, document_query, sleep, timeout};
use crate::clerk::call::object;
use crate::clerk::client::Client;
use crate::clerk::error::from_thrown;
use crate::clerk::js_value::{call, set, text};
use crate::domain::query_string::named;
use crate::domain::{Error, SessionTask};
use js_sys::Object;
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// One of Clerk's components.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Component {
    /// `<SignIn/>`
    SignIn,
    /// `<SignUp/>`
    SignUp,
    /// `<OrganizationSwitcher/>`, with its menu open: it takes the place of a button that the viewer has just pressed.
    OrganizationSwitcher,
    /// `<UserButton/>`, with its menu open for the same reason.
    UserButton,
    /// The step that Clerk wants before the session is active.
    Task(SessionTask),
}

impl Component {
    /// What clerk-js calls it in `mount...` and `unmount...`; `None` for a task that is newer than this page.
    fn name(&self) -> Option<&'static str> {
        Some(match self {
            Self::SignIn => "SignIn",
            Self::SignUp => "SignUp",
            Self::OrganizationSwitcher => "OrganizationSwitcher",
            Self::UserButton => "UserButton",
            Self::Task(SessionTask::ChooseOrganization) => "TaskChooseOrganization",
            Self::Task(SessionTask::ResetPassword) => "TaskResetPassword",
            Self::Task(SessionTask::SetUpMfa) => "TaskSetupMFA",
            Self::Task(SessionTask::Other(_)) => return None,
        })
    }

    /// Leads the user back to this page, wherever it is: Clerk's default is the root of the site.
    fn props(&self, mount: &Mount) -> JsValue {
        let props = Object::new().into();
        let here = JsValue::from(mount.return_address());
        match self {
            Self::SignIn | Self::SignUp => {
                // The ticket of an invitation's link is used up then.
                let has_ticket = named(&document_query(), TICKET).is_some();
                let here = if has_ticket { after_ticket(mount) } else { here };
                set(&props, "routing", &"hash".into());
                set(&props, "fallbackRedirectUrl", &here);
                set(&props, "signUpFallbackRedirectUrl", &here);
                set(&props, "signInFallbackRedirectUrl", &here);
            }
            Self::OrganizationSwitcher => {
                set(&props, "hidePersonal", &true.into());
                set(&props, "afterCreateOrganizationUrl", &here);
                set(&props, "afterLeaveOrganizationUrl", &here);
                set(&props, "defaultOpen", &true.into());
            }
            Self::UserButton => set(&props, "defaultOpen", &true.into()),
            Self::Task(_) => set(&props, "redirectUrlComplete", &here),
        }
        props
    }
}

/// One of Clerk's own dialogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// About the active organization, at its members.
    Members,
    /// About the account of the person who is signed in, with its addresses.
    Account,
}

/// Why a component could not be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum MountError {
    /// The host page has started clerk-js without Clerk's components. Another try would not help.
    NoComponents,
    /// It went wrong this time.
    Failed(Error),
}

impl From<Error> for MountError {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// A mounted component, which is unmounted on drop.
#[derive(Debug)]
pub struct Mounted {
    client: Client,
    name: &'static str,
    /// What clerk-js draws into.
    node: Element,
    /// Whether that was made for the component, outside of the page's shadow root.
    is_own: bool,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = call(&self.client.0.clerk, &["unmount", self.name].concat(), &[&self.node]);
        if self.is_own {
            self.node.remove();
        }
    }
}

/// Where an invitee goes whose ticket Clerk has taken. Whether it has, is found out there.
fn after_ticket(mount: &Mount) -> JsValue {
    mount.address_below(&["accept?", STATUS, "=complete"].concat()).into()
}

/// The page of the members in Clerk's dialog about an organization.
const MEMBERS: &str = "/organization-members";

/// How long Clerk may take to draw once its bundle is here, in milliseconds: it fetches further parts then.
const DRAWING_TIMEOUT: u32 = 20_000;
/// Milliseconds between two looks at whether Clerk has drawn.
const POLL_INTERVAL: u32 = 50;

impl Client {
    /// Draws `component` in the place of `node`, which is in the document, and waits until it shows something or is taken away.
    ///
    /// Clerk's components write their styles into the document, which do not reach into a shadow root: there clerk-js draws into an
    /// element outside of it.
    ///
    /// # Errors
    /// [`MountError::NoComponents`] when the host page has started clerk-js without them; else [`Error::Unreachable`] when the
    /// bundle can't be fetched, [`Error::NoAnswer`] when nothing is drawn, [`Error::Unexpected`] when this clerk-js has no such
    /// component.
    pub async fn mount(&self, component: &Component, node: Element) -> Result<Mounted, MountError> {
        let name = component.name().ok_or_else(|| Error::Unexpected("unknown task".to_owned()))?;
        self.bring_components().await?;
        let mount =
            Mount::around(Some(&node)).ok_or_else(|| Error::Unexpected("not in a page".to_owned()))?;
        let own = mount.place(&node);
        let is_own = own.is_some();
        let mounted = Mounted { client: self.clone(), name, node: own.unwrap_or(node), is_own };
        let mounting =
            call(&self.0.clerk, &["mount", name].concat(), &[&mounted.node, &component.props(&mount)]);
        mounting.map_err(|thrown| self.mount_error(&thrown))?;
        // clerk-js reports neither that it has drawn nor that a part of its bundle did not arrive.
        let drawn = async {
            while mounted.node.is_connected() && mounted.node.child_element_count() == 0 {
                sleep(POLL_INTERVAL).await;
            }
        };
        timeout(DRAWING_TIMEOUT, drawn).await.ok_or(Error::NoAnswer)?;
        Ok(mounted)
    }

    /// Opens one of Clerk's own dialogs. `texts` is the address of Clerk's texts in the reader's language, see
    /// [`Client::localize`].
    ///
    /// # Errors
    /// The same as of [`Client::mount`].
    pub async fn open(&self, dialog: Dialog, texts: Option<&str>) -> Result<(), MountError> {
        self.bring_components().await?;
        if let Some(texts) = texts {
            self.localize(texts).await;
        }
        let (method, props) = match dialog {
            Dialog::Members => {
                ("openOrganizationProfile", object(&[("__experimental_startPath", MEMBERS.into())]))
            }
            Dialog::Account => ("openUserProfile", object(&[])),
        };
        call(&self.0.clerk, method, &[&props]).map(drop).map_err(|thrown| self.mount_error(&thrown))
    }

    /// Fetches the bundle of the components, unless it is there.
    async fn bring_components(&self) -> Result<(), Error> {
        if self.has_own_components() { Ok(()) } else { self.0.ui.arrive().await }
    }

    /// clerk-js 5.x brings its components along.
    fn has_own_components(&self) -> bool {
        text(&self.0.clerk, "version").is_some_and(|version| version.starts_with("5."))
    }

    fn mount_error(&self, thrown: &JsValue) -> MountError {
        match self.has_own_components() || self.0.ui.is_ours {
            true => MountError::Failed(from_thrown(thrown)),
            false => MountError::NoComponents,
        }
    }
}
