//! Starts the sandbox, the local stand-in for Clerk, as a process.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::Stdio,
};

use anyhow::{Context, Result};

use crate::{processes::Process, run};

/// A running sandbox.
pub struct Sandbox {
    /// Ends the sandbox when dropped.
    pub process: Process,
    /// The address it serves, with a slash at its end.
    pub url: String,
}

impl Sandbox {
    /// Compiles the sandbox, starts it with the demo's organizations, and returns when it listens.
    ///
    /// `bundles` is the folder with Clerk's scripts, `page` the folder of the page that it serves too, `port` 0 any free port.
    ///
    /// The sandbox itself prints who can sign in.
    ///
    /// # Errors
    /// When the sandbox cannot be compiled or started, for example because the port is taken.
    pub fn start(bundles: &Path, page: Option<&Path>, port: u16) -> Result<Self> {
        Self::start_with(bundles, page, port, &[])
    }

    /// The same with nobody in it, for the files of the page alone: on any free port.
    ///
    /// # Errors
    /// Those of [`start`](Self::start).
    pub fn start_empty(bundles: &Path, page: &Path) -> Result<Self> {
        Self::start_with(bundles, Some(page), 0, &["--world", "empty"])
    }

    /// The same for pages that embed the page at `embedded`.
    ///
    /// # Errors
    /// Those of [`start`](Self::start).
    pub fn start_embedding(bundles: &Path, pages: &Path, port: u16, embedded: &str) -> Result<Self> {
        Self::start_with(bundles, Some(pages), port, &["--embeds", embedded.trim_end_matches('/')])
    }

    fn start_with(bundles: &Path, page: Option<&Path>, port: u16, more: &[&str]) -> Result<Self> {
        println!("Compiling the sandbox, a local stand-in for Clerk");
        run::run(run::cargo().args(["build", "--quiet", "--package", "sandbox"]))?;
        let mut command = run::cargo();
        command.args(["run", "--quiet", "--package", "sandbox", "--", "--bundles"]);
        command.arg(bundles).args(["--port", &port.to_string()]);
        if let Some(page) = page {
            command.arg("--page").arg(page);
        }
        command.args(more);
        command.stdout(Stdio::piped());
        let mut process = Process::start("the sandbox", command)?;
        let mut lines = BufReader::new(process.stdout().context("the sandbox has no output")?).lines();
        // The sandbox prints its address first, once it listens.
        let url = lines.next().transpose()?;
        let url = url.with_context(|| format!("the sandbox did not start; is port {port} taken?"))?;
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| println!("{line}")));
        Ok(Self { process, url })
    }

    /// The config.json of a page that uses this sandbox.
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub fn settings(&self) -> Result<String> {
        let answer = minreq::get(format!("{}config.json", self.url)).send()?;
        Ok(answer.as_str().context("the sandbox's config.json is no text")?.to_owned())
    }
}
