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
mod html;
mod intl;
mod json;
mod leaving;
mod navigator;
mod promise;
mod session_storage;
mod time;

pub use address::{
    WindowWatch, address, base_path, decode, encode, go_to, leave_for, path, path_below_base,
    path_below_base_of, query, reload, replace_address, watch_address, whole_address,
};
pub use base64::decode_base64;
pub use boot::{boot_config, is_blocked_by_policy, later};
pub use clipboard::copy;
pub use console::{log_error, log_warning};
pub use crash::show_crash_message;
pub use data_transfer::{Content, Drag, Transferred, chosen, dropped, pasted, watch_drags};
pub use document::{is_visible, mount_point, set_language, set_title, show_skeleton};
pub use download::download;
pub use fetch::fetch_text;
pub use focus::{has_focus_or_none_has, has_left, is_attended, place_focus, place_focus_without_scrolling};
pub use intl::{ADDRESS_KEY, DateStyle, address_key, date, list, lowercase, number, plural_category};
pub use json::parse_json;
pub use leaving::ask_before_leaving;
pub use navigator::{is_online, languages};
pub(crate) use promise::{promised, settled};
pub use session_storage::{remove_stored, remove_stored_with_prefix, store, stored};
pub use time::{iso, monotonic_now, sleep, timeout, wall_clock};
