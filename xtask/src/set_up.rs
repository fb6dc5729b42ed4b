//! Brings what a build needs and the machine lacks, in one plain line each. Quick when nothing is missing.

use std::{env, fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, ensure};

use crate::{places, run};

/// The platform the page is compiled for.
const WASM: &str = "wasm32-unknown-unknown";

/// Programs the build runs, each of them there.
pub struct Tools {
    /// The path to search, so that trunk in turn finds the wasm-bindgen that was checked.
    path: std::ffi::OsString,
}

impl Tools {
    /// Checks what a build needs, and installs what is missing.
    ///
    /// # Errors
    /// When something cannot be installed; the error says what, and what to do.
    pub fn ready() -> Result<Self> {
        ensure!(
            which::which("node").is_ok(),
            "Node.js is missing: install version 20 or newer with npm, then start again"
        );
        wasm_target()?;
        let (trunk, wasm_bindgen) = (trunk_version()?, locked_version("wasm-bindgen")?);
        let trunk = Tool { package: "trunk", program: "trunk", version: &trunk, locked: true };
        let wasm_bindgen = Tool {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            version: &wasm_bindgen,
            // With its own lock file this release asks for crates that contradict each other.
            locked: false,
        };
        let folders = [trunk.folder()?, wasm_bindgen.folder()?];
        let rest = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(folders.into_iter().chain(env::split_paths(&rest)))?;
        Ok(Self { path })
    }

    /// A command that starts in the workspace's root and finds these programs first.
    pub fn command(&self, program: &str) -> Command {
        let program = which::which_in_global(program, Some(&self.path))
            .ok()
            .and_then(|mut found| found.next())
            .unwrap_or_else(|| program.into());
        let mut command = run::command(program);
        command.env("PATH", &self.path);
        command
    }
}

fn wasm_target() -> Result<()> {
    let mut rustc = run::command("rustc");
    let library = run::output(rustc.args(["--print", "target-libdir", "--target", WASM]))?;
    if PathBuf::from(String::from_utf8(library)?.trim()).is_dir() {
        return Ok(());
    }
    println!("Adding the {WASM} target to the Rust toolchain");
    rustup(&["target", "add", WASM])
}

/// Checks that rustfmt and clippy are there, and adds them if not.
///
/// # Errors
/// When they cannot be added.
pub fn linters() -> Result<()> {
    let has = |command: &str| run::output(run::cargo().args([command, "--version"])).is_ok();
    if has("fmt") && has("clippy") {
        return Ok(());
    }
    println!("Adding rustfmt and clippy to the Rust toolchain");
    rustup(&["component", "add", "rustfmt", "clippy"])
}

fn rustup(arguments: &[&str]) -> Result<()> {
    run::run(run::command("rustup").args(arguments))
        .context("the Rust toolchain lacks something that only rustup can add: install Rust with rustup")
}

/// The release of trunk that Trunk.toml asks for.
fn trunk_version() -> Result<String> {
    let asked = table("Trunk.toml")?;
    let asked = asked.get("trunk-version").and_then(toml::Value::as_str);
    let exact = asked.and_then(|asked| asked.strip_prefix('='));
    Ok(exact.context("Trunk.toml names no exact trunk-version")?.to_owned())
}

/// The version of a package in Cargo.lock.
fn locked_version(name: &str) -> Result<String> {
    let lock = table("Cargo.lock")?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    packages
        .into_iter()
        .flatten()
        .find(|package| package.get("name").and_then(toml::Value::as_str) == Some(name))
        .and_then(|package| package.get("version")?.as_str())
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock does not name {name}"))
}

fn table(file: &str) -> Result<toml::Table> {
    let text = fs::read_to_string(places::root().join(file))?;
    text.parse().with_context(|| format!("{file} is not TOML"))
}

/// A program that comes from crates.io.
struct Tool<'a> {
    package: &'a str,
    program: &'a str,
    version: &'a str,
    locked: bool,
}

impl Tool<'_> {
    /// The folder it lies in, where it is installed first if need be.
    fn folder(&self) -> Result<PathBuf> {
        let own = self.own_folder()?;
        let elsewhere = which::which_all(self.program).into_iter().flatten();
        let mut elsewhere = elsewhere.filter_map(|path| Some(path.parent()?.to_owned()));
        if self.is_in(&own) {
            return Ok(own);
        }
        let Some(first) = elsewhere.next() else {
            // Where the person finds it too: `trunk serve` is a command of the README.
            return self.install(None);
        };
        let found = std::iter::once(first).chain(elsewhere).find(|folder| self.is_in(folder));
        match found {
            Some(folder) => Ok(folder),
            // Somebody uses another version: theirs stays.
            None => self.install(Some(own)),
        }
    }

    fn own_folder(&self) -> Result<PathBuf> {
        let name = format!("{}-{}", self.package, self.version);
        Ok(places::cache()?.join(name).join("bin"))
    }

    fn is_in(&self, folder: &std::path::Path) -> bool {
        let program = folder.join(self.program).with_extension(env::consts::EXE_EXTENSION);
        let said = run::output(run::command(program).arg("--version"));
        said.is_ok_and(|said| {
            String::from_utf8_lossy(&said).split_whitespace().any(|word| word == self.version)
        })
    }

    /// Installs it into cargo's own folder, or into `bin` below a root of its own.
    fn install(&self, bin: Option<PathBuf>) -> Result<PathBuf> {
        println!("Installing {} {} from crates.io, once; this takes minutes", self.package, self.version);
        let mut cargo = run::cargo();
        cargo.args(["install", self.package, "--version", self.version]);
        if self.locked {
            cargo.arg("--locked");
        }
        if let Some(root) = bin.as_ref().and_then(|bin| bin.parent()) {
            cargo.arg("--root").arg(root);
        }
        // Not this workspace's compiler flags or target folder.
        run::run(cargo.current_dir(env::temp_dir()))?;
        match bin {
            Some(bin) => Ok(bin),
            None => cargo_bin(),
        }
    }
}

/// Where `cargo install` puts programs.
fn cargo_bin() -> Result<PathBuf> {
    let home = env::var_os("CARGO_INSTALL_ROOT")
        .or_else(|| env::var_os("CARGO_HOME"))
        .map(PathBuf::from)
        .or_else(|| Some(dirs::home_dir()?.join(".cargo")));
    Ok(home.context("found no home folder: is HOME set?")?.join("bin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_wasm_bindgen_is_the_one_the_page_is_linked_with() {
        let version = locked_version("wasm-bindgen").unwrap();
        assert!(version.starts_with("0.2."), "{version}");
    }

    #[test]
    fn trunk_is_asked_for_by_its_exact_version() {
        assert_eq!(trunk_version().unwrap().split('.').count(), 3);
    }

    #[test]
    fn a_package_nobody_depends_on_is_named_in_the_error() {
        assert!(locked_version("no-such-package").unwrap_err().to_string().contains("no-such-package"));
    }
}
