//! The page with live reload, against the sandbox or a real Clerk application.

use std::env;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{
    children::{Child, Interruption},
    packages,
    sandbox::Sandbox,
    set_up::Tools,
};

/// Serves with `trunk serve` until Ctrl-C.
///
/// The sandbox takes part unless `CLERK_PUBLISHABLE_KEY` names a real application.
///
/// # Errors
/// When something cannot be installed or started.
pub fn run(port: u16) -> Result<()> {
    let tools = Tools::ready()?;
    let mut trunk = tools.command("trunk");
    trunk.args(["serve", "--port", &port.to_string()]);
    let interruption;
    let mut children = Vec::new();
    if env::var_os("CLERK_PUBLISHABLE_KEY").is_some() {
        interruption = Interruption::expected()?;
    } else {
        let bundles = packages::clerk()?;
        interruption = Interruption::expected()?;
        let sandbox = Sandbox::start(&bundles, None, 0)?;
        // Trunk's proxy drops the port from Host. Nothing may be built from that header; the sandbox's own addresses are
        // relative, so the browser keeps asking trunk.
        trunk.arg(format!("--proxy-backend={}__clerk", sandbox.url));
        for (variable, value) in named_by(&sandbox)? {
            trunk.env(variable, value);
        }
        children.push(sandbox.child);
    }
    children.push(Child::start("trunk", trunk)?);
    interruption.wait(&mut children)
}

/// The variables that have the page ask this sandbox, as its own config.json says.
fn named_by(sandbox: &Sandbox) -> Result<[(&'static str, String); 2]> {
    let answer = minreq::get(format!("{}config.json", sandbox.url)).send()?;
    let settings: Value = serde_json::from_slice(answer.as_bytes())?;
    let text = |key: &str| settings[key].as_str().map(str::to_owned);
    Ok([
        (
            "CLERK_PUBLISHABLE_KEY",
            text("publishableKey").context("the sandbox's config.json has no publishableKey")?,
        ),
        ("CLERK_PROXY_URL", text("proxyUrl").unwrap_or_default()),
    ])
}
