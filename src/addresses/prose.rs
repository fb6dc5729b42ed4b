//! Text that is no table: the lines of a list, a mail's header, a message.

mod commas;
mod context;
mod doubts;
mod encodings;
mod headers;
mod labels;
mod line;
mod links;
mod lookalikes;
mod markup;
mod names;
mod obscured;
mod stretch;
#[cfg(test)]
mod tests;

use crate::addresses::{Cause, Doubt, ParsedAddress};
pub(super) use commas::torn;
use context::Sections;
pub(super) use doubts::is_address;
use headers::Lines;
use line::Line;

/// A text that is no table, and how far it is read.
pub(super) struct Prose {
    text: String,
    /// All before it is read, apart from the rest of `line`.
    at: usize,
    lines: Lines,
    line: Line,
    sections: Sections,
    is_cell: bool,
}

impl Prose {
    pub(super) fn new(text: String) -> Self {
        Self {
            text,
            at: 0,
            lines: Lines::default(),
            line: Line::default(),
            sections: Sections::default(),
            is_cell: false,
        }
    }

    /// Reads a cell of a table. A dash in front of an address is a part of it there, and no sign of a list.
    pub(super) fn cell(text: String) -> Self {
        Self { is_cell: true, ..Self::new(text) }
    }
}

impl Iterator for Prose {
    type Item = ParsedAddress;

    fn next(&mut self) -> Option<ParsedAddress> {
        loop {
            if let Some(mut address) = self.line.next() {
                if let (Some(heading), None, true) =
                    (self.sections.out(), &address.doubt, address.text.contains('@'))
                {
                    address.doubt = Some(Doubt { cause: Cause::Beside(heading.to_owned()), offer: None });
                }
                return Some(address);
            }
            let line = self.lines.next(&self.text, &mut self.at)?;
            if !self.is_cell {
                self.sections.note(&line);
            }
            self.line = Line::new(line, self.is_cell, self.sections.marks);
        }
    }
}

/// The text in the form in which its words are looked for: without the header of a mail, tags and links.
#[cfg(test)]
pub(super) fn rewritten(text: &str) -> String {
    let (mut lines, mut at, mut out) = (Lines::default(), 0, String::new());
    while let Some(line) = lines.next(text, &mut at) {
        out.push_str(&Line::new(line, false, &[]).text);
        out.push('\n');
    }
    out
}
