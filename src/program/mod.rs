//! The loop that joins the features: events become messages, one update after the other changes the model and returns
//! effects, the runner carries them out, and their answers come back as messages.
//!
//! ```text
//! event ─► Msg ─► update ─► Model ─► view ─► event        Effect ─► clerk / browser ─► Msg
//!                    └────► Effect ────────────────────────────┘
//! ```

mod accept_runner;
mod around;
mod environment;
mod features;
mod held;
mod later;
mod later_runner;
mod messages;
mod model;
mod panels;
mod runner;
mod screen;
mod screens;
mod shortcuts;
#[cfg(feature = "split")]
pub mod split;
mod store;
mod tasks;
mod update;
mod update_accept;
mod update_code;
mod update_form;
mod update_later;

pub use later::fetch_screens;
pub use messages::{Effect, Environment, LaterEffect, Msg, Part};
pub use model::{Address, Chunk, Lazy, Model, Scope, Workspace};
pub use panels::{accept_screen, asks, lazy, panel};
pub use screen::Screen;
pub use store::{Beginning, Later, Program, Screens};
pub use tasks::Tasks;
pub use update::update;
