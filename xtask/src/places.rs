//! Where things are kept.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The workspace's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
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
