//! Reads a text of any kind, one address after another.

use crate::addresses::characters::{add_words, examine, is_invisible};
use crate::addresses::csv::record;
use crate::addresses::prose::Prose;
use crate::addresses::table::Table;
use crate::addresses::{Meaning, ParsedAddress, TableSummary};

/// Reads the addresses of a text one after another, so that the caller can pause after a frame's worth of work.
pub struct Parser {
    /// The whole text when it is a table, otherwise empty. All before `at` is read.
    text: String,
    at: usize,
    pub(super) table: Option<Table>,
    /// The address cell of the record that is being read, or the whole text when it is no table.
    prose: Prose,
    /// The role and the name that the record gives to each address in that cell.
    role: Option<String>,
    name: Option<String>,
}

/// A name or role that is longer than this is given to the first address of its record only: otherwise a small file
/// could fill the memory.
pub(super) const LONGEST_SHARED: usize = 256;

impl Parser {
    /// Starts to read `text`. `is_role` tells whether a text names a role: in a table without a heading that identifies
    /// the role column.
    pub fn new(mut text: String, is_role: &dyn Fn(&str) -> bool) -> Self {
        examine(text.len());
        text.retain(|c| !is_invisible(c));
        let (text, at, table, prose) = match Table::detect(&text, is_role) {
            Some((table, at)) => (text, at, Some(table), String::new()),
            None => (String::new(), 0, None, text),
        };
        Self { text, at, table, prose: Prose::new(prose), role: None, name: None }
    }

    /// How the table was understood, complete once all of it is read; `None` when the text is no table.
    pub fn summary(&self) -> Option<&TableSummary> {
        None
    }

    /// Reads the same table once more, from its start, with these meanings of its columns.
    pub fn again(&self, _columns: &[Meaning]) -> Option<Self> {
        None
    }

    /// Reads the next record; `None` when there is none.
    fn advance(&mut self) -> Option<()> {
        let table = self.table.as_ref()?;
        if self.at >= self.text.len() {
            return None;
        }
        let (cells, next) = record(&self.text, self.at, table.separator);
        self.at = next;
        let read = table.read(&cells);
        self.prose = Prose::cell(read.address);
        self.role = Some(read.role).filter(|role| !role.is_empty());
        self.name = Some(read.name).filter(|name| !name.is_empty());
        Some(())
    }
}

impl Iterator for Parser {
    type Item = ParsedAddress;

    fn next(&mut self) -> Option<ParsedAddress> {
        loop {
            if let Some(mut address) = self.prose.next() {
                address.role = share(&mut self.role);
                match (&mut address.name, &self.table) {
                    (None, _) => address.name = share(&mut self.name),
                    (Some(own), Some(table)) if !table.has_heading => {
                        // `Doe;Jane <jane@x.com>`: without a heading all of it is the name.
                        let mut name = share(&mut self.name).unwrap_or_default();
                        add_words(&mut name, own);
                        *own = name;
                    }
                    _ => {}
                }
                return Some(address);
            }
            self.advance()?;
        }
    }
}

/// The text for one of the addresses of a record: for each of them, or for the first only when it is long.
fn share(from: &mut Option<String>) -> Option<String> {
    match from {
        Some(text) if text.len() > LONGEST_SHARED => from.take(),
        _ => {
            examine(from.as_ref().map_or(0, String::len));
            from.clone()
        }
    }
}
