//! What the app is about, in plain Rust: no Yew, no browser, no clerk-js.
//!
//! The thinking happens here and so do most tests. Everything is a value or a function of values; the two
//! functions that sequence calls ([`sending::invite`] and [`sending::revoke`]) are generic over a trait that
//! tests script.

pub mod email;
pub mod error;
pub mod invitation;
pub mod organization;
pub mod paging;
pub mod publishable_key;
pub mod remote;
pub mod role;
pub mod sending;
pub mod session;
pub mod view;

pub use email::{Email, EmailProblem};
pub use error::{Error, Field, Problem, Reason, StartFailure};
pub use invitation::{Invitation, InvitationId, Status, Timestamp};
pub use organization::{Organization, OrganizationId, Seats};
pub use paging::{Page, PageSize, Slice};
pub use publishable_key::{KeyProblem, PublishableKey};
pub use remote::{Event, Known, Question, Remote};
pub use role::{Membership, Rights, Role, RoleKey, Roles};
pub use sending::{Invitations, Revoked, Sent};
pub use session::{Place, Presence, SessionTask, Viewer};
pub use view::View;
