//! Where asking meets drawing: clerk-js and the address bar as values that a component can be drawn from.

mod desk;
pub mod dispatch;
pub mod errands;
mod sheet;
mod surroundings;
mod use_action;
mod use_address;
mod use_dialog;
mod use_later;
mod use_listing;
mod use_presence;
mod use_remote;
mod use_return;
mod use_start;
mod use_words;

pub use desk::{Act, Desk, Desks, Editing, Papers, Problems, Report};
pub use sheet::{Answer, Choice, Leaf, ManyWish, News, RowState, RowWish, Sheet, Wish};
pub use surroundings::{Offer, Said, Surroundings, Tone};
pub use use_action::{Action, use_action};
pub use use_address::use_address;
pub use use_dialog::use_dialog;
pub use use_later::{Later, use_later};
pub use use_listing::{CurrentListing, listing_address, use_listing};
pub use use_presence::use_presence;
pub use use_remote::{Asked, use_remote};
pub use use_return::use_return;
pub use use_start::{Start, use_start};
pub use use_words::use_words;
