//! Leaving the document.

use crate::browser::address::EventWatch;

/// Makes the browser ask for confirmation before the page is closed or left, until the watch is dropped.
pub fn ask_before_leaving() -> EventWatch {
    EventWatch::of_window("beforeunload", |event| event.prevent_default())
}
