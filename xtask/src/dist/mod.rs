//! Builds the folder to deploy, `dist/`: trunk compiles, [`panics`] takes out of the wasm what is never shown, [`wasm_split`]
//! splits it, [`bundle`] makes of all that what is deployed.

mod minify;
mod sizes;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha384};

pub use sizes::table;

use crate::{
    bundle::{self, Files},
    config,
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

/// A release build of the page, with all programs that it takes installed.
pub struct Build {
    tools: Tools,
    minifiers: NodeMinifiers,
    /// The sub-path that the page is served under, with a slash at both ends.
    public_url: String,
}

impl Build {
    /// Installs what the build takes. `public_url` is `/` or a path such as `/team/`.
    ///
    /// # Errors
    /// When something cannot be installed, or `public_url` is not such a path.
    pub fn set_up(public_url: &str) -> Result<Self> {
        ensure!(
            public_url.starts_with('/') && public_url.ends_with('/'),
            "--public-url must be a path with a slash at both ends, such as /team/, not {public_url:?}"
        );
        let tools = Tools::install()?;
        let minifiers = NodeMinifiers::new(&Packages::install()?);
        Ok(Self { tools, minifiers, public_url: public_url.to_owned() })
    }

    /// Builds into `dist/`, unless its files are those of a build from the same sources.
    ///
    /// # Errors
    /// When a step of the build fails.
    pub fn run_if_stale(&self) -> Result<()> {
        let _lock = lock()?;
        let last = fs::read_to_string(fingerprint_file()?);
        if last.is_ok_and(|last| self.fingerprint().is_ok_and(|now| now == last)) {
            println!("dist/ is up to date");
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
        print!("{}", table(&read(&paths::dist())?)?);
        Ok(())
    }

    fn write(&self) -> Result<()> {
        println!("Building the page with trunk");
        let built = paths::scratch()?.join("trunk");
        self.trunk(&built)?;
        println!("Minifying, naming and compressing its files");
        let files = self.with_split_wasm(read(&built)?)?;
        let files = bundle::bundle(files, &self.minifiers)?;
        let compressed = bundle::compressed(&files)?;
        // Into a temporary folder first: a server that is running meanwhile never reads half of a build.
        let temporary = tempfile::tempdir_in(paths::scratch()?)?;
        for (name, bytes) in files.iter().chain(&compressed) {
            let path = temporary.path().join(name);
            fs::create_dir_all(path.parent().unwrap_or(temporary.path()))?;
            fs::write(path, bytes)?;
        }
        let dist = paths::dist();
        if dist.exists() {
            fs::remove_dir_all(&dist).context("could not empty dist/")?;
        }
        fs::rename(temporary.keep(), &dist).context("could not write dist/")?;
        Ok(fs::write(fingerprint_file()?, self.fingerprint()?)?)
    }

    fn trunk(&self, into: &Path) -> Result<()> {
        let mut trunk = self.tools.command("trunk");
        trunk.args(["--log", "warn", "build", "--release", "--locked", "--features", "split"]);
        trunk.arg("--dist").arg(into);
        trunk.arg("--public-url").arg(&self.public_url);
        // Trunk would print its own backtrace below each compile error.
        trunk.env("RUST_LIB_BACKTRACE", "0");
        let flags = [wasm_split::RUSTFLAG.to_owned()].into_iter().chain(remapped_paths());
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

    /// A digest of the sources, the settings, and the files in `dist/`, which `trunk serve` and the developer may have
    /// written to since.
    fn fingerprint(&self) -> Result<String> {
        let mut digest = Sha384::new();
        add(&mut digest, "", format!("{} {:?}", self.public_url, config::environment()).as_bytes());
        for source in SOURCES {
            let path = paths::root().join(source);
            if path.is_dir() {
                add_all(&mut digest, source, &read(&path)?);
            } else {
                add(&mut digest, source, &fs::read(&path)?);
            }
        }
        add_all(&mut digest, "dist", &read(&paths::dist())?);
        Ok(hex(&digest.finalize()))
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

/// All files below a folder.
///
/// # Errors
/// When one cannot be read.
pub fn read(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(below) = folders.pop() {
        let listed = fs::read_dir(folder.join(&below));
        for entry in listed.with_context(|| format!("could not read {}", folder.display()))? {
            let entry = entry?;
            let path = below.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                let parts = path.iter().map(|part| part.to_string_lossy());
                files.insert(parts.collect::<Vec<_>>().join("/"), fs::read(entry.path())?);
            }
        }
    }
    Ok(files)
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
