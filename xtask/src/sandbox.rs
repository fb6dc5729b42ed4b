//! The sandbox as a program that runs beside us.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::Stdio,
};

use anyhow::{Context, Result};

use crate::{children::Child, run};

/// A running sandbox.
pub struct Sandbox {
    /// The program.
    pub child: Child,
    /// The address it serves, with a slash at its end.
    pub url: String,
}

impl Sandbox {
    /// Compiles it, starts it with the demo's world, and returns when it answers. `port` 0 is any free one.
    ///
    /// Who can sign in is printed by the sandbox itself.
    ///
    /// # Errors
    /// When it cannot be compiled or started, for example because the port is taken.
    pub fn start(bundles: &Path, page: Option<&Path>, port: u16) -> Result<Self> {
        println!("Compiling the sandbox, a local stand-in for Clerk");
        run::run(run::cargo().args(["build", "--quiet", "--package", "sandbox"]))?;
        let mut command = run::cargo();
        command.args(["run", "--quiet", "--package", "sandbox", "--", "--bundles"]);
        command.arg(bundles).args(["--port", &port.to_string()]);
        if let Some(page) = page {
            command.arg("--page").arg(page);
        }
        let mut child = Child::start("the sandbox", {
            command.stdout(Stdio::piped());
            command
        })?;
        let mut lines = BufReader::new(child.stdout().context("the sandbox has no output")?).lines();
        // It prints its address first, when it listens.
        let url = lines.next().transpose()?;
        let url = url.with_context(|| format!("the sandbox did not start; is port {port} taken?"))?;
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| println!("{line}")));
        Ok(Self { child, url })
    }
}
