//! Where the browser's own interfaces end: waiting, writing dates and numbers, the address, the document.
//!
//! Together with `clerk` the only place that has heard of JavaScript values. Everything here is total: what the
//! browser lacks or refuses is an absence, never a panic.

mod address;
mod document;
mod intl;
mod keeping;
mod transfer;
mod waiting;

pub use address::{
    WindowWatch, address, base_path, decode, encode, go_to, path, path_below_base, query, replace_address,
    watch_address,
};
pub use document::{
    boot_config, fetch_text, has_focus_or_none_has, is_online, is_visible, languages, later, log_error,
    log_warning, mount_point, place_focus, place_focus_without_scrolling, say_it_broke, set_language,
    set_title, show_skeleton,
};
pub use intl::{DateStyle, address_key, date, lowercase, number, plural_category};
pub use keeping::{ask_before_leaving, forget, keep, kept};
pub use transfer::{Brought, chosen, copy, download, dropped, pasted};
pub use waiting::{after, clock, now, within};
