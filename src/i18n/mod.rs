//! The words: what the page says, in the reader's language.
//!
//! English is built in, so there is always something to say. Another language is a file of texts by key; what it
//! lacks is said in English. Messages are named by type, so a misspelt one does not compile.

mod catalogue;
mod declare;
mod plurals;
mod sentences;
mod words;

pub use catalogue::Message;
pub use plurals::Plural;
pub use sentences::{allowed, email_problem, error_sentence, problem_sentence, role_name, status_name};
pub use words::{Category, Formats, LANGUAGES, Language, Words, choose};
