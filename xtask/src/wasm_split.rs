//! Splits the page's wasm at the function that src/program/later.rs marks: into a primary module, which the page starts
//! with, and a secondary one, which it fetches when it first needs it.
//!
//! `wasm_split_cli_support` splits what the linker wrote, by its relocations, and wasm-bindgen then gets the primary module
//! only. The secondary module has no memory and no table of its own: it imports those of the primary module, and each
//! module calls the other one's functions through the table. A call of a function that is not there yet is a trap, as a
//! panic is.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use anyhow::{Context, Result, anyhow, ensure};
use walrus::Module;

use crate::run;

/// The linker flag that the split requires: keep the relocations, which say what refers to what.
pub const RUSTFLAG: &str = "-Clink-arg=--emit-relocs";

/// The name of the module that the secondary module imports from: `m`, as assets/boot.js has it.
const PRIMARY: &str = "m";

/// The JavaScript module that the primary module would load the secondary one with, if the glue still imported it.
const LOADER: &str = "./loader.js";

/// The least size of a secondary module, before it is minified. A smaller one means that the primary module refers to a
/// function that leads to most of the secondary code.
const MIN_SECONDARY_SIZE: usize = 200_000;

/// A wasm in two modules.
pub struct Split {
    /// The module that the page starts with.
    pub primary: Vec<u8>,
    /// wasm-bindgen's glue for the primary module.
    pub glue: String,
    /// The module to instantiate later with `{ m: exports of primary }`, once its imports are renamed by
    /// [`with_renamed_imports`].
    pub secondary: Vec<u8>,
}

/// Splits `linked`, and runs `wasm_bindgen` on the primary module. The glue refers to files named `name`.
///
/// # Errors
/// When there is not exactly one split point, when the secondary module is too small, or when a step fails.
pub fn split(linked: &[u8], name: &str, wasm_bindgen: Command) -> Result<Split> {
    let folder = tempfile::tempdir()?;
    let linked_primary = folder.path().join("primary.wasm");
    let mut options = wasm_split_cli_support::Options::new(linked);
    options.output_dir = folder.path();
    options.main_out_path = &linked_primary;
    options.link_name = LOADER;
    let written = wasm_split_cli_support::transform(options);
    let written = written.map_err(|error| anyhow!("the wasm cannot be split: {error:?}"))?;
    let [secondary] = written.split_modules.as_slice() else {
        return Err(anyhow!("the wasm has {} split points instead of one", written.split_modules.len()));
    };
    let secondary = fs::read(secondary)?;
    check_size(secondary.len())?;
    let (primary, glue) = bind(&linked_primary, name, wasm_bindgen)?;
    Ok(Split { primary, glue: without_loader(&glue)?, secondary })
}

fn check_size(secondary: usize) -> Result<()> {
    ensure!(
        secondary >= MIN_SECONDARY_SIZE,
        "the secondary wasm has only {secondary} bytes: primary code leads to most of what `later` in \
         src/program/later.rs leads to"
    );
    Ok(())
}

/// Runs wasm-bindgen: the wasm that goes with the glue, and the glue.
fn bind(linked: &Path, name: &str, mut wasm_bindgen: Command) -> Result<(Vec<u8>, String)> {
    let folder = tempfile::tempdir()?;
    // The secondary module imports exports of the linker, which wasm-bindgen would remove.
    wasm_bindgen.args(["--target=web", "--no-typescript", "--keep-lld-exports", "--no-demangle"]);
    wasm_bindgen.arg("--out-name").arg(name).arg("--out-dir").arg(folder.path()).arg(linked);
    run::output(&mut wasm_bindgen)?;
    let wasm = fs::read(folder.path().join(format!("{name}_bg.wasm")))?;
    let glue = fs::read_to_string(folder.path().join(format!("{name}.js")))?;
    Ok((wasm, glue))
}

/// The glue without the import of [`LOADER`]. assets/boot.js has instantiated the secondary module before the primary one
/// asks for it, so in its place stands a function that reports success at once.
///
/// # Errors
/// When the glue does not have the form that wasm-bindgen gives it.
fn without_loader(glue: &str) -> Result<String> {
    const IMPORTS: &str = "const import0 = {\n        __proto__: null,";
    const LOAD: &str =
        "__wasm_split_load_later: (done, data) => wasm.__indirect_function_table.get(done)(data, 1),";
    let changes = [
        (format!("import * as import1 from \"{LOADER}\"\n"), String::new()),
        (format!("\"{LOADER}\": import1,"), String::new()),
        (IMPORTS.to_owned(), format!("{IMPORTS}\n        {LOAD}")),
    ];
    changes.into_iter().try_fold(glue.to_owned(), |glue, (from, to)| {
        ensure!(glue.matches(&from).count() == 1, "wasm-bindgen's glue does not contain {from:?} once");
        Ok(glue.replace(&from, &to))
    })
}

/// The secondary module, importing by the names that the primary module's exports have now.
///
/// # Errors
/// When the module cannot be read, or an export that it imports has no new name.
pub fn with_renamed_imports(secondary: &[u8], names: &BTreeMap<String, String>) -> Result<Vec<u8>> {
    let mut secondary = Module::from_buffer(secondary).context("the secondary wasm cannot be read")?;
    for import in secondary.imports.iter_mut() {
        let name = names.get(&import.name);
        import.name = name.with_context(|| format!("the wasm no longer exports {:?}", import.name))?.clone();
        PRIMARY.clone_into(&mut import.module);
    }
    Ok(secondary.emit_wasm())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = r#"import * as import1 from "./loader.js"

function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_a_01: function() {},
    };
    return {
        __proto__: null,
        "./app_bg.js": import0,
        "./loader.js": import1,
    };
}
"#;

    #[test]
    fn the_glue_imports_no_loader() {
        let glue = without_loader(GLUE).unwrap();
        assert!(!glue.contains("import1") && !glue.contains(LOADER), "{glue}");
        assert!(glue.contains("\n        __wasm_split_load_later: (done, data) =>"), "{glue}");
    }

    #[test]
    fn glue_of_another_form_fails_the_build() {
        let error = without_loader(&GLUE.replace("import1", "import2")).unwrap_err().to_string();
        assert!(error.contains("import1"), "{error}");
    }

    #[test]
    fn a_wasm_without_a_split_point_fails_the_build() {
        let plain = Module::default().emit_wasm();
        assert!(split(&plain, "app", Command::new("true")).is_err());
    }

    #[test]
    fn a_secondary_wasm_with_next_to_nothing_in_it_fails_the_build() {
        assert!(check_size(MIN_SECONDARY_SIZE).is_ok());
        let error = check_size(1_000).unwrap_err().to_string();
        assert!(error.contains("only 1000 bytes"), "{error}");
    }

    fn secondary() -> Vec<u8> {
        let mut module = Module::default();
        module.add_import_global("__wasm_split", "stack", walrus::ValType::I32, true, false);
        module.emit_wasm()
    }

    #[test]
    fn the_secondary_wasm_imports_by_the_new_names_of_the_primary_one() {
        let names = BTreeMap::from([("stack".to_owned(), "a".to_owned())]);
        let renamed = with_renamed_imports(&secondary(), &names).unwrap();
        let renamed = Module::from_buffer(&renamed).unwrap();
        let imports: Vec<_> = renamed.imports.iter().map(|import| (&*import.module, &*import.name)).collect();
        assert_eq!(imports, [(PRIMARY, "a")]);
    }

    #[test]
    fn a_missing_export_fails_the_build() {
        assert!(with_renamed_imports(&secondary(), &BTreeMap::new()).is_err());
    }
}
