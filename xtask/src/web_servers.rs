//! nginx, Caddy and Apache, for the tests that ask them for the page.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{apt, paths, run};

/// The servers, a module of nginx that sends `.br` files, and the table of file types that Apache reads.
const PACKAGES: [&str; 5] =
    ["nginx", "libnginx-mod-http-brotli-static", "caddy", "apache2-bin", "media-types"];

/// The servers with what they need, unpacked into a folder.
pub struct WebServers {
    /// Holds `usr/sbin/nginx` and so on.
    pub folder: PathBuf,
}

impl WebServers {
    /// Downloads Debian's packages and unpacks them into the cache. `None`, with a line on the terminal, on a system without
    /// apt-get.
    ///
    /// They are not installed: that would start nginx and Caddy as services, now and whenever the machine starts.
    ///
    /// # Errors
    /// When a package cannot be downloaded or unpacked.
    pub fn unpack() -> Result<Option<Self>> {
        if !apt::is_here() {
            println!("There is no apt-get here: the tests with nginx, Caddy and Apache WILL NOT RUN");
            return Ok(None);
        }
        let folder = paths::cache()?.join("web-servers");
        if !folder.exists() {
            println!("Downloading {} with apt-get", PACKAGES.join(", "));
            // Renamed at the end: a folder of that name is complete.
            let temporary = tempfile::tempdir_in(paths::cache()?)?;
            let archives = download(temporary.path())?;
            let root = temporary.path().join("root");
            for archive in archives {
                run::run(run::command("dpkg-deb").arg("--extract").arg(&archive).arg(&root))?;
            }
            fs::rename(&root, &folder).context("could not write the web servers into the cache")?;
        }
        Ok(Some(Self { folder }))
    }
}

/// Downloads the packages, with those that they depend on and the system lacks, and returns their archives.
fn download(folder: &Path) -> Result<Vec<PathBuf>> {
    let archives = folder.join("archives");
    // apt-get downloads into a folder of that name first.
    fs::create_dir_all(archives.join("partial"))?;
    run::run(&mut apt::get(&["update", "--quiet"]))?;
    let mut install = apt::get(&[
        "install",
        "--quiet",
        "--yes",
        "--download-only",
        "--reinstall",
        "--no-install-recommends",
    ]);
    // As the user who may write into the cache, which is the developer's own.
    install.args(["-o", "APT::Sandbox::User=root", "-o"]);
    run::run(install.arg(format!("Dir::Cache::archives={}", archives.display())).args(PACKAGES))?;
    let mut found = Vec::new();
    for entry in fs::read_dir(&archives)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "deb") {
            found.push(path);
        }
    }
    Ok(found)
}
