//! Starts the page.

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

use clerk_invitations::{app, browser, config};
use std::rc::Rc;

fn main() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        browser::log_error(&panic.to_string());
        browser::show_crash_message();
    }));
    yew::platform::spawn_local(start());
}

async fn start() {
    let (status, text) = browser::boot_config().await.unwrap_or_default();
    let (config, unknown) = config::read(status, &text, browser::parse_json, browser::decode_base64);
    for key in unknown {
        browser::log_warning(&["config.json: ", &*key, " is not a key of this page"].concat());
    }
    let Some(root) = browser::mount_point() else {
        return browser::log_error("There is no element with the id \"app\" to draw the page into.");
    };
    match config {
        Ok(config) => {
            let props = app::Props { config: Rc::new(config) };
            yew::Renderer::<app::App>::with_root_and_props(root, props).render();
        }
        Err(problems) => app::show_setup(root, problems).await,
    }
}
