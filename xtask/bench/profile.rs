//! Writes the profile of the page's functions: those that are not called in a visit in which nobody touches it.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;
use thirtyfour::prelude::*;
use xtask::cold_code::Profile;

use crate::{
    pages,
    visit::{Browser, Line, first_row, throttle, until_nothing_comes},
};

/// The first screens: the list in three languages, one of which is written from right to left, and with another filter.
const ADDRESSES: [&str; 4] = ["", "?lang=de", "?lang=ar", "?view=all"];
/// The widths of a desktop and of a phone, in pixels.
const WIDTHS: [u32; 2] = [1280, 360];

/// The names of functions.
#[derive(Default, Deserialize)]
struct Functions {
    all: BTreeSet<String>,
    called: BTreeSet<String>,
}

/// Visits the page in `folder`, whose functions tell that they are called, and writes down the names of those that never did.
/// On a slow line what arrives arrives in another order, so both are visited.
///
/// # Errors
/// When a visit shows no row, or the profile cannot be written.
pub async fn write(browser: &Browser, folder: &Path, bundles: &Path) -> Result<()> {
    let page = pages::serve(folder, bundles).await?;
    let mut seen = Functions::default();
    for address in ADDRESSES {
        for width in WIDTHS {
            for line in [Line::Free, Line::Slow] {
                let url = [&page.url(), address].concat();
                let functions =
                    browser.look(&url, async |driver| functions(driver, &url, width, line).await).await?;
                println!(
                    "{url} at {width} pixels, {line}: {} of {} functions",
                    functions.called.len(),
                    functions.all.len()
                );
                seen.all.extend(functions.all);
                seen.called.extend(functions.called);
            }
        }
    }
    let cold = seen.all.difference(&seen.called).cloned().collect();
    let file = Profile::file();
    std::fs::write(&file, Profile::text(&cold))
        .with_context(|| format!("could not write {}", file.display()))?;
    println!("{} of {} names are cold: {}", cold.len(), seen.all.len(), file.display());
    Ok(())
}

async fn functions(driver: &WebDriver, url: &str, width: u32, line: Line) -> Result<Functions> {
    let listen = json!({ "source": include_str!("called.js") });
    driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", listen).await?;
    driver.set_window_rect(0, 0, width, 800).await?;
    throttle(driver, line).await?;
    first_row(driver, url).await?;
    until_nothing_comes(driver).await?;
    let names = "return { all: [...functions.all], called: [...functions.called] }";
    Ok(driver.execute(names, Vec::new()).await?.convert()?)
}
