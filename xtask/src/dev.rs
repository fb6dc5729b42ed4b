//! `cargo xtask dev`: the page with live reload, against the sandbox or a real Clerk application.

use std::env;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{
    npm::Packages,
    processes::{Interrupt, Process},
    sandbox::Sandbox,
    set_up::Tools,
};

/// Serves with `trunk serve` until Ctrl-C.
///
/// The sandbox is started too, unless `CLERK_PUBLISHABLE_KEY` names a real application.
///
/// # Errors
/// When something cannot be installed or started.
pub fn run(port: u16) -> Result<()> {
    let tools = Tools::install()?;
    let mut trunk = tools.command("trunk");
    trunk.args(["serve", "--port", &port.to_string()]);
    let uses_sandbox = env::var_os("CLERK_PUBLISHABLE_KEY").is_none();
    let packages = uses_sandbox.then(Packages::install).transpose()?;
    let interrupt = Interrupt::catch()?;
    let mut processes = Vec::new();
    if let Some(packages) = packages {
        let sandbox = Sandbox::start(&packages.clerk_bundles(), None, 0)?;
        // The page asks trunk, which passes requests for Clerk on. Its proxy drops the port from the Host header, so the
        // sandbox must not build addresses from it: all of its are relative.
        trunk.arg(format!("--proxy-backend={}__clerk", sandbox.url));
        for (variable, value) in variables(&sandbox)? {
            trunk.env(variable, value);
        }
        processes.push(sandbox.process);
    }
    processes.push(Process::start("trunk", trunk)?);
    interrupt.wait(&mut processes)
}

/// The environment variables that make the page use this sandbox.
fn variables(sandbox: &Sandbox) -> Result<[(&'static str, String); 2]> {
    let settings: Value = serde_json::from_str(&sandbox.settings()?)?;
    let text = |key: &str| settings[key].as_str().map(str::to_owned);
    Ok([
        (
            "CLERK_PUBLISHABLE_KEY",
            text("publishableKey").context("the sandbox's config.json has no publishableKey")?,
        ),
        ("CLERK_PROXY_URL", text("proxyUrl").unwrap_or_default()),
    ])
}
