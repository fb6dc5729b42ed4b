//! Where the page's code is split: what is only reached from a function here is fetched when it is needed, not at the start. (What
//! draws the page comes at the start, but last: see `app`.)
//!
//! `cargo xtask dist` moves the functions that only such a function leads to into a wasm module of their own, with the data
//! that only they use. Anything else that leads to one of them too, keeps it in the first module. In all other builds there
//! is one module, and these are functions like any other.

use crate::browser;
use crate::json;
use crate::program::store::{Later, Screens};
use crate::program::{around, later_runner, screens, shortcuts, update_later};
use crate::{accept, invite, list, session, ui};

/// What it takes to invite, and to work on the list.
#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(later, wasm_split_path = crate::program::split))]
fn later() -> Later {
    Later {
        style: ui::LATER_STYLE,
        update: update_later::update,
        run: later_runner::run,
        draw_composer: invite::view::composer,
        draw_row: list::view::row_progress,
        draw_around: around::around,
        draw_invitee: accept::view::invitee,
        draw_shortcuts: |words, on_close| ui::shortcuts_dialog(words, &shortcuts::SHORTCUTS, on_close),
        parse_rows: |text| json::parse_list(&browser::copied(text)?),
    }
}

/// The screens for everybody who is not at work on invitations now, and Clerk's own components.
#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(screens, wasm_split_path = crate::program::split))]
fn screens() -> Screens {
    Screens {
        style: ui::LATER_STYLE,
        draw: screens::screen,
        draw_opener: session::view::opened,
        show_setup: session::view::show_setup,
    }
}

/// What it takes to invite, and to work on the list, once its code is here.
pub async fn later_code() -> Later {
    let later = later();
    // With the feature the function is async. It waits for nothing: see `split`.
    #[cfg(feature = "split")]
    let later = later.await;
    later
}

/// The screens, once their code is here.
pub async fn screens_code() -> Screens {
    let screens = screens();
    #[cfg(feature = "split")]
    let screens = screens.await;
    screens
}

/// Fetches the screens; `None` when they did not arrive.
pub async fn fetch_screens() -> Option<Screens> {
    if !browser::later("screens").await {
        return None;
    }
    Some(screens_code().await)
}
