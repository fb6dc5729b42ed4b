//! The screens around a workspace, and those for everybody who may not manage invitations.

mod clerk_host;
mod frame;
mod gate;
mod not_found;
mod opener;
mod setup;
mod start_failed;

pub use clerk_host::{ClerkHost, clerk_screen};
pub use frame::frame;
pub use gate::gate;
pub use not_found::not_found;
pub use setup::setup;
pub use start_failed::{config_not_loaded, start_failed};
