//! Applications of React, bundled with React and Clerk's package for it.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{
    npm::{self, Packages},
    paths, run,
};

/// A script and all that it imports, for production, in one file; without its own `./embedded.js`, which stands beside it.
///
/// # Errors
/// When the packages cannot be installed, or esbuild refuses the script.
pub fn bundled(script: &Path, packages: &Packages) -> Result<Vec<u8>> {
    let lock = paths::root().join("xtask/bench/react");
    let node_modules = npm::install(&lock, "React and Clerk's package for it", |_| Ok(()))?;
    let mut esbuild = Command::new("node");
    esbuild.arg(packages.esbuild()).arg(script);
    esbuild.args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--jsx=automatic"]);
    esbuild.args(["--define:process.env.NODE_ENV=\"production\"", "--log-level=error"]);
    esbuild.arg("--external:./embedded.js");
    run::output(esbuild.env("NODE_PATH", node_modules)).context("could not bundle an application of React")
}
