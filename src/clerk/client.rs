//! A running clerk-js: who is signed in, the active organization, roles.

use crate::browser::settled;
use crate::clerk::auth_state::{auth_state, has_domains, preferred_role};
use crate::clerk::bindings::{self, Clerk};
use crate::clerk::call::{answer, object, page_of};
use crate::clerk::early_answers::EarlyAnswers;
use crate::clerk::error::from_thrown;
use crate::clerk::js_value::{boolean, call, count, list, property, text};
use crate::clerk::live_invitations::LiveInvitations;
use crate::clerk::raw_answers::RawAnswers;
use crate::clerk::refusals::Refusals;
use crate::clerk::rows::read_role;
use crate::clerk::subscription::Subscription;
use crate::clerk::ui_bundle::UiBundle;
use crate::domain::{AuthState, Error, OrganizationId, Roles};
use js_sys::Map;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Roles asked for at a time. Clerk's default of 10 would cost a second request in many instances.
const ROLES_PER_PAGE: u32 = 100;
/// A role set is short. A wrong `total_count` must not keep the page asking for ever.
const MAX_ROLE_PAGES: u32 = 50;

/// A running clerk-js. Clones are the same one.
#[derive(Clone, Debug)]
pub struct Client(pub(super) Rc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) clerk: Clerk,
    pub(super) ui: UiBundle,
    /// By id, the newest object of each organization that was active: a call that runs during a switch needs the old one.
    organizations: Map,
    pub(super) live_invitations: LiveInvitations,
    pub(super) raw_answers: RawAnswers,
    early_answers: EarlyAnswers,
    pub(super) refusals: Refusals,
    /// Was a degraded start healed, or tried to? If it did not help, each change of clerk-js would repeat it.
    is_healed: Cell<bool>,
}

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Client {
    pub(super) fn new(clerk: Clerk, ui: UiBundle) -> Self {
        let raw_answers = RawAnswers::listen(&clerk);
        Self::with(clerk, ui, raw_answers, EarlyAnswers::default())
    }

    pub(super) fn with(
        clerk: Clerk,
        ui: UiBundle,
        raw_answers: RawAnswers,
        early_answers: EarlyAnswers,
    ) -> Self {
        Self(Rc::new(Inner {
            clerk,
            ui,
            organizations: Map::new(),
            live_invitations: LiveInvitations::default(),
            raw_answers,
            early_answers,
            refusals: Refusals::default(),
            is_healed: Cell::new(false),
        }))
    }

    /// Who is signed in, and in which organization; `None` while clerk-js changes from one to the next. Only reads.
    pub fn auth_state(&self) -> Option<AuthState> {
        auth_state(&self.0.clerk)
    }

    /// Whether people may ask to join the organizations of this application.
    pub fn takes_requests(&self) -> bool {
        has_domains(&self.0.clerk)
    }

    /// Is the user a member of that organization? `true` as well when clerk-js does not know the memberships.
    pub fn is_member(&self, organization: &OrganizationId) -> bool {
        let all = list(&property(&property(&self.0.clerk, "user"), "organizationMemberships"));
        let is_it = |membership: &JsValue| {
            text(&property(membership, "organization"), "id").as_ref() == Some(&organization.0)
        };
        all.map_or(true, |all| all.iter().any(is_it))
    }

    /// Takes up the session that a degraded start has missed, once; `true` when it has begun to.
    ///
    /// A start without an answer from `/client` leaves clerk-js `degraded`: it learns of the session later, but does not
    /// make it the active one by itself (observed with 6.40.0). After `setActive` its listeners hear of the user.
    #[inline(never)] // Cold: see xtask/src/cold_code.
    pub fn heal_degraded_start(&self) -> bool {
        let is_degraded = text(&self.0.clerk, "status").as_deref() == Some("degraded");
        if !is_degraded || self.0.is_healed.get() || self.auth_state() != Some(AuthState::SignedOut) {
            return false;
        }
        let session = text(&property(&self.0.clerk, "client"), "lastActiveSessionId");
        let Some(session) = session else { return false };
        self.0.is_healed.set(true);
        let clerk = self.0.clerk.clone();
        // In a task of its own, because the caller is most often a listener and `setActive` calls the listeners.
        spawn_local(async move {
            if let Ok(promise) = clerk.set_active(&object(&[("session", session.into())])) {
                // Awaited only so that the browser does not report a rejection as a fault of the page.
                let _ = settled(promise).await;
            }
        });
        true
    }

    /// Goes to the sign-in page that clerk-js was told of (`signInUrl`), which leads back here afterwards. Not while a session
    /// is being taken up that a degraded start has missed.
    #[inline(never)] // Cold: see xtask/src/cold_code.
    pub fn redirect_to_sign_in(&self) {
        if self.0.is_healed.get() {
            return;
        }
        let clerk = self.0.clerk.clone();
        // In a task of its own, because the caller is most often a listener.
        spawn_local(async move {
            if let Ok(promise) = clerk.redirect_to_sign_in() {
                let _ = settled(promise).await;
            }
        });
    }

    /// Calls `listener` whenever clerk-js may have changed, also when it has not, until the subscription is dropped.
    /// Remembers each organization that is active meanwhile, for calls that run while another becomes active.
    ///
    /// # Errors
    /// When clerk-js takes no listeners.
    pub fn subscribe(&self, mut listener: impl FnMut() + 'static) -> Result<Subscription, Error> {
        let client = self.clone();
        let listener = move |_| {
            client.remember_organization();
            listener();
        };
        Subscription::new(|function| self.0.clerk.add_listener(function), listener)
            .map_err(|thrown| from_thrown(&thrown))
    }

    /// Has `listener` hear why a switch to another organization has failed, until the subscription is dropped: Clerk's switcher
    /// says nothing of that. `None` where `boot.js` does not watch the switches.
    pub fn watch_switches(&self, listener: impl Fn(Error) + 'static) -> Option<Subscription> {
        let boot = property(&js_sys::global(), "clerkInvitations");
        let watch = |function: &JsValue| call(&boot, "watchSwitches", &[function]);
        let told = move |thrown: JsValue| match thrown.is_undefined() {
            true => listener(Error::NoAnswer),
            false => listener(from_thrown(&thrown)),
        };
        Subscription::new(watch, told).ok()
    }

    /// Makes an organization the active one.
    ///
    /// # Errors
    /// What Clerk refuses with; the old organization is then still active.
    pub async fn set_active(&self, organization: &OrganizationId) -> Result<(), Error> {
        let parameters = object(&[("organization", organization.0.as_str().into())]);
        answer(self.0.clerk.set_active(&parameters)).await.map(drop)
    }

    /// All roles that can be given in an organization.
    ///
    /// # Errors
    /// What Clerk refuses with, and [`Error::Unexpected`] for an answer that is no list of roles.
    pub async fn roles(&self, organization: &OrganizationId) -> Result<Roles, Error> {
        let live = self.organization(organization)?;
        let mut roles = Roles { preferred: preferred_role(&self.0.clerk), ..Roles::default() };
        for page in 1..=MAX_ROLE_PAGES {
            let parameters = page_of(page, ROLES_PER_PAGE);
            let called = self.early("getRoles", organization, &parameters);
            let called = called.map_or_else(|| live.get_roles(&parameters), Ok);
            let listed = answer(called).await?;
            let rows = list(&property(&listed, "data"))?;
            roles.all.extend(rows.iter().filter_map(read_role));
            roles.migrating |= boolean(&listed, "has_role_set_migration");
            let total = count(&listed, "total_count").unwrap_or(0);
            if rows.is_empty() || u64::from(page) * u64::from(ROLES_PER_PAGE) >= total {
                break;
            }
        }
        Ok(roles)
    }

    /// The live object of an organization that is active or was: the newest one, because its answers update what clerk-js
    /// tells its listeners.
    ///
    /// # Errors
    /// [`Error::Moved`] when it was never active.
    pub(super) fn organization(&self, id: &OrganizationId) -> Result<bindings::Organization, Error> {
        self.remember_organization();
        let known = self.0.organizations.get(&JsValue::from_str(&id.0));
        if known.is_undefined() { Err(Error::Moved) } else { Ok(known.unchecked_into()) }
    }

    /// The promise of the answer to a call of this method of the organization, if `boot.js` has made this very call.
    pub(super) fn early(
        &self,
        method: &str,
        organization: &OrganizationId,
        parameters: &JsValue,
    ) -> Option<JsValue> {
        let session = property(&property(&self.0.clerk, "session"), "id");
        self.0.early_answers.take(method, &session, &organization.0, parameters)
    }

    /// Keeps the object of the active organization.
    fn remember_organization(&self) {
        let active = property(&self.0.clerk, "organization");
        if let Some(id) = text(&active, "id") {
            self.0.organizations.set(&JsValue::from_str(&id), &active);
        }
    }
}
