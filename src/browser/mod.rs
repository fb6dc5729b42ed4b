//! The browser's own interfaces as Rust functions: timers, formats of dates and numbers, the address, the document.
//!
//! Only this folder and `clerk` know JavaScript values. Everything here is total: what the browser lacks or refuses
//! becomes an absence, never a panic.

mod address;
mod base64;
mod boot;
mod clipboard;
mod console;
mod crash;
mod data_transfer;
mod document;
mod download;
mod fetch;
mod focus;
mod host;
mod html;
mod intl;
mod json;
mod keyboard;
mod leaving;
mod local_storage;
mod mount;
mod navigator;
mod promise;
mod session_storage;
mod text;
mod time;

pub use address::{EventWatch, decode, document_query, encode, follow_link, leave_for};
pub use base64::decode_base64;
pub use boot::{cold_code, is_blocked_by_policy, is_outdated, later, prefetch, words, write_table};
pub use clipboard::{PromisedCopy, copy, copy_promised, promise_copy};
pub use console::{log_error, log_warning};
pub use crash::{show_crash_message, show_crash_message_in};
pub use data_transfer::{Content, Drag, Transferred, chosen, dropped, pasted};
pub use document::is_visible;
pub use download::download;
pub use fetch::fetch_text;
pub use focus::{
    FocusStep, has_left, has_left_group, is_attended, place_focus_near, scroll_to_current, step_focus,
};
pub use intl::{ADDRESS_KEY, DateStyle, address_key, date, list, lowercase, number, plural_category};
pub use json::parse_json;
pub use leaving::ask_before_leaving;
pub use local_storage::{keep, kept};
pub use mount::{Mount, Unmount, serve_mounts};
pub use navigator::{is_online, languages};
pub(crate) use promise::{promised, settled};
pub use session_storage::{remove_stored, remove_stored_with_prefix, store, stored};
pub use text::copied;
pub use time::{iso, monotonic_now, sleep, timeout, wall_clock};
