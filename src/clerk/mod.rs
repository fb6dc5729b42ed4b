//! clerk-js as Rust values: starting it, hearing of its changes, calling it, mounting its components.
//!
//! Everything that crosses out of this folder is `Clone + PartialEq + Debug` Rust. Inside, nothing that clerk-js hands
//! over is taken for granted, neither that it is there nor its kind nor that it can be read: a page can carry another
//! `window.Clerk`, and an older or a newer one.

mod auth_state;
mod bindings;
mod call;
mod client;
mod components;
mod early_answers;
mod error;
mod invitations;
mod invitee;
mod join_requests;
mod js_value;
mod live_invitations;
mod load;
mod localization;
mod raw_answers;
mod refusals;
mod router;
mod row;
mod rows;
mod script;
mod subscription;
mod ui_bundle;

pub use client::Client;
pub use components::{Component, Dialog, MountError, Mounted};
pub use invitations::OrganizationInvitations;
pub use load::Starter;
pub use row::{ParseRows, parse_rows_by};
pub use subscription::Subscription;
