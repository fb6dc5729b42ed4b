//! The browser that tests and measurements run in.

use std::{env, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{apt, run};

/// Chromium or Chrome, and the driver that fits it.
pub struct Chromium {
    /// The browser.
    pub browser: PathBuf,
    /// Its WebDriver server.
    pub driver: PathBuf,
}

const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const DRIVERS: [&str; 2] = ["chromedriver", "/usr/lib/chromium-browser/chromedriver"];

impl Chromium {
    /// Finds the browser and its driver on the PATH, or installs them with apt-get. The variables `CHROMIUM` and
    /// `CHROMEDRIVER` choose others.
    ///
    /// # Errors
    /// When they are missing and cannot be installed; the error says what to install.
    pub fn find_or_install() -> Result<Self> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        let Some(packages) = apt_packages() else {
            bail!(
                "Chromium (or Chrome) and chromedriver of the same version are needed and not on the PATH: install them, \
                 or name them in CHROMIUM and CHROMEDRIVER"
            );
        };
        println!("Installing {} with apt-get", packages.join(" and "));
        run::run(&mut apt::get(&["update", "--quiet"]))?;
        run::run(apt::get(&["install", "--quiet", "--yes"]).args(packages))?;
        Self::find().context("apt-get installed the browser and its driver, but they are not on the PATH")
    }

    fn find() -> Option<Self> {
        Some(Self { browser: find("CHROMIUM", &BROWSERS)?, driver: find("CHROMEDRIVER", &DRIVERS)? })
    }
}

fn find(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(chosen) = env::var_os(variable) {
        return Some(chosen.into());
    }
    names.iter().find_map(|name| which::which(name).ok())
}

/// The names of the browser's and the driver's package on this system, if it has apt-get.
fn apt_packages() -> Option<[&'static str; 2]> {
    let debian = ["chromium", "chromium-driver"];
    let ubuntu = ["chromium-browser", "chromium-chromedriver"];
    apt::is_here().then(|| if apt::is_ubuntu() { ubuntu } else { debian })
}
