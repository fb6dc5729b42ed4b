//! Texts that come as HTML. They are parsed into a document of their own, which is never shown: no script of it runs and
//! nothing of it is fetched.

use crate::files::{Rows, with_breaks};
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
        Some(Self(parser.parse_from_string(&with_breaks(html), SupportedType::TextHtml).ok()?))
    }

    /// The cells of its tables, with tabs between those of a row. `None` when there is an address outside of the cells too, or
    /// when a table stands within a cell: then it is no table that only holds data.
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
        (count(rows.text()) > 0 && count(rows.text()) == count(&self.text())).then(|| rows.text().to_owned())
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
