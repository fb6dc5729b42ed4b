//! What the README's commands run.
//!
//! `configure`, `demo`, `dev`, `dist`, `languages`, `test` and `mutants` are the commands of those names. `set_up`, `cargo_tool`,
//! `npm`, `chromium`, `firefox`, `webkit` and `web_servers` install what is missing. For `dist` trunk builds the page, `panics`
//! takes out of its wasm what is never shown, `wasm_split` splits it, `cold_code` moves what is needed last out of the part that comes
//! first, and `bundle` makes of all that what is deployed. `embedded` builds pages that embed this one, for the demo and the tests.
//! `bench`, which measures, and writes the profile that `cold_code` goes by, is a program of its own: it needs a WebDriver client,
//! which takes a minute to compile, and the demo does not.

pub mod apt;
pub mod bundle;
pub mod cargo_tool;
pub mod chromium;
pub mod cold_code;
pub mod compress;
pub mod config;
pub mod configure;
pub mod demo;
pub mod dev;
pub mod dist;
pub mod embedded;
pub mod firefox;
pub mod folder;
pub mod hex;
pub mod languages;
pub mod mutants;
pub mod npm;
pub mod panics;
pub mod paths;
pub mod processes;
pub mod react;
pub mod run;
pub mod sandbox;
pub mod set_up;
pub mod test;
pub mod wasm_split;
pub mod web_servers;
pub mod webkit;
pub mod workbook;
