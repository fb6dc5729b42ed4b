//! `cargo xtask test`: all checks and tests, those that fail fastest first.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    chromium::Chromium,
    configure,
    dist::Build,
    embedded,
    firefox::Firefox,
    npm::Packages,
    paths, run,
    sandbox::Sandbox,
    set_up::{self, Tools},
    web_servers::WebServers,
    webkit::WebKit,
};

const PAGE: &str = "clerk-invitations";
const WASM: &str = "wasm32-unknown-unknown";

/// Test targets in `tests/` that need a browser; the others run on the host.
const BROWSER_TARGETS: [&str; 2] = ["browser", "e2e"];

/// A browser that tests run in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Chromium: all tests.
    Chromium,
    /// Firefox: those in the browser, and of those end to end what an admin does on most days.
    Firefox,
    /// WebKitGTK: of those end to end what an admin does on most days.
    WebKit,
}

impl Browser {
    const ALL: [(&str, Self); 3] =
        [("chromium", Self::Chromium), ("firefox", Self::Firefox), ("webkit", Self::WebKit)];

    /// The browser of this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn named(name: &str) -> Result<Self> {
        match Self::ALL.iter().find(|(other, _)| *other == name) {
            Some((_, browser)) => Ok(*browser),
            None => bail!("tests run in chromium, firefox and webkit, not in {name:?}"),
        }
    }

    /// The browser that an end-to-end test of this name runs in.
    fn of(test: &str) -> Self {
        let module = |name: &str| format!("engines::{name}::");
        let found = Self::ALL.iter().find(|(name, _)| test.starts_with(&module(name)));
        found.map_or(Self::Chromium, |(_, browser)| *browser)
    }
}

/// Runs all steps and stops at the first that fails. With a filter, runs only the tests whose name contains it; with a
/// browser, those that need one only in that.
///
/// # Errors
/// The error of the step that failed.
pub fn run(filter: Option<&str>, browser: Option<Browser>) -> Result<()> {
    let mut timings = Timings::default();
    let prerequisites = timings.step("set-up", || Prerequisites::install(browser))?;
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
                "languages",
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
    if prerequisites.uses(Browser::Chromium) {
        timings.run("tests in Chromium", filtered(prerequisites.tests_in_chromium(), filter))?;
    }
    if let Some(firefox) = &prerequisites.firefox {
        timings.run("tests in Firefox", filtered(prerequisites.tests_in_firefox(firefox)?, filter))?;
    }
    timings.step("release build", || prerequisites.build.run_if_stale())?;
    let page = timings.step("configuring a copy of it", || prerequisites.configured_page())?;
    timings.run("tests end to end", prerequisites.end_to_end_tests(&page, filter)?)?;
    timings.print();
    prerequisites.say_what_was_left_out();
    Ok(())
}

/// What the steps need. All of it is installed first: without a network the developer learns so now, not after ten minutes.
struct Prerequisites {
    /// The only browser to be used; `None` is all.
    only: Option<Browser>,
    tools: Tools,
    build: Build,
    packages: Packages,
    chromium: Chromium,
    /// `None` where it is not to be used or cannot be installed.
    firefox: Option<Firefox>,
    /// `None` where it is not to be used or cannot be installed.
    webkit: Option<WebKit>,
    /// The folder of the pages that embed the page.
    embedding: PathBuf,
    /// `None` where they cannot be installed; the tests that ask them are left out then.
    web_servers: Option<WebServers>,
}

impl Prerequisites {
    fn install(only: Option<Browser>) -> Result<Self> {
        set_up::linters()?;
        let is_used = |browser| only.is_none_or(|only| only == browser);
        let packages = Packages::install()?;
        Ok(Self {
            only,
            tools: Tools::install()?,
            build: Build::set_up()?,
            embedding: embedded::build(&packages)?,
            packages,
            chromium: Chromium::find_or_install()?,
            firefox: if is_used(Browser::Firefox) { Firefox::find_or_install()? } else { None },
            webkit: if is_used(Browser::WebKit) { WebKit::find_or_install()? } else { None },
            web_servers: WebServers::unpack()?,
        })
    }

    fn uses(&self, browser: Browser) -> bool {
        self.only.is_none_or(|only| only == browser)
    }

    fn tests_in_chromium(&self) -> Command {
        let mut cargo = self.tests_in_a_browser();
        cargo.env("CHROMEDRIVER", &self.chromium.driver).env_remove("GECKODRIVER");
        cargo
    }

    fn tests_in_firefox(&self, firefox: &Firefox) -> Result<Command> {
        let mut cargo = self.tests_in_a_browser();
        cargo.env("GECKODRIVER", &firefox.driver).env_remove("CHROMEDRIVER");
        cargo.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", firefox.capabilities()?);
        Ok(cargo)
    }

    fn tests_in_a_browser(&self) -> Command {
        let mut cargo = self.tools.command("cargo");
        cargo.args(["test", "--package", PAGE, "--target", WASM, "--test", "browser"]);
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
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

    /// The tests end to end: of those whose name contains the filter the ones for the browsers that are used.
    fn end_to_end_tests(&self, page: &Path, filter: Option<&str>) -> Result<Command> {
        let mut cargo = cargo(&END_TO_END);
        cargo.env("CLERK_INVITATIONS_DIST", page);
        cargo.env("CLERK_INVITATIONS_BUNDLES", self.packages.clerk_bundles());
        cargo.env("CLERK_INVITATIONS_AXE", self.packages.axe());
        cargo.env("CLERK_INVITATIONS_EMBEDDING", &self.embedding);
        cargo.env("CHROMEDRIVER", &self.chromium.driver);
        cargo.env("CHROMIUM", &self.chromium.browser);
        match &self.firefox {
            Some(Firefox { browser, driver }) => cargo.env("FIREFOX", browser).env("GECKODRIVER", driver),
            None => cargo.args(["--skip", "engines::firefox::"]),
        };
        match &self.webkit {
            Some(WebKit { browser, driver, xvfb }) => {
                cargo.env("WEBKIT", browser).env("WEBKIT_DRIVER", driver).env("XVFB", xvfb)
            }
            None => cargo.args(["--skip", "engines::webkit::"]),
        };
        match &self.web_servers {
            Some(servers) => cargo.env("CLERK_INVITATIONS_SERVERS", &servers.folder),
            None => cargo.args(["--skip", "hosts::"]),
        };
        match self.only {
            // The others are skipped already.
            None | Some(Browser::Chromium) => cargo.args(filter),
            // The test harness knows no "only these of those".
            Some(only) => cargo.arg("--exact").args(tests_of(only, filter)?),
        };
        Ok(cargo)
    }

    fn say_what_was_left_out(&self) {
        if self.web_servers.is_none() {
            println!("NOT RUN: the tests with nginx, Caddy and Apache, for which there is no apt-get here");
        }
        for (name, is_missing) in [
            ("Firefox", self.uses(Browser::Firefox) && self.firefox.is_none()),
            ("WebKit", self.uses(Browser::WebKit) && self.webkit.is_none()),
        ] {
            if is_missing {
                println!("NOT RUN: the tests in {name}, which cannot be installed here");
            }
        }
    }
}

/// The arguments that run the tests end to end.
const END_TO_END: [&str; 6] = ["test", "--package", PAGE, "--test", "e2e", "--"];

/// The names of the end-to-end tests of a browser that contain the filter.
fn tests_of(browser: Browser, filter: Option<&str>) -> Result<Vec<String>> {
    let listed = run::output(cargo(&END_TO_END).args(["--list", "--format", "terse"]))?;
    let listed = String::from_utf8(listed).context("the names of the tests are no text")?;
    let names = listed.lines().filter_map(|line| line.strip_suffix(": test"));
    let is_meant =
        |name: &&str| Browser::of(name) == browser && filter.is_none_or(|filter| name.contains(filter));
    let names: Vec<_> = names.filter(is_meant).map(str::to_owned).collect();
    // Without a name the harness would run them all.
    Ok(if names.is_empty() { vec!["none of this name".to_owned()] } else { names })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_test_end_to_end_says_which_browser_it_runs_in() {
        assert_eq!(Browser::of("engines::webkit::it_fits_a_telephone"), Browser::WebKit);
        assert_eq!(Browser::of("engines::firefox::it_fits_a_telephone"), Browser::Firefox);
        assert_eq!(Browser::of("looks::the_page_is_light_or_dark_as_the_system_is"), Browser::Chromium);
    }

    #[test]
    fn a_browser_that_no_test_runs_in_is_refused_with_those_that_are_known() {
        assert_eq!(Browser::named("firefox").unwrap(), Browser::Firefox);
        let refusal = Browser::named("safari").unwrap_err().to_string();
        assert!(refusal.contains("chromium, firefox and webkit"), "{refusal}");
    }
}
