//! What the invitee's side asks Clerk, and in which order.

use crate::accept::ticket::Ticket;
use crate::domain::{Error, InvitationId, OrganizationId, RoleKey, Status, Timestamp};

/// An organization as Clerk shows it to people who need not belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicOrganization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name. Text from a stranger.
    pub name: String,
    /// The address of its logo, when it has one of its own.
    pub image: Option<String>,
}

/// An invitation as its invitee sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceivedInvitation {
    /// Its id.
    pub id: InvitationId,
    /// Where it leads.
    pub organization: PublicOrganization,
    /// The address that was invited.
    pub email: String,
    /// The role that the invitee will have. Clerk does not tell the invitee its name.
    pub role: RoleKey,
    /// Its status.
    pub status: Status,
    /// When it was sent.
    pub created: Option<Timestamp>,
}

/// Clerk's id of a suggestion (`orgsug_...`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestionId(pub String);

/// An organization that Clerk suggests because the user's address is in one of its verified domains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Its id.
    pub id: SuggestionId,
    /// The organization.
    pub organization: PublicOrganization,
    /// Whether the user has asked to join. An admin decides about it.
    pub is_requested: bool,
}

/// Another account that is signed in to in this browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherSession {
    /// Clerk's id of the session.
    pub id: String,
    /// The user's address, or the name where there is none.
    pub user: String,
}

/// What clerk-js knows of the account without asking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The organizations that the user belongs to.
    pub organizations: Vec<PublicOrganization>,
    /// Addresses that the user has added and not verified: Clerk shows nobody the invitations to those.
    pub unverified: Vec<String>,
    /// The other accounts that are signed in to.
    pub sessions: Vec<OtherSession>,
}

/// All that an invitee can choose from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Received {
    /// The pending invitations.
    pub invitations: Vec<ReceivedInvitation>,
    /// Those that were accepted or revoked, or have expired, as far as they were asked for.
    pub past: Vec<ReceivedInvitation>,
    /// The organizations that Clerk suggests.
    pub suggestions: Vec<Suggestion>,
    /// The account itself.
    pub account: Account,
}

/// The calls on what belongs to the user who is signed in.
pub trait Invitee {
    /// The received invitations with this status.
    async fn received_invitations(&self, status: &Status) -> Result<Vec<ReceivedInvitation>, Error>;
    /// The suggestions, those included that the user has asked for.
    async fn suggestions(&self) -> Result<Vec<Suggestion>, Error>;
    /// Asks Clerk whether the user belongs to an organization.
    async fn belongs_to(&self, organization: &OrganizationId) -> Result<bool, Error>;
    /// Accepts an invitation: its status after that.
    async fn accept(&self, id: &InvitationId) -> Result<Status, Error>;
    /// Asks to join a suggested organization: whether Clerk says that it was asked.
    async fn request(&self, id: &SuggestionId) -> Result<bool, Error>;
    /// What clerk-js knows without asking.
    fn account(&self) -> Account;
}

/// Reads all that an invitee can choose from. `ticket` is that of the link: when no pending invitation is named by it, those
/// that are no longer pending are read too.
///
/// # Errors
/// When the invitations, or the suggestions, could not be read. An application without verified domains refuses to list
/// suggestions: then there are none.
pub async fn receive(service: &impl Invitee, ticket: Option<&Ticket>) -> Result<Received, Error> {
    let invitations = service.received_invitations(&Status::Pending).await?;
    let is_named = |ticket: &&Ticket| !invitations.iter().any(|invitation| ticket.names(&invitation.id.0));
    let mut past = vec![];
    if ticket.is_some_and(|ticket| is_named(&ticket)) {
        for status in [Status::Accepted, Status::Revoked, Status::Expired] {
            // Only the words for the link depend on them.
            past.extend(service.received_invitations(&status).await.unwrap_or_default());
        }
    }
    let suggestions = match service.suggestions().await {
        Err(Error::Refused(_)) => vec![],
        suggestions => suggestions?,
    };
    Ok(Received { invitations, past, suggestions, account: service.account() })
}

/// Accepts an invitation. Done is done when Clerk lists the membership, whatever it answered to the acceptance: another tab
/// may have been faster, and clerk-js resolves some calls that did not get through.
///
/// # Errors
/// Why the invitee is not a member.
pub async fn join(service: &impl Invitee, invitation: &ReceivedInvitation) -> Result<(), Error> {
    let failure = match service.accept(&invitation.id).await {
        Ok(status) if status.is_accepted() => None,
        Ok(_) => Some(Error::Unproved),
        Err(error) if error.leaves_doubt() || error.is_news() => Some(error),
        Err(error) => return Err(error),
    };
    match (service.belongs_to(&invitation.organization.id).await, failure) {
        (Ok(true), _) => Ok(()),
        (_, Some(failure)) => Err(failure),
        (Ok(false), None) => Err(Error::Unproved),
        (Err(error), None) => Err(error),
    }
}

/// Asks to join a suggested organization, and looks among the suggestions where the answer does not say whether it was asked.
///
/// # Errors
/// Why it was not asked, or is not known to be.
pub async fn request(service: &impl Invitee, id: &SuggestionId) -> Result<(), Error> {
    let failure = match service.request(id).await {
        Ok(true) => return Ok(()),
        Ok(false) => Error::Unproved,
        Err(error) if error.leaves_doubt() => error,
        Err(error) => return Err(error),
    };
    let suggestions = service.suggestions().await.unwrap_or_default();
    let is_asked = |suggestion: &Suggestion| suggestion.id == *id && suggestion.is_requested;
    if suggestions.iter().any(is_asked) { Ok(()) } else { Err(failure) }
}

#[cfg(test)]
mod tests;
