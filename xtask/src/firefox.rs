//! Firefox, for the tests that run in it.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::{apt, cargo_tool::CargoTool, paths, run};

const GECKODRIVER: CargoTool = CargoTool {
    krate: "geckodriver",
    program: "geckodriver",
    version: "0.37.1",
    locked: true,
    features: None,
    opt_level: 0,
};

const BROWSERS: [&str; 3] = ["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/// Firefox and its driver.
pub struct Firefox {
    /// The browser.
    pub browser: PathBuf,
    /// Its WebDriver server.
    pub driver: PathBuf,
}

impl Firefox {
    /// Finds the browser on the PATH or installs it with apt-get, and installs its driver from crates.io. The variables
    /// `FIREFOX` and `GECKODRIVER` choose others. `None`, with a line on the terminal, on a system where the browser cannot be
    /// installed.
    ///
    /// # Errors
    /// When an installation fails.
    pub fn find_or_install() -> Result<Option<Self>> {
        let Some(browser) = browser()? else {
            println!("There is no Firefox here: the tests in it WILL NOT RUN");
            return Ok(None);
        };
        let driver = match env::var_os("GECKODRIVER") {
            Some(chosen) => chosen.into(),
            None => {
                GECKODRIVER.folder()?.join(GECKODRIVER.program).with_extension(env::consts::EXE_EXTENSION)
            }
        };
        Ok(Some(Self { browser, driver }))
    }

    /// A file with the capabilities that wasm-bindgen's test runner asks the driver for.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn capabilities(&self) -> Result<PathBuf> {
        let options = serde_json::json!({ "binary": self.browser, "args": ["-headless"] });
        let file = paths::scratch()?.join("firefox.json");
        let capabilities = serde_json::json!({ "moz:firefoxOptions": options });
        fs::write(&file, capabilities.to_string()).context("could not write the capabilities of Firefox")?;
        Ok(file)
    }
}

fn browser() -> Result<Option<PathBuf>> {
    let find = || BROWSERS.iter().find_map(|name| which::which(name).ok());
    if let Some(found) = env::var_os("FIREFOX").map(PathBuf::from).or_else(find) {
        return Ok(Some(found));
    }
    // Ubuntu's package installs a snap, which the driver cannot start.
    if !apt::is_here() || apt::is_ubuntu() {
        return Ok(None);
    }
    println!("Installing firefox-esr with apt-get");
    run::run(&mut apt::get(&["update", "--quiet"]))?;
    run::run(&mut apt::get(&["install", "--quiet", "--yes", "--no-install-recommends", "firefox-esr"]))?;
    Ok(find())
}
