//! Organizations that are suggested to people whose address is in one of their domains.

use super::{World, now_ms};

/// A suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Clerk's id, `orgsug_...`.
    pub id: String,
    /// The organization.
    pub organization_id: String,
    /// Whom it is suggested to.
    pub user: String,
    /// Whether the user has asked to join.
    pub is_accepted: bool,
    /// When it was made.
    pub created_at: u64,
}

impl Suggestion {
    /// Clerk's word for where it stands.
    pub fn status(&self) -> &'static str {
        if self.is_accepted { "accepted" } else { "pending" }
    }
}

impl World {
    /// Suggests an organization to a user, and returns the suggestion's id.
    pub fn suggest(&mut self, organization: &str, user: &str) -> String {
        let id = self.mint("orgsug");
        self.suggestions.push(Suggestion {
            id: id.clone(),
            organization_id: organization.to_owned(),
            user: user.to_owned(),
            is_accepted: false,
            created_at: now_ms(),
        });
        id
    }
}
