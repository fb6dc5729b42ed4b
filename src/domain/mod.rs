//! Nouns and rules that several features share, in plain Rust: no Yew, no browser, no clerk-js.
//!
//! Everything is a value or a function of values, or is generic over the traits of [`service`], which tests script.

pub mod auth_state;
pub mod counts;
mod dismissed;
pub mod email;
pub mod error;
pub mod invitation;
pub mod join_request;
pub mod known_people;
pub mod list_query;
pub mod organization;
pub mod page_request;
pub mod paging;
pub mod publishable_key;
mod punycode;
pub mod query_string;
pub mod records;
pub mod remote;
pub mod role;
pub mod service;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;

pub use auth_state::{ActiveOrganization, AuthState, Change, SessionTask, Viewer};
pub use counts::Counts;
pub use dismissed::Dismissed;
pub use email::{Email, EmailProblem};
pub use error::{Error, Field, Problem, Reason, StartFailure};
pub use invitation::{Expiry, Invitation, InvitationId, Status, Timestamp};
pub use join_request::{Answer, JoinRequest, JoinRequests, RequestId};
pub use list_query::{Coding, Column, JoinedWithin, ListQuery, Sort, StatusFilter};
pub use organization::{Organization, OrganizationId, Seats};
pub use page_request::PageRequest;
pub use paging::{Page, PageSize, Slice};
pub use publishable_key::{KeyProblem, PublishableKey};
pub use remote::{Event, Known, Question, Remote};
pub use role::{Membership, Permission, Rights, Role, RoleKey, Roles};
pub use service::{Invitations, Member, Members};
