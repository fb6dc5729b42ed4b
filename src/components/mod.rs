//! Views: props in, HTML out, callbacks up. One per file; what has neither state nor hooks is a function.

mod button;
mod card;
mod confirm_dialog;
mod icon;
mod invitation_table;
mod invite_form;
mod notice;
mod pager;
mod role_field;
mod seats_meter;
mod skeleton;
mod status_line;
mod text;

pub use button::{button, icon_button};
pub use card::{card, fact};
pub use confirm_dialog::ConfirmDialog;
pub use icon::{Icon, icon};
pub use invitation_table::{InvitationTable, RowState, revoke_id, skeleton_rows};
pub use invite_form::{InviteForm, Problems};
pub use notice::notice;
pub use pager::Pager;
pub use role_field::RoleField;
pub use seats_meter::seats_meter;
pub use skeleton::skeleton;
pub use status_line::StatusLine;
pub use text::{clip, problem};

/// Ids that the keyboard is sent to.
pub mod ids {
    /// The address field.
    pub const EMAIL: &str = "invite-email";
    /// The role field.
    pub const ROLE: &str = "invite-role";
    /// The button that sends.
    pub const SEND: &str = "invite-send";
    /// The heading of the list.
    pub const LIST: &str = "list-heading";
}
