//! The one place where the page's code is split: what is only reached from [`later`] is fetched when the admin is about to
//! invite or to work on the list, not at the start.

use crate::browser;
use crate::program::store::Later;
use crate::program::{later_runner, update_later};
use crate::{accept, invite, list};

/// The entry to the code that is fetched later.
///
/// `cargo xtask dist` moves the functions that only this one leads to into a second wasm module, with the data that only
/// they use. Anything else that leads to one of them too, keeps it in the first module. In all other builds there is one
/// module, and this is a function like any other.
#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(later))]
fn later() -> Later {
    Later {
        update: update_later::update,
        run: later_runner::run,
        draw_composer: invite::view::composer,
        draw_row: list::view::row_progress,
        draw_reading: list::view::reading,
        draw_actions: list::view::actions,
        draw_invitee: accept::view::invitee,
    }
}

/// Fetches that code; `None` when it did not arrive.
pub async fn fetch_later() -> Option<Later> {
    if !browser::later().await {
        return None;
    }
    let later = later();
    // With the feature the function is async. It waits for nothing: `browser::later` has fetched the module.
    #[cfg(feature = "split")]
    let later = later.await;
    Some(later)
}
