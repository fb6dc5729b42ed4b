//! Invite people to a Clerk organization and manage the invitations, in the browser.

// A panic would take the whole page away. Tests may panic.
#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]
#![allow(async_fn_in_trait)] // The page is one thread, so no caller needs a `Send` future.

/// A tenth of the code of Rust’s own allocator for wasm.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

pub mod accept;
pub mod addresses;
pub mod app;
pub mod browser;
pub mod clerk;
pub mod config;
pub mod domain;
mod drawing;
pub mod feedback;
pub mod files;
pub mod i18n;
pub mod invite;
pub mod json;
pub mod language;
pub mod list;
pub mod outbox;
pub mod program;
pub mod requests;
pub mod route;
pub mod session;
pub mod ui;
