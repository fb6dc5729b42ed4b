//! What can be wrong with a file of `assets/locales`.

use std::fmt;

/// Something that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault it is.
    pub kind: Kind,
    /// The line, counted from 1; `None` for what is not there.
    pub line: Option<usize>,
    /// The key, where the line has one, and what is wrong.
    pub what: String,
}

/// The kinds of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A message that the catalogue has, or a plural category of the language, is not in the file.
    Missing,
    /// The file has a key that the page does not use.
    Unused,
    /// Other placeholders than in English.
    Placeholders,
    /// Anything else.
    Form,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{line}: {}", self.what),
            None => write!(f, " {}", self.what),
        }
    }
}
