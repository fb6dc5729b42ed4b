//! Taking in ten thousand lines, and sending five hundred invitations.

use anyhow::{Context, Result};
use sandbox::Sandbox;
use serde::Deserialize;
use serde_json::json;
use thirtyfour::{By, prelude::ElementQueryable};

use crate::visit::Browser;

/// How long something took in the page, and beside it a script that does no more than it must. In milliseconds.
#[derive(Deserialize)]
struct Took {
    ours: f64,
    /// The longest time for which the page could do nothing else; 0 below the 50 ms from which browsers tell.
    longest: f64,
    peer: f64,
    peer_longest: f64,
}

const LINES: u32 = 10_000;
const ADDRESSES: usize = 500;
/// Clerk's documented limit of one call.
const AT_ONCE: usize = 10;

/// Prints how long 10,000 lines take, beside a loop over the lines that does nothing but match a pattern.
///
/// # Errors
/// When the page does not take them in.
pub async fn take_in(browser: &Browser, page: &Sandbox) -> Result<()> {
    let took: Took = browser.run(&page.url(), 4, include_str!("take_in.js"), json!(LINES)).await?;
    println!("\n{LINES} lines pasted, CPU slowed four times, ms");
    table(&took, "a bare loop");
    Ok(())
}

/// Prints how many calls 500 invitations take, and how long, beside a script that sends as many by clerk-js.
///
/// # Errors
/// When they are not all sent.
pub async fn send(browser: &Browser, page: &Sandbox) -> Result<()> {
    page.control().forget_requests();
    let took: Took = browser.run(&page.url(), 1, include_str!("send.js"), json!(ADDRESSES)).await?;
    let bulk = "/v1/organizations/*/invitations/bulk";
    let calls = page.control().requests().into_iter().filter(|seen| seen.is("POST", bulk));
    let ours = calls
        .filter(|call| call.field("email_address").is_some_and(|email| email.starts_with("ours")))
        .count();
    let fewest = ADDRESSES.div_ceil(AT_ONCE);
    let ratio = ours as f64 / fewest as f64;
    println!("\n{ADDRESSES} addresses sent: {ours} calls, {fewest} at the fewest ({ratio:.2}), ms");
    table(&took, "bare clerk-js");
    Ok(())
}

fn table(took: &Took, peer: &str) {
    println!("{:22} {:>14} {:>14} {:>7}", "", "this page", peer, "ratio");
    println!("{:22} {:>14.0} {:>14.0} {:>7.2}", "total", took.ours, took.peer, took.ours / took.peer);
    println!("{:22} {:>14} {:>14}", "longest task", tell(took.longest), tell(took.peer_longest));
}

/// A task that browsers don't tell of is shorter than 50 ms.
pub fn tell(longest: f64) -> String {
    if longest > 0.0 { format!("{longest:.0}") } else { "below 50".to_owned() }
}

impl Browser {
    /// Runs a script (its argument is `input`, it calls `done` with its answer or an error's text) in the page once that
    /// shows a row, with a processor so many times slower.
    async fn run(&self, url: &str, slower: u32, script: &str, input: serde_json::Value) -> Result<Took> {
        let answer = self
            .with_driver(async |driver| {
                driver.goto(url).await?;
                driver.query(By::Css("tr[data-invitation]")).first().await?;
                let rate = json!({ "rate": slower });
                driver.cdp().send_raw("Emulation.setCPUThrottlingRate", rate).await?;
                let shared = include_str!("in_page.js");
                let whole = format!("const [input, done] = arguments;{shared}{script}");
                Ok(driver.execute_async(whole, vec![input]).await?.json().clone())
            })
            .await?;
        let failure = answer.as_str().map(str::to_owned);
        serde_json::from_value(answer).context(failure.unwrap_or_default())
    }
}
