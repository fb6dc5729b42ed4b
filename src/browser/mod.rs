//! Where the browser's own interfaces end: waiting, writing dates and numbers, the document around the page.
//!
//! Together with `clerk` the only place that has heard of JavaScript values. Everything here is total: what the
//! browser lacks or refuses is an absence, never a panic.

mod document;
mod intl;
mod waiting;

pub use document::{
    address, boot_config, fetch_text, go_to, has_focus_or_none_has, is_online, languages, log_error,
    log_warning, mount_point, path, place_focus, query, replace_address, say_it_broke, set_language,
    set_title, show_skeleton,
};
pub use intl::{DateStyle, date, lowercase, number, plural_category};
pub use waiting::{after, within};
