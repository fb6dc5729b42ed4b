//! The built page, the real clerk-js and Clerk's own components, the sandbox, in a real browser. Each test is a world of
//! its own; each is named for what a person could check.
#![cfg(not(target_arch = "wasm32"))]

mod accepting;
mod acting;
mod amid;
mod broken;
mod config_file;
mod element_settings;
mod embedded;
mod engines;
mod faults;
mod fresh;
mod gate;
mod hostile;
mod hosts;
mod importing;
mod invite;
mod joined;
mod leaving;
mod list;
mod looks;
mod many;
mod once;
mod opening;
mod policy;
mod pseudo;
mod reacting;
mod reloads;
mod requests;
mod revoke;
mod routes;
mod search;
mod selecting;
mod spoken;
mod support;
mod switching;
mod tasks;
mod unstarted;
mod views;
mod words;
