//! Measures the release page beside the least that a page on clerk-js can be, and beside the React example of Clerk's guide.
//!
//! The pages are visited in turn, each time by a browser with an empty profile, so that a slow moment of the machine falls on
//! all of them. What matters is the ratio: the times themselves are those of this machine.

mod large;
mod many;
mod numbers;
mod pages;
mod start;
mod steadiness;
mod visit;
mod weight;

use std::{io::BufRead, io::BufReader, path::Path, process::Stdio};

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use xtask::{chromium::Chromium, dist::Build, npm::Packages, processes::Process, run};

use pages::{Folders, Pages};
use visit::{Browser, Line};

fn main() -> Result<()> {
    let rounds = rounds(lexopt::Parser::from_env())?;
    let chromium = Chromium::find_or_install()?;
    let packages = Packages::install()?;
    Build::set_up()?.run_if_stale()?;
    let folders = Folders::build(&packages)?;
    let (_driver, port) = driver(&chromium)?;
    let browser = Browser { binary: chromium.browser, driver: format!("http://127.0.0.1:{port}") };
    let bundles = packages.clerk_bundles();
    let work = measure(&browser, &folders, &bundles, rounds);
    tokio::runtime::Runtime::new()?.block_on(work)
}

/// The value of `--rounds`, which `cargo xtask bench` has checked.
fn rounds(mut arguments: lexopt::Parser) -> Result<usize> {
    match arguments.next()? {
        Some(Long("rounds")) => Ok(arguments.value()?.parse()?),
        Some(other) => Err(other.unexpected().into()),
        None => bail!("--rounds is missing: run this by `cargo xtask bench`"),
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
