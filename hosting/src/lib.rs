//! What a host must know to serve the page, and the files that tell each host.
//!
//! - [`policy`]: the content security policy and the other security headers, which the sandbox sends too.
//! - [`Clerk`]: the addresses of Clerk that the policy must allow, read from `config.json`.
//! - [`cache`]: which files a browser may keep.
//! - [`Host`]: the hosts, and the files to deploy to each of them.
//!
//! The page's addresses are relative to its own, so that the same files work under any path. An address of the page is
//! therefore never deeper than one step below the folder that `index.html` stands in: `/team/accept` is one, and
//! `/team/accept/` is not, because `boot.js` would be looked for in `/team/accept/`.

pub mod cache;
mod clerk;
mod hosts;
pub mod policy;

use std::collections::BTreeMap;

pub use clerk::Clerk;
pub use hosts::{Deployment, Host};

/// Files by their path below a folder, with `/` between its parts.
pub type Files = BTreeMap<String, Vec<u8>>;
