//! Measures the release page beside the least that a page on clerk-js can be, and beside the React example of Clerk's guide.
//!
//! The pages are visited in turn, each time by a browser with an empty profile, so that a slow moment of the machine falls on
//! all of them. What matters is the ratio: the times themselves are those of this machine.

mod large;
mod many;
mod numbers;
mod pages;
mod profile;
mod start;
mod steadiness;
mod visit;
mod weight;

use std::{io::BufRead, io::BufReader, path::Path, process::Stdio};

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use xtask::{chromium::Chromium, configure, dist::Build, npm::Packages, processes::Process, run};

use pages::{Folders, Pages};
use visit::{Browser, Line};

/// What is to be done.
enum Work {
    /// Measure, with each visit so many times.
    Measure(usize),
    /// Write the profile of the page's functions.
    Profile,
}

fn main() -> Result<()> {
    let work = work(lexopt::Parser::from_env())?;
    let chromium = Chromium::find_or_install()?;
    let packages = Packages::install()?;
    let build = Build::set_up()?;
    let bundles = packages.clerk_bundles();
    let (_driver, port) = driver(&chromium)?;
    let browser = Browser { binary: chromium.browser, driver: format!("http://127.0.0.1:{port}") };
    let runtime = tokio::runtime::Runtime::new()?;
    match work {
        Work::Measure(rounds) => {
            build.run_if_stale()?;
            let folders = Folders::build(&packages)?;
            runtime.block_on(measure(&browser, &folders, &bundles, rounds))
        }
        Work::Profile => {
            let folder = build.telling()?;
            configure::fit(folder.path(), &sandbox::config())?;
            runtime.block_on(profile::write(&browser, folder.path(), &bundles))
        }
    }
}

/// What the arguments ask for, which `cargo xtask` has checked.
fn work(mut arguments: lexopt::Parser) -> Result<Work> {
    match arguments.next()? {
        Some(Long("rounds")) => Ok(Work::Measure(arguments.value()?.parse()?)),
        Some(Long("profile")) => Ok(Work::Profile),
        Some(other) => Err(other.unexpected().into()),
        None => bail!("run this by `cargo xtask bench` or `cargo xtask profile`"),
    }
}

async fn measure(browser: &Browser, folders: &Folders, bundles: &Path, rounds: usize) -> Result<()> {
    let pages = Pages::serve(folders, bundles).await?;
    // The first visit warms up what is not measured: the disk, the driver.
    browser.visit(&pages.bare.url(), Line::Free).await?;
    weight::compare(browser, &pages, &folders.ours, bundles).await?;
    for line in [Line::Free, Line::Slow] {
        start::first_visits(browser, &pages, line, rounds).await?;
    }
    for line in [Line::Free, Line::Slow] {
        start::second_visits(browser, &pages, line, rounds).await?;
    }
    steadiness::compare(browser, &pages, rounds).await?;
    many::take_in(browser, &pages.ours).await?;
    many::send(browser, &pages.ours).await?;
    let small = pages::serve(&folders.ours, bundles).await?;
    let large = large::serve(&folders.ours, bundles).await?;
    let bare = large::serve(folders.bare.path(), bundles).await?;
    large::compare(browser, &large, &small, &bare, rounds).await
}

/// A running chromedriver, and the port it listens on.
fn driver(chromium: &Chromium) -> Result<(Process, u16)> {
    let mut command = run::command(&chromium.driver);
    command.arg("--port=0").stdout(Stdio::piped());
    let mut driver = Process::start("chromedriver", command)?;
    let mut lines = BufReader::new(driver.stdout().context("chromedriver has no output")?).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    // Left unread, a full pipe would stop it.
    std::thread::spawn(move || lines.for_each(drop));
    Ok((driver, port.context("chromedriver did not say where it listens")?))
}
