//! What the engine calls.

use crate::domain::{Email, Error, Invitation, Invitations, RoleKey};

/// What the engine needs besides [`Invitations`].
pub trait Service: Invitations {
    /// Invites several addresses at one role in one call. An `Ok` holds only the invitations that came back with an id and
    /// an address: for an address that is missing in it, nothing is proved.
    async fn invite_many(&self, emails: &[Email], role: &RoleKey) -> Result<Vec<Invitation>, Error>;
    /// Waits a second.
    async fn second(&self);
    /// Is there a connection, as far as the browser knows without a request?
    fn is_connected(&self) -> bool;
}
