//! Minifies by binaryen's wasm-opt and by esbuild, both run by node.

use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{
    bundle::{MinifiedNames, MinifiedWasm, Minify, Modules},
    cold_code::{self, Profile},
    npm::Packages,
    run, wasm_split,
};

/// The options that give the smallest module after brotli, tried on this page: plain `-Oz` leaves 2 % more.
///
/// None of them may assume that traps never happen, although that would save more: a panic is a trap, and the page relies on
/// it to stop.
const WASM_OPT: [&str; 8] = [
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    // A function inlined into its only caller is no longer similar to others, and brotli compresses what is similar.
    "--one-caller-inline-max-function-size=20",
    // Puts the functions of a generic beside each other, for brotli. It needs the names, so they are removed only after it.
    "--reorder-functions-by-name",
    "--strip-target-features",
    "--strip-producers",
];

/// For the primary module: shortens names, and prints them. The secondary module is adapted to what this prints.
const MINIFY_NAMES: &str = "--minify-imports-and-exports-and-modules";

const STRIP_NAMES: &str = "--strip-debug";

/// For what cold functions are taken out of, by their names.
const KEEP_NAMES: &str = "--debuginfo";

/// The paths of the minifiers, which are scripts for node.
pub struct NodeMinifiers {
    wasm_opt: PathBuf,
    esbuild: PathBuf,
    /// Which functions the page needs last; without it, each function tells that it is called.
    profile: Option<Profile>,
}

impl NodeMinifiers {
    pub fn new(packages: &Packages, profile: Option<Profile>) -> Self {
        Self { wasm_opt: packages.wasm_opt(), esbuild: packages.esbuild(), profile }
    }

    fn esbuild(&self, text: &str, options: &[&str]) -> Result<String> {
        let mut node = Command::new("node");
        node.arg(&self.esbuild).args(["--minify", "--log-level=error"]).args(options);
        Ok(String::from_utf8(run::output_with_input(&mut node, text.as_bytes())?)?)
    }

    /// The smaller module, and what wasm-opt prints.
    fn wasm_opt(&self, module: &[u8], more: &[&str]) -> Result<(Vec<u8>, Vec<u8>)> {
        let folder = tempfile::tempdir()?;
        let (from, to) = (folder.path().join("from.wasm"), folder.path().join("to.wasm"));
        fs::write(&from, module)?;
        let mut node = Command::new("node");
        node.arg(&self.wasm_opt).args(WASM_OPT).args(more);
        let printed = run::output(node.arg(&from).arg("-o").arg(&to))?;
        Ok((without_foreign_paths(fs::read(to)?), printed))
    }
}

impl Minify for NodeMinifiers {
    fn wasm(&self, primary: &[u8], drawing: &Modules, later: &Modules) -> Result<MinifiedWasm> {
        let (primary, printed) = self.wasm_opt(primary, &[MINIFY_NAMES, KEEP_NAMES])?;
        let names = minified_names(&printed)?;
        let minified = |module: &Vec<u8>, more: &[&str]| {
            let module = wasm_split::with_renamed_imports(module, &names.exports)?;
            Ok(self.wasm_opt(&module, more)?.0)
        };
        let drawing =
            drawing.values().map(|module| minified(module, &[KEEP_NAMES])).collect::<Result<Vec<_>>>()?;
        let parts = match &self.profile {
            Some(profile) => cold_code::separate(&primary, &drawing, profile)?,
            None => cold_code::telling(&primary, &drawing)?,
        };
        let later = later.iter().map(|(name, module)| Ok((name.clone(), minified(module, &[STRIP_NAMES])?)));
        Ok(MinifiedWasm { parts, later: later.collect::<Result<_>>()?, names })
    }

    fn wasm_alone(&self, module: &[u8]) -> Result<Vec<u8>> {
        Ok(self.wasm_opt(module, &[STRIP_NAMES])?.0)
    }

    fn script(&self, module: &str) -> Result<String> {
        self.esbuild(module, &["--loader=js", "--format=esm", "--target=es2022"])
    }

    fn style(&self, sheet: &str) -> Result<String> {
        self.esbuild(sheet, &["--loader=css"])
    }
}

/// Parses what wasm-opt prints of the new names: `{"imports": [[module, long, short]], "exports": [[long, short]]}`.
/// wasm-opt puts all imports into one module, named `a`.
fn minified_names(printed: &[u8]) -> Result<MinifiedNames> {
    let mut lists: BTreeMap<String, Vec<Vec<String>>> =
        serde_json::from_slice(printed).context("wasm-opt did not print the names that it gave")?;
    let mut names = MinifiedNames::default();
    for import in lists.remove("imports").unwrap_or_default() {
        if let [module, long, short] = import.as_slice() {
            names.modules.insert(module.clone(), "a".to_owned());
            names.imports.insert(long.clone(), short.clone());
        }
    }
    for export in lists.remove("exports").unwrap_or_default() {
        if let [long, short] = export.as_slice() {
            names.exports.insert(long.clone(), short.clone());
        }
    }
    Ok(names)
}

/// The module with blanks in place of the source paths of dependencies and of Rust's own libraries, which stand in panic
/// messages. They take 0.9 kB after brotli; in the console the line and the message remain. The paths of the page's own files
/// stay.
fn without_foreign_paths(mut module: Vec<u8>) -> Vec<u8> {
    const ROOTS: [&[u8]; 4] = [b"registry/", b"/rustc/", b"/rust/deps/", b"library/"];
    let mut at = 0;
    while let Some(rest) = module.get(at..).filter(|rest| !rest.is_empty()) {
        let is_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-+".contains(byte);
        let length = rest.iter().take_while(|byte| is_path(byte)).count();
        let path = rest.get(..length).unwrap_or_default();
        // Up to the first `.rs`: in a module texts follow each other without a separator.
        let length = path.windows(3).position(|extension| extension == b".rs").map_or(0, |dot| dot + 3);
        if ROOTS.iter().any(|root| path.starts_with(root)) && length > 0 {
            module.get_mut(at..at + length).into_iter().for_each(|path| path.fill(b' '));
            at += length;
        } else {
            at += 1;
        }
    }
    module
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_paths_of_foreign_sources_are_blanked() {
        let module = b"\0\xffRetry/rustc/59807616/library/core/src/a.rspage/src/main.rsregistry/yew-0.23.0/src/x.rs\x01.rs registry/x";
        let blanked = without_foreign_paths(module.to_vec());
        let shown = String::from_utf8_lossy(&blanked).replace(' ', "");
        assert_eq!(shown, String::from_utf8_lossy(b"\0\xffRetrypage/src/main.rs\x01.rsregistry/x"));
        assert_eq!(blanked.len(), module.len());
    }

    #[test]
    fn the_names_are_those_that_wasm_opt_prints() {
        let names =
            minified_names(br#"{"imports":[["./app.js","log","b"]],"exports":[["start","c"]]}"#).unwrap();
        assert_eq!(names.modules["./app.js"], "a");
        assert_eq!((names.imports["log"].as_str(), names.exports["start"].as_str()), ("b", "c"));
    }
}
