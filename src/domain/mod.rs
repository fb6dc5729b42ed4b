//! What the app is about, in plain Rust: no Yew, no browser, no clerk-js.
//!
//! The thinking happens here and so do most tests. Everything is a value or a function of values; what sequences calls
//! ([`batch::run`], [`directory::read`], [`roll::read`]) is generic over traits that tests script.

pub mod batch;
pub mod directory;
pub mod draft;
pub mod email;
pub mod error;
pub mod export;
pub mod intake;
pub mod invitation;
pub mod listing;
pub mod organization;
pub mod paging;
pub mod publishable_key;
pub mod refresh;
pub mod remote;
pub mod role;
pub mod roll;
pub mod search;
pub mod sending;
pub mod session;
pub mod typo;
pub mod view;

pub use email::{Email, EmailProblem};
pub use error::{Error, Field, Problem, Reason, StartFailure};
pub use invitation::{Expiry, Invitation, InvitationId, Status, Timestamp};
pub use listing::{Column, Counts, Listing, Shown, Sort};
pub use organization::{Organization, OrganizationId, Seats};
pub use paging::{Page, PageSize, Slice};
pub use publishable_key::{KeyProblem, PublishableKey};
pub use remote::{Event, Known, Question, Remote};
pub use role::{Membership, Permission, Rights, Role, RoleKey, Roles};
pub use sending::Invitations;
pub use session::{Change, Place, Presence, SessionTask, Viewer};
pub use view::View;
