//! Where asking meets drawing: clerk-js and the address bar as values that a component can be drawn from.

mod desk;
pub mod dispatch;
mod surroundings;
mod use_action;
mod use_address;
mod use_dialog;
mod use_presence;
mod use_remote;
mod use_start;
mod use_view;
mod use_words;

pub use desk::{Act, Desk, Desks, Editing, Papers, Problems, Report};
pub use surroundings::{Said, Surroundings, Tone};
pub use use_action::{Action, use_action};
pub use use_address::use_address;
pub use use_dialog::use_dialog;
pub use use_presence::use_presence;
pub use use_remote::{Asked, use_remote};
pub use use_start::{Start, use_start};
pub use use_view::{CurrentView, use_view};
pub use use_words::use_words;
