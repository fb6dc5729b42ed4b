//! Rows of cells as a text: what a workbook, or a table of HTML, is handed to the parser as.

/// Rows of cells, written as a text with tabs between the cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    text: String,
    /// Whether the row that is being written has a cell already.
    has_cells: bool,
}

impl Rows {
    /// Adds a cell to the row.
    pub fn cell(&mut self, text: &str) {
        if std::mem::replace(&mut self.has_cells, true) {
            self.text.push('\t');
        }
        let text = text.trim();
        if text.contains(['\t', '\n', '\r', '"']) {
            self.text.push('"');
            self.text.push_str(&text.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(text);
        }
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.text.push('\n');
        self.has_cells = false;
    }

    /// The text of all rows.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// HTML with a line break in front of each tag that shows one, and with no others: without them the text of
/// `a@x.de<br>b@x.de` would be `a@x.deb@x.de`.
pub fn with_breaks(html: &str) -> String {
    const TAGS: [&str; 12] =
        ["<br", "<p", "</p", "<div", "</div", "<li", "</li", "<tr", "</tr", "<td", "<h", "</h"];
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, behind)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        push_on_one_line(&mut out, before);
        let starts = |tag: &str| behind.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
        if TAGS.iter().any(|tag| starts(tag)) {
            out.push('\n');
        }
        out.push('<');
        rest = behind.get(1..).unwrap_or_default();
    }
    push_on_one_line(&mut out, rest);
    out
}

fn push_on_one_line(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if matches!(c, '\r' | '\n' | '\t') { ' ' } else { c }));
}
