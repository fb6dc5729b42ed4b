//! Reads and rewrites index.html.

use std::{borrow::Cow, cell::RefCell};

use anyhow::{Context, Result, ensure};
use lol_html::{
    ElementContentHandlers, RewriteStrSettings, Selector, doc_comments, element,
    errors::AttributeNameError,
    html_content::{ContentType, Element},
    rewrite_str,
};
use serde_json::Value;

use super::{WORKBOOK, hashed_names::HashedNames};

/// The names of the page's files, as the document has them.
#[derive(Default)]
pub struct References {
    /// The page's sub-path, which stands before each name.
    pub base: String,
    /// The wasm module.
    pub wasm: String,
    /// wasm-bindgen's script.
    pub glue: String,
    /// The other scripts that trunk has named.
    pub scripts: Vec<String>,
    /// The stylesheets that trunk has named, in the order of the cascade.
    pub sheets: Vec<String>,
}

impl References {
    /// # Errors
    /// When the document cannot be parsed or does not name its wasm.
    pub fn read(document: &str) -> Result<Self> {
        let references = RefCell::new(Self::default());
        let name = |references: &Self, address: String| relative(&references.base, &address).to_owned();
        let handlers = vec![
            element!("base[href]", |base| {
                references.borrow_mut().base = attribute(base, "href");
                Ok(())
            }),
            element!("meta#app-loader", |meta| {
                let mut references = references.borrow_mut();
                references.glue = name(&references, attribute(meta, "data-js"));
                references.wasm = name(&references, attribute(meta, "data-wasm"));
                Ok(())
            }),
            // Trunk adds a digest to the elements whose file it has named, and to no others.
            element!("script[src][integrity]", |script| {
                let mut references = references.borrow_mut();
                let script = name(&references, attribute(script, "src"));
                references.scripts.push(script);
                Ok(())
            }),
            element!("link[rel='stylesheet'][integrity]", |sheet| {
                let mut references = references.borrow_mut();
                let sheet = name(&references, attribute(sheet, "href"));
                references.sheets.push(sheet);
                Ok(())
            }),
        ];
        rewrite_str(document, settings(handlers))?;
        let references = references.into_inner();
        ensure!(
            !references.wasm.is_empty() && !references.glue.is_empty(),
            "index.html does not name its wasm"
        );
        Ok(references)
    }
}

/// What boot.js is told of the wasm, as JSON.
pub struct Wasm {
    /// The files of each chunk.
    pub chunks: String,
    /// The lengths of the parts of the file that the page starts with: the module that it starts with, the head of a section, and the
    /// modules in that section.
    pub modules: String,
}

/// The document with the new names and digests and what there is to know of the `wasm`, without comments, and with `style` in the place of
/// its stylesheets.
///
/// # Errors
/// When the document cannot be parsed, or `style` would end before its end.
pub fn rewrite(
    document: &str,
    former: &References,
    names: &HashedNames,
    wasm: &Wasm,
    style: &str,
) -> Result<String> {
    ensure!(!style.contains("</"), "a stylesheet within the document must not contain \"</\"");
    let References { base, sheets, .. } = former;
    let handlers = vec![
        element!("script[src]", |script| Ok(update(script, "src", base, names)?)),
        element!("link[href]", |link| {
            let file = relative(base, &attribute(link, "href")).to_owned();
            if sheets.first() == Some(&file) {
                link.before(&format!("<style>{style}</style>"), ContentType::Html);
            }
            if sheets.contains(&file) || file == former.wasm {
                link.remove();
                return Ok(());
            }
            Ok(update(link, "href", base, names)?)
        }),
        element!("meta#app-loader", |meta| {
            update(meta, "data-js", base, names)?;
            // Only here, and not as a preload: no browser is to fetch one before boot.js does.
            update(meta, "data-wasm", base, names)?;
            meta.set_attribute("data-modules", &wasm.modules)?;
            meta.set_attribute("data-chunks", &wasm.chunks)?;
            if let Some(hashed) = names.find(WORKBOOK) {
                meta.set_attribute("data-workbook", &hashed.name)?;
                meta.set_attribute("data-workbook-integrity", &hashed.integrity)?;
            }
            Ok(())
        }),
    ];
    let comments = doc_comments!(|comment| {
        comment.remove();
        Ok(())
    });
    let document = rewrite_str(document, settings(handlers).append_document_content_handler(comments))?;
    Ok(without_empty_lines(&document))
}

/// Removed elements and comments leave empty lines.
fn without_empty_lines(document: &str) -> String {
    let lines = document.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |document, line| document + line + "\n")
}

/// The document with a preload of clerk-js before all that it asks for, in the place of the one that it had. `script` is what boot.js says
/// of that, as JSON: its address in `src`, and the attributes of its tag. The browser downloads it by that address; boot.js adds the tag by
/// what stands here, as long as config.json has not come.
///
/// # Errors
/// When the document or the JSON cannot be parsed.
pub fn with_clerk_script(document: &str, script: Option<&str>) -> Result<String> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
    let link = |script: &str| {
        let parsed: Value = serde_json::from_str(script)?;
        let address = parsed["src"].as_str().context("a script without an address")?;
        // With the attributes by which boot.js asks: otherwise the browser would download the script twice.
        let asks = r#"<link rel="preload" as="script" crossorigin="anonymous" fetchpriority="high""#;
        anyhow::Ok(format!(r#"{asks} href="{}" data-script="{}">"#, escaped(address), escaped(script)))
    };
    let link = script.map(link).transpose()?;
    let handlers = vec![
        element!("link[rel='preload'][as='script']", |former| {
            former.remove();
            Ok(())
        }),
        // Addresses are relative to this element, and it stands before all that has one.
        element!("base[href]", |base| {
            link.iter().for_each(|link| base.after(&format!("\n{link}"), ContentType::Html));
            Ok(())
        }),
    ];
    Ok(without_empty_lines(&rewrite_str(document, settings(handlers))?))
}

/// The document with a copy of the `theme`, which is a stylesheet of its own as well, in the place of the one that it had. The file then does
/// not hold up the first text; boot.js puts it in the place of the copy when it arrives. A theme that is no UTF-8 (`None`) can't stand in
/// the document, nor can one that would end the element around it: those are waited for.
///
/// # Errors
/// When the document cannot be parsed.
pub fn with_theme(document: &str, theme: Option<&str>) -> Result<String> {
    let theme = theme.filter(|theme| !theme.contains("</"));
    let theme = theme.map(|theme| theme.trim_start_matches(BYTE_ORDER_MARK).trim());
    let copy = theme.filter(|theme| has_rules(theme));
    let copy = copy.map(|theme| format!("<style data-theme>{theme}</style>\n"));
    let handlers = vec![
        element!("style[data-theme]", |former| {
            former.remove();
            Ok(())
        }),
        element!("link[rel='stylesheet'][href='theme.css']", |link| {
            match theme {
                Some(_) => link.set_attribute("media", WAITS_FOR_NOTHING)?,
                None => link.remove_attribute("media"),
            }
            copy.iter().for_each(|copy| link.before(copy, ContentType::Html));
            Ok(())
        }),
    ];
    Ok(without_empty_lines(&rewrite_str(document, settings(handlers))?))
}

/// Some editors put it at the start of a file.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A stylesheet for this medium is fetched, but the browser draws without it. boot.js has it count for the page once it is there.
const WAITS_FOR_NOTHING: &str = "print";

/// Whether more stands in a stylesheet than comments.
fn has_rules(sheet: &str) -> bool {
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        if !before.trim().is_empty() {
            return true;
        }
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    !rest.trim().is_empty()
}

/// Sets an attribute to the file's new name, and the digest with it. Each address becomes relative to `<base>`, so that the
/// sub-path stands in one place.
fn update(
    element: &mut Element,
    name: &str,
    base: &str,
    names: &HashedNames,
) -> Result<(), AttributeNameError> {
    let address = attribute(element, name);
    let file = relative(base, &address);
    match names.find(file) {
        Some(hashed) => {
            element.set_attribute(name, &hashed.name)?;
            if element.has_attribute("integrity") {
                element.set_attribute("integrity", &hashed.integrity)?;
            }
        }
        None => element.set_attribute(name, file)?,
    }
    Ok(())
}

type Handler<'h> = (Cow<'h, Selector>, ElementContentHandlers<'h>);

fn settings<'h>(handlers: impl IntoIterator<Item = Handler<'h>>) -> RewriteStrSettings<'h, 'h> {
    let settings = RewriteStrSettings::new();
    handlers.into_iter().fold(settings, |settings, handler| settings.append_element_content_handler(handler))
}

fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

fn relative<'a>(base: &str, address: &'a str) -> &'a str {
    address.strip_prefix(base).unwrap_or(address)
}
