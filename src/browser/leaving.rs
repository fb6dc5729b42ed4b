//! The question that the browser puts before the page is left.

use crate::browser::address::WindowWatch;

/// Makes the browser ask for confirmation before the page is closed or left, until the watch is dropped.
pub fn ask_before_leaving() -> WindowWatch {
    WindowWatch::new("beforeunload", |event| event.prevent_default())
}
