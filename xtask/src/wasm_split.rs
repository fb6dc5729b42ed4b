//! Splits the page's wasm at the functions that src/app.rs and src/program/later.rs mark: into a primary module, which the page
//! starts with, and secondary ones. Those that draw the page stand behind the primary one in the same file, so that it starts while
//! they arrive; the others are fetched when they are first needed.
//!
//! `wasm_split_cli_support` splits what the linker wrote, by its relocations, and wasm-bindgen then gets the primary module
//! only. A secondary module has no memory and no table of its own: it imports those of the primary module, and each
//! module calls the other one's functions through the table. A call of a function that is not there yet is a trap, as a
//! panic is. What several chunks lead to, and the primary module does not, is in a module of its own, which is fetched with
//! the first of them.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use anyhow::{Context, Result, anyhow, ensure};
use walrus::Module;

use crate::run;

/// The linker flag that the split requires: keep the relocations, which say what refers to what.
pub const RUSTFLAG: &str = "-Clink-arg=--emit-relocs";

/// The name of the module that the secondary module imports from: `m`, as assets/boot.js has it.
const PRIMARY: &str = "m";

/// The JavaScript module that the primary module would load the secondary ones with, if src/program/split.rs let it.
const LOADER: &str = "./loader.js";

/// The chunk that comes with the primary module, behind it in the same file: src/app.rs marks its function.
pub const AT_START: &str = "drawing";

/// The chunks, by the names that src/program/later.rs gives them, and the least size of each before it is minified. A smaller
/// one means that the primary module refers to a function that leads to most of the chunk's code.
const CHUNKS: [(&str, usize); 3] = [(AT_START, 50_000), ("later", 200_000), ("screens", 30_000)];

/// A wasm in several modules.
pub struct Split {
    /// The module that the page starts with.
    pub primary: Vec<u8>,
    /// wasm-bindgen's glue for the primary module.
    pub glue: String,
    /// The modules to instantiate later with `{ m: exports of primary }`, by their names, once their imports are renamed by
    /// [`with_renamed_imports`].
    pub secondary: BTreeMap<String, Vec<u8>>,
    /// The modules that make up each chunk.
    pub chunks: Chunks,
}

/// The names of the modules that make up each chunk.
pub type Chunks = BTreeMap<String, Vec<String>>;

/// Splits `linked`, and runs `wasm_bindgen` on the primary module. The glue refers to files named `name`.
///
/// # Errors
/// When the split points are not those of the [`CHUNKS`], when one has too little code, or when a step fails.
pub fn split(linked: &[u8], name: &str, wasm_bindgen: Command) -> Result<Split> {
    let folder = tempfile::tempdir()?;
    let linked_primary = folder.path().join("primary.wasm");
    let mut options = wasm_split_cli_support::Options::new(linked);
    options.output_dir = folder.path();
    options.main_out_path = &linked_primary;
    options.link_name = LOADER;
    let written = wasm_split_cli_support::transform(options);
    let written = written.map_err(|error| anyhow!("the wasm cannot be split: {error:?}"))?;
    let mut secondary = BTreeMap::new();
    for path in &written.split_modules {
        let name = path.file_stem().and_then(|stem| stem.to_str()).context("a module without a name")?;
        secondary.insert(module_name(name), fs::read(path)?);
    }
    let chunks = written.prefetch_map.into_iter();
    let chunks = chunks.map(|(chunk, files)| (chunk, files.iter().map(|file| module_name(file)).collect()));
    let chunks: Chunks = chunks.collect();
    // A module in which nothing is left belongs to no chunk.
    secondary.retain(|name: &String, _| chunks.values().flatten().any(|module| module == name));
    check_sizes(&chunks, &secondary.iter().map(|(name, wasm)| (name.clone(), wasm.len())).collect())?;
    let (primary, glue) = bind(&linked_primary, name, wasm_bindgen)?;
    ensure!(
        !glue.contains(LOADER),
        "the glue imports {LOADER}, which loads split modules: assets/boot.js does that"
    );
    Ok(Split { primary, glue, secondary, chunks })
}

/// The name of the module in a file of `wasm_split_cli_support`'s: `split_later`, or `chunk_3` for what several chunks share.
fn module_name(file: &str) -> String {
    match file.strip_prefix("split_") {
        Some(chunk) => chunk.to_owned(),
        None => file.replace("chunk_", "shared"),
    }
}

fn check_sizes(chunks: &Chunks, sizes: &BTreeMap<String, usize>) -> Result<()> {
    let found: Vec<_> = chunks.keys().map(String::as_str).collect();
    ensure!(
        found == CHUNKS.map(|(name, _)| name),
        "the wasm has the split points {found:?} instead of those of {CHUNKS:?}"
    );
    for (name, least) in CHUNKS {
        let modules = chunks.get(name).into_iter().flatten();
        let size: usize = modules.filter_map(|module| sizes.get(module)).sum();
        ensure!(
            size >= least,
            "the chunk {name:?} has only {size} bytes: primary code leads to most of what its function in \
             src/program/later.rs leads to"
        );
    }
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

    #[test]
    fn a_wasm_without_a_split_point_fails_the_build() {
        let plain = Module::default().emit_wasm();
        assert!(split(&plain, "app", Command::new("true")).is_err());
    }

    #[test]
    fn a_chunk_with_next_to_nothing_in_it_fails_the_build() {
        let chunks: Chunks =
            CHUNKS.iter().map(|(name, _)| (name.to_string(), vec![name.to_string()])).collect();
        let mut sizes = CHUNKS.iter().map(|(name, least)| (name.to_string(), *least)).collect();
        check_sizes(&chunks, &sizes).unwrap();
        sizes.insert("later".to_owned(), 1_000);
        let error = check_sizes(&chunks, &sizes).unwrap_err().to_string();
        assert!(error.contains("\"later\" has only 1000 bytes"), "{error}");
    }

    #[test]
    fn a_missing_chunk_fails_the_build() {
        let chunks = Chunks::from([("later".to_owned(), vec![])]);
        let error = check_sizes(&chunks, &BTreeMap::new()).unwrap_err().to_string();
        assert!(error.contains("[\"later\"]"), "{error}");
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
