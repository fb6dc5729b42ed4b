//! clerk-js, running: what it can be asked.

use crate::browser::{address_key, after, is_online, log_warning, within};
use crate::clerk::bindings::{self, Clerk};
use crate::clerk::components::Ui;
use crate::clerk::error::from_thrown;
use crate::clerk::presence::{preferred_role, presence};
use crate::clerk::reading::{call, count, list, needed_text, property, set, settled, text, time, truth};
use crate::clerk::subscription::Subscription;
use crate::domain::batch::Service;
use crate::domain::directory::{Member, Registry};
use crate::domain::sending::{MOST_PAGES, MOST_ROWS};
use crate::domain::{
    Email, Error, Invitation, InvitationId, Invitations, OrganizationId, Permission, Place, Presence,
    Problem, Reason, Rights, Role, RoleKey, Roles, Status,
};
use js_sys::{Array, Map, Object};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// clerk-js retries reads for about 36 s before it gives up (observed with 6.40.0); behind that nothing will come.
const LONGEST_CALL: u32 = 45_000;
/// Roles asked for at a time. Clerk's default of 10 would cost a second request in many instances.
const ROLES_PER_PAGE: u32 = 100;
/// How often a list that changes meanwhile is walked through for one invitation.
const MOST_WALKS: u32 = 3;
/// More than any two answers hold.
const MOST_LEFT_OUT: u32 = 2_000;
/// A role set is short. A count that says otherwise must not keep us asking for ever.
const MOST_ROLE_PAGES: u32 = 50;

/// A running clerk-js. Clones are the same one.
#[derive(Clone, Debug)]
pub struct Client(pub(super) Rc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) clerk: Clerk,
    pub(super) ui: Ui,
    /// The newest object of each organization that was active, by id: calls in flight during a switch need the old one.
    organizations: Map,
    /// clerk-js revokes through the invitation object that it handed out. By id: that object; for what was met on the way
    /// through a whole list only the question whose answer had it, because thousands of objects would be too many.
    invitations: Map,
    /// The objects of the answer that was last asked for once more.
    lent: RefCell<Vec<JsValue>>,
    /// What clerk-js leaves out of the invitations that it hands out ([`hear_answers`]), by id, until it was read.
    left_out: Map,
    /// A degraded start is healed once: what does not help would be repeated on every emit.
    is_healed: Cell<bool>,
}

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Client {
    pub(super) fn new(clerk: Clerk, ui: Ui) -> Self {
        let left_out = Map::new();
        hear_answers(&clerk, left_out.clone());
        Self(Rc::new(Inner {
            clerk,
            ui,
            organizations: Map::new(),
            invitations: Map::new(),
            lent: RefCell::default(),
            left_out,
            is_healed: Cell::new(false),
        }))
    }

    /// Who is there; `None` while clerk-js is under way from one to the next.
    pub fn presence(&self) -> Option<Presence> {
        let presence = presence(&self.0.clerk);
        if let Some(Presence::In(place)) = &presence {
            let live = property(&self.0.clerk, "organization");
            self.0.organizations.set(&key(&place.organization.id.0), &live);
        }
        if presence == Some(Presence::SignedOut) {
            self.heal();
        }
        presence
    }

    /// Is the person in that organization, as far as is known?
    pub fn is_member(&self, organization: &OrganizationId) -> bool {
        let all = list(&property(&property(&self.0.clerk, "user"), "organizationMemberships"));
        let is_it = |membership: &JsValue| {
            text(&property(membership, "organization"), "id").as_ref() == Some(&organization.0)
        };
        all.map_or(true, |all| all.iter().any(is_it))
    }

    /// Why a page that somebody was at is no longer there.
    pub fn why_left(&self, place: &Place) -> Error {
        match self.presence() {
            Some(Presence::SignedOut) => Error::SignedOut,
            Some(Presence::In(now))
                if now.organization.id == place.organization.id
                    && now.membership.rights != Rights::Manage =>
            {
                Error::of(Reason::NoPermission)
            }
            _ => Error::Moved,
        }
    }

    /// A start without an answer from `/client` leaves clerk-js `degraded`: it learns of the session later, and does
    /// not take it up by itself (observed with 6.40.0). Once it is told to, its listeners hear who is there.
    fn heal(&self) {
        let session = text(&property(&self.0.clerk, "client"), "lastActiveSessionId");
        let is_degraded = text(&self.0.clerk, "status").as_deref() == Some("degraded");
        let Some(session) = session.filter(|_| is_degraded && !self.0.is_healed.replace(true)) else {
            return;
        };
        if let Ok(promise) = self.0.clerk.set_active(&object(&[("session", session.into())])) {
            // Nobody waits for it, but a rejection that nobody sees would be reported as a fault of the page.
            spawn_local(async { drop(settled(promise).await) });
        }
    }

    /// Calls `listener` whenever something may have changed, also when nothing did, until dropped.
    ///
    /// # Errors
    /// When clerk-js takes no listeners.
    pub fn subscribe(&self, listener: impl FnMut() + 'static) -> Result<Subscription, Error> {
        Subscription::new(|function| self.0.clerk.add_listener(function), listener)
            .map_err(|thrown| from_thrown(&thrown))
    }

    /// Makes an organization the active one.
    ///
    /// # Errors
    /// Clerk's, when it refuses; the old one is then still active.
    pub async fn set_active(&self, organization: &OrganizationId) -> Result<(), Error> {
        let parameters = object(&[("organization", organization.0.as_str().into())]);
        answer(self.0.clerk.set_active(&parameters)).await.map(drop)
    }

    /// All roles that can be given in an organization.
    ///
    /// # Errors
    /// Clerk's, and [`Error::Unexpected`] for an answer that is no list of roles.
    pub async fn roles(&self, organization: &OrganizationId) -> Result<Roles, Error> {
        let live = self.organization(organization)?;
        let mut roles = Roles { preferred: preferred_role(&self.0.clerk), ..Roles::default() };
        for page in 1..=MOST_ROLE_PAGES {
            let listed = answer(live.get_roles(&page_of(page, ROLES_PER_PAGE))).await?;
            let rows = list(&property(&listed, "data"))?;
            // A role without a key can't be given; the others still can.
            roles.all.extend(rows.iter().filter_map(read_role));
            roles.migrating |= truth(&listed, "has_role_set_migration");
            let total = count(&listed, "total_count").unwrap_or(0);
            if rows.is_empty() || u64::from(page) * u64::from(ROLES_PER_PAGE) >= total {
                break;
            }
        }
        Ok(roles)
    }

    /// The invitations of an organization.
    pub fn invitations(&self, organization: &OrganizationId) -> OrganizationInvitations {
        OrganizationInvitations { client: self.clone(), organization: organization.clone() }
    }

    fn organization(&self, id: &OrganizationId) -> Result<bindings::Organization, Error> {
        // The newest object first: its answers update what clerk-js tells its listeners.
        let active = property(&self.0.clerk, "organization");
        if text(&active, "id").as_ref() == Some(&id.0) {
            return Ok(active.unchecked_into());
        }
        let known = self.0.organizations.get(&key(&id.0));
        if known.is_undefined() { Err(Error::Moved) } else { Ok(known.unchecked_into()) }
    }
}

/// The invitations of one organization, whichever is active.
#[derive(Clone, Debug, PartialEq)]
pub struct OrganizationInvitations {
    client: Client,
    organization: OrganizationId,
}

impl OrganizationInvitations {
    /// Reads an invitation, with what clerk-js left out of it.
    fn read(&self, live: &JsValue) -> Option<Invitation> {
        let read = read_invitation(live).map(|invitation| {
            let key = key(&invitation.id.0);
            let left_out = self.client.0.left_out.get(&key);
            self.client.0.left_out.delete(&key);
            Invitation { expires: time(&left_out, "expires_at"), url: text(&left_out, "url"), ..invitation }
        });
        read.inspect_err(|error| log_warning(&["an invitation can't be read: ", &error.to_string()].concat()))
            .ok()
    }

    /// Reads an invitation and keeps its live object, which can revoke it.
    fn keep(&self, live: &JsValue) -> Option<Invitation> {
        let invitation = self.read(live)?;
        self.client.0.invitations.set(&key(&invitation.id.0), live);
        Some(invitation)
    }

    /// Reads an invitation and keeps by which question its live object can be had again.
    fn read_of(&self, live: &JsValue, question: &JsValue) -> Option<Invitation> {
        let (invitation, kept) = (self.read(live)?, &self.client.0.invitations);
        let key = key(&invitation.id.0);
        if !is_live(&kept.get(&key)) {
            kept.set(&key, question);
        }
        Some(invitation)
    }

    /// The live object of an invitation. One that was not kept is looked for where it was met, then among all pending ones.
    async fn live(&self, id: &InvitationId) -> Result<bindings::Invitation, Error> {
        let kept = self.client.0.invitations.get(&key(&id.0));
        if is_live(&kept) {
            return Ok(kept.unchecked_into());
        }
        let of_id = |row: &&JsValue| text(row, "id").as_ref() == Some(&id.0);
        if let Some(found) = self.client.0.lent.borrow().iter().find(of_id) {
            return Ok(found.clone().unchecked_into());
        }
        let live = self.client.organization(&self.organization)?;
        let ask = async |question: &JsValue| {
            let (listed, total) = data(&answer(live.get_invitations(question)).await?)?;
            let (found, is_empty) = (listed.iter().find(of_id).cloned(), listed.is_empty());
            self.client.0.lent.replace(listed);
            Ok::<_, Error>((found.map(JsCast::unchecked_into), total, is_empty))
        };
        if kept.is_object()
            && let (Some(found), ..) = ask(&kept).await?
        {
            return Ok(found);
        }
        for _ in 0..MOST_WALKS {
            let (mut first, mut is_steady) = (None, true);
            for page in 1..=MOST_PAGES {
                let question = page_of(page, MOST_ROWS);
                set(&question, "status", &Array::of1(&Status::Pending.word().into()));
                let (found, total, is_empty) = ask(&question).await?;
                if let Some(found) = found {
                    return Ok(found);
                }
                is_steady &= *first.get_or_insert(total) == total;
                if is_empty || u64::from(page) * u64::from(MOST_ROWS) >= total {
                    break;
                }
            }
            // Where others have left meanwhile, it may have slipped to a page that was looked at before.
            if is_steady {
                break;
            }
        }
        Err(Error::Refused(vec![Problem::new("organization_invitation_not_found", None, "")]))
    }
}

/// Can it be revoked?
fn is_live(kept: &JsValue) -> bool {
    property(kept, "revoke").is_function()
}

/// Notes of each answer what clerk-js leaves out of the invitations in it: when they expire, and their link. Where it does
/// not let us listen (`getFapiClient().onAfterResponse`: 5.x and 6.x have it, their types do not) that stays unknown.
fn hear_answers(clerk: &Clerk, left_out: Map) {
    let listener = Closure::<dyn FnMut(JsValue, JsValue)>::new(move |request, answer| {
        let is_about = |path: String| path.split('/').any(|part| part == "invitations");
        if !text(&request, "path").is_some_and(is_about) {
            return;
        }
        let response = property(&property(&answer, "payload"), "response");
        // A page of a list, the bare list of a call for many, or a single one.
        let rows = list(&property(&response, "data")).or_else(|_| list(&response));
        // What nobody has read by now was in an answer that nobody waited for.
        if left_out.size() > MOST_LEFT_OUT {
            left_out.clear();
        }
        for row in rows.unwrap_or_else(|_| vec![response]) {
            left_out.set(&property(&row, "id"), &row);
        }
    });
    let _ = call(clerk, "getFapiClient", &[])
        .and_then(|client| call(&client, "onAfterResponse", &[&listener.into_js_value()]));
}

impl Service for OrganizationInvitations {
    async fn invite_many(&self, emails: &[Email], role: &RoleKey) -> Result<Vec<Invitation>, Error> {
        let addresses: Array = emails.iter().map(|email| JsValue::from_str(email.as_str())).collect();
        let parameters = object(&[("emailAddresses", addresses.into()), ("role", role.0.as_str().into())]);
        let live = self.client.organization(&self.organization)?;
        let rows = list(&answer(live.invite_members(&parameters)).await?)?;
        Ok(rows.iter().filter_map(|row| self.keep(row)).collect())
    }

    async fn second(&self) {
        after(1000).await;
    }

    fn is_connected(&self) -> bool {
        is_online()
    }
}

impl Registry for OrganizationInvitations {
    async fn members(&self, page: u32, rows: u32) -> Result<(Vec<Member>, u64), Error> {
        let live = self.client.organization(&self.organization)?;
        let (listed, total) = data(&answer(live.get_memberships(&page_of(page, rows))).await?)?;
        Ok((listed.iter().filter_map(read_member).collect(), total))
    }
}

impl Invitations for OrganizationInvitations {
    async fn invite(&self, email: &Email, role: &RoleKey) -> Result<Invitation, Error> {
        let parameters = object(&[("emailAddress", email.as_str().into()), ("role", role.0.as_str().into())]);
        let live = self.client.organization(&self.organization)?;
        let invited = answer(live.invite_member(&parameters)).await?;
        // Offline, clerk-js resolves with an empty object. Only an id and the same address prove anything.
        self.keep(&invited).filter(|invitation| email.key() == invitation.email_key).ok_or(Error::Unproved)
    }

    async fn revoke(&self, id: &InvitationId) -> Result<Invitation, Error> {
        let live = self.live(id).await?;
        let revoked = answer(live.unchecked_ref::<bindings::Invitation>().revoke()).await?;
        // Offline, clerk-js resolves with the invitation still pending.
        self.read(&revoked)
            .filter(|invitation| invitation.id == *id && invitation.status == Status::Revoked)
            .ok_or(Error::Unproved)
    }

    async fn list(&self, statuses: &[Status], page: u32, rows: u32) -> Result<(Vec<Invitation>, u64), Error> {
        let parameters = page_of(page, rows);
        // Without the key Clerk leaves none out.
        if !statuses.is_empty() {
            let words: Array = statuses.iter().map(|status| JsValue::from_str(status.word())).collect();
            set(&parameters, "status", &words);
        }
        let live = self.client.organization(&self.organization)?;
        let (listed, total) = data(&answer(live.get_invitations(&parameters)).await?)?;
        let read = |row| if rows < MOST_ROWS { self.keep(row) } else { self.read_of(row, &parameters) };
        Ok((listed.iter().filter_map(read).collect(), total))
    }
}

fn key(id: &str) -> JsValue {
    JsValue::from_str(id)
}

/// Waits for the answer to a call, but not for ever.
async fn answer(called: Result<JsValue, JsValue>) -> Result<JsValue, Error> {
    let promise = called.map_err(|thrown| from_thrown(&thrown))?;
    match within(LONGEST_CALL, settled(promise)).await {
        Some(Ok(value)) => Ok(value),
        Some(Err(thrown)) => Err(from_thrown(&thrown)),
        None => Err(Error::NoAnswer),
    }
}

fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new().into();
    properties.iter().for_each(|(key, value)| set(&object, key, value));
    object
}

fn page_of(page: u32, rows: u32) -> JsValue {
    object(&[("initialPage", page.into()), ("pageSize", rows.into())])
}

/// The rows of a page, and how many there are in all.
fn data(listed: &JsValue) -> Result<(Vec<JsValue>, u64), Error> {
    let total =
        count(listed, "total_count").ok_or_else(|| Error::Unexpected("total_count is missing".into()))?;
    Ok((list(&property(listed, "data"))?, total))
}

/// Somebody without an address (one who signs in by phone) can't be met among those to be invited.
fn read_member(live: &JsValue) -> Option<Member> {
    let person = property(live, "publicUserData");
    let email = text(&person, "identifier").filter(|identifier| identifier.contains('@'))?;
    let names: Vec<_> = ["firstName", "lastName"].iter().filter_map(|key| text(&person, key)).collect();
    Some(Member { email_key: address_key(&email), name: names.join(" ") })
}

fn read_invitation(live: &JsValue) -> Result<Invitation, Error> {
    let email = needed_text(live, "emailAddress")?;
    Ok(Invitation {
        id: InvitationId(needed_text(live, "id")?),
        email_key: address_key(&email),
        email,
        role: RoleKey(text(live, "role").unwrap_or_default()),
        role_name: text(live, "roleName"),
        status: Status::from_word(&needed_text(live, "status")?),
        created: time(live, "createdAt"),
        updated: time(live, "updatedAt"),
        expires: None,
        url: None,
    })
}

fn read_role(live: &JsValue) -> Option<Role> {
    let key = text(live, "key")?;
    let permissions = list(&property(live, "permissions")).unwrap_or_default();
    let permission = |live: &JsValue| {
        let key = text(live, "key")?;
        Some(Permission { name: text(live, "name").unwrap_or_else(|| key.clone()), key })
    };
    Some(Role {
        name: text(live, "name").unwrap_or_else(|| key.clone()),
        description: text(live, "description").unwrap_or_default(),
        permissions: permissions.iter().filter_map(permission).collect(),
        key: RoleKey(key),
    })
}
