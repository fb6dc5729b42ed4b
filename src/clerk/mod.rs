//! Where JavaScript ends: clerk-js and what it knows, as Rust values.
//!
//! Everything that crosses out of this folder is `Clone + PartialEq + Debug` Rust. Inside, nothing that clerk-js
//! hands over is trusted to be there, to be of its kind, or to be willing to be read: a page can carry another
//! `window.Clerk`, and an older or a newer one.

mod bindings;
mod client;
mod components;
mod error;
mod load;
mod presence;
mod reading;
mod subscription;

pub use client::{Client, OrganizationInvitations};
pub use components::{Component, Mounted};
pub use load::Starter;
pub use subscription::Subscription;
