//! What belongs to the user who is signed in: received invitations, suggestions, memberships, sessions.

use crate::accept::{
    Account, Invitee, OtherSession, PublicOrganization, ReceivedInvitation, Suggestion, SuggestionId,
};
use crate::browser::log_warning;
use crate::clerk::auth_state::logo;
use crate::clerk::call::{answer, object, page_of, rows_of};
use crate::clerk::client::Client;
use crate::clerk::js_value::{call, list, needed_text, property, set, text, time};
use crate::domain::{Error, InvitationId, OrganizationId, Reason, RoleKey, Status};
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// Rows asked for at a time.
const ROWS: u32 = 100;
/// A person has few of these. A wrong `total_count` must not keep the page asking for ever.
const MAX_PAGES: u32 = 50;
/// The calls by which Clerk's forms hand in a ticket.
const TICKET_CALLS: [&str; 2] = ["/client/sign_ins", "/client/sign_ups"];

impl Client {
    /// Calls `listener` with Clerk's code whenever Clerk refuses a call of the sign-in or sign-up form. clerk-js tells the
    /// form alone, so the page listens to the answers; where clerk-js does not let it, the form says what was refused.
    ///
    /// Of several pages in a document the last one hears of it: they have one form on screen.
    pub fn hear_refused_tickets(&self, listener: impl Fn(&str) + 'static) {
        let refusals = self.0.refusals.clone();
        if !refusals.hear(Box::new(listener)) {
            return;
        }
        let listener =
            Closure::<dyn FnMut(JsValue, JsValue)>::new(move |request: JsValue, answer: JsValue| {
                let is_ticket_call = text(&request, "path")
                    .is_some_and(|path| TICKET_CALLS.iter().any(|call| path.starts_with(call)));
                if !is_ticket_call {
                    return;
                }
                let errors = list(&property(&property(&answer, "payload"), "errors")).unwrap_or_default();
                errors.iter().filter_map(|error| text(error, "code")).for_each(|code| refusals.tell(&code));
            });
        let _ = call(&self.0.clerk, "getFapiClient", &[])
            .and_then(|client| call(&client, "onAfterResponse", &[&listener.into_js_value()]));
    }

    /// Makes another session of this browser the active one.
    ///
    /// # Errors
    /// What Clerk refuses with; the session of before is then still active.
    pub async fn set_session(&self, id: &str) -> Result<(), Error> {
        answer(self.0.clerk.set_active(&object(&[("session", id.into())]))).await.map(drop)
    }

    /// Ends the active session, and has clerk-js go to `address` then.
    ///
    /// # Errors
    /// What Clerk refuses with; the session may then still be active.
    pub async fn sign_out(&self, address: &str) -> Result<(), Error> {
        let options = object(&[("redirectUrl", address.into())]);
        // Other accounts that are signed in to stay so.
        if let Some(session) = text(&property(&self.0.clerk, "session"), "id") {
            set(&options, "sessionId", &session.into());
        }
        answer(call(&self.0.clerk, "signOut", &[&options])).await.map(drop)
    }

    fn user(&self) -> JsValue {
        property(&self.0.clerk, "user")
    }

    /// All rows of one of the user's lists, of some statuses.
    async fn own_rows(&self, method: &str, statuses: &[&str]) -> Result<Vec<JsValue>, Error> {
        let mut all = vec![];
        for page in 1..=MAX_PAGES {
            let parameters = page_of(page, ROWS);
            match statuses {
                [] => {}
                [status] => set(&parameters, "status", &(*status).into()),
                statuses => {
                    let words: Array = statuses.iter().map(|status| JsValue::from_str(status)).collect();
                    set(&parameters, "status", &words);
                }
            }
            let (rows, total) = rows_of(&answer(call(&self.user(), method, &[&parameters])).await?)?;
            let rows = list(&rows)?;
            let is_last = rows.is_empty() || u64::from(page) * u64::from(ROWS) >= total;
            all.extend(rows);
            if is_last {
                break;
            }
        }
        Ok(all)
    }

    /// The live object with this id, and what its `accept` answers.
    async fn accept_row(&self, rows: Vec<JsValue>, id: &str) -> Result<JsValue, Error> {
        let row = rows.into_iter().find(|row| text(row, "id").as_deref() == Some(id));
        // Another tab was faster, or an admin was.
        let row = row.ok_or_else(|| Error::of(Reason::NotPending))?;
        let accepted = answer(call(&row, "accept", &[])).await?;
        if text(&accepted, "id").as_deref() == Some(id) { Ok(accepted) } else { Err(Error::Unproved) }
    }
}

impl Invitee for Client {
    async fn received_invitations(&self, status: &Status) -> Result<Vec<ReceivedInvitation>, Error> {
        let rows = self.own_rows("getOrganizationInvitations", &[status.word()]).await?;
        Ok(readable(rows.iter().map(read_invitation)))
    }

    async fn suggestions(&self) -> Result<Vec<Suggestion>, Error> {
        let rows = self.own_rows("getOrganizationSuggestions", &["pending", "accepted"]).await?;
        Ok(readable(rows.iter().map(read_suggestion)))
    }

    async fn belongs_to(&self, organization: &OrganizationId) -> Result<bool, Error> {
        let rows = self.own_rows("getOrganizationMemberships", &[]).await?;
        let is_it =
            |row: &JsValue| text(&property(row, "organization"), "id").as_ref() == Some(&organization.0);
        Ok(rows.iter().any(is_it))
    }

    async fn accept(&self, id: &InvitationId) -> Result<Status, Error> {
        let rows = self.own_rows("getOrganizationInvitations", &[Status::Pending.word()]).await?;
        let accepted = self.accept_row(rows, &id.0).await?;
        Ok(Status::from_word(&needed_text(&accepted, "status")?))
    }

    async fn request(&self, id: &SuggestionId) -> Result<bool, Error> {
        let rows = self.own_rows("getOrganizationSuggestions", &["pending"]).await?;
        let requested = self.accept_row(rows, &id.0).await?;
        Ok(needed_text(&requested, "status")? == "accepted")
    }

    fn account(&self) -> Account {
        let user = self.user();
        let memberships = list(&property(&user, "organizationMemberships")).unwrap_or_default();
        let organization =
            |membership: &JsValue| read_organization(&property(membership, "organization")).ok();
        let addresses = list(&property(&user, "emailAddresses")).unwrap_or_default();
        let is_unverified = |address: &&JsValue| {
            text(&property(address, "verification"), "status").as_deref() != Some("verified")
        };
        let own = text(&property(&self.0.clerk, "session"), "id");
        let sessions =
            list(&property(&property(&self.0.clerk, "client"), "signedInSessions")).unwrap_or_default();
        Account {
            organizations: memberships.iter().filter_map(organization).collect(),
            unverified: addresses
                .iter()
                .filter(is_unverified)
                .filter_map(|address| text(address, "emailAddress"))
                .collect(),
            sessions: sessions
                .iter()
                .filter_map(read_session)
                .filter(|session| own.as_ref() != Some(&session.id))
                .collect(),
        }
    }
}

/// Leaves out what can't be read, with a warning to the console.
fn readable<T>(rows: impl Iterator<Item = Result<T, Error>>) -> Vec<T> {
    let warn = |error: &Error| log_warning(&["an invitation can't be read: ", &error.to_string()].concat());
    rows.filter_map(|row| row.inspect_err(warn).ok()).collect()
}

fn read_invitation(live: &JsValue) -> Result<ReceivedInvitation, Error> {
    Ok(ReceivedInvitation {
        id: InvitationId(needed_text(live, "id")?),
        organization: read_organization(&property(live, "publicOrganizationData"))?,
        email: text(live, "emailAddress").unwrap_or_default(),
        role: RoleKey(text(live, "role").unwrap_or_default()),
        status: Status::from_word(&needed_text(live, "status")?),
        created: time(live, "createdAt"),
    })
}

fn read_suggestion(live: &JsValue) -> Result<Suggestion, Error> {
    Ok(Suggestion {
        id: SuggestionId(needed_text(live, "id")?),
        organization: read_organization(&property(live, "publicOrganizationData"))?,
        is_requested: text(live, "status").as_deref() == Some("accepted"),
    })
}

fn read_organization(live: &JsValue) -> Result<PublicOrganization, Error> {
    let id = needed_text(live, "id")?;
    Ok(PublicOrganization {
        name: text(live, "name").unwrap_or_else(|| id.clone()),
        image: logo(live),
        id: OrganizationId(id),
    })
}

fn read_session(live: &JsValue) -> Option<OtherSession> {
    let id = text(live, "id")?;
    let user = text(&property(live, "publicUserData"), "identifier")
        .or_else(|| text(&property(&property(live, "user"), "primaryEmailAddress"), "emailAddress"))
        .or_else(|| text(&property(live, "user"), "fullName"))?;
    Some(OtherSession { id, user })
}
