//! The list of invitations: a page of it, the whole list when it is searched or sorted, and everything that the admin does
//! with invitations.
//!
//! `model` is the state, `messages` what happens to it, `update` what every visitor downloads, `actions` and `whole_list`
//! what is fetched when the admin is about to do something; `view` draws both.

pub mod actions;
mod dialog;
pub mod export;
mod full_list;
mod matches;
mod merge;
mod messages;
mod model;
mod news;
mod recipients;
mod rows;
mod search;
#[cfg(test)]
pub(crate) mod testing;
mod update;
pub mod view;
mod vocabulary;
mod whole_list;

pub use full_list::{PageQuestion, Progress};
pub use messages::{ActionMsg, BulkAction, Context, DialogMsg, Effect, Input, Msg, RowAction, Selection};
pub use model::{AfterReading, Attention, Dialog, FoundMembers, Menu, Model, RowChange, RowNote, Shown};
pub use update::{find_gone, update};
