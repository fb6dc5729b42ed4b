//! The screens around a workspace, and those for everybody who may not manage invitations.

mod clerk_host;
mod frame;
mod gate;
mod no_right;
mod not_found;
mod opener;
mod setup;
mod start_failed;

pub use clerk_host::{ClerkHost, clerk_screen, failure};
pub use frame::{frame, members, opener};
pub use gate::gate;
pub use no_right::no_right;
pub use not_found::not_found;
pub use opener::opened;
pub use setup::show_setup;
pub use start_failed::start_failed;
