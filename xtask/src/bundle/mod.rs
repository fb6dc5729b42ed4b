//! Turns trunk's output into the files to deploy: minified, and named by a hash of their final bytes.
//!
//! Trunk names the wasm and its glue by a hash that it takes before wasm-bindgen and wasm-opt run. Another version of
//! either then puts other bytes under an old name, and a browser that caches this name as immutable mixes old files with
//! new. So this step names all files that trunk named again, at the very end, and updates the document to match.

mod document;
mod glue;
mod hashed_names;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};

use crate::{
    cold_code::Parts,
    compress::{brotli, gzip},
    wasm_split::{AT_START, Chunks},
};
use document::{References, Wasm};
pub use document::{with_clerk_script, with_theme};
use hashed_names::HashedNames;

/// Files by their path below the folder that is served, with `/` between its parts.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The minifiers.
pub trait Minify {
    /// # Errors
    /// When a module cannot be read.
    fn wasm(&self, primary: &[u8], drawing: &Modules, later: &Modules) -> Result<MinifiedWasm>;
    /// # Errors
    /// When the wasm module, which no other one belongs to, cannot be read.
    fn wasm_alone(&self, module: &[u8]) -> Result<Vec<u8>>;
    /// # Errors
    /// When the ECMAScript module cannot be parsed.
    fn script(&self, module: &str) -> Result<String>;
    /// # Errors
    /// When the stylesheet cannot be parsed.
    fn style(&self, sheet: &str) -> Result<String>;
}

/// Wasm modules by their names.
pub type Modules = BTreeMap<String, Vec<u8>>;

/// The page's wasm, minified.
pub struct MinifiedWasm {
    /// What the page starts with, what draws it, and what of both is needed last.
    pub parts: Parts,
    /// What is fetched when it is first needed.
    pub later: Modules,
    /// The names that the imports and exports of the primary module have now.
    pub names: MinifiedNames,
}

/// The short names of a module's imports and exports, by their long names.
///
/// wasm-bindgen puts sixteen random digits into each of its some two hundred names, in the wasm and in the glue. They do
/// not compress: together they add 4 kB.
#[derive(Default)]
pub struct MinifiedNames {
    /// Of the modules that imports come from. The glue has them as keys in quotes.
    pub modules: BTreeMap<String, String>,
    /// Of what the wasm imports from its glue.
    pub imports: BTreeMap<String, String>,
    /// Of what the wasm exports to its glue.
    pub exports: BTreeMap<String, String>,
}

/// The page.
pub const DOCUMENT: &str = "index.html";

/// The folder of the secondary wasm modules among the files to bundle. Trunk, which does not know them, gave them no names.
pub const SECONDARY: &str = "secondary/";

/// Which of these modules make up each chunk of the page's code, as JSON: `{chunk: [module]}`.
pub const CHUNKS: &str = "chunks.json";

/// The wasm module that reads workbooks, among the files to bundle. Trunk does not know it either.
pub const WORKBOOK: &str = "workbook.wasm";

/// The chunk of the code that is needed last.
const COLD: &str = "cold";

/// The script by which other pages embed the page.
pub const EMBED: &str = "embed.js";

/// Has Chromium compile the glue's functions beside the main thread, before the wasm calls them.
const COMPILE_HINT: &str = "//# allFunctionsCalledOnLoad\n";

/// Files that the deployer edits after the build. A compressed copy beside them would keep the old text.
const EDITABLE: [&str; 2] = ["config.json", "theme.css"];

/// Minifies the files, names them by their hash, and updates the document. The stylesheets become part of it: it is not drawn
/// without them, and asking for them would take as long as a round trip to the host.
///
/// Files that trunk did not name (config.json, theme.css, locales, icons) stay as they are; embed.js only gets smaller.
///
/// # Errors
/// When the document does not name the files of a page, or a file cannot be minified.
pub fn bundle(mut files: Files, minify: &impl Minify) -> Result<Files> {
    let document = String::from_utf8(files.remove(DOCUMENT).context("there is no index.html")?)?;
    let references = References::read(&document)?;
    let mut names = HashedNames::default();

    let primary = take(&mut files, &references.wasm)?;
    let chunks = files.remove(CHUNKS).context("there is no list of the chunks")?;
    let chunks: Chunks = serde_json::from_slice(&chunks)?;
    let mut later = take_secondary(&mut files);
    let at_start = chunks.get(AT_START).map(Vec::as_slice).unwrap_or_default();
    let drawing =
        at_start.iter().map(|name| Ok((name.clone(), later.remove(name).with_context(|| no_wasm(name))?)));
    let wasm = minify.wasm(&primary, &drawing.collect::<Result<_>>()?, &later)?;
    let parts = joined(wasm.parts.primary, wasm.parts.drawing);
    let lengths = parts.each_ref().map(Vec::len);
    let wasm_name = names.add(&mut files, &references.wasm, parts.concat());
    names.add_wasm(&mut files, COLD, &references.wasm, COLD, wasm.parts.cold);
    for (module, bytes) in wasm.later {
        let old = [SECONDARY, &module].concat();
        names.add_wasm(&mut files, &old, &references.wasm, &format!("later-{module}"), bytes);
    }
    let workbook = files.remove(WORKBOOK).context("there is no wasm for workbooks")?;
    names.add_wasm(&mut files, WORKBOOK, &references.wasm, "workbook", minify.wasm_alone(&workbook)?);

    // The glue fetches the wasm by this name when boot.js does not pass it.
    let glue = take_text(&mut files, &references.glue)?.replace(&references.wasm, &wasm_name);
    let glue = glue::with_minified_names(&glue::with_stubs(&glue)?, &wasm.names)?;
    let glue = minify.script(&glue)?;
    let glue = [COMPILE_HINT, &glue].concat();
    names.add(&mut files, &references.glue, glue.into_bytes());

    for script in &references.scripts {
        let minified = minify.script(&take_text(&mut files, script)?)?;
        names.add(&mut files, script, minified.into_bytes());
    }

    // It keeps its name: other pages have it in their tags.
    if let Some(embed) = files.get_mut(EMBED) {
        *embed = minify.script(std::str::from_utf8(embed)?)?.into_bytes();
    }

    let mut sheets = String::new();
    for sheet in &references.sheets {
        sheets.push_str(&take_text(&mut files, sheet)?);
        sheets.push('\n');
    }
    let wasm =
        Wasm { chunks: with_files(&chunks, at_start, &names)?, modules: serde_json::to_string(&lengths)? };
    let style = minify.style(&sheets)?;
    let document = document::rewrite(&document, &references, &names, &wasm, &style)?;
    files.insert(DOCUMENT.to_owned(), document.into_bytes());
    Ok(files)
}

/// The compressed copies to put beside `files`: a `.br` and a `.gz` of each that compresses well and is not [`EDITABLE`].
///
/// # Errors
/// When compressing fails.
pub fn compressed(files: &Files) -> Result<Files> {
    let mut compressed = Files::new();
    for (name, bytes) in files.iter().filter(|(name, _)| is_compressed(name)) {
        compressed.insert(format!("{name}.br"), brotli(bytes, 11)?);
        compressed.insert(format!("{name}.gz"), gzip(bytes)?);
    }
    Ok(compressed)
}

fn is_compressed(name: &str) -> bool {
    let extension = name.rsplit('.').next().unwrap_or_default();
    !EDITABLE.contains(&name) && matches!(extension, "html" | "css" | "js" | "json" | "svg" | "txt" | "wasm")
}

fn take_secondary(files: &mut Files) -> Modules {
    let names = files.keys().filter_map(|path| path.strip_prefix(SECONDARY)).map(str::to_owned);
    let names = names.collect::<Vec<_>>();
    names
        .into_iter()
        .filter_map(|name| Some((name.clone(), files.remove(&[SECONDARY, &name].concat())?)))
        .collect()
}

/// The parts of a file with two modules: the `primary` one, the head of a section, and the module `behind`, which is what is in
/// that section. The browser ignores sections that it does not know, so that the file is a module too, for whoever takes it for one.
fn joined(primary: Vec<u8>, behind: Vec<u8>) -> [Vec<u8>; 3] {
    let name = [&leb128(AT_START.len())[..], AT_START.as_bytes()].concat();
    let head = [&[0][..], &leb128(name.len() + behind.len()), &name].concat();
    [primary, head, behind]
}

/// A number as wasm has it: seven bits a byte, the lowest first, each byte but the last one with the highest bit set.
fn leb128(mut number: usize) -> Vec<u8> {
    let mut bytes = vec![];
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// The files of each chunk with their digests, as boot.js takes them: `{chunk: [[file, digest]]}`; 0 stands for the module behind the
/// primary one. Each chunk but that one takes it and the cold code as well: what is fetched later calls functions of both.
fn with_files(chunks: &Chunks, at_start: &[String], names: &HashedNames) -> Result<String> {
    let file = |old: &str| {
        let file = names.find(old).with_context(|| no_wasm(old.strip_prefix(SECONDARY).unwrap_or(old)))?;
        Ok(serde_json::json!([file.name, file.integrity]))
    };
    let mut listed = BTreeMap::from([(AT_START, vec![serde_json::json!(0)]), (COLD, vec![file(COLD)?])]);
    for (chunk, modules) in chunks.iter().filter(|(chunk, _)| *chunk != AT_START) {
        let own = modules.iter().filter(|module| !at_start.contains(module));
        let own = own.map(|module| file(&[SECONDARY, module].concat())).collect::<Result<Vec<_>>>()?;
        listed.insert(chunk, [vec![serde_json::json!(0), file(COLD)?], own].concat());
    }
    Ok(serde_json::to_string(&listed)?)
}

fn no_wasm(module: &str) -> String {
    format!("there is no wasm named {module:?}")
}

fn take(files: &mut Files, name: &str) -> Result<Vec<u8>> {
    files.remove(name).ok_or_else(|| anyhow!("index.html names {name}, which was not built"))
}

fn take_text(files: &mut Files, name: &str) -> Result<String> {
    Ok(String::from_utf8(take(files, name)?)?)
}
