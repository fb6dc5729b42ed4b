//! Builds the folder to deploy, `dist/`: trunk compiles, [`panics`] takes out of the wasm what is never shown, [`wasm_split`]
//! splits it, [`cold_code`] moves what is needed last out of the part that comes first, and [`bundle`] makes of all that what is
//! deployed.

pub mod hosts;
mod minify;
mod sizes;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha384};

pub use sizes::table;

use crate::{
    bundle::{self, Files},
    cold_code::{self, Profile},
    config, configure, folder,
    hex::hex,
    npm::Packages,
    panics, paths, run,
    set_up::Tools,
    wasm_split, workbook,
};
use minify::NodeMinifiers;

/// The files that a build depends on. When one of them has changed, `dist/` is stale.
const SOURCES: [&str; 11] = [
    "assets",
    "src",
    "workbook",
    "xtask/src",
    "index.html",
    "package-lock.json",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "rust-toolchain.toml",
    ".cargo/config.toml",
];

/// Every address of the page is relative to the one that it stands at, so that the same files work under any path.
const RELATIVE: &str = "./";

/// A release build of the page, with all programs that it takes installed.
pub struct Build {
    tools: Tools,
    packages: Packages,
}

impl Build {
    /// Installs what the build takes.
    ///
    /// # Errors
    /// When something cannot be installed.
    pub fn set_up() -> Result<Self> {
        Ok(Self { tools: Tools::install()?, packages: Packages::install()? })
    }

    /// Builds into `dist/`, unless its files are those of a build from the same sources.
    ///
    /// # Errors
    /// When a step of the build fails.
    pub fn run_if_stale(&self) -> Result<()> {
        let _lock = lock()?;
        if Fingerprint::of_last_build().is_some_and(|last| Fingerprint::now().is_ok_and(|now| now == last)) {
            println!("dist/ is up to date");
            return Ok(());
        }
        self.write()
    }

    /// Builds into `dist/`, unless its files were built from the same sources, even if the deployer has edited some since.
    ///
    /// # Errors
    /// When a step of the build fails.
    pub fn run_if_sources_changed(&self) -> Result<()> {
        let _lock = lock()?;
        let last = Fingerprint::of_last_build().map(|last| last.sources);
        if last.is_some_and(|last| Fingerprint::now().is_ok_and(|now| now.sources == last)) {
            println!("dist/ was built from these sources: it is taken as it is");
            return Ok(());
        }
        self.write()
    }

    /// Builds into `dist/`, and prints the sizes of its files.
    ///
    /// # Errors
    /// When a step of the build fails.
    pub fn run(&self) -> Result<()> {
        let _lock = lock()?;
        self.write()?;
        print!("{}", table(&folder::read(&paths::dist())?)?);
        Ok(())
    }

    /// Builds a page of which each function tells that it is called (see [`crate::cold_code`]), into a folder that ends with what is
    /// returned.
    ///
    /// # Errors
    /// When a step of the build fails.
    pub fn telling(&self) -> Result<tempfile::TempDir> {
        let _lock = lock()?;
        let folder = tempfile::tempdir()?;
        folder::write(&self.bundled(None)?, folder.path())?;
        Ok(folder)
    }

    fn write(&self) -> Result<()> {
        let mut files = self.bundled(Some(Profile::of_the_page()?))?;
        configure::apply(&mut files)?;
        let compressed = bundle::compressed(&files)?;
        // Into a temporary folder first: a server that is running meanwhile never reads half of a build.
        let temporary = tempfile::tempdir_in(paths::scratch()?)?;
        folder::write(&files, temporary.path())?;
        folder::write(&compressed, temporary.path())?;
        let dist = paths::dist();
        if dist.exists() {
            fs::remove_dir_all(&dist).context("could not empty dist/")?;
        }
        fs::rename(temporary.keep(), &dist).context("could not write dist/")?;
        Fingerprint::now()?.save()
    }

    fn bundled(&self, profile: Option<Profile>) -> Result<Files> {
        println!("Building the page with trunk");
        let built = paths::scratch()?.join("trunk");
        self.trunk(&built)?;
        println!("Minifying, naming and compressing its files");
        let files = self.with_split_wasm(folder::read(&built)?)?;
        bundle::bundle(files, &NodeMinifiers::new(&self.packages, profile))
    }

    fn trunk(&self, into: &Path) -> Result<()> {
        let mut trunk = self.tools.command("trunk");
        trunk.args(["--log", "warn", "build", "--release", "--locked", "--features", "split"]);
        trunk.arg("--dist").arg(into);
        trunk.args(["--public-url", RELATIVE]);
        // Trunk would print its own backtrace below each compile error.
        trunk.env("RUST_LIB_BACKTRACE", "0");
        let flags = [wasm_split::RUSTFLAG, cold_code::RUSTFLAG]
            .map(str::to_owned)
            .into_iter()
            .chain(remapped_paths());
        let flags = flags.collect::<Vec<_>>().join(" ");
        trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        run::run(&mut trunk)
    }

    /// Replaces the wasm and the glue that trunk made by those of a split wasm without the texts of panics.
    fn with_split_wasm(&self, mut files: Files) -> Result<Files> {
        const SUFFIX: &str = "_bg.wasm";
        let name = files.keys().find_map(|name| name.strip_suffix(SUFFIX));
        let name = name.context("trunk built no wasm")?.to_owned();
        let linked = linked_wasm()?;
        let linked = fs::read(&linked).with_context(|| format!("could not read {}", linked.display()))?;
        let linked = panics::without_texts(&linked)?;
        let split = wasm_split::split(&linked, &name, self.tools.command("wasm-bindgen"))?;
        files.insert(format!("{name}{SUFFIX}"), split.primary);
        files.insert(format!("{name}.js"), split.glue.into_bytes());
        for (module, wasm) in split.secondary {
            files.insert([bundle::SECONDARY, &module].concat(), wasm);
        }
        files.insert(bundle::CHUNKS.to_owned(), serde_json::to_vec(&split.chunks)?);
        let workbook = workbook::build(&target_folder()?.join("workbook"), &remapped_paths().join(" "))?;
        files.insert(bundle::WORKBOOK.to_owned(), workbook);
        Ok(files)
    }
}

/// What a build was made of, and what it made.
#[derive(PartialEq)]
struct Fingerprint {
    /// A digest of the sources and the settings.
    sources: String,
    /// A digest of the files in `dist/`, which `trunk serve` and the developer may have written to since.
    dist: String,
}

impl Fingerprint {
    /// # Errors
    /// When a file cannot be read.
    fn now() -> Result<Self> {
        let mut digest = Sha384::new();
        add(&mut digest, "", format!("{:?}", config::environment()).as_bytes());
        for source in SOURCES {
            let path = paths::root().join(source);
            if path.is_dir() {
                add_all(&mut digest, source, &folder::read(&path)?);
            } else {
                add(&mut digest, source, &fs::read(&path)?);
            }
        }
        let sources = hex(&digest.finalize());
        let mut digest = Sha384::new();
        add_all(&mut digest, "dist", &folder::read(&paths::dist())?);
        Ok(Self { sources, dist: hex(&digest.finalize()) })
    }

    fn of_last_build() -> Option<Self> {
        let text = fs::read_to_string(fingerprint_file().ok()?).ok()?;
        let (sources, dist) = text.split_once(' ')?;
        Some(Self { sources: sources.to_owned(), dist: dist.to_owned() })
    }

    fn save(&self) -> Result<()> {
        Ok(fs::write(fingerprint_file()?, format!("{} {}", self.sources, self.dist))?)
    }
}

fn add_all(digest: &mut Sha384, folder: &str, files: &Files) {
    for (name, bytes) in files {
        add(digest, &format!("{folder}/{name}"), bytes);
    }
}

fn add(digest: &mut Sha384, name: &str, bytes: &[u8]) {
    digest.update(format!("{name} {} ", bytes.len()));
    digest.update(bytes);
}

/// Waits until no other process builds this checkout, and keeps others waiting until the file is dropped.
fn lock() -> Result<fs::File> {
    let file = fs::File::create(paths::scratch()?.join("dist.lock"))?;
    file.lock()?;
    Ok(file)
}

/// Holds the fingerprint of the last build.
fn fingerprint_file() -> Result<PathBuf> {
    Ok(paths::scratch()?.join("dist.fingerprint"))
}

/// The target folder that trunk and cargo use.
fn target_folder() -> Result<PathBuf> {
    let metadata = run::output(run::cargo().args(["metadata", "--format-version=1", "--no-deps"]))?;
    let metadata: serde_json::Value = serde_json::from_slice(&metadata)?;
    let target = metadata["target_directory"].as_str().context("cargo names no target folder")?;
    Ok(PathBuf::from(target))
}

/// The page's wasm as the linker wrote it.
fn linked_wasm() -> Result<PathBuf> {
    Ok(target_folder()?.join("wasm32-unknown-unknown/release/clerk-invitations.wasm"))
}

/// Compiler flags that keep the developer's home folder out of the wasm's panic messages.
///
/// Without them the same sources give other bytes, and so other file names, on each machine. None when a path has a blank
/// in it, since the environment variable for these flags separates them by blanks.
fn remapped_paths() -> Vec<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let Some(home) = home.or_else(|| Some(dirs::home_dir()?.join(".cargo"))) else { return Vec::new() };
    let folders = [(home.join("registry/src"), "registry"), (paths::root().to_owned(), "page")];
    let flags = folders.map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()));
    let has_blank = flags.iter().any(|flag| flag.contains(char::is_whitespace));
    if has_blank { Vec::new() } else { flags.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_compiler_flag_has_a_blank() {
        assert!(!wasm_split::RUSTFLAG.contains(char::is_whitespace));
        assert!(remapped_paths().iter().all(|flag| !flag.contains(char::is_whitespace)));
    }

    #[test]
    fn each_source_of_a_build_exists() {
        assert!(SOURCES.iter().all(|source| paths::root().join(source).exists()));
    }
}
