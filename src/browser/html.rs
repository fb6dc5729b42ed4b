//! Texts that come as HTML. They are parsed into a document of their own, which is never shown: no script of it runs and
//! nothing of it is fetched.

use crate::files::{Rows, has_struck, struck_selectors, with_breaks};
use wasm_bindgen::JsCast;
use web_sys::{Document, DomParser, Element, Node, NodeList, SupportedType};

/// A parsed text.
pub struct Html(Document);

/// A cell may span this many columns; a larger number is no table that a person wrote.
const MOST_COLUMNS: usize = 100;

impl Html {
    /// Parses a text. `None` when the browser can't.
    pub fn parse(html: &str) -> Option<Self> {
        let parser = DomParser::new().ok()?;
        let parsed = Self(parser.parse_from_string(&with_breaks(html), SupportedType::TextHtml).ok()?);
        if has_struck(html) {
            parsed.mark_struck();
        }
        Some(parsed)
    }

    /// Marks what is struck out or hidden as Markdown does, so that an address in it wants a look.
    fn mark_struck(&self) {
        let styles = nodes(self.0.query_selector_all("style").ok()).filter_map(|style| style.text_content());
        for selector in struck_selectors(&styles.collect::<String>()) {
            for element in elements(self.0.query_selector_all(&selector).ok()) {
                let text = text_of(&element);
                if !text.is_empty() {
                    element.set_text_content(Some(&["~~", &text, "~~"].concat()));
                }
            }
        }
    }

    /// The cells of its tables, with tabs between those of a row; below them the lines outside that have an address. `None`
    /// when no cell has one, or when a table stands within a cell: then it is no table that only holds data.
    pub fn table(&self) -> Option<String> {
        let mut rows = Rows::default();
        for row in elements(self.0.query_selector_all("tr").ok()) {
            for cell in elements(row.query_selector_all(":scope>td,:scope>th").ok()) {
                rows.cell(&text_of(&cell));
                let span = cell.get_attribute("colspan").and_then(|span| span.trim().parse().ok());
                (1..span.unwrap_or(1).min(MOST_COLUMNS)).for_each(|_| rows.cell(""));
            }
            rows.end_row();
        }
        let count = |text: &str| text.matches(['@', '＠']).count();
        let outside = self.outside_of_tables();
        let lines: String =
            outside.lines().filter(|line| count(line) > 0).flat_map(|line| [line, "\n"]).collect();
        let is_whole = count(rows.text()).saturating_add(count(&lines)) == count(&self.text());
        (count(rows.text()) > 0 && is_whole).then(|| [rows.text(), &lines].concat())
    }

    /// All of its text that stands in no table.
    fn outside_of_tables(&self) -> String {
        let body = nodes(self.0.query_selector_all("body").ok()).next();
        let copy = body.and_then(|body| body.clone_node_with_deep(true).ok()?.dyn_into::<Element>().ok());
        let Some(copy) = copy else { return String::new() };
        elements(copy.query_selector_all("table").ok()).for_each(|table| table.remove());
        text_of(&copy)
    }

    /// All of its text.
    pub fn text(&self) -> String {
        let body = nodes(self.0.query_selector_all("body").ok()).next();
        body.map(|body| text_of(&body)).unwrap_or_default()
    }

    /// The addresses that its links lead to, one to a line: a name may be all that is seen of them.
    pub fn mail_links(&self) -> String {
        let links = elements(self.0.query_selector_all("a[href^='mailto:' i]").ok());
        links.filter_map(|link| link.get_attribute("href")).collect::<Vec<_>>().join("\n")
    }
}

/// The text of an element, without the blanks that the source has for its own sake.
fn text_of(node: &Node) -> String {
    let text = node.text_content().unwrap_or_default();
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn nodes(list: Option<NodeList>) -> impl Iterator<Item = Node> {
    list.into_iter().flat_map(|list| (0..list.length()).filter_map(move |at| list.get(at)))
}

fn elements(list: Option<NodeList>) -> impl Iterator<Item = Element> {
    nodes(list).filter_map(|node| node.dyn_into().ok())
}
