//! Invite people to a Clerk organization and manage the invitations, in the browser.

#![allow(async_fn_in_trait)] // The page is one thread, so no caller needs a `Send` future.

pub mod config;
pub mod domain;
pub mod i18n;
