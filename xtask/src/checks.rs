//! Every check there is, in the order in which they are quickest to fail.

use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

use crate::{
    chromium::Chromium,
    dist::Dist,
    packages, places, run,
    set_up::{self, Tools},
};

const PAGE: &str = "clerk-invitations";
const WASM: &str = "wasm32-unknown-unknown";

/// Test targets that need a browser; every other one in `tests/` runs on the host.
const IN_A_BROWSER: [&str; 2] = ["browser", "e2e"];

/// Runs them all and stops at the first that fails. With a filter, only the tests whose name holds it.
///
/// # Errors
/// The step that failed.
pub fn run(filter: Option<&str>) -> Result<()> {
    let mut steps = Steps::default();
    let ready = steps.step("set-up", Ready::new)?;
    if filter.is_none() {
        steps.run("formatting", cargo(&["fmt", "--all", "--check"]))?;
        steps.run("clippy", clippy(&["--workspace", "--all-targets", "--features", "xtask/bench"]))?;
        steps.run(
            "clippy for the browser",
            clippy(&["--package", PAGE, "--target", WASM, "--lib", "--bins", "--test", "browser"]),
        )?;
    }
    steps.run("tests on the host", filtered(on_the_host()?, filter))?;
    steps.run(
        "tests of the tools",
        filtered(cargo(&["test", "--package", "sandbox", "--package", "xtask"]), filter),
    )?;
    steps.run("tests in the browser", filtered(ready.in_the_browser(), filter))?;
    steps.step("release build", || ready.dist.fresh())?;
    steps.run("tests end to end", filtered(ready.end_to_end()?, filter))?;
    steps.print();
    Ok(())
}

/// All that must be there before the first step.
struct Ready {
    tools: Tools,
    dist: Dist,
    chromium: Chromium,
}

impl Ready {
    fn new() -> Result<Self> {
        set_up::linters()?;
        let ready = Self { tools: Tools::ready()?, dist: Dist::ready("/")?, chromium: Chromium::ready()? };
        // Here rather than ten minutes later, when the last step would find that the network is gone.
        packages::clerk()?;
        packages::axe()?;
        Ok(ready)
    }

    fn in_the_browser(&self) -> Command {
        let mut cargo = self.tools.command("cargo");
        cargo.args(["test", "--package", PAGE, "--target", WASM, "--test", "browser"]);
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
        cargo.env("CHROMEDRIVER", &self.chromium.driver);
        // In seconds, for all tests together; its own 20 are too few for a slow machine.
        cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "1200");
        cargo
    }

    fn end_to_end(&self) -> Result<Command> {
        let mut cargo = cargo(&["test", "--package", PAGE, "--test", "e2e"]);
        cargo.env("CLERK_INVITATIONS_DIST", places::dist());
        cargo.env("CLERK_INVITATIONS_BUNDLES", packages::clerk()?);
        cargo.env("CLERK_INVITATIONS_AXE", packages::axe()?);
        cargo.env("CHROMEDRIVER", &self.chromium.driver);
        cargo.env("CHROMIUM", &self.chromium.browser);
        Ok(cargo)
    }
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = run::cargo();
    cargo.args(arguments);
    cargo
}

fn clippy(what: &[&str]) -> Command {
    let mut cargo = cargo(&["clippy"]);
    cargo.args(what).args(["--", "--deny", "warnings"]);
    cargo
}

fn filtered(mut cargo: Command, filter: Option<&str>) -> Command {
    if let Some(filter) = filter {
        cargo.arg("--").arg(filter);
    }
    cargo
}

/// The page's own tests, and every target of `tests/` that needs no browser.
fn on_the_host() -> Result<Command> {
    let mut cargo = cargo(&["test", "--package", PAGE, "--lib", "--bins"]);
    let mut targets = Vec::new();
    for file in fs::read_dir(places::root().join("tests")).context("there is no tests/")? {
        let path = file?.path();
        let is_target =
            path.extension().is_some_and(|ending| ending == "rs") || path.join("main.rs").is_file();
        if let Some(name) = path.file_stem().and_then(|name| name.to_str()).filter(|_| is_target) {
            targets.push(name.to_owned());
        }
    }
    targets.sort();
    for target in targets.iter().filter(|target| !IN_A_BROWSER.contains(&target.as_str())) {
        cargo.args(["--test", target]);
    }
    Ok(cargo)
}

/// What was done, and how long it took.
#[derive(Default)]
struct Steps(Vec<(&'static str, Duration)>);

impl Steps {
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
        for (name, took) in &self.0 {
            println!("{:>7.1} s  {name}", took.as_secs_f32());
        }
    }
}
