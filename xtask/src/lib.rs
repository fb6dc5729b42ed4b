//! What the README's commands run.
//!
//! `set_up` and `packages` bring what is missing; `dist` has trunk build the page, `finish` turns trunk's output into
//! what is deployed, with its wasm cut in two by `split`; `demo`, `dev` and `checks` are the commands of those names.
//! `bench` is a program of its own, because it alone needs a WebDriver client: the demo should not have to compile one
//! first.

pub mod checks;
pub mod children;
pub mod chromium;
pub mod config;
pub mod demo;
pub mod dev;
pub mod dist;
pub mod finish;
pub mod packages;
pub mod places;
pub mod run;
pub mod sandbox;
pub mod set_up;
pub mod split;
