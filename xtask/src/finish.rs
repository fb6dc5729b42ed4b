//! Turns what trunk built into what is deployed: small, and named by what the files finally hold.
//!
//! Trunk names the wasm and its glue by a hash taken before wasm-bindgen and wasm-opt ran. Another version of either then
//! puts other bytes under an old name, and a browser that was told to keep that name for ever mixes old with new. So
//! everything trunk named is named again here, last, and the page's references and digests with it.

use std::{
    borrow::Cow,
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use anyhow::{Context, Result, anyhow, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use lol_html::{
    ElementContentHandlers, RewriteStrSettings, Selector, doc_comments, element, html_content::Element,
    rewrite_str,
};
use sha2::{Digest, Sha384};

/// Files by their path below the folder that is served, with `/` between its parts.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What makes files smaller without changing what they do.
pub trait Shrink {
    /// # Errors
    /// When the module cannot be read.
    fn wasm(&self, module: &[u8]) -> Result<Shrunk>;
    /// # Errors
    /// When the ECMAScript module cannot be parsed.
    fn script(&self, module: &str) -> Result<String>;
    /// # Errors
    /// When the stylesheet cannot be parsed.
    fn style(&self, sheet: &str) -> Result<String>;
}

/// A wasm module, smaller.
pub struct Shrunk {
    /// What the page starts with.
    pub main: Vec<u8>,
    /// What it fetches when it first needs it.
    pub later: Option<Vec<u8>>,
    /// The names that the imports and exports of `main` have now.
    pub names: ShortNames,
}

/// The short name of each import and each export that a module has, by its long name.
///
/// wasm-bindgen puts sixteen random digits into each of its some two hundred names, once into the wasm and once into
/// the glue. They don't compress: together they weigh 4 kB.
#[derive(Default)]
pub struct ShortNames {
    /// Of the modules that imports come from. The glue has them as keys in quotes.
    pub modules: BTreeMap<String, String>,
    /// Of what the module asks its glue for.
    pub imports: BTreeMap<String, String>,
    /// Of what the glue asks the module for.
    pub exports: BTreeMap<String, String>,
}

/// The page's document.
const DOCUMENT: &str = "index.html";

/// Stands for the old name of the wasm that is fetched later, which trunk knows nothing of.
const LATER: &str = "later";

/// Files that a deployer edits after the build. A packed copy beside them would go on saying what they said before.
const EDITED: [&str; 2] = ["config.json", "theme.css"];

/// Shrinks, merges and names the files, and rewrites the document to match.
///
/// Files that trunk did not name (config.json, theme.css, locales, icons) pass through as they are.
///
/// # Errors
/// When the document does not name what a page consists of, or a file cannot be shrunk.
pub fn finish(mut files: Files, shrink: &impl Shrink) -> Result<Files> {
    let document = String::from_utf8(files.remove(DOCUMENT).context("there is no index.html")?)?;
    let named = Named::read(&document)?;
    let mut renamed = Renamed::default();

    let shrunk = shrink.wasm(&take(&mut files, &named.wasm)?)?;
    let wasm = renamed.name(&mut files, &named.wasm, shrunk.main);
    if let Some(later) = shrunk.later {
        renamed.name_as(&mut files, LATER, &format!("{}-later.wasm", stem(&named.wasm)), later);
    }

    // The glue falls back to this name when nobody hands it the wasm.
    let glue = text(&mut files, &named.glue)?.replace(&named.wasm, &wasm);
    let glue = shortened(&glue, &shrunk.names)?;
    let glue = shrink.script(&glue)?.into_bytes();
    renamed.name(&mut files, &named.glue, glue);

    for script in &named.scripts {
        let small = shrink.script(&text(&mut files, script)?)?.into_bytes();
        renamed.name(&mut files, script, small);
    }

    let mut sheets = String::new();
    for sheet in &named.sheets {
        sheets.push_str(&text(&mut files, sheet)?);
        sheets.push('\n');
    }
    let style = shrink.style(&sheets)?.into_bytes();
    let (first, others) = named.sheets.split_first().context("no stylesheet")?;
    renamed.name_as(&mut files, first, "style.css", style);

    let document = rewrite(&document, &named.base, &renamed, others)?;
    files.insert(DOCUMENT.to_owned(), document.into_bytes());
    Ok(files)
}

/// The glue with the names that the module has now: an import is a key (`name:`), an export a member (`wasm.name`).
///
/// # Errors
/// When the glue does not offer what the module imports: the page would then not start.
fn shortened(glue: &str, names: &ShortNames) -> Result<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut out = String::with_capacity(glue.len());
    let mut met = BTreeSet::new();
    let mut glue = glue.to_owned();
    for (long, short) in &names.modules {
        glue = glue.replace(&format!("\"{long}\":"), &format!("\"{short}\":"));
    }
    let mut rest = glue.as_str();
    while let Some(start) = rest.find(is_part) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
        out.push_str(before);
        let short = match () {
            () if out.ends_with("wasm.") => names.exports.get(word),
            () if after.starts_with(':') => names.imports.get(word),
            () => None,
        };
        met.extend(short.map(|_| word));
        out.push_str(short.map_or(word, String::as_str));
        rest = after;
    }
    out.push_str(rest);
    // Exports that nobody calls may go unmentioned: wasm-bindgen leaves some.
    let lost = names.imports.keys().find(|name| !met.contains(name.as_str()));
    ensure!(lost.is_none(), "the glue does not offer {lost:?}, which the wasm imports");
    Ok(out)
}

/// The files that go beside `files`: `.br` and `.gz` for each that packs well and is not edited after the build.
///
/// # Errors
/// When packing fails.
pub fn packed(files: &Files) -> Result<Files> {
    let mut packed = Files::new();
    for (name, bytes) in files.iter().filter(|(name, _)| is_packed(name)) {
        packed.insert(format!("{name}.br"), brotli(bytes, 11)?);
        packed.insert(format!("{name}.gz"), gzip(bytes)?);
    }
    Ok(packed)
}

/// Whether a file gets packed copies beside it.
pub fn is_packed(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    !EDITED.contains(&name) && matches!(ending, "html" | "css" | "js" | "json" | "svg" | "txt" | "wasm")
}

/// `bytes` as a brotli stream; `quality` from 0 to 11.
///
/// # Errors
/// Never seen: writing to memory cannot fail.
pub fn brotli(bytes: &[u8], quality: i32) -> Result<Vec<u8>> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality, lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters)?;
    Ok(packed)
}

/// `bytes` as a gzip stream, at its best.
///
/// # Errors
/// Never seen: writing to memory cannot fail.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes)?;
    Ok(packer.finish()?)
}

/// `bytes` in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the document says it consists of, as file names.
#[derive(Default)]
struct Named {
    /// What stands before every name: the page's sub-path.
    base: String,
    wasm: String,
    glue: String,
    scripts: Vec<String>,
    sheets: Vec<String>,
}

impl Named {
    fn read(document: &str) -> Result<Self> {
        let named = RefCell::new(Self::default());
        let name = |named: &Self, address: String| below(&named.base, &address).to_owned();
        let handlers = vec![
            element!("base[href]", |base| {
                named.borrow_mut().base = attribute(base, "href");
                Ok(())
            }),
            element!("meta#app-loader", |meta| {
                let mut named = named.borrow_mut();
                named.glue = name(&named, attribute(meta, "data-js"));
                named.wasm = name(&named, attribute(meta, "data-wasm"));
                Ok(())
            }),
            // Trunk puts a digest on what it has named, and on nothing else.
            element!("script[src][integrity]", |script| {
                let mut named = named.borrow_mut();
                let script = name(&named, attribute(script, "src"));
                named.scripts.push(script);
                Ok(())
            }),
            element!("link[rel='stylesheet'][integrity]", |sheet| {
                let mut named = named.borrow_mut();
                let sheet = name(&named, attribute(sheet, "href"));
                named.sheets.push(sheet);
                Ok(())
            }),
        ];
        rewrite_str(document, settings(handlers))?;
        let named = named.into_inner();
        ensure!(!named.wasm.is_empty() && !named.glue.is_empty(), "index.html does not name its wasm");
        Ok(named)
    }
}

/// Old names, with the new name and the digest of each.
#[derive(Default)]
struct Renamed(BTreeMap<String, (String, String)>);

impl Renamed {
    /// Puts `bytes` under a name made of their own hash, and returns it.
    fn name(&mut self, files: &mut Files, old: &str, bytes: Vec<u8>) -> String {
        let ending = old.rsplit('.').next().unwrap_or_default();
        let wanted = format!("{}.{ending}", stem(old));
        self.name_as(files, old, &wanted, bytes)
    }

    fn name_as(&mut self, files: &mut Files, old: &str, wanted: &str, bytes: Vec<u8>) -> String {
        let digest = Sha384::digest(&bytes);
        let (stem, ending) = wanted.rsplit_once('.').unwrap_or((wanted, ""));
        let new = format!("{stem}-{}.{ending}", hex(&digest[..8]));
        let integrity = format!("sha384-{}", BASE64_STANDARD.encode(digest));
        self.0.insert(old.to_owned(), (new.clone(), integrity));
        files.insert(new.clone(), bytes);
        new
    }

    /// Points an attribute at the new file. All addresses become relative to `<base>`, so that it alone names the sub-path.
    fn point(
        &self,
        element: &mut Element,
        attribute_name: &str,
        base: &str,
    ) -> Result<(), lol_html::errors::AttributeNameError> {
        let address = attribute(element, attribute_name);
        let name = below(base, &address);
        match self.0.get(name) {
            Some((new, integrity)) => {
                element.set_attribute(attribute_name, new)?;
                if element.has_attribute("integrity") {
                    element.set_attribute("integrity", integrity)?;
                }
            }
            None => element.set_attribute(attribute_name, name)?,
        }
        Ok(())
    }
}

/// A name without the hash that trunk ends it with.
fn stem(name: &str) -> &str {
    name.rsplit_once('-').map_or(name, |(stem, _)| stem)
}

fn rewrite(document: &str, base: &str, renamed: &Renamed, merged: &[String]) -> Result<String> {
    let handlers = vec![
        element!("script[src]", |script| Ok(renamed.point(script, "src", base)?)),
        element!("link[href]", |link| {
            if merged.iter().any(|sheet| sheet == below(base, &attribute(link, "href"))) {
                link.remove();
                return Ok(());
            }
            Ok(renamed.point(link, "href", base)?)
        }),
        element!("meta#app-loader", |meta| {
            renamed.point(meta, "data-js", base)?;
            renamed.point(meta, "data-wasm", base)?;
            // Nothing else in the document names it: nobody should fetch it before boot.js is asked to.
            if let Some((later, integrity)) = renamed.0.get(LATER) {
                meta.set_attribute("data-later", later)?;
                meta.set_attribute("data-later-integrity", integrity)?;
            }
            Ok(())
        }),
    ];
    let comments = doc_comments!(|comment| {
        comment.remove();
        Ok(())
    });
    let settings = settings(handlers).append_document_content_handler(comments);
    let page = rewrite_str(document, settings)?;
    // What was taken out leaves its line behind.
    let lines = page.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.fold(String::new(), |page, line| page + line + "\n"))
}

type Handler<'h> = (Cow<'h, Selector>, ElementContentHandlers<'h>);

fn settings<'h>(handlers: impl IntoIterator<Item = Handler<'h>>) -> RewriteStrSettings<'h, 'h> {
    let settings = RewriteStrSettings::new();
    handlers.into_iter().fold(settings, |settings, handler| settings.append_element_content_handler(handler))
}

fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

fn below<'a>(base: &str, address: &'a str) -> &'a str {
    address.strip_prefix(base).unwrap_or(address)
}

fn take(files: &mut Files, name: &str) -> Result<Vec<u8>> {
    files.remove(name).ok_or_else(|| anyhow!("index.html names {name}, which was not built"))
}

fn text(files: &mut Files, name: &str) -> Result<String> {
    Ok(String::from_utf8(take(files, name)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Drops blanks, which is all these tests need of a minifier. A wasm is split where it says so.
    struct NoBlanks;

    impl Shrink for NoBlanks {
        fn wasm(&self, module: &[u8]) -> Result<Shrunk> {
            let mut parts =
                std::str::from_utf8(module)?.split("later:").map(|part| part.replace(' ', "").into());
            let main = parts.next().context("a first part")?;
            Ok(Shrunk { main, later: parts.next(), names: ShortNames::default() })
        }
        fn script(&self, module: &str) -> Result<String> {
            Ok(module.replace(' ', ""))
        }
        fn style(&self, sheet: &str) -> Result<String> {
            Ok(sheet.replace([' ', '\n'], ""))
        }
    }

    fn names(imports: &[(&str, &str)], exports: &[(&str, &str)]) -> ShortNames {
        let map = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(long, short)| (long.to_string(), short.to_string())).collect()
        };
        ShortNames { modules: map(&[("./app.js", "a")]), imports: map(imports), exports: map(exports) }
    }

    #[test]
    fn the_glue_calls_things_by_the_names_that_the_wasm_has() {
        let glue = "import0 = { __wbg_a_01: function() { f(wasm.go, wasm.gone); } }; return { \"./app.js\": import0 }";
        let short = shortened(glue, &names(&[("__wbg_a_01", "a")], &[("go", "b")])).expect("known names");
        assert_eq!(short, "import0 = { a: function() { f(wasm.b, wasm.gone); } }; return { \"a\": import0 }");
    }

    #[test]
    fn an_import_that_the_glue_does_not_offer_stops_the_build() {
        assert!(shortened("wasm.go()", &names(&[("go", "a")], &[])).is_err());
    }

    fn built(base: &str) -> Files {
        let document = format!(
            r#"<!doctype html><head><!-- why --><base href="{base}">
<meta id="app-loader" data-js="{base}app-0a1b.js" data-wasm="{base}app-0a1b_bg.wasm">
<script src="{base}boot-2c3d.js" type="module" integrity="sha384-old"></script>
<link rel="stylesheet" href="{base}tokens-4e.css" integrity="sha384-old">
<link rel="stylesheet" href="{base}base-5f.css" integrity="sha384-old">
<link rel="stylesheet" href="theme.css"><link rel="preload" as="fetch" href="config.json">
<link rel="modulepreload" href="{base}app-0a1b.js" integrity="sha384-old">
<link rel="preload" href="{base}app-0a1b_bg.wasm" integrity="sha384-old" as="fetch" type="application/wasm">
</head><body><div id="app"></div></body>"#
        );
        let files = [
            (DOCUMENT, document.as_str()),
            ("app-0a1b.js", "fetch('app-0a1b_bg.wasm') ;"),
            ("app-0a1b_bg.wasm", "wa sm later: mo re"),
            ("boot-2c3d.js", "boot ()"),
            ("tokens-4e.css", ":root { --a: 1px }"),
            ("base-5f.css", "body { margin: 0 }"),
            ("theme.css", "/* yours */"),
            ("config.json", "{ }"),
            ("locales/de.json", "{ }"),
        ];
        files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()
    }

    fn finished(base: &str) -> Files {
        finish(built(base), &NoBlanks).unwrap()
    }

    fn with_wasm(wasm: &str) -> Files {
        let mut files = built("/");
        files.insert("app-0a1b_bg.wasm".into(), wasm.into());
        finish(files, &NoBlanks).unwrap()
    }

    fn page(files: &Files) -> String {
        String::from_utf8(files[DOCUMENT].clone()).unwrap()
    }

    fn named<'a>(files: &'a Files, start: &str, ending: &str) -> &'a str {
        let is_it = |name: &&String| {
            let hash = name.strip_prefix(start).and_then(|rest| rest.strip_suffix(ending));
            hash.is_some_and(|hash| !hash.contains('-'))
        };
        files.keys().find(is_it).unwrap()
    }

    fn digest(bytes: &[u8]) -> String {
        format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
    }

    #[test]
    fn every_file_is_named_by_its_final_bytes() {
        let files = finished("/");
        let kept = [DOCUMENT, "config.json", "theme.css", "locales/de.json"];
        let renamed: Vec<_> = files.iter().filter(|(name, _)| !kept.contains(&name.as_str())).collect();
        assert_eq!(renamed.len(), 5, "both parts of the wasm, glue, boot and style");
        for (name, bytes) in renamed {
            assert!(name.contains(&hex(&Sha384::digest(bytes)[..8])), "{name}");
        }
    }

    #[test]
    fn other_bytes_get_another_name_and_all_that_refer_to_them_do_too() {
        let before = finished("/");
        let after = with_wasm("other later: mo re");
        assert_ne!(named(&before, "app-", ".wasm"), named(&after, "app-", ".wasm"));
        assert_eq!(named(&before, "app-later-", ".wasm"), named(&after, "app-later-", ".wasm"));
        // The glue holds the wasm's name.
        assert_ne!(named(&before, "app-", ".js"), named(&after, "app-", ".js"));
    }

    #[test]
    fn the_same_files_give_the_same_page() {
        assert_eq!(finished("/"), finished("/"));
    }

    #[test]
    fn no_old_name_and_no_old_digest_is_left() {
        let files = finished("/team/");
        for (name, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            for old in ["0a1b", "2c3d", "-4e", "-5f", "sha384-old"] {
                assert!(!name.contains(old) && !text.contains(old), "{old} in {name}: {text}");
            }
        }
    }

    #[test]
    fn every_digest_in_the_page_is_that_of_the_file_it_stands_beside() {
        let files = finished("/team/");
        let page = page(&files);
        for (start, ending) in [("app-", ".wasm"), ("app-", ".js"), ("boot-", ".js"), ("style-", ".css")] {
            let name = named(&files, start, ending);
            let line = page.lines().find(|line| line.contains(name) && line.contains(" integrity="));
            assert!(line.unwrap().contains(&digest(&files[name])), "{name}");
        }
    }

    #[test]
    fn the_loader_alone_names_the_later_wasm_and_what_it_has_to_be() {
        let files = finished("/team/");
        let later = named(&files, "app-later-", ".wasm");
        assert_eq!(files[later], b"more");
        let page = page(&files);
        assert_eq!(page.matches(later).count(), 1);
        let loader = page.lines().find(|line| line.contains("app-loader")).unwrap();
        assert!(loader.contains(&format!(r#"data-later="{later}""#)), "{loader}");
        let digest = digest(&files[later]);
        assert!(loader.contains(&format!(r#"data-later-integrity="{digest}""#)), "{loader}");
    }

    #[test]
    fn the_later_wasm_gets_packed_copies_too() {
        let files = finished("/");
        let later = named(&files, "app-later-", ".wasm");
        let packed = packed(&files).unwrap();
        assert!(["br", "gz"].iter().all(|ending| packed.contains_key(&format!("{later}.{ending}"))));
    }

    #[test]
    fn the_loader_names_no_later_wasm_where_there_is_none() {
        let files = with_wasm("all of it");
        assert_eq!(files.keys().filter(|name| name.ends_with(".wasm")).count(), 1);
        assert!(!page(&files).contains("data-later"));
    }

    #[test]
    fn the_stylesheets_become_one_in_their_order_before_the_deployers() {
        let files = finished("/");
        let style = named(&files, "style-", ".css");
        assert_eq!(files[style], b":root{--a:1px}body{margin:0}");
        let page = page(&files);
        assert_eq!(page.matches("stylesheet").count(), 2);
        assert!(page.find(style) < page.find("theme.css"));
    }

    #[test]
    fn only_the_base_element_names_the_sub_path() {
        let page = page(&finished("/team/"));
        assert_eq!(page.matches("/team/").count(), 1);
        assert!(page.contains(r#"<base href="/team/">"#));
    }

    #[test]
    fn what_a_deployer_edits_keeps_its_name_and_gets_no_packed_copy() {
        let files = finished("/");
        let packed = packed(&files).unwrap();
        for name in EDITED {
            assert!(files.contains_key(name));
            assert!(
                !packed.contains_key(&format!("{name}.br")) && !packed.contains_key(&format!("{name}.gz"))
            );
        }
        assert!(packed.contains_key("index.html.br") && packed.contains_key("locales/de.json.gz"));
    }

    #[test]
    fn a_page_that_names_a_file_nobody_built_is_refused() {
        let mut files = built("/");
        files.remove("boot-2c3d.js");
        let refusal = finish(files, &NoBlanks).unwrap_err().to_string();
        assert!(refusal.contains("boot-2c3d.js"), "{refusal}");
    }

    #[test]
    fn what_is_packed_unpacks_to_the_same() {
        let text = "the same again, ".repeat(500);
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &brotli(text.as_bytes(), 11).unwrap()[..], &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
    }
}
