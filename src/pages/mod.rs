//! What is shown, one file per screen: the only place that joins hooks to components.

mod accept;
mod batch;
mod clerk_host;
mod gate;
mod header;
mod invite;
mod list;
mod not_found;
mod organization;
mod roster;
mod setup;
mod start_failed;

pub use gate::Gate;
pub use not_found::not_found;
pub use setup::setup;
pub use start_failed::start_failed;
