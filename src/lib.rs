//! Invite people to a Clerk organization and manage the invitations, in the browser.

#![allow(async_fn_in_trait)] // The page is one thread, so no caller needs a `Send` future.

pub mod app;
pub mod browser;
pub mod clerk;
pub mod components;
pub mod config;
pub mod domain;
pub mod hooks;
pub mod i18n;
pub mod json;
pub mod pages;
pub mod route;
