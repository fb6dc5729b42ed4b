//! Twenty thousand invitations: they must not be felt until somebody searches, and hardly then.

use anyhow::{Context, Result};
use sandbox::world::{ADMIN, MEMBER, now_ms};
use sandbox::{Sandbox, Serve, Status, World};
use serde::Deserialize;
use serde_json::json;
use std::path::Path;
use thirtyfour::prelude::*;

use crate::{
    many::tell,
    numbers::Sample,
    visit::{Browser, Line},
};

const INVITATIONS: u64 = 20_000;
/// How often it is searched at most: each time takes as long as twenty visits.
const SEARCHES: usize = 5;

/// What a search took: times in milliseconds.
#[derive(Deserialize)]
struct Searched {
    /// From the first letter until it is known that nothing else matches.
    until: f64,
    /// The longest time for which the page could do nothing else meanwhile.
    longest: f64,
    /// Another search, once all is read.
    again: f64,
    again_longest: f64,
    /// Sorting all of it.
    sorted: f64,
    sorted_longest: f64,
    /// Selecting all of it.
    selected: f64,
    selected_longest: f64,
    /// What the page takes afterwards in JavaScript and in wasm, in megabytes.
    #[serde(skip)]
    memory: f64,
}

/// The page before an organization of that many.
///
/// # Errors
/// When it cannot be served.
pub async fn serve(page: &Path, bundles: &Path) -> Result<Sandbox> {
    let mut world = World::demo();
    world.add_organization("org_large", "Large");
    world.add_membership("org_large", "user_ada", ADMIN);
    let now = now_ms();
    let invited = (0..INVITATIONS)
        .map(|n| (format!("person{n}@example.org"), MEMBER.to_owned(), Status::Pending, now - n * 60_000))
        .collect::<Vec<_>>();
    world.invite_many("org_large", invited);
    let session = world.sign_in("user_ada", Some("org_large"));
    world.greet_new_clients_with(&session);
    Ok(Sandbox::start(world, Serve { page: Some(page.to_owned()), ..Serve::new(bundles) }).await?)
}

/// Prints how long the first row takes, beside an organization of 57; how long a search takes until it is complete, beside
/// a script that asks clerk-js for the same pages; and what all that is read takes of memory.
///
/// # Errors
/// When no row comes, or the search finds nothing.
pub async fn compare(
    browser: &Browser,
    large: &Sandbox,
    small: &Sandbox,
    floor: &Sandbox,
    rounds: usize,
) -> Result<()> {
    println!("\n{INVITATIONS} invitations, 150 ms round trip, 1.6 Mbit/s, CPU slowed four times, ms");
    println!("{:22} {:>22} {:>22} {:>7}", "", "20000 invitations", "57 invitations", "ratio");
    let (mut many, mut few) = (vec![], vec![]);
    for _ in 0..rounds {
        few.push(browser.visit(&small.url(), Line::Slow).await?.row);
        many.push(browser.visit(&large.url(), Line::Slow).await?.row);
    }
    let [many, few] = [many, few].map(Sample::from_iter);
    let ratio = many.ratio(&few);
    println!("{:22} {:>22} {:>22} {ratio:>7.2}", "first invitation row", many.spread(0), few.spread(0));

    let (mut ours, mut bare) = (vec![], vec![]);
    for _ in 0..rounds.min(SEARCHES) {
        ours.push(searched(browser, &large.url(), include_str!("search.js")).await?);
        bare.push(searched(browser, &floor.url(), include_str!("bare_search.js")).await?);
    }
    println!("\nSearching {INVITATIONS} invitations, CPU slowed four times, median of {}, ms", ours.len());
    println!("{:24} {:>22} {:>22} {:>7}", "", "this page", "bare clerk-js", "ratio");
    let sample = |all: &[Searched], of: fn(&Searched) -> f64| all.iter().map(of).collect::<Sample>();
    for (name, decimals, of) in [
        ("until it is complete", 0, (|searched| searched.until) as fn(&Searched) -> f64),
        ("once all is read", 0, |searched| searched.again),
        ("sorting by address", 0, |searched| searched.sorted),
        ("selecting all", 0, |searched| searched.selected),
        ("memory afterwards, MB", 1, |searched| searched.memory),
    ] {
        let [ours, bare] = [&ours, &bare].map(|all| sample(all, of));
        let [told, bare_told] = [&ours, &bare].map(|sample| sample.spread(decimals));
        println!("{name:24} {told:>22} {bare_told:>22} {:>7.2}", ours.ratio(&bare));
    }
    for (name, of) in [
        ("longest task, reading", (|searched| searched.longest) as fn(&Searched) -> f64),
        ("longest task, typing", |searched| searched.again_longest),
        ("longest task, sorting", |searched| searched.sorted_longest),
        ("longest task, selecting", |searched| searched.selected_longest),
    ] {
        let [ours, bare] = [&ours, &bare].map(|all| tell(sample(all, of).median()));
        println!("{name:24} {ours:>22} {bare:>22}");
    }
    Ok(())
}

/// Runs a script in a page once that shows a row: its answer, with the memory that the page takes afterwards.
async fn searched(browser: &Browser, url: &str, script: &str) -> Result<Searched> {
    browser
        .with_driver(async |driver| {
            let tools = driver.cdp();
            let watch = json!({ "source": include_str!("memory.js") });
            tools.send_raw("Page.addScriptToEvaluateOnNewDocument", watch).await?;
            driver.goto(url).await?;
            driver.query(By::Css("tbody tr")).first().await?;
            tools.send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
            let whole = format!("const [input, done] = arguments;{}{script}", include_str!("in_page.js"));
            let answer = driver.execute_async(whole, vec![json!(INVITATIONS)]).await?.json().clone();
            tools.send_raw("HeapProfiler.collectGarbage", json!({})).await?;
            let heap = tools.send_raw("Runtime.getHeapUsage", json!({})).await?;
            let heap = heap["usedSize"].as_f64().context("no heap")?;
            let wasm: f64 = driver.execute("return wasmBytes()", vec![]).await?.convert()?;
            let failure = answer.as_str().map(str::to_owned);
            let searched: Searched = serde_json::from_value(answer).context(failure.unwrap_or_default())?;
            Ok(Searched { memory: (heap + wasm) / 1e6, ..searched })
        })
        .await
}
