//! Measures the release page against the least that a page on clerk-js can be, side by side.
//!
//! Both pages are asked for in turn, each time by a browser with an empty profile, so that a slow moment of the machine
//! falls on both. What matters is the ratio: the times themselves are those of this machine.

mod large;
mod many;
mod visit;
mod weight;

use std::{io::BufRead, io::BufReader, path::Path, process::Stdio};

use anyhow::{Context, Result};
use sandbox::{Sandbox, Serve, World};
use xtask::{
    bundle,
    chromium::Chromium,
    dist::{self, Build},
    npm::Packages,
    paths,
    processes::Process,
    run,
};

use visit::{Browser, Line, Times};

const ROUNDS: usize = 7;

fn main() -> Result<()> {
    let chromium = Chromium::find_or_install()?;
    let bundles = Packages::install()?.clerk_bundles();
    Build::set_up("/")?.run_if_stale()?;
    let floor_folder = floor()?;
    let (_driver, port) = driver(&chromium)?;
    let browser = Browser { binary: chromium.browser, driver: format!("http://127.0.0.1:{port}") };
    let work = async {
        let page = serve(&paths::dist(), &bundles).await?;
        let floor = serve(floor_folder.path(), &bundles).await?;
        // The first visit warms up what is not measured: the disk, the driver.
        browser.visit(&floor.url(), Line::Free).await?;
        page.control().forget_requests();
        let visit = browser.visit(&page.url(), Line::Free).await?;
        print!("{}", weight::report(&visit.files, &page.control().requests(), &bundles)?);
        for line in [Line::Free, Line::Slow] {
            compare(&browser, line, &page, &floor).await?;
        }
        many::take_in(&browser, &page).await?;
        many::send(&browser, &page).await?;
        let small = serve(&paths::dist(), &bundles).await?;
        let large = large::serve(&paths::dist(), &bundles).await?;
        let bare = large::serve(floor_folder.path(), &bundles).await?;
        large::compare(&browser, &large, &small, &bare).await?;
        Ok(())
    };
    tokio::runtime::Runtime::new()?.block_on(work)
}

/// The floor page as a folder to serve, packed as the real one is.
fn floor() -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    let mut files = dist::read(&paths::root().join("xtask/bench/floor"))?;
    let document = files.get_mut("index.html").context("the floor has no index.html")?;
    *document = String::from_utf8_lossy(document)
        .replace("PUBLISHABLE_KEY", &sandbox::publishable_key())
        .into_bytes();
    let compressed = bundle::compressed(&files)?;
    for (name, bytes) in files.iter().chain(&compressed) {
        std::fs::write(folder.path().join(name), bytes)?;
    }
    Ok(folder)
}

/// An admin is signed in, with 57 pending invitations to see.
async fn serve(page: &Path, bundles: &Path) -> Result<Sandbox> {
    let mut world = World::demo();
    let ada = world.user_by_email("ada@demo.test").context("the demo has no Ada")?.id.clone();
    let session = world.sign_in(&ada, Some("org_acme"));
    world.greet_new_clients_with(&session);
    let serve = Serve { page: Some(page.to_owned()), ..Serve::new(bundles) };
    Ok(Sandbox::start(world, serve).await?)
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

async fn compare(browser: &Browser, line: Line, page: &Sandbox, floor: &Sandbox) -> Result<()> {
    let (mut ours, mut least) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        least.push(browser.visit(&floor.url(), line).await?.times);
        ours.push(browser.visit(&page.url(), line).await?.times);
    }
    println!("\n{line}, median of {ROUNDS} (lowest to highest), ms");
    println!("{:22} {:>22} {:>22} {:>7}", "", "this page", "bare page", "ratio");
    row("first paint", &ours, &least, |times| times.paint);
    row("first text", &ours, &least, |times| times.text);
    row("first invitation row", &ours, &least, |times| times.row);
    if let Some(arrived) = middle(ours.iter().filter_map(|times| times.wasm).collect()) {
        println!("{:22} {arrived:>22.0}", "wasm has arrived");
    }
    Ok(())
}

fn row(name: &str, ours: &[Times], least: &[Times], which: impl Fn(&Times) -> f64) {
    let [ours, least] = [ours, least].map(|times| times.iter().map(&which).collect::<Vec<_>>());
    let ratio = middle(ours.clone()).zip(middle(least.clone())).map(|(ours, least)| ours / least);
    println!("{name:22} {:>22} {:>22} {:>7.2}", spread(ours), spread(least), ratio.unwrap_or(f64::NAN));
}

fn spread(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    match (times.first(), times.get(times.len() / 2), times.last()) {
        (Some(low), Some(middle), Some(high)) => format!("{middle:.0} ({low:.0} to {high:.0})"),
        _ => String::new(),
    }
}

fn middle(mut times: Vec<f64>) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}
