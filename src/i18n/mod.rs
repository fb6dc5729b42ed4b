//! The words: what the page says, in the reader's language.
//!
//! English is built in, so there is always something to say. Another language is a list of texts, made of its file in
//! `assets/locales`; what it lacks is said in English. Messages are named by type, so a misspelt one does not compile.

mod catalogue;
mod declare;
mod plurals;
mod sentences;
mod texts;
mod words;

pub use catalogue::Message;
pub use plurals::Plural;
pub use sentences::{
    allowed, email_problem, error_sentence, name_system_roles, problem_sentence, role_name, status_name,
    system_role,
};
pub use texts::{CATEGORIES, DIGEST, Texts};
pub use words::{Category, Formats, LANGUAGES, Language, Words, choose};
