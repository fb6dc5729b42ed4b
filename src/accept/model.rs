//! What the page knows of an invitee, and what is under way for them.

use crate::accept::service::{PublicOrganization, Received, ReceivedInvitation, SuggestionId};
use crate::accept::ticket::{Link, Refusal, Ticket};
use crate::domain::{Error, InvitationId, OrganizationId, Remote, Status, Viewer};

/// The invitee's side.
#[derive(Debug, Default, PartialEq)]
pub struct Model {
    /// What the address says.
    pub link: Link,
    /// The ticket that Clerk's form has been given in this document: Clerk takes it off the address when it is used up.
    pub given: Option<Ticket>,
    /// Why Clerk does not take the ticket.
    pub refusal: Option<Refusal>,
    /// Whether the page hears what Clerk says to tickets.
    pub hears_refusals: bool,
    /// What can be chosen from, and the account that it was asked for; `None` while nobody is signed in.
    pub received: Option<Remote<Viewer, Received>>,
    /// What is under way. One thing at a time: each of them changes which organization is active.
    pub running: Option<Action>,
    /// What has failed, until it is tried again.
    pub failures: Vec<(Action, Error)>,
    /// The suggested organizations that were asked from this page.
    pub requested: Vec<SuggestionId>,
    /// The organization that the invitee has come to.
    pub arrival: Option<Arrival>,
}

/// Something that an invitee does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Accepts an invitation.
    Join(InvitationId),
    /// Asks to join a suggested organization.
    Request(SuggestionId),
    /// Makes an organization the active one.
    Open(OrganizationId),
    /// Goes on with another account that is signed in to.
    Switch(String),
    /// Signs out.
    SignOut,
}

/// An organization that the invitee belongs to, as Clerk has said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The organization.
    pub organization: PublicOrganization,
    /// Whether the invitee has joined it just now.
    pub is_new: bool,
}

/// What the page has found out about a ticket.
#[derive(Debug, PartialEq)]
pub enum Finding<'a> {
    /// It names a pending invitation of this account.
    Pending(&'a ReceivedInvitation),
    /// It names an organization that this account belongs to already.
    Member(&'a PublicOrganization),
    /// It names an invitation of this account that was revoked or has expired.
    Over(Refusal),
    /// It names nothing that this account has.
    Unknown,
}

impl Received {
    /// What there is of what a ticket names.
    pub fn find(&self, ticket: &Ticket) -> Finding<'_> {
        let by_id = self.invitations.iter().find(|invitation| ticket.names(&invitation.id.0));
        let of_organization =
            || self.invitations.iter().find(|invitation| ticket.names(&invitation.organization.id.0));
        if let Some(invitation) = by_id.or_else(of_organization) {
            return Finding::Pending(invitation);
        }
        let past = self.past.iter().find(|invitation| ticket.names(&invitation.id.0));
        let over = past.and_then(|invitation| match invitation.status {
            Status::Revoked => Some(Refusal::Revoked),
            Status::Expired => Some(Refusal::Expired),
            _ => None,
        });
        let is_past = |id: &OrganizationId| past.is_some_and(|invitation| invitation.organization.id == *id);
        let is_named = |organization: &&PublicOrganization| {
            ticket.names(&organization.id.0) || is_past(&organization.id)
        };
        match self.account.organizations.iter().find(is_named) {
            Some(organization) => Finding::Member(organization),
            None => over.map_or(Finding::Unknown, Finding::Over),
        }
    }
}

impl Model {
    /// The ticket that matters now: that of the address, or the one that Clerk has taken off it.
    pub fn ticket(&self) -> Option<&Ticket> {
        self.link.ticket.as_ref().or(self.given.as_ref())
    }

    /// What can be chosen from, once it is known.
    pub fn known(&self) -> Option<&Received> {
        self.received.as_ref()?.known.value().map(|received| &**received)
    }

    /// Why an action has failed.
    pub fn failure(&self, action: &Action) -> Option<&Error> {
        self.failures.iter().find(|(failed, _)| failed == action).map(|(_, error)| error)
    }
}
