use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha384};

use super::*;
use crate::hex::hex;

/// Removes blanks.
struct BlankRemover;

impl Minify for BlankRemover {
    fn wasm(&self, primary: &[u8], drawing: &Modules, later: &Modules) -> Result<MinifiedWasm> {
        let small =
            |module: &[u8]| -> Vec<u8> { module.iter().copied().filter(|byte| *byte != b' ').collect() };
        Ok(MinifiedWasm {
            parts: Parts {
                primary: small(primary),
                drawing: drawing.values().flat_map(|module| small(module)).collect(),
                cold: b"cold".to_vec(),
            },
            later: later.iter().map(|(name, module)| (name.clone(), small(module))).collect(),
            names: MinifiedNames::default(),
        })
    }
    fn wasm_alone(&self, module: &[u8]) -> Result<Vec<u8>> {
        Ok(module.iter().copied().filter(|byte| *byte != b' ').collect())
    }
    fn script(&self, module: &str) -> Result<String> {
        Ok(module.replace(' ', ""))
    }
    fn style(&self, sheet: &str) -> Result<String> {
        Ok(sheet.replace([' ', '\n'], ""))
    }
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
        ("app-0a1b.js", "fetch('app-0a1b_bg.wasm') ;\n    return {\n        __proto__: null,\n};"),
        ("app-0a1b_bg.wasm", "wa sm"),
        ("secondary/work", "mo re"),
        ("secondary/drawing", "dr aw"),
        ("secondary/shared1", "bo th"),
        ("secondary/shared2", "a ll"),
        (
            CHUNKS,
            r#"{"drawing": ["shared2", "drawing"], "screens": ["shared1"], "work": ["shared1", "shared2", "work"]}"#,
        ),
        (WORKBOOK, "ce lls"),
        ("boot-2c3d.js", "boot ()"),
        ("tokens-4e.css", ":root { --a: 1px }"),
        ("base-5f.css", "body { margin: 0 }"),
        ("theme.css", "/* yours */"),
        ("config.json", "{ }"),
        ("locales/de.json", "{ }"),
        (EMBED, "export {}"),
    ];
    files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()
}

fn bundled(base: &str) -> Files {
    bundle(built(base), &BlankRemover).unwrap()
}

fn with_wasm(wasm: &str) -> Files {
    let mut files = built("/");
    files.insert("app-0a1b_bg.wasm".into(), wasm.into());
    bundle(files, &BlankRemover).unwrap()
}

fn page(files: &Files) -> String {
    String::from_utf8(files[DOCUMENT].clone()).unwrap()
}

fn named<'a>(files: &'a Files, start: &str, extension: &str) -> &'a str {
    let is_it = |name: &&String| {
        let hash = name.strip_prefix(start).and_then(|rest| rest.strip_suffix(extension));
        hash.is_some_and(|hash| !hash.contains('-'))
    };
    files.keys().find(is_it).unwrap()
}

fn digest(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

#[test]
fn every_file_is_named_by_its_final_bytes() {
    let files = bundled("/");
    let kept = [DOCUMENT, EMBED, "config.json", "theme.css", "locales/de.json"];
    let renamed: Vec<_> = files.iter().filter(|(name, _)| !kept.contains(&name.as_str())).collect();
    assert_eq!(renamed.len(), 7, "five wasm modules, glue and boot");
    for (name, bytes) in renamed {
        assert!(name.contains(&hex(&Sha384::digest(bytes)[..8])), "{name}");
    }
}

#[test]
fn changed_bytes_change_the_name_and_the_name_of_each_file_that_refers_to_them() {
    let before = bundled("/");
    let after = with_wasm("other");
    assert_ne!(named(&before, "app-", ".wasm"), named(&after, "app-", ".wasm"));
    assert_eq!(named(&before, "app-later-work-", ".wasm"), named(&after, "app-later-work-", ".wasm"));
    // The glue holds the wasm's name.
    assert_ne!(named(&before, "app-", ".js"), named(&after, "app-", ".js"));
}

#[test]
fn the_same_files_give_the_same_page() {
    assert_eq!(bundled("/"), bundled("/"));
}

#[test]
fn no_name_and_no_digest_of_trunk_is_left() {
    let files = bundled("/team/");
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        for old in ["0a1b", "2c3d", "-4e", "-5f", "sha384-old"] {
            assert!(!name.contains(old) && !text.contains(old), "{old} in {name}: {text}");
        }
    }
}

#[test]
fn each_digest_in_the_page_is_that_of_the_file_named_with_it() {
    let files = bundled("/team/");
    let page = page(&files);
    for (start, extension) in [("app-", ".js"), ("boot-", ".js")] {
        let name = named(&files, start, extension);
        let line = page.lines().find(|line| line.contains(name) && line.contains(" integrity="));
        assert!(line.unwrap().contains(&digest(&files[name])), "{name}");
    }
}

#[test]
fn only_the_loader_names_the_wasm() {
    let files = bundled("/team/");
    let page = page(&files);
    let loader = page.lines().find(|line| line.contains("app-loader")).unwrap();
    let wasm = named(&files, "app-", ".wasm");
    assert!(page.matches(wasm).count() == 1 && loader.contains(&format!(r#"data-wasm="{wasm}""#)), "{page}");
    let [work, both, workbook, cold] = ["later-work", "later-shared1", "workbook", "cold"].map(|part| {
        let name = named(&files, &format!("app-{part}-"), ".wasm");
        (name, digest(&files[name]))
    });
    assert_eq!(
        (&*files[work.0], &*files[both.0], &*files[workbook.0], &*files[cold.0]),
        (&b"more"[..], &b"both"[..], &b"cells"[..], &b"cold"[..])
    );
    let chunks = serde_json::json!({ "cold": [cold], "drawing": [0], "screens": [0, cold, both], "work": [0, cold, both, work] });
    let quoted = chunks.to_string().replace('"', "&quot;");
    assert!(loader.contains(&format!(r#"data-chunks="{quoted}""#)), "{loader}");
    assert!(loader.contains(&format!(r#"data-workbook="{}""#, workbook.0)), "{loader}");
    assert!(loader.contains(&format!(r#"data-workbook-integrity="{}""#, workbook.1)), "{loader}");
    assert_eq!(page.matches(workbook.0).count(), 1);
}

#[test]
fn what_draws_the_page_stands_behind_what_starts_it_in_one_file() {
    let files = bundled("/");
    assert_eq!(&*files[named(&files, "app-", ".wasm")], b"wasm\0\x0f\x07drawingdrawall");
    assert!(page(&files).contains("data-modules=\"[4,10,7]\""));
    assert!(!files.keys().any(|name| name.contains("drawing") || name.contains("shared2")));
}

#[test]
fn a_module_behind_another_is_a_section_of_it() {
    let primary = walrus::Module::default().emit_wasm();
    let behind = vec![7; 20_000];
    let parts = joined(primary.clone(), behind.clone());
    let module = walrus::Module::from_buffer(&parts.concat()).unwrap();
    let (_, section) = module.customs.iter().find(|(_, section)| section.name() == AT_START).unwrap();
    assert_eq!(section.data(&Default::default()), behind);
    assert_eq!((&parts[0], &parts[2]), (&primary, &behind));
}

#[test]
fn the_secondary_wasm_gets_compressed_copies_too() {
    let files = bundled("/");
    let secondary = named(&files, "app-later-work-", ".wasm");
    let compressed = compressed(&files).unwrap();
    assert!(
        ["br", "gz"].iter().all(|extension| compressed.contains_key(&format!("{secondary}.{extension}")))
    );
}

#[test]
fn files_without_a_wasm_that_is_fetched_later_are_refused() {
    for (file, said) in [(CHUNKS, "chunks"), ("secondary/work", "\"work\""), (WORKBOOK, "workbooks")] {
        let mut files = built("/");
        files.remove(file);
        assert!(bundle(files, &BlankRemover).unwrap_err().to_string().contains(said));
    }
}

#[test]
fn the_stylesheets_become_one_within_the_page_in_their_order_before_the_theme() {
    let files = bundled("/");
    assert!(!files.keys().any(|name| name.ends_with(".css") && name != "theme.css"));
    let page = page(&files);
    assert_eq!(page.matches("stylesheet").count(), 1);
    let style = page.find("<style>:root{--a:1px}body{margin:0}</style>");
    assert!(style.is_some() && style < page.find("theme.css"), "{page}");
}

#[test]
fn a_stylesheet_that_would_end_before_its_end_is_refused() {
    let mut files = built("/");
    files.insert("base-5f.css".into(), b"a::after { content: '</style>' }".to_vec());
    assert!(bundle(files, &BlankRemover).is_err());
}

#[test]
fn only_the_base_element_says_where_the_page_is() {
    for base in ["./", "/team/"] {
        let page = page(&bundled(base));
        assert_eq!(page.matches(base).count(), 1);
        assert!(page.contains(&format!("<base href=\"{base}\">")));
    }
}

#[test]
fn the_script_for_other_pages_keeps_its_name_and_is_minified() {
    let files = bundled("/");
    assert_eq!(files[EMBED], b"export{}");
    assert!(compressed(&files).unwrap().contains_key("embed.js.br"));
}

#[test]
fn a_file_that_the_deployer_edits_keeps_its_name_and_gets_no_compressed_copy() {
    let files = bundled("/");
    let compressed = compressed(&files).unwrap();
    for name in EDITABLE {
        assert!(files.contains_key(name));
        assert!(
            !compressed.contains_key(&format!("{name}.br"))
                && !compressed.contains_key(&format!("{name}.gz"))
        );
    }
    assert!(compressed.contains_key("index.html.br") && compressed.contains_key("locales/de.json.gz"));
}

#[test]
fn a_page_that_names_a_file_that_was_not_built_is_refused() {
    let mut files = built("/");
    files.remove("boot-2c3d.js");
    let error = bundle(files, &BlankRemover).unwrap_err().to_string();
    assert!(error.contains("boot-2c3d.js"), "{error}");
}
