//! Reads a text of any kind, one address after another.

use crate::addresses::calendar::Calendar;
use crate::addresses::characters::{examine, is_invisible};
use crate::addresses::csv::{unquoted_lines, with_plain_separators};
use crate::addresses::prose::Prose;
use crate::addresses::records;
use crate::addresses::table::{Person, Table};
use crate::addresses::vcard::Cards;
use crate::addresses::{Meaning, ParsedAddress, TableSummary};

/// Reads the addresses of a text one after another, so that the caller can pause after a frame's worth of work.
pub struct Parser {
    pub(super) source: Source,
    /// The row that is being read, of a table.
    person: Option<Person>,
}

/// What kind of text it is.
pub(super) enum Source {
    Table(Box<Table>),
    Cards(Cards),
    Calendar(Calendar),
    Prose(Prose),
}

impl Parser {
    /// Starts to read `text`. `is_role` tells whether a text names a role: in a table without a heading that identifies
    /// the role column.
    pub fn new(mut text: String, is_role: &dyn Fn(&str) -> bool) -> Self {
        examine(text.len());
        // Of a long list, which mostly is plain, that is told at once.
        if !text.is_ascii() {
            text.retain(|c| !is_invisible(c));
        }
        let source = if Cards::is_card(&text) {
            Source::Cards(Cards::new(text))
        } else if Calendar::is_calendar(&text) {
            Source::Calendar(Calendar::new(text))
        } else if let Some(table) =
            records::as_table(&text).and_then(|table| Table::detect(table, is_role).ok())
        {
            Source::Table(Box::new(table))
        } else {
            let text = unquoted_lines(&text).or_else(|| with_plain_separators(&text)).unwrap_or(text);
            match Table::detect(text, is_role) {
                Ok(table) => Source::Table(Box::new(table)),
                Err(text) => Source::Prose(Prose::new(text)),
            }
        };
        Self { source, person: None }
    }

    /// How the table was understood, complete once all of it is read. Contacts (vCards) and
    /// calendars are a table without columns. `None` when the text is none of these.
    pub fn summary(&self) -> Option<&TableSummary> {
        match &self.source {
            Source::Table(table) => Some(&table.summary),
            Source::Cards(cards) => Some(&cards.summary),
            Source::Calendar(calendar) => Some(&calendar.summary),
            Source::Prose(_) => None,
        }
    }

    /// Reads the same table once more, from its start, with these meanings of the columns in its summary; a column without
    /// one keeps its own. `None` when there are no columns.
    pub fn again(&self, columns: &[Meaning]) -> Option<Self> {
        let Source::Table(table) = &self.source else { return None };
        Some(Self { source: Source::Table(Box::new(table.again(columns.to_vec()))), person: None })
    }
}

impl Iterator for Parser {
    type Item = ParsedAddress;

    fn next(&mut self) -> Option<ParsedAddress> {
        match &mut self.source {
            Source::Prose(prose) => prose.next(),
            Source::Cards(cards) => cards.next(),
            Source::Calendar(calendar) => calendar.next(),
            Source::Table(table) => loop {
                if let Some(address) = self.person.as_mut().and_then(Iterator::next) {
                    return Some(address);
                }
                self.person = Some(table.next_person()?);
            },
        }
    }
}
