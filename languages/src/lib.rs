//! What each language of the page must say, and what is wrong with what it says.
//!
//! - [`LANGUAGES`]: the languages beside English, with the plural forms of each.
//! - [`Catalogue`]: every message with its English text, read from the page's source.
//! - [`faults`]: holds a file of `assets/locales` against the catalogue.
//! - [`packed`]: makes of such a file the list that the page reads.
//!
//! `tests/locales.rs` and `cargo xtask languages` both ask here, so that the test and the command can't differ.

mod catalogue;
mod fault;
mod faults;
mod file;
mod packed;
mod pseudo;

pub use catalogue::{Catalogue, Wanted, placeholders};
pub use fault::{Fault, Kind};
pub use faults::{faults, text_faults};
pub use file::{Text, texts};
pub use packed::{CATEGORIES, digest, packed};
pub use pseudo::pseudo;

/// A language that the page has a file for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its tag, as in the name of its file.
    pub tag: &'static str,
    /// The plural categories that it has for whole numbers. Source: CLDR's plural rules. French, Italian, Portuguese and Spanish
    /// have `many` for a million: the page says `other` there.
    pub plurals: &'static [&'static str],
}

/// The languages whose files may lack messages: English stands in for those.
pub const INCOMPLETE: &[&str] = &[];

/// All languages but English, which is built in.
pub const LANGUAGES: &[Language] = &[
    Language { tag: "ar", plurals: &["zero", "one", "two", "few", "many", "other"] },
    Language { tag: "de", plurals: &["one", "other"] },
    Language { tag: "es", plurals: &["one", "other"] },
    Language { tag: "fr", plurals: &["one", "other"] },
    Language { tag: "it", plurals: &["one", "other"] },
    Language { tag: "ja", plurals: &["other"] },
    Language { tag: "nl", plurals: &["one", "other"] },
    Language { tag: "pl", plurals: &["one", "few", "many"] },
    Language { tag: "pt-BR", plurals: &["one", "other"] },
    Language { tag: "tr", plurals: &["one", "other"] },
    Language { tag: "zh-CN", plurals: &["other"] },
];
