//! Who is signed in, where, and with what rights; and the screens for everybody who may not manage invitations.

mod model;
pub mod view;

pub use model::{Changed, Effect, Model, Msg, Opener, Start, update};
