//! Where things are kept.

use std::{
    env,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use anyhow::{Context, Result};

/// The workspace's root.
pub fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        // Cargo says it anew at each run. Two checkouts that share a target folder also share this program, which would
        // otherwise go on building the one it was compiled in.
        let here = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        Path::new(&here).parent().unwrap_or(Path::new(".")).to_owned()
    });
    &ROOT
}

/// Where the page to deploy is left.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// A folder of this checkout for what can be made again.
///
/// # Errors
/// When it cannot be created.
pub fn scratch() -> Result<PathBuf> {
    made(root().join("target").join("xtask"))
}

/// The user's cache, shared by every checkout: a second clone downloads nothing again.
///
/// # Errors
/// When there is no home folder, or it cannot be written.
pub fn cache() -> Result<PathBuf> {
    let caches = dirs::cache_dir().context("found no cache folder: is HOME set?")?;
    made(caches.join("clerk-invitations"))
}

fn made(folder: PathBuf) -> Result<PathBuf> {
    std::fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
    Ok(folder)
}
