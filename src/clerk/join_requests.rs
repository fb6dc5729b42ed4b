//! The requests to join one organization, as the service that an admin's answers go to.

use crate::browser::log_warning;
use crate::clerk::call::{answer, page_of, rows_of};
use crate::clerk::invitations::OrganizationInvitations;
use crate::clerk::js_value::{call, list, needed_text, property, set, text, time};
use crate::domain::service::{MAX_PAGES, MAX_ROWS};
use crate::domain::{Answer, Error, JoinRequest, JoinRequests, Reason, RequestId};
use wasm_bindgen::JsValue;

const PENDING: &str = "pending";

impl OrganizationInvitations {
    /// A page of the live objects of the requests that nobody has answered, and how many there are on all pages.
    async fn live_requests(&self, page: u32, rows: u32) -> Result<(Vec<JsValue>, u64), Error> {
        let parameters = page_of(page, rows);
        set(&parameters, "status", &PENDING.into());
        let organization = self.live_organization()?;
        let (rows, total) =
            rows_of(&answer(call(&organization, "getMembershipRequests", &[&parameters])).await?)?;
        Ok((list(&rows)?, total))
    }

    /// The live object of a request. It is looked for anew: another admin may have answered it meanwhile.
    async fn live_request(&self, id: &RequestId) -> Result<JsValue, Error> {
        for page in 1..=MAX_PAGES {
            let (rows, total) = self.live_requests(page, MAX_ROWS).await?;
            let is_last = rows.is_empty() || u64::from(page) * u64::from(MAX_ROWS) >= total;
            let found = rows.into_iter().find(|row| text(row, "id").as_ref() == Some(&id.0));
            if let Some(found) = found {
                return Ok(found);
            }
            if is_last {
                break;
            }
        }
        Err(Error::of(Reason::NotPending))
    }
}

impl JoinRequests for OrganizationInvitations {
    async fn pending_requests(&self, page: u32, rows: u32) -> Result<(Vec<JoinRequest>, u64), Error> {
        let (rows, total) = self.live_requests(page, rows).await?;
        let warn =
            |error: &Error| log_warning(&["a request to join can't be read: ", &error.to_string()].concat());
        Ok((rows.iter().map(read).filter_map(|row| row.inspect_err(warn).ok()).collect(), total))
    }

    async fn answer_request(&self, id: &RequestId, given: Answer) -> Result<(), Error> {
        let live = self.live_request(id).await?;
        let (method, status) = match given {
            Answer::Accept => ("accept", "accepted"),
            Answer::Decline => ("reject", "rejected"),
        };
        let answered = answer(call(&live, method, &[])).await?;
        let is_it = text(&answered, "id").as_ref() == Some(&id.0);
        // Offline, clerk-js resolves with the request still pending.
        let is_answered = text(&answered, "status").as_deref() == Some(status);
        if is_it && is_answered { Ok(()) } else { Err(Error::Unproved) }
    }
}

fn read(live: &JsValue) -> Result<JoinRequest, Error> {
    let person = property(live, "publicUserData");
    let names: Vec<_> = ["firstName", "lastName"].iter().filter_map(|key| text(&person, key)).collect();
    Ok(JoinRequest {
        id: RequestId(needed_text(live, "id")?),
        email: needed_text(&person, "identifier")?,
        name: Some(names.join(" ")).filter(|name| !name.is_empty()),
        since: time(live, "createdAt"),
    })
}
