//! Installs what a command needs and the machine lacks, with a line for each. Quick when nothing is missing.

use std::{env, ffi::OsString, fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, ensure};

use crate::{cargo_tool::CargoTool, paths, run};

/// The platform that the page is compiled for.
const WASM: &str = "wasm32-unknown-unknown";

const CARGO_MUTANTS: CargoTool = CargoTool {
    krate: "cargo-mutants",
    program: "cargo-mutants",
    version: "27.1.0",
    locked: true,
    features: None,
    opt_level: 1,
};

/// Installed programs of the right versions.
pub struct Tools {
    /// The PATH that programs run with: trunk finds wasm-bindgen by it.
    path: OsString,
}

impl Tools {
    /// The programs of a build: Node.js, the wasm target, trunk and wasm-bindgen.
    ///
    /// # Errors
    /// When one cannot be installed; the error says what the developer can do.
    pub fn install() -> Result<Self> {
        ensure!(
            which::which("node").is_ok(),
            "Node.js is missing: install version 20 or newer with npm, then start again"
        );
        wasm_target()?;
        let (trunk, wasm_bindgen) = (trunk_version()?, locked_version("wasm-bindgen")?);
        Self::with(&[
            CargoTool {
                krate: "trunk",
                program: "trunk",
                version: &trunk,
                locked: true,
                // By default it also asks crates.io for its newest version.
                features: Some("rustls"),
                opt_level: 0,
            },
            CargoTool {
                krate: "wasm-bindgen-cli",
                program: "wasm-bindgen",
                version: &wasm_bindgen,
                // The lock file of this release asks for crates that contradict each other.
                locked: false,
                features: None,
                opt_level: 1,
            },
        ])
    }

    /// cargo-mutants.
    ///
    /// # Errors
    /// When it cannot be installed.
    pub fn install_mutants() -> Result<Self> {
        Self::with(&[CARGO_MUTANTS])
    }

    fn with(tools: &[CargoTool]) -> Result<Self> {
        let folders = tools.iter().map(CargoTool::folder).collect::<Result<Vec<_>>>()?;
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

/// Installs rustfmt and clippy.
///
/// # Errors
/// When rustup cannot add them.
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

/// The version of trunk that Trunk.toml requires.
fn trunk_version() -> Result<String> {
    let manifest = table("Trunk.toml")?;
    let required = manifest.get("trunk-version").and_then(toml::Value::as_str);
    let exact = required.and_then(|required| required.strip_prefix('='));
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
    let text = fs::read_to_string(paths::root().join(file))?;
    text.parse().with_context(|| format!("{file} is not TOML"))
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
    fn trunk_is_required_by_its_exact_version() {
        assert_eq!(trunk_version().unwrap().split('.').count(), 3);
    }

    #[test]
    fn a_package_that_is_not_locked_is_named_in_the_error() {
        assert!(locked_version("no-such-package").unwrap_err().to_string().contains("no-such-package"));
    }
}
