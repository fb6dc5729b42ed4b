//! Views: values in, HTML out, callbacks up. One per file.
//!
//! None has a state of its own, so each is a function: a Yew component costs every visitor about 2 kB of wasm before
//! it draws anything.

mod button;
mod card;
mod confirm_dialog;
mod entries;
mod icon;
mod invitation_table;
mod invite_form;
mod notice;
mod pager;
mod progress;
mod role_field;
mod seats_meter;
mod selection;
mod status_line;
mod text;
mod views;

pub use button::{button, icon_button, link};
pub use card::{card, fact};
pub use confirm_dialog::{Question, confirm_dialog};
pub use entries::{Deed, Entries, entries, entry_id, outcome_sentence};
pub use icon::{Icon, icon};
pub use invitation_table::{Table, invitation_table, role_name, skeleton_rows, status_name, wish_id};
pub use invite_form::{Form, invite_form};
pub use notice::notice;
pub use pager::pager;
pub use progress::{job_sentence, outcome_table, progress, report, report_counts};
pub use seats_meter::seats_meter;
pub use selection::selection;
pub use status_line::status_line;
pub use text::{clip, line, problem};
pub use views::{search_box, views};

/// Ids that the keyboard is sent to.
pub mod ids {
    /// The address field.
    pub const EMAIL: &str = "invite-email";
    /// The field in which an entry is edited.
    pub const EDITOR: &str = "entry-editor";
    /// The role field.
    pub const ROLE: &str = "invite-role";
    /// The button that sends.
    pub const SEND: &str = "invite-send";
    /// The field of the search.
    pub const SEARCH: &str = "list-search";
    /// The heading of the list.
    pub const LIST: &str = "list-heading";
}
