//! One visit by a browser that has never been there.

use std::{fmt, path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::{ChromeCapabilities, prelude::*};

/// What the line and the processor are like.
#[derive(Clone, Copy)]
pub enum Line {
    /// As fast as this machine is.
    Free,
    /// A phone on a weak network: 150 ms round trip, 1.6 Mbit/s, a processor four times slower.
    Slow,
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self {
            Line::Free => "Unthrottled",
            Line::Slow => "150 ms round trip, 1.6 Mbit/s, CPU slowed four times",
        })
    }
}

/// What a visit took, in milliseconds since the navigation began.
#[derive(Deserialize)]
pub struct Times {
    /// The first thing on the screen, if only grey boxes.
    pub paint: f64,
    /// The first text on the screen.
    pub text: f64,
    /// The first row of an invitation in the document.
    pub row: f64,
    /// The first row in the language that `?lang=` asks for; without it, the first row.
    pub words: f64,
    /// The last byte of the wasm, where there is one.
    pub wasm: Option<f64>,
}

/// A file or an answer that came over the line.
#[derive(Deserialize)]
pub struct Download {
    /// Its address, without the query.
    pub address: String,
    /// Its body as it was sent, compressed.
    pub bytes: u64,
    /// When it was asked for, in milliseconds since the navigation began.
    pub asked: f64,
}

/// Where browsers come from.
pub struct Browser {
    pub binary: PathBuf,
    /// The address of a running chromedriver.
    pub driver: String,
}

/// The flags of `webdriver.json`, so that all browsers here behave alike.
const SETTINGS: &str = include_str!("../../webdriver.json");

/// As long as a visit may take before it is given up.
const LONGEST: Duration = Duration::from_secs(60);

impl Browser {
    /// Visits the address with an empty profile.
    ///
    /// # Errors
    /// When no row comes, or the browser cannot be driven.
    pub async fn visit(&self, url: &str, line: Line) -> Result<Times> {
        self.look(url, async |driver| {
            throttle(driver, line).await?;
            first_row(driver, url).await
        })
        .await
    }

    /// Visits the address a second time, with the profile of the first, whose visit was on a free line.
    ///
    /// # Errors
    /// When no row comes, or the browser cannot be driven.
    pub async fn visit_again(&self, url: &str, line: Line) -> Result<Times> {
        self.look(url, async |driver| {
            first_row(driver, url).await?;
            // What the page fetches when it is idle comes too, and the browser keeps the compiled code.
            until_nothing_comes(driver).await?;
            driver.goto("about:blank").await?;
            throttle(driver, line).await?;
            first_row(driver, url).await
        })
        .await
    }

    /// Visits the address with an empty profile, and waits until nothing more comes. The document is the first download.
    ///
    /// # Errors
    /// When no row comes, or the browser cannot be driven.
    pub async fn load(&self, url: &str) -> Result<(Times, Vec<Download>)> {
        self.look(url, async |driver| Ok((first_row(driver, url).await?, until_nothing_comes(driver).await?)))
            .await
    }

    /// Lets `visit` drive a browser with an empty profile, whose pages have the stopwatch. An error names the address.
    ///
    /// # Errors
    /// Those of `visit`, or when the browser cannot be driven.
    pub async fn look<T>(&self, url: &str, visit: impl AsyncFnOnce(&WebDriver) -> Result<T>) -> Result<T> {
        let visit = self.with_driver(async |driver| {
            let stopwatch = json!({ "source": include_str!("stopwatch.js") });
            driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", stopwatch).await?;
            visit(driver).await
        });
        visit.await.with_context(|| format!("no invitation was seen at {url}"))
    }

    /// Lets `work` drive a browser with an empty profile, which ends with it.
    ///
    /// # Errors
    /// Those of `work`, or when the browser cannot be driven.
    pub async fn with_driver<T>(&self, work: impl AsyncFnOnce(&WebDriver) -> Result<T>) -> Result<T> {
        let driver = WebDriver::new(&self.driver, self.capabilities()?).await?;
        driver.set_script_timeout(LONGEST).await?;
        let outcome = work(&driver).await;
        driver.quit().await?;
        outcome
    }

    fn capabilities(&self) -> Result<ChromeCapabilities> {
        let mut capabilities = DesiredCapabilities::chrome();
        let settings: Value = serde_json::from_str(SETTINGS)?;
        for flag in settings["goog:chromeOptions"]["args"].as_array().into_iter().flatten() {
            capabilities.add_arg(flag.as_str().context("webdriver.json holds a flag that is no text")?)?;
        }
        capabilities.set_binary(&self.binary.to_string_lossy())?;
        Ok(capabilities)
    }
}

/// Makes the line and the processor of the browser what `line` says.
///
/// # Errors
/// When the browser cannot be driven.
pub async fn throttle(driver: &WebDriver, line: Line) -> Result<()> {
    if let Line::Slow = line {
        let tools = driver.cdp();
        let bytes_per_second = 1_600_000 / 8;
        tools.send_raw("Network.enable", json!({})).await?;
        let network = json!({
            "offline": false,
            "latency": 150,
            "downloadThroughput": bytes_per_second,
            "uploadThroughput": bytes_per_second,
        });
        tools.send_raw("Network.emulateNetworkConditions", network).await?;
        tools.send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
    }
    Ok(())
}

/// Opens the address, and waits for the first row in the language it asks for.
///
/// # Errors
/// When no row comes.
pub async fn first_row(driver: &WebDriver, url: &str) -> Result<Times> {
    driver.goto(url).await?;
    let times = driver.execute_async("stopwatch.then(arguments[0])", Vec::new()).await?;
    Ok(times.convert()?)
}

/// Waits until nothing more comes, and returns what has come.
///
/// # Errors
/// When the browser cannot be driven.
pub async fn until_nothing_comes(driver: &WebDriver) -> Result<Vec<Download>> {
    Ok(driver.execute_async(include_str!("downloads.js"), Vec::new()).await?.convert()?)
}
