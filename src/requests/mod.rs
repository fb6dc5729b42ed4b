//! The requests to join the organization, and the admin's answers to them.
//!
//! All of it but the types is fetched when it is needed: most organizations have no verified domain.

mod model;
mod service;
mod update;
pub mod view;

pub use model::{Asking, Job, Model, Outcome, Stage};
pub use service::call;
pub use update::{Call, Context, Effect, Msg, update};
