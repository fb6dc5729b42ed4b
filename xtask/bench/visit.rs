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
    /// The last byte of the wasm, where there is one.
    #[serde(skip)]
    pub wasm: Option<f64>,
}

/// What a visit brought.
pub struct Visit {
    pub times: Times,
    /// The addresses of everything that was downloaded, the document first.
    pub files: Vec<String>,
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
    /// Opens the address in a browser with an empty profile, and waits for the first row.
    ///
    /// # Errors
    /// When no row comes, or the browser cannot be driven.
    pub async fn visit(&self, url: &str, line: Line) -> Result<Visit> {
        let visit = self.with_driver(async |driver| visit(driver, url, line).await).await;
        visit.with_context(|| format!("no invitation was seen at {url}"))
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

async fn visit(driver: &WebDriver, url: &str, line: Line) -> Result<Visit> {
    let tools = driver.cdp();
    let stopwatch = json!({ "source": include_str!("stopwatch.js") });
    tools.send_raw("Page.addScriptToEvaluateOnNewDocument", stopwatch).await?;
    if let Line::Slow = line {
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
    driver.goto(url).await?;
    let times = driver.execute_async("stopwatch.then(arguments[0])", Vec::new()).await?;
    let mut times: Times = times.convert()?;
    let resources = driver
        .execute(
            "return performance.getEntriesByType('resource').map((entry) => [entry.name, entry.responseEnd])",
            Vec::new(),
        )
        .await?;
    let resources: Vec<(String, f64)> = resources.convert()?;
    times.wasm = resources.iter().find(|(name, _)| name.ends_with(".wasm")).map(|(_, end)| *end);
    let files = std::iter::once(url.to_owned()).chain(resources.into_iter().map(|(name, _)| name));
    Ok(Visit { times, files: files.collect() })
}
