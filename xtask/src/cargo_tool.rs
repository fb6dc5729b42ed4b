//! Programs that come from crates.io: finds an installed one of the exact version, or installs it.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{paths, run};

/// One program.
pub struct CargoTool<'a> {
    /// Its crate.
    pub krate: &'a str,
    /// The name of its executable.
    pub program: &'a str,
    /// The exact version.
    pub version: &'a str,
    /// Whether cargo compiles it with the versions in the crate's own lock file.
    pub locked: bool,
    /// The features without which it would have its default ones.
    pub features: Option<&'a str>,
    /// How far cargo optimizes it: 0 for one that only starts others, which is compiled in half the time.
    pub opt_level: u8,
}

/// How cargo compiles the programs. They are published with settings for those who run them all day: the link-time optimization
/// of trunk alone takes four minutes.
const PROFILE: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

impl CargoTool<'_> {
    /// The folder of the executable, which is installed first if need be.
    ///
    /// # Errors
    /// When it cannot be installed.
    pub fn folder(&self) -> Result<PathBuf> {
        let private = self.private_folder()?;
        if self.is_in(&private) {
            return Ok(private);
        }
        let found = which::which_all(self.program).into_iter().flatten();
        let found: Vec<_> = found.filter_map(|path| Some(path.parent()?.to_owned())).collect();
        if found.is_empty() {
            // On the developer's PATH: the README has them run `trunk serve`.
            return self.install(None);
        }
        match found.into_iter().find(|folder| self.is_in(folder)) {
            Some(folder) => Ok(folder),
            // The developer uses another version, which stays.
            None => self.install(Some(private)),
        }
    }

    /// Where this version goes when another one is on the PATH.
    fn private_folder(&self) -> Result<PathBuf> {
        let name = format!("{}-{}", self.krate, self.version);
        Ok(paths::cache()?.join(name).join("bin"))
    }

    fn is_in(&self, folder: &Path) -> bool {
        let program = folder.join(self.program).with_extension(env::consts::EXE_EXTENSION);
        let mut command = run::command(program);
        // A subcommand of cargo expects its own name first, as cargo would pass it.
        command.args(self.program.strip_prefix("cargo-")).arg("--version");
        let printed = run::output(&mut command);
        printed.is_ok_and(|printed| {
            String::from_utf8_lossy(&printed).split_whitespace().any(|word| word == self.version)
        })
    }

    /// Installs the executable into `private`, or into cargo's own folder.
    fn install(&self, private: Option<PathBuf>) -> Result<PathBuf> {
        println!("Installing {} {} from crates.io, once", self.krate, self.version);
        let folder = match &private {
            Some(private) => private.clone(),
            None => cargo_bin()?,
        };
        let mut may_be_broken = false;
        if has_binstall() {
            let downloaded = run::run(&mut outside(&self.binstall(private.as_deref())));
            if downloaded.is_ok() && self.is_in(&folder) {
                return Ok(folder);
            }
            println!("cargo binstall brought no {} that runs here", self.program);
            may_be_broken = downloaded.is_ok();
        }
        println!("Compiling {} takes minutes", self.krate);
        let mut install = outside(&self.cargo_install(private.as_deref(), may_be_broken));
        install.envs(PROFILE).env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level.to_string());
        run::run(&mut install)?;
        Ok(folder)
    }

    /// The arguments by which cargo downloads the executable.
    fn binstall(&self, private: Option<&Path>) -> Vec<OsString> {
        let spec = format!("{}@{}", self.krate, self.version);
        // Only what the program's own project has released: not a third party's build, and no compilation, for which
        // `cargo_install` knows about the lock file.
        let mut arguments = words(&["binstall", "--no-confirm", "--strategies", "crate-meta-data", &spec]);
        if let Some(private) = private {
            arguments.extend(["--install-path".into(), private.into()]);
        }
        arguments
    }

    /// The arguments by which cargo compiles the executable. `force` replaces an installed one that does not run.
    fn cargo_install(&self, private: Option<&Path>, force: bool) -> Vec<OsString> {
        let mut arguments = words(&["install", self.krate, "--version", self.version]);
        if self.locked {
            arguments.push("--locked".into());
        }
        if let Some(features) = self.features {
            arguments.extend(words(&["--no-default-features", "--features", features]));
        }
        if force {
            arguments.push("--force".into());
        }
        if let Some(root) = private.and_then(Path::parent) {
            arguments.extend(["--root".into(), root.into()]);
        }
        arguments
    }
}

fn words(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}

/// Cargo outside of this workspace, whose .cargo/config.toml is not meant for other programs.
fn outside(arguments: &[OsString]) -> Command {
    let mut cargo = run::cargo();
    cargo.args(arguments).current_dir(env::temp_dir());
    cargo
}

fn has_binstall() -> bool {
    run::output(run::cargo().args(["binstall", "-V"])).is_ok()
}

/// Where `cargo install` puts executables.
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

    const TRUNK: CargoTool = CargoTool {
        krate: "trunk",
        program: "trunk",
        version: "0.21.14",
        locked: true,
        features: Some("rustls"),
        opt_level: 0,
    };
    const WASM_BINDGEN: CargoTool = CargoTool {
        krate: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: "0.2.130",
        locked: false,
        features: None,
        opt_level: 1,
    };

    fn line(arguments: &[OsString]) -> String {
        arguments.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn binstall_downloads_the_exact_version_that_the_project_itself_released() {
        assert_eq!(
            line(&TRUNK.binstall(None)),
            "binstall --no-confirm --strategies crate-meta-data trunk@0.21.14"
        );
    }

    #[test]
    fn without_binstall_cargo_compiles_the_exact_version() {
        assert_eq!(
            line(&TRUNK.cargo_install(None, false)),
            "install trunk --version 0.21.14 --locked --no-default-features --features rustls"
        );
        let unlocked = line(&WASM_BINDGEN.cargo_install(None, false));
        assert_eq!(unlocked, "install wasm-bindgen-cli --version 0.2.130");
    }

    #[test]
    fn a_download_that_does_not_run_is_replaced() {
        assert!(line(&TRUNK.cargo_install(None, true)).ends_with("--force"));
    }

    #[test]
    fn beside_another_version_both_ways_install_into_the_same_private_folder() {
        let private = Path::new("cache/trunk-0.21.14/bin");
        assert!(line(&TRUNK.binstall(Some(private))).ends_with("--install-path cache/trunk-0.21.14/bin"));
        // cargo adds `bin` itself.
        let compiled = line(&TRUNK.cargo_install(Some(private), false));
        assert!(compiled.ends_with("--root cache/trunk-0.21.14"), "{compiled}");
    }
}
