//! Where files are kept.

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use anyhow::{Context, Result};

/// The workspace's root.
pub fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        // Read at run time, because cargo sets it for each run: two checkouts that share a target folder share this
        // program too, and the path it was compiled with may be that of the other checkout.
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        Path::new(&manifest).parent().unwrap_or(Path::new(".")).to_owned()
    });
    &ROOT
}

/// The folder to deploy.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The folders to deploy to particular hosts, by the name of the host.
pub fn dist_hosts() -> PathBuf {
    root().join("dist-hosts")
}

/// A folder of this checkout for files that can be built again.
///
/// # Errors
/// When it cannot be created.
pub fn scratch() -> Result<PathBuf> {
    created(root().join("target").join("xtask"))
}

/// The user's cache, shared by all checkouts: a second clone downloads nothing again.
///
/// # Errors
/// When there is no home folder, or it cannot be written.
pub fn cache() -> Result<PathBuf> {
    let caches = dirs::cache_dir().context("found no cache folder: is HOME set?")?;
    created(caches.join("clerk-invitations"))
}

fn created(folder: PathBuf) -> Result<PathBuf> {
    fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
    Ok(folder)
}
