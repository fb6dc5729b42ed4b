//! Which screen an invitee sees.

use crate::accept::model::{Arrival, Finding, Model};
use crate::accept::service::{PublicOrganization, Received, ReceivedInvitation};
use crate::accept::ticket::{LinkStatus, Refusal};
use crate::domain::{AuthState, Error, Organization, SessionTask, Viewer};

/// What an invitee sees.
#[derive(Debug, PartialEq)]
pub enum Screen<'a> {
    /// Something is being found out.
    Waiting,
    /// One of Clerk's forms, which takes the ticket from the address when it has one.
    Form(Form, Option<FormReason>),
    /// Clerk does not take the ticket.
    Refused(Refusal),
    /// The invitations could not be read.
    Failed(&'a Error),
    /// What there is to choose from.
    Choice(Lead<'a>, &'a Received),
    /// The invitee belongs to an organization.
    Arrived(Arrival),
}

/// Clerk's forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `<SignIn/>`
    SignIn,
    /// `<SignUp/>`
    SignUp,
}

/// Why a form is shown, where that needs a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormReason {
    /// The address has no ticket: the invitations are found by the account.
    NoTicket,
    /// The address says that all is done. Only Clerk can confirm that.
    Unconfirmed,
    /// There is no account with the invited address.
    NoAccount,
    /// There is an account with the invited address.
    AccountExists,
}

/// What is said above the choice.
#[derive(Debug, PartialEq)]
pub enum Lead<'a> {
    /// Nothing in particular.
    None,
    /// The link is to this invitation.
    Invited(&'a ReceivedInvitation),
    /// The link is to an invitation of this account that was revoked or has expired.
    Over(Refusal),
    /// The link is to no invitation that this account has.
    NotFound,
}

impl Model {
    /// The screen of a visitor. Anybody whom the session's own screens are for waits here.
    pub fn screen(&self, auth: Option<&AuthState>) -> Screen<'_> {
        match auth {
            Some(AuthState::SignedOut) => self.signed_out(),
            Some(AuthState::NoOrganization(_) | AuthState::Task(SessionTask::ChooseOrganization, _)) => {
                self.signed_in(None)
            }
            Some(AuthState::Active(active)) => self.signed_in(Some(&active.organization)),
            _ => Screen::Waiting,
        }
    }

    fn signed_out(&self) -> Screen<'_> {
        let form = if self.link.status == LinkStatus::SignUp { Form::SignUp } else { Form::SignIn };
        match self.refusal {
            // The session of the person who has just signed in is not told of yet.
            _ if self.link.is_done() && self.given.is_some() => Screen::Waiting,
            // Clerk's form is about to lead on: to the session, or to what Clerk wants before it.
            _ if self.link.ticket.is_none() && self.given.is_some() => Screen::Form(form, None),
            _ if self.link.ticket.is_none() => Screen::Form(
                form,
                Some(match self.link.status {
                    LinkStatus::Complete => FormReason::Unconfirmed,
                    _ => FormReason::NoTicket,
                }),
            ),
            None => Screen::Form(form, None),
            Some(Refusal::NoAccount) => Screen::Form(Form::SignUp, Some(FormReason::NoAccount)),
            Some(Refusal::AccountExists) => Screen::Form(Form::SignIn, Some(FormReason::AccountExists)),
            Some(refusal) => Screen::Refused(refusal),
        }
    }

    fn signed_in(&self, active: Option<&Organization>) -> Screen<'_> {
        if let Some(arrival) = &self.arrival {
            return Screen::Arrived(arrival.clone());
        }
        let Some(received) = self.known() else {
            let error = self.received.as_ref().and_then(|received| received.known.error());
            return error.map_or(Screen::Waiting, Screen::Failed);
        };
        match self.ticket().map(|ticket| received.find(ticket)) {
            Some(Finding::Pending(invitation)) => Screen::Choice(Lead::Invited(invitation), received),
            Some(Finding::Member(organization)) => {
                Screen::Arrived(Arrival { organization: organization.clone(), is_new: false })
            }
            Some(Finding::Over(refusal)) if self.link.ticket.is_some() => {
                Screen::Choice(Lead::Over(refusal), received)
            }
            // A ticket that Clerk's form was given is not asked about again: whoever has signed in is the right person.
            Some(Finding::Unknown) if self.link.ticket.is_some() => Screen::Choice(Lead::NotFound, received),
            _ => match active.filter(|_| self.link.status == LinkStatus::Complete) {
                Some(active) => {
                    Screen::Arrived(Arrival { organization: PublicOrganization::of(active), is_new: false })
                }
                None => Screen::Choice(Lead::None, received),
            },
        }
    }
}

impl PublicOrganization {
    /// What everybody may see of the active organization.
    pub fn of(organization: &Organization) -> Self {
        let Organization { id, name, image, .. } = organization;
        Self { id: id.clone(), name: name.clone(), image: image.clone() }
    }
}

/// The person who is signed in, where the invitee's side is for them. Whoever has yet to choose an organization does that by
/// joining one.
pub fn viewer(auth: Option<&AuthState>) -> Option<&Viewer> {
    match auth? {
        AuthState::NoOrganization(viewer) | AuthState::Task(SessionTask::ChooseOrganization, viewer) => {
            Some(viewer)
        }
        AuthState::Active(active) => Some(&active.viewer),
        _ => None,
    }
}
