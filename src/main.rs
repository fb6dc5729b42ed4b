//! Lets `boot.js` mount the page.

// A panic would take the whole page away. Tests may panic.
#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

use clerk_invitations::{app, browser};

fn main() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        browser::log_error(&panic.to_string());
        browser::show_crash_message();
    }));
    browser::serve_mounts(app::start);
}
