//! An invitation, as Clerk has it.

use crate::domain::role::RoleKey;

/// Clerk's id of an invitation (`orginv_...`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InvitationId(pub String);

/// Milliseconds since the epoch, as Clerk counts time.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Timestamp(pub f64);

/// What became of an invitation. The list of words is open: Clerk may add one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Sent and waiting.
    Pending,
    /// The person joined.
    Accepted,
    /// Withdrawn.
    Revoked,
    /// Nobody answered in time.
    Expired,
    /// Any other word, kept as Clerk spells it.
    Other(String),
}

impl Status {
    /// The status that Clerk spells `word`.
    pub fn from_word(word: &str) -> Self {
        match word {
            "pending" => Self::Pending,
            "accepted" => Self::Accepted,
            "revoked" => Self::Revoked,
            "expired" => Self::Expired,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Clerk's word for it.
    pub fn word(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::Other(word) => word,
        }
    }
}

/// An invitation to an organization.
#[derive(Clone, Debug, PartialEq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// The invited address. A stranger may have written it: it is text and nothing else.
    pub email: String,
    /// The same in lower case, to compare it by ([`Email::key`](crate::domain::Email::key)).
    pub email_key: String,
    /// The role that it brings.
    pub role: RoleKey,
    /// The role's name, when Clerk's answer carries one.
    pub role_name: Option<String>,
    /// What became of it.
    pub status: Status,
    /// When it was sent.
    pub created: Option<Timestamp>,
}
