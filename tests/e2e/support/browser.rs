//! Chromium with an empty profile, and its driver.

use std::{env, process::Stdio, time::Duration};

use serde_json::{Value, json};
use thirtyfour::{ChromeCapabilities, prelude::*};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// The flags of `webdriver.json`, so that all browsers here behave alike.
const SETTINGS: &str = include_str!("../../../webdriver.json");

/// What `cargo xtask test` says where something is.
pub fn place(variable: &str) -> String {
    env::var(variable).unwrap_or_else(|_| {
        panic!("{variable} is not set. These tests need a built page, a browser and more: run `cargo xtask test`.")
    })
}

/// A browser of one's own.
pub struct Browser {
    pub driver: WebDriver,
    process: Child,
}

impl Browser {
    /// Starts one whose reader wants `languages`, e.g. `de,en`.
    pub async fn start(languages: &str) -> Browser {
        let (process, port) = chromedriver().await;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities(languages)).await;
        Browser { driver: driver.expect("a browser"), process }
    }

    /// Ends it, and everything that belongs to it.
    pub async fn quit(mut self) {
        // A driver that is killed leaves its browser behind, so the browser goes first.
        timeout(Duration::from_secs(10), self.driver.quit()).await.ok();
        self.process.kill().await.ok();
    }
}

/// A driver that listens, and where.
///
/// It finds a free port for one family of addresses and then wants the same one of the other. When another program has
/// taken that meanwhile it ends, so it is asked again.
async fn chromedriver() -> (Child, u16) {
    const TRIES: u32 = 5;
    for _ in 0..TRIES {
        if let Some(started) = start_chromedriver().await {
            return started;
        }
    }
    panic!("chromedriver ended {TRIES} times without saying where it listens");
}

async fn start_chromedriver() -> Option<(Child, u16)> {
    let mut command = Command::new(place("CHROMEDRIVER"));
    command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut process = command.spawn().expect("chromedriver, as CHROMEDRIVER names it");
    let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let Some((_, port)) = line.split_once("started successfully on port ") else { continue };
        // Left unread, a full pipe would stop it.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        return Some((process, port.trim_end_matches('.').parse().expect("a port")));
    }
    None
}

fn capabilities(languages: &str) -> ChromeCapabilities {
    let mut capabilities = DesiredCapabilities::chrome();
    let settings: Value = serde_json::from_str(SETTINGS).expect("webdriver.json");
    let flags = settings["goog:chromeOptions"]["args"].as_array().expect("flags").iter();
    let own = [
        "--window-size=1280,1000".to_owned(),
        format!("--accept-lang={languages}"),
        // Nothing here has any business outside this machine; what tries is found out afterwards.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1".to_owned(),
    ];
    for flag in flags.map(|flag| flag.as_str().expect("a flag").to_owned()).chain(own) {
        capabilities.add_arg(&flag).expect("a flag");
    }
    capabilities.set_binary(&place("CHROMIUM")).expect("a binary");
    // Not "normal": a test that holds a script back would never see the page open.
    capabilities.set("pageLoadStrategy", "eager").expect("a capability");
    let logs = json!({ "browser": "ALL", "performance": "ALL" });
    capabilities.set("goog:loggingPrefs", logs).expect("a capability");
    capabilities
        .add_experimental_option("perfLoggingPrefs", json!({ "enableNetwork": true, "enablePage": true }))
        .expect("an option");
    capabilities
}
