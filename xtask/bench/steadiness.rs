//! Whether a page stays where it is while it starts, and whether it answers as soon as it shows invitations.

use std::time::Duration;

use anyhow::Result;
use serde::Deserialize;
use serde_json::json;

use crate::{
    numbers::Sample,
    pages::Pages,
    visit::{Browser, Line, first_row, throttle},
};

/// Of a desktop and of a phone, in CSS pixels.
const WIDTHS: [u32; 2] = [1280, 360];

/// For so long after the first row the page is watched.
const WATCHED: Duration = Duration::from_secs(3);

/// What was seen of one visit.
#[derive(Deserialize)]
struct Steadiness {
    /// The sum of all layout shifts that no input caused: as large as CLS or larger.
    shift: f64,
    /// The longest task that began after the first row, in milliseconds; 0 below the 50 ms from which browsers tell.
    longest: f64,
    /// How many tasks of 50 ms or more began after it.
    tasks: f64,
}

/// Prints both for first visits on a slow line: of this page in both widths, of the others in the first.
///
/// # Errors
/// When a visit shows no row.
pub async fn compare(browser: &Browser, pages: &Pages, rounds: usize) -> Result<()> {
    let [desktop, phone] = WIDTHS;
    let mut visits = pages.named().map(|(name, page)| (name, page.url(), desktop)).to_vec();
    visits.insert(1, ("this page", pages.ours.url(), phone));
    let mut seen: Vec<Vec<Steadiness>> = visits.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for ((_, url, width), seen) in visits.iter().zip(&mut seen) {
            seen.push(watch(browser, url, *width).await?);
        }
    }
    println!("\n{}, first visit, median of {rounds} (lowest to highest)", Line::Slow);
    println!(
        "{:22} {:>7} {:>22} {:>24} {:>16}",
        "", "px wide", "layout shift", "longest task after row", "tasks from 50 ms"
    );
    for ((name, _, width), seen) in visits.iter().zip(&seen) {
        row(name, *width, seen);
    }
    Ok(())
}

fn row(name: &str, width: u32, seen: &[Steadiness]) {
    let sample = |which: fn(&Steadiness) -> f64| seen.iter().map(which).collect::<Sample>();
    let shift = sample(|seen| seen.shift).spread(3);
    let longest = sample(|seen| seen.longest).spread(0);
    let tasks = sample(|seen| seen.tasks).spread(0);
    println!("{name:22} {width:>7} {shift:>22} {longest:>24} {tasks:>16}");
}

/// Visits the page in a window of that width, and watches it for a while after the first row.
async fn watch(browser: &Browser, url: &str, width: u32) -> Result<Steadiness> {
    browser
        .look(url, async |driver| {
            let tools = driver.cdp();
            let watch = json!({ "source": include_str!("steadiness.js") });
            tools.send_raw("Page.addScriptToEvaluateOnNewDocument", watch).await?;
            let window =
                json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600 });
            tools.send_raw("Emulation.setDeviceMetricsOverride", window).await?;
            throttle(driver, Line::Slow).await?;
            let row = first_row(driver, url).await?.row;
            tokio::time::sleep(WATCHED).await;
            Ok(driver.execute("return steadiness(arguments[0])", vec![json!(row)]).await?.convert()?)
        })
        .await
}
