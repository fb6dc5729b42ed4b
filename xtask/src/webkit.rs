//! WebKitGTK's own small browser, which draws the page as Safari does, for the tests that run in it.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{apt, run};

/// The driver, the browser, and a display that needs no screen.
const PACKAGES: [&str; 3] = ["webkit2gtk-driver", "libwebkit2gtk-4.1-0", "xvfb"];

/// Where the package has the browser, below the folder of libraries of a platform.
const BROWSER: &str = "webkit2gtk-4.1/MiniBrowser";

/// The browser and what it takes to drive it.
pub struct WebKit {
    /// The browser.
    pub browser: PathBuf,
    /// Its WebDriver server.
    pub driver: PathBuf,
    /// The server of a display in memory: this browser draws on no other.
    pub xvfb: PathBuf,
}

impl WebKit {
    /// Finds them, or installs them with apt-get. The variables `WEBKIT`, `WEBKIT_DRIVER` and `XVFB` choose others. `None`, with
    /// a line on the terminal, on a system without apt-get.
    ///
    /// # Errors
    /// When the installation fails.
    pub fn find_or_install() -> Result<Option<Self>> {
        if let Some(found) = Self::find() {
            return Ok(Some(found));
        }
        if !apt::is_here() {
            println!("There is no apt-get here: the tests in WebKit WILL NOT RUN");
            return Ok(None);
        }
        println!("Installing {} with apt-get", PACKAGES.join(", "));
        run::run(&mut apt::get(&["update", "--quiet"]))?;
        let mut install = apt::get(&["install", "--quiet", "--yes", "--no-install-recommends"]);
        run::run(install.args(PACKAGES))?;
        Self::find()
            .map(Some)
            .context("apt-get installed WebKit, but its browser, its driver or Xvfb is not found")
    }

    fn find() -> Option<Self> {
        Some(Self {
            browser: chosen("WEBKIT").or_else(browser)?,
            driver: chosen("WEBKIT_DRIVER").or_else(|| which::which("WebKitWebDriver").ok())?,
            xvfb: chosen("XVFB").or_else(|| which::which("Xvfb").ok())?,
        })
    }
}

fn chosen(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from)
}

fn browser() -> Option<PathBuf> {
    let platforms = fs::read_dir(Path::new("/usr/lib")).ok()?.flatten();
    platforms.map(|platform| platform.path().join(BROWSER)).find(|browser| browser.is_file())
}
