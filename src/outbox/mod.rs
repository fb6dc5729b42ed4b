//! Sends, replaces and revokes many invitations: each address ends with exactly one outcome, and that outcome is what
//! happened.
//!
//! Clerk documents ten addresses a call, does not say whether a call with one bad address refuses the nine good ones as
//! well, and any answer can be lost. So the engine assumes none of that:
//! - a refused call is split until each bad address stands alone, and each address in it counts as possibly sent;
//! - a lost answer is settled by reading the list before any address of that call is sent again, because a blind retry
//!   sends a second mail;
//! - failures without an end (too many requests, no connection) are given up after [`MAX_ROUNDS_WITHOUT_PROGRESS`] rounds.
//!
//! Clerk can neither resend an invitation nor change its role, so the engine revokes the earlier invitation and sends
//! another one. Between these two calls the invitee has no invitation. When a run ends there, whatever the reason, the
//! second call is tried once, unless it is certain to fail. Where it does not succeed, the job says that the earlier
//! invitation is revoked, and why no other one was sent.
//!
//! The engine works in rounds: a few calls at a time until one of them is lost or has to wait. Then it reads the list, or
//! waits, with no call under way: the pages of the list would shift while they are read.

mod announcement;
mod engine;
pub mod journal;
mod model;
mod refusal;
mod report;
mod run;
mod service;
mod settle;
mod task;
#[cfg(test)]
mod tests;
pub mod view;
pub mod wording;

pub use announcement::Announcement;
pub use engine::{IN_FLIGHT, MAX_ROUNDS_WITHOUT_PROGRESS, execute};
pub use journal::JournalEntry;
pub use model::{ActiveRun, Effect, Msg, Origin, Outbox, RunId, RunRequest, update};
pub use report::Report;
pub use run::{OnChange, Run};
pub use service::Service;
pub use task::{Action, Job, JobResult, Outcome, Stage, Task};
