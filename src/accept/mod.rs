//! The invitee's side: the link in an invitation's mail, the invitations that a person has received, the organizations that
//! Clerk suggests to them and those that they belong to.
//!
//! All of it but the types is fetched when it is needed: the admin's page starts without.

mod model;
mod screen;
mod service;
#[cfg(test)]
mod testing;
mod ticket;
mod update;
pub mod view;

pub use model::{Action, Arrival, Finding, Model};
pub use screen::{Form, FormReason, Lead, Screen, viewer};
pub use service::{
    Account, Invitee, OtherSession, PublicOrganization, Received, ReceivedInvitation, Suggestion,
    SuggestionId, join, receive, request,
};
pub use ticket::{Link, LinkStatus, Refusal, STATUS, TICKET, Ticket};
pub use update::{Context, Effect, Msg, update};
