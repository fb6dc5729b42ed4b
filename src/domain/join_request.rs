//! Requests to join an organization. Who has an address in one of its verified domains may ask; an admin answers.

use crate::domain::error::Error;
use crate::domain::invitation::Timestamp;

/// Clerk's id of a request to join.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub String);

/// A request to join that nobody has answered yet.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinRequest {
    /// Which one.
    pub id: RequestId,
    /// The address of the person who asks. Text from a stranger.
    pub email: String,
    /// Their name, when they gave one. Text from a stranger.
    pub name: Option<String>,
    /// When they asked.
    pub since: Option<Timestamp>,
}

/// What an admin answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The person becomes a member, with the role that Clerk gives by default.
    Accept,
    /// The person does not become a member. They may ask again.
    Decline,
}

/// The calls on the requests to join an organization.
pub trait JoinRequests {
    /// The requests that nobody has answered: up to `rows` of them, from the page numbered `page` (from 1), and how many there
    /// are in all.
    async fn pending_requests(&self, page: u32, rows: u32) -> Result<(Vec<JoinRequest>, u64), Error>;
    /// Answers a request. `Ok` only when Clerk returned that request, answered like this.
    async fn answer_request(&self, id: &RequestId, answer: Answer) -> Result<(), Error>;
}
