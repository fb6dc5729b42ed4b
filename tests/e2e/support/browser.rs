//! A browser with an empty profile, and its driver.

use std::{env, process::Stdio, time::Duration};

use serde_json::{Value, json};
use thirtyfour::{Capabilities, ChromeCapabilities, prelude::*};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

/// The flags of `webdriver.json`, so that all Chromiums here behave alike.
const SETTINGS: &str = include_str!("../../../webdriver.json");

/// Not "normal": a test that holds a file back would never see the page open.
const LOAD_STRATEGY: &str = "eager";

/// As long as a driver may take until it listens.
const PATIENCE: Duration = Duration::from_secs(20);

/// What `cargo xtask test` says where something is.
pub fn place(variable: &str) -> String {
    env::var(variable).unwrap_or_else(|_| {
        panic!("{variable} is not set. These tests need a built page, a browser and more: run `cargo xtask test`.")
    })
}

/// What draws the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, which nearly all tests use: only its driver can cut the network and tell of each request.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK's own small browser. Layout, DOM and clipboard are those of Safari.
    WebKit,
}

/// How a browser is started.
#[derive(Clone, Debug)]
pub struct Settings {
    pub engine: Engine,
    /// The languages that its reader wants, e.g. `de,en`.
    pub languages: String,
    /// Whether the system is dark.
    pub is_dark: bool,
}

/// A browser of one's own.
pub struct Browser {
    pub driver: WebDriver,
    pub engine: Engine,
    process: Child,
    /// The display that WebKit draws on; it ends when dropped.
    _display: Option<Child>,
}

impl Browser {
    /// Starts one.
    pub async fn start(settings: &Settings) -> Browser {
        let (process, port, display) = match settings.engine {
            Engine::Chromium => chromedriver().await,
            Engine::Firefox => geckodriver().await,
            Engine::WebKit => webkit_driver(settings).await,
        };
        let capabilities: Capabilities = match settings.engine {
            Engine::Chromium => chromium(&settings.languages).into(),
            Engine::Firefox => firefox(settings),
            Engine::WebKit => webkit(settings),
        };
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await;
        let driver = driver.unwrap_or_else(|error| panic!("{:?} does not start: {error}", settings.engine));
        Browser { driver, engine: settings.engine, process, _display: display }
    }

    /// Ends it, and everything that belongs to it.
    pub async fn quit(mut self) {
        // A driver that is killed leaves its browser behind, so the browser goes first.
        timeout(Duration::from_secs(10), self.driver.quit()).await.ok();
        self.process.kill().await.ok();
    }
}

/// A driver that listens, where, and the display that it needs.
type Driver = (Child, u16, Option<Child>);

/// It finds a free port for one family of addresses and then wants the same one of the other. When another program has
/// taken that meanwhile it ends, so it is asked again.
async fn chromedriver() -> Driver {
    const TRIES: u32 = 5;
    for _ in 0..TRIES {
        let mut command = Command::new(place("CHROMEDRIVER"));
        command.arg("--port=0");
        if let Some(started) = listening(command, "started successfully on port ").await {
            return started;
        }
    }
    panic!("chromedriver ended {TRIES} times without saying where it listens");
}

async fn geckodriver() -> Driver {
    let mut command = Command::new(place("GECKODRIVER"));
    command.args(["--port", "0"]);
    listening(command, "Listening on 127.0.0.1:").await.expect("geckodriver says where it listens")
}

/// Starts a driver, and reads off its output the port behind `mark`.
async fn listening(mut command: Command, mark: &str) -> Option<Driver> {
    command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut process = command.spawn().expect("the driver");
    let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let Some((_, port)) = line.split_once(mark) else { continue };
        // Left unread, a full pipe would stop it.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        return Some((process, port.trim_end_matches('.').parse().expect("a port"), None));
    }
    None
}

/// The driver of WebKit, which says nothing and finds no free port by itself.
async fn webkit_driver(settings: &Settings) -> Driver {
    let mut display = Command::new(place("XVFB"));
    display.args(["-displayfd", "1", "-screen", "0", "1400x1200x24", "-nolisten", "tcp"]);
    display.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut display = display.spawn().expect("Xvfb, as XVFB names it");
    let mut lines = BufReader::new(display.stdout.take().expect("its output")).lines();
    let number = lines.next_line().await.ok().flatten().expect("the number of the display");
    let free = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let first = settings.languages.split(',').next().unwrap_or("en-US");
    let mut command = Command::new(place("WEBKIT_DRIVER"));
    command.args([format!("--port={port}")]).env("DISPLAY", format!(":{number}"));
    // Without a locale of the system that it knows, WebKit would tell pages that their reader speaks "C".
    command.env("LANG", format!("{}.UTF-8", first.replace('-', "_"))).env("LANGUAGE", first);
    command.stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let process = command.spawn().expect("the driver of WebKit, as WEBKIT_DRIVER names it");
    let answers = async {
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, answers).await.expect("the driver of WebKit listens");
    (process, port, Some(display))
}

fn chromium(languages: &str) -> ChromeCapabilities {
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
    capabilities.set("pageLoadStrategy", LOAD_STRATEGY).expect("a capability");
    let logs = json!({ "browser": "ALL", "performance": "ALL" });
    capabilities.set("goog:loggingPrefs", logs).expect("a capability");
    capabilities
        .add_experimental_option("perfLoggingPrefs", json!({ "enableNetwork": true, "enablePage": true }))
        .expect("an option");
    capabilities
}

fn firefox(settings: &Settings) -> Capabilities {
    let options = json!({
        "binary": place("FIREFOX"),
        "args": ["-headless", "--width=1280", "--height=1000"],
        "prefs": {
            "intl.accept_languages": settings.languages,
            // 0 is dark, 1 is light.
            "layout.css.prefers-color-scheme.content-override": if settings.is_dark { 0 } else { 1 },
        },
    });
    capabilities([
        ("browserName", json!("firefox")),
        ("pageLoadStrategy", json!(LOAD_STRATEGY)),
        ("moz:firefoxOptions", options),
    ])
}

fn webkit(settings: &Settings) -> Capabilities {
    let mut arguments = vec!["--automation", "--geometry=1280x1000"];
    arguments.extend(settings.is_dark.then_some("--dark-mode"));
    let options = json!({ "binary": place("WEBKIT"), "args": arguments });
    capabilities([("pageLoadStrategy", json!("normal")), ("webkitgtk:browserOptions", options)])
}

fn capabilities<const N: usize>(entries: [(&str, Value); N]) -> Capabilities {
    entries
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
