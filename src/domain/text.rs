//! Functions on text that the browser supplies.

/// Turns a text into lower case, whatever its script.
///
/// In the page the browser does it: Rust's own tables would cost each visitor 4 kB. Tests pass `str::to_lowercase`.
pub type Lowercase = fn(&str) -> String;
