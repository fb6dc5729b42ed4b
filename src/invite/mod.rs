//! The invite form, and the verdict about each address before it is sent.
//!
//! `model` is the state, `update` what every visitor downloads, `composer` what is fetched when the admin is about to
//! invite; `view` draws both.

pub mod composer;
mod draft;
mod entry;
mod groups;
mod import;
mod model;
mod requested_roles;
mod shown;
mod summary;
#[cfg(test)]
pub(crate) mod testing;
mod update;
mod verdict;
pub mod view;

pub use draft::encode_box;
pub use entry::{Entries, Entry, EntryId, EntryState, Review, Source};
pub use groups::{Group, Issue};
pub use import::{Changing, Encoded, Import, ImportId, ImportMsg, Imports};
pub use model::{Composer, Context, Editing, FieldProblem, Grant, GrantQuestion, Model};
pub use update::{ComposerMsg, Effect, LINK_PEOPLE, LINK_ROLE, Msg, SECOND_LOOK, Step, update};
pub use verdict::{Verdict, Verdicts};
