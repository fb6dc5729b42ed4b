//! The invitations and members of one organization, as the services that the domain asks.

use crate::browser::{is_online, log_warning, sleep};
use crate::clerk::bindings;
use crate::clerk::call::{answer, object, page_of, rows_of};
use crate::clerk::client::Client;
use crate::clerk::js_value::{element, length, set};
use crate::clerk::live_invitations::Location;
use crate::clerk::row::{Row, read_rows};
use crate::clerk::rows::{
    OF_FOUND_MEMBER, OF_INVITATION, OF_MEMBER, read_found_member, read_invitation, read_member,
};
use crate::domain::service::{FoundMember, Member, Members};
use crate::domain::service::{MAX_PAGES, MAX_ROWS};
use crate::domain::{
    Email, Error, Invitation, InvitationId, Invitations, OrganizationId, Problem, RoleKey, Status,
};
use crate::outbox::Service;
use js_sys::Array;
use wasm_bindgen::JsValue;

/// How often the whole list is searched for one invitation while others change the list.
const MAX_SEARCHES: u32 = 3;

/// The invitations of one organization, whether it is the active one or not.
#[derive(Clone, Debug, PartialEq)]
pub struct OrganizationInvitations {
    client: Client,
    organization: OrganizationId,
}

/// A page of invitations as clerk-js has answered it.
#[derive(Debug)]
pub struct UnreadPage {
    rows: JsValue,
    total: u64,
    /// A whole list is read in pages of [`MAX_ROWS`]; see `LiveInvitations::kept` for why its objects are not kept.
    is_of_whole_list: bool,
    parameters: JsValue,
}

impl UnreadPage {
    /// How many rows it has, and how many there are in all.
    pub fn size(&self) -> (u64, u64) {
        (length(&self.rows).unwrap_or_default().into(), self.total)
    }
}

impl Client {
    /// The invitations of an organization.
    pub fn invitations(&self, organization: &OrganizationId) -> OrganizationInvitations {
        OrganizationInvitations { client: self.clone(), organization: organization.clone() }
    }
}

impl OrganizationInvitations {
    /// The live object of the organization.
    pub(super) fn live_organization(&self) -> Result<bindings::Organization, Error> {
        self.client.organization(&self.organization)
    }

    /// Reads an invitation.
    fn read(&self, row: &Row) -> Result<Invitation, Error> {
        read_invitation(row).map(|invitation| self.client.0.raw_answers.complete(invitation))
    }

    /// Reads the invitations of a list, each with its place in it. One that can't be read is left out, with a warning to
    /// the console.
    fn read_all(&self, rows: &JsValue) -> Result<Vec<(u32, Invitation)>, Error> {
        let mut read = vec![];
        let errors = read_rows(rows, &OF_INVITATION, &mut |at, row| {
            read.push((at, self.read(row)?));
            Ok(())
        })?;
        errors.iter().for_each(warn);
        Ok(read)
    }

    /// Reads the invitations of a list and keeps their live objects.
    fn keep_all(&self, rows: &JsValue) -> Result<Vec<Invitation>, Error> {
        let read = self.read_all(rows)?;
        for (at, invitation) in &read {
            self.client.0.live_invitations.keep(&invitation.id, element(rows, *at));
        }
        Ok(read.into_iter().map(|(_, invitation)| invitation).collect())
    }

    /// Asks for a page as [`Invitations::list`] does. Its rows are still to be read, by [`Self::read_page`].
    ///
    /// # Errors
    /// Those of [`Invitations::list`].
    pub async fn page(&self, statuses: &[Status], page: u32, rows: u32) -> Result<UnreadPage, Error> {
        let parameters = page_of(page, rows);
        // Without the key Clerk lists all statuses.
        if !statuses.is_empty() {
            let words: Array = statuses.iter().map(|status| JsValue::from_str(status.word())).collect();
            set(&parameters, "status", &words);
        }
        let live = self.live_organization()?;
        let called = self.client.early("getInvitations", &self.organization, &parameters);
        let called = called.map_or_else(|| live.get_invitations(&parameters), Ok);
        let (listed, total) = rows_of(&answer(called).await?)?;
        Ok(UnreadPage { rows: listed, total, is_of_whole_list: rows >= MAX_ROWS, parameters })
    }

    /// Reads the rows of a page: them, and how many there are in all.
    ///
    /// # Errors
    /// [`Error::Unexpected`] when they are no list.
    pub fn read_page(&self, page: UnreadPage) -> Result<(Vec<Invitation>, u64), Error> {
        if !page.is_of_whole_list {
            return Ok((self.keep_all(&page.rows)?, page.total));
        }
        let read = self.read_all(&page.rows)?;
        let ids = read.iter().map(|(_, invitation)| &invitation.id);
        self.client.0.live_invitations.keep_parameters(ids, page.parameters);
        Ok((read.into_iter().map(|(_, invitation)| invitation).collect(), page.total))
    }

    /// The live object of an invitation. One that was not kept is searched for in the answer that had it, then in all
    /// pending ones.
    async fn live(&self, id: &InvitationId) -> Result<bindings::Invitation, Error> {
        match self.client.0.live_invitations.locate(id) {
            Location::Here(found) => return Ok(found),
            Location::InAnswerTo(parameters) => {
                if let (Some(found), ..) = self.ask_for(id, &parameters).await? {
                    return Ok(found);
                }
            }
            Location::Unknown => {}
        }
        for _ in 0..MAX_SEARCHES {
            let (found, is_steady) = self.search_pending(id).await?;
            if let Some(found) = found {
                return Ok(found);
            }
            // While other invitations leave the list, this one may move to a page that was already searched.
            if is_steady {
                break;
            }
        }
        Err(Error::Refused(vec![Problem::new("organization_invitation_not_found", None, "")]))
    }

    /// Searches all pending invitations, page by page; also says whether their number stayed the same meanwhile.
    async fn search_pending(&self, id: &InvitationId) -> Result<(Option<bindings::Invitation>, bool), Error> {
        let (mut first, mut is_steady) = (None, true);
        for page in 1..=MAX_PAGES {
            let parameters = page_of(page, MAX_ROWS);
            set(&parameters, "status", &Array::of1(&Status::Pending.word().into()));
            let (found, total, is_empty) = self.ask_for(id, &parameters).await?;
            if found.is_some() {
                return Ok((found, is_steady));
            }
            is_steady &= *first.get_or_insert(total) == total;
            if is_empty || u64::from(page) * u64::from(MAX_ROWS) >= total {
                break;
            }
        }
        Ok((None, is_steady))
    }

    /// Lists with these parameters: the invitation, if it is on that page, the number on all pages, and whether the page is
    /// empty.
    async fn ask_for(
        &self,
        id: &InvitationId,
        parameters: &JsValue,
    ) -> Result<(Option<bindings::Invitation>, u64, bool), Error> {
        let live = self.live_organization()?;
        let (rows, total) = rows_of(&answer(live.get_invitations(parameters)).await?)?;
        let is_empty = length(&rows)? == 0;
        Ok((self.client.0.live_invitations.search(rows, id), total, is_empty))
    }
}

impl OrganizationInvitations {
    /// The members whose address or name has this in it, the first `rows` of them, and how many there are in all. All
    /// members are found by an empty text.
    ///
    /// # Errors
    /// Clerk's: who may manage invitations may see the members, but a custom role may forbid it.
    pub async fn find_members(&self, text: &str, rows: u32) -> Result<(Vec<FoundMember>, u64), Error> {
        let parameters = page_of(1, rows);
        if !text.is_empty() {
            set(&parameters, "query", &text.into());
        }
        let live = self.client.organization(&self.organization)?;
        let (listed, total) = rows_of(&answer(live.get_memberships(&parameters)).await?)?;
        let mut members = vec![];
        read_rows(&listed, &OF_FOUND_MEMBER, &mut |_, row| {
            members.extend(read_found_member(row)?);
            Ok(())
        })?;
        Ok((members, total))
    }
}

/// Tells the console that an invitation can't be read.
fn warn(error: &Error) {
    log_warning(&["an invitation can't be read: ", &error.to_string()].concat());
}

impl Service for OrganizationInvitations {
    async fn invite_many(&self, emails: &[Email], role: &RoleKey) -> Result<Vec<Invitation>, Error> {
        let addresses: Array = emails.iter().map(|email| JsValue::from_str(email.as_str())).collect();
        let parameters = object(&[("emailAddresses", addresses.into()), ("role", role.0.as_str().into())]);
        let live = self.live_organization()?;
        self.keep_all(&answer(live.invite_members(&parameters)).await?)
    }

    async fn second(&self) {
        sleep(1000).await;
    }

    fn is_connected(&self) -> bool {
        is_online()
    }
}

impl Members for OrganizationInvitations {
    async fn members(&self, page: u32, rows: u32) -> Result<(Vec<Member>, u64), Error> {
        let live = self.live_organization()?;
        let (listed, total) = rows_of(&answer(live.get_memberships(&page_of(page, rows))).await?)?;
        let mut members = vec![];
        read_rows(&listed, &OF_MEMBER, &mut |_, row| {
            members.extend(read_member(row)?);
            Ok(())
        })?;
        Ok((members, total))
    }
}

impl Invitations for OrganizationInvitations {
    async fn invite(&self, email: &Email, role: &RoleKey) -> Result<Invitation, Error> {
        let parameters = object(&[("emailAddress", email.as_str().into()), ("role", role.0.as_str().into())]);
        let live = self.live_organization()?;
        let invited = answer(live.invite_member(&parameters)).await?;
        // Offline, clerk-js resolves with an empty object.
        let invitation = self.read(&Row::Live(invited.clone())).inspect_err(warn);
        let invitation = invitation.map_err(|_| Error::Unproved)?;
        self.client.0.live_invitations.keep(&invitation.id, invited);
        Ok(invitation)
    }

    async fn revoke(&self, id: &InvitationId) -> Result<Invitation, Error> {
        let live = self.live(id).await?;
        let revoked = answer(live.revoke()).await?;
        // Offline, clerk-js resolves with the invitation still pending.
        let revoked = self.read(&Row::Live(revoked)).inspect_err(warn).ok();
        let proved =
            revoked.filter(|invitation| invitation.id == *id && invitation.status == Status::Revoked);
        if proved.is_none() {
            // clerk-js writes whatever was answered into the object, perhaps in the place of its id: another try must not
            // be made through it.
            self.client.0.live_invitations.forget(id);
        }
        proved.ok_or(Error::Unproved)
    }

    async fn list(&self, statuses: &[Status], page: u32, rows: u32) -> Result<(Vec<Invitation>, u64), Error> {
        self.read_page(self.page(statuses, page, rows).await?)
    }
}
