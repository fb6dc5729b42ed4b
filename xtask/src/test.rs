//! `cargo xtask test`: all checks and tests, those that fail fastest first.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

use crate::{
    chromium::Chromium,
    configure,
    dist::Build,
    embedded,
    npm::Packages,
    paths, run,
    sandbox::Sandbox,
    set_up::{self, Tools},
    web_servers::WebServers,
};

const PAGE: &str = "clerk-invitations";
const WASM: &str = "wasm32-unknown-unknown";

/// Test targets in `tests/` that need a browser; the others run on the host.
const BROWSER_TARGETS: [&str; 2] = ["browser", "e2e"];

/// Runs all steps and stops at the first that fails. With a filter, runs only the tests whose name contains it.
///
/// # Errors
/// The error of the step that failed.
pub fn run(filter: Option<&str>) -> Result<()> {
    let mut timings = Timings::default();
    let prerequisites = timings.step("set-up", Prerequisites::install)?;
    if filter.is_none() {
        timings.run("formatting", cargo(&["fmt", "--all", "--check"]))?;
        timings.run("clippy", clippy(&["--workspace", "--all-targets", "--features", "xtask/bench"]))?;
        timings.run(
            "clippy for the browser",
            clippy(&["--package", PAGE, "--target", WASM, "--lib", "--bins", "--test", "browser"]),
        )?;
    }
    timings.run("tests on the host", filtered(host_tests()?, filter))?;
    timings.run(
        "tests of the tools",
        filtered(
            cargo(&[
                "test",
                "--package",
                "hosting",
                "--package",
                "sandbox",
                "--package",
                "workbook",
                "--package",
                "xtask",
                "--features",
                "xtask/bench",
            ]),
            filter,
        ),
    )?;
    timings.run("tests in the browser", filtered(prerequisites.browser_tests(), filter))?;
    timings.step("release build", || prerequisites.build.run_if_stale())?;
    let page = timings.step("configuring a copy of it", || prerequisites.configured_page())?;
    timings.run("tests end to end", prerequisites.end_to_end_tests(&page, filter))?;
    timings.print();
    if prerequisites.web_servers.is_none() {
        println!("NOT RUN: the tests with nginx, Caddy and Apache, for which there is no apt-get here");
    }
    Ok(())
}

/// What the steps need. All of it is installed first: without a network the developer learns so now, not after ten minutes.
struct Prerequisites {
    tools: Tools,
    build: Build,
    packages: Packages,
    chromium: Chromium,
    /// The folder of the pages that embed the page.
    embedding: PathBuf,
    /// `None` where they cannot be installed; the tests that ask them are left out then.
    web_servers: Option<WebServers>,
}

impl Prerequisites {
    fn install() -> Result<Self> {
        set_up::linters()?;
        let packages = Packages::install()?;
        Ok(Self {
            tools: Tools::install()?,
            build: Build::set_up()?,
            embedding: embedded::build(&packages)?,
            packages,
            chromium: Chromium::find_or_install()?,
            web_servers: WebServers::unpack()?,
        })
    }

    fn browser_tests(&self) -> Command {
        let mut cargo = self.tools.command("cargo");
        cargo.args(["test", "--package", PAGE, "--target", WASM, "--test", "browser"]);
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
        cargo.env("CHROMEDRIVER", &self.chromium.driver);
        // In seconds, for all tests together. The runner's default, 20, is too short for a slow machine.
        cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "1200");
        cargo
    }

    /// The folder of a page that is configured for a sandbox.
    fn configured_page(&self) -> Result<PathBuf> {
        let page = configure::copy_of_dist()?;
        let sandbox = Sandbox::start(&self.packages.clerk_bundles(), None, 0)?;
        configure::fit(&page, &sandbox.settings()?)?;
        Ok(page)
    }

    fn end_to_end_tests(&self, page: &Path, filter: Option<&str>) -> Command {
        let mut cargo = cargo(&["test", "--package", PAGE, "--test", "e2e", "--"]);
        cargo.env("CLERK_INVITATIONS_DIST", page);
        cargo.env("CLERK_INVITATIONS_BUNDLES", self.packages.clerk_bundles());
        cargo.env("CLERK_INVITATIONS_AXE", self.packages.axe());
        cargo.env("CLERK_INVITATIONS_EMBEDDING", &self.embedding);
        cargo.env("CHROMEDRIVER", &self.chromium.driver);
        cargo.env("CHROMIUM", &self.chromium.browser);
        match &self.web_servers {
            Some(servers) => cargo.env("CLERK_INVITATIONS_SERVERS", &servers.folder),
            None => cargo.args(["--skip", "hosts::"]),
        };
        cargo.args(filter);
        cargo
    }
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = run::cargo();
    cargo.args(arguments);
    cargo
}

fn clippy(targets: &[&str]) -> Command {
    let mut cargo = cargo(&["clippy"]);
    cargo.args(targets).args(["--", "--deny", "warnings"]);
    cargo
}

fn filtered(mut cargo: Command, filter: Option<&str>) -> Command {
    if let Some(filter) = filter {
        cargo.arg("--").arg(filter);
    }
    cargo
}

/// The page's unit tests, and each target in `tests/` that needs no browser.
fn host_tests() -> Result<Command> {
    let mut cargo = cargo(&["test", "--package", PAGE, "--lib", "--bins"]);
    let mut targets = Vec::new();
    for file in fs::read_dir(paths::root().join("tests")).context("there is no tests/")? {
        let path = file?.path();
        let is_target =
            path.extension().is_some_and(|extension| extension == "rs") || path.join("main.rs").is_file();
        if let Some(name) = path.file_stem().and_then(|name| name.to_str()).filter(|_| is_target) {
            targets.push(name.to_owned());
        }
    }
    targets.sort();
    for target in targets.iter().filter(|target| !BROWSER_TARGETS.contains(&target.as_str())) {
        cargo.args(["--test", target]);
    }
    Ok(cargo)
}

/// The steps so far, and how long each took.
#[derive(Default)]
struct Timings(Vec<(&'static str, Duration)>);

impl Timings {
    fn run(&mut self, name: &'static str, mut command: Command) -> Result<()> {
        self.step(name, || run::run(&mut command))
    }

    fn step<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n=== {name}");
        let start = Instant::now();
        let outcome = work();
        self.0.push((name, start.elapsed()));
        if outcome.is_err() {
            self.print();
        }
        outcome.with_context(|| format!("{name} failed"))
    }

    fn print(&self) {
        println!();
        for (name, duration) in &self.0 {
            println!("{:>7.1} s  {name}", duration.as_secs_f32());
        }
    }
}
