//! Views that know no feature: values in, HTML out, callbacks up. One per file.
//!
//! None has a state of its own, so each is a function: a Yew component costs every visitor about 2 kB of wasm before it
//! draws anything.

/// The stylesheet of what only code draws that is fetched later. The other ones are in index.html.
pub const LATER_STYLE: &str = include_str!("../../assets/styles/later.css");

mod button;
mod card;
mod day;
mod dialog;
mod element;
mod grant;
mod icon;
mod menu;
mod notice;
mod pager;
mod seats_meter;
mod shortcuts;
mod show_dialog;
mod text;
mod toast;

pub use button::{button, icon_button, icon_button_with_key, link, menu_button, usable_button};
pub use card::{card, fact};
pub use day::day;
pub use dialog::{Asked, Question, dialog, dialog_asking};
pub use element::classed;
pub use grant::{abilities, grant, granted};
pub use icon::{Icon, icon};
pub use menu::{MenuItem, menu};
pub use notice::{leaving_to, notice};
pub use pager::{pager, range};
pub use seats_meter::seats_meter;
pub use shortcuts::shortcuts_dialog;
pub use show_dialog::show_dialog;
pub use text::{clip, initials, line, problem, tooltip};
pub use toast::{live_region, status_line};
