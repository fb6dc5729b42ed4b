//! Installs the npm packages that the page is built, tested and shown with, and those of the React example in the bench.
//!
//! package.json holds their exact versions and package-lock.json their digests, which `npm ci` verifies.
//!
//! The lock at the root lists the packages of Clerk **without their dependencies**. Their `dist/` folders hold finished bundles, which
//! is all that is used here; their dependencies would be some 490 packages and 400 MB, and one of them requires a version of
//! `@clerk/localizations` that npm does not have, so that npm refuses to resolve them at all. `npm ci` and `npm install`
//! take a locked package's dependencies from the lock and leave these two as they are. To update one of them, change its
//! version in both files and its `integrity` in the lock, which `npm view NAME@VERSION dist.integrity` prints; the others
//! are updated by `npm install --save-dev --save-exact --ignore-scripts --omit-lockfile-registry-resolved NAME@VERSION`.
//!
//! The lock in `xtask/bench/react/` is complete: npm resolves those packages. The one in `xtask/embedded/clerk-js-5/` is like that at the root. All of them are updated by the command above.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Context, Result, anyhow};
use sha2::{Digest, Sha256};

use crate::{compress::brotli, hex::hex, paths, run};

const MANIFEST: &str = "package.json";
const LOCK: &str = "package-lock.json";
const NODE_MODULES: &str = "node_modules";

/// The installed packages.
pub struct Packages {
    node_modules: PathBuf,
}

impl Packages {
    /// Installs them into the user's cache, unless the same ones are there.
    ///
    /// # Errors
    /// When npm is missing or fails: a package cannot be downloaded, or its digest is not the one in the lock.
    pub fn install() -> Result<Self> {
        let what = "Clerk's scripts, binaryen, esbuild, axe-core";
        let node_modules =
            install(paths::root(), what, |installed| compress_scripts(&installed.join("@clerk")))?;
        Ok(Self { node_modules })
    }

    /// The folder with `clerk-js/` and `ui/`, Clerk's two packages, with a `.br` beside each script of their `dist/`.
    pub fn clerk_bundles(&self) -> PathBuf {
        self.node_modules.join("@clerk")
    }

    /// binaryen's wasm-opt, a script for node.
    pub fn wasm_opt(&self) -> PathBuf {
        self.node_modules.join("binaryen/bin/wasm-opt")
    }

    /// esbuild, a script for node that starts an executable. Not `esbuild-wasm`: Node 20 often crashes running it.
    pub fn esbuild(&self) -> PathBuf {
        self.node_modules.join("esbuild/bin/esbuild")
    }

    /// axe-core, a script for the tested page.
    pub fn axe(&self) -> PathBuf {
        self.node_modules.join("axe-core/axe.min.js")
    }
}

/// Installs the packages of the lock in `folder` into the user's cache, unless the same ones are there, and lets `finish` add
/// to them once. Returns their `node_modules`. `what` names them for the terminal.
///
/// # Errors
/// Those of `finish`, or when npm is missing or fails: a package cannot be downloaded, or its digest is not the one in the
/// lock.
pub fn install(folder: &Path, what: &str, finish: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let (manifest, lock) = (fs::read(folder.join(MANIFEST))?, fs::read(folder.join(LOCK))?);
    let digest = Sha256::new().chain_update(&manifest).chain_update(&lock).finalize();
    let cache = paths::cache()?;
    let installed = cache.join(format!("npm-{}", hex(&digest[..6])));
    if installed.is_dir() {
        return Ok(installed.join(NODE_MODULES));
    }
    println!("Installing npm packages, once: {what}");
    // In a temporary folder that is renamed at the end: when the installation is interrupted, or two run at once, no other
    // run finds half of it.
    let temporary = tempfile::tempdir_in(&cache)?;
    fs::write(temporary.path().join(MANIFEST), manifest)?;
    fs::write(temporary.path().join(LOCK), lock)?;
    npm_ci(temporary.path())?;
    finish(&temporary.path().join(NODE_MODULES))?;
    match fs::rename(temporary.path(), &installed) {
        // Another run was faster, with the same lock.
        Err(_) if installed.is_dir() => {}
        renamed => renamed.context("could not move the npm packages into the cache")?,
    }
    Ok(installed.join(NODE_MODULES))
}

fn npm_ci(folder: &Path) -> Result<()> {
    let npm = which::which("npm").context("npm is missing: install Node.js 20 or newer, which brings it")?;
    let mut npm = run::command(npm);
    // No package runs code while it is installed. `--include=dev`, because NODE_ENV=production would leave all out.
    npm.args(["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"]);
    run::output(npm.current_dir(folder)).context("could not install the npm packages")?;
    Ok(())
}

/// Writes a `.br` beside each of Clerk's scripts, which the sandbox serves as Clerk's hosts do.
fn compress_scripts(clerk: &Path) -> Result<()> {
    let mut scripts = Vec::new();
    for package in ["clerk-js", "ui"] {
        for file in fs::read_dir(clerk.join(package).join("dist"))? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "js") {
                scripts.push((fs::metadata(&path)?.len(), path));
            }
        }
    }
    // Dealt out by size, because one thread with all large scripts would take as long as a single thread.
    scripts.sort();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let shares = (0..threads).map(|first| scripts.iter().skip(first).step_by(threads));
        let running: Vec<_> = shares
            .map(|mut share| scope.spawn(move || share.try_for_each(|(_, path)| compress_script(path))))
            .collect();
        running.into_iter().try_for_each(|thread| {
            thread.join().unwrap_or_else(|_| Err(anyhow!("a compressing thread failed")))
        })
    })
}

fn compress_script(path: &Path) -> Result<()> {
    // Best quality for the one script that each visit downloads, whose size the bench reports. It would take minutes for all
    // hundred.
    let quality = if path.ends_with("clerk.browser.js") { 11 } else { 6 };
    let compressed = brotli(&fs::read(path)?, quality)?;
    fs::write(path.with_extension("js.br"), compressed)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, Value};

    /// The folders that hold a package.json and a package-lock.json.
    fn folders() -> [PathBuf; 3] {
        let root = paths::root();
        [root.to_owned(), root.join("xtask/bench/react"), root.join("xtask/embedded/clerk-js-5")]
    }

    fn read(file: &Path) -> Value {
        serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
    }

    fn required(folder: &Path) -> Map<String, Value> {
        read(&folder.join(MANIFEST))["devDependencies"].as_object().unwrap().clone()
    }

    fn locked(folder: &Path) -> Map<String, Value> {
        let mut packages = read(&folder.join(LOCK))["packages"].as_object().unwrap().clone();
        packages.remove("");
        packages
    }

    #[test]
    fn each_package_is_required_and_locked_in_the_same_exact_version() {
        for folder in folders() {
            let locked = locked(&folder);
            for (name, version) in required(&folder) {
                assert!(
                    version.as_str().unwrap().starts_with(|first: char| first.is_ascii_digit()),
                    "{name}"
                );
                assert_eq!(locked[&format!("node_modules/{name}")]["version"], version, "{name}");
            }
        }
    }

    #[test]
    fn at_the_root_no_dependency_is_locked_but_the_executables_of_esbuild() {
        let (locked, required) = (locked(paths::root()), required(paths::root()));
        let others = locked.keys().filter_map(|path| path.strip_prefix("node_modules/"));
        let mut others = others.filter(|name| !required.contains_key(*name));
        assert!(others.all(|name| name.starts_with("@esbuild/")));
        assert!(locked.values().all(|package| package.get("dependencies").is_none()));
    }

    #[test]
    fn each_locked_package_has_a_digest_and_names_no_registry() {
        for (name, package) in folders().iter().flat_map(|folder| locked(folder)) {
            let integrity = package["integrity"].as_str().unwrap();
            assert!(integrity.starts_with("sha512-") && integrity.len() == 95, "{name}: {integrity}");
            assert!(package.get("resolved").is_none(), "{name} names the registry it came from");
        }
    }
}
