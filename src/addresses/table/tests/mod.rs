//! Tables: the files of the cases, files of other products, who is left out, headings, rows.

mod cases;
mod exclusions;
mod headings;
mod products;
mod rows;
mod unusual;

use crate::addresses::{Cause, Meaning, ParsedAddress, Parser};
use crate::domain::Email;

fn is_role(text: &str) -> bool {
    ["admin", "member", "org:admin", "org:member"].contains(&text.to_lowercase().as_str())
}

/// One line for each that was read: `text|name|role`, `(no address)` where it can't be one, and `?` with the reason where it is
/// not to be sent unseen.
fn line(address: &ParsedAddress) -> String {
    let mut line = address.text.clone();
    if let Some(doubt) = &address.doubt {
        line.push_str(&match &doubt.cause {
            Cause::Column(heading) => format!("?{heading}"),
            cause => format!("?{cause:?}"),
        });
    } else if Email::check(&address.text).is_err() {
        line.push_str("(no address)");
    }
    for cell in [&address.name, &address.role] {
        line.push('|');
        line.push_str(cell.as_deref().unwrap_or(""));
    }
    line.trim_end_matches('|').to_owned()
}

/// A text that was read, for short expectations.
struct Read {
    lines: Vec<String>,
    parser: Parser,
}

fn read(text: &str) -> Read {
    drained(Parser::new(text.to_owned(), &is_role))
}

fn drained(mut parser: Parser) -> Read {
    let lines = parser.by_ref().map(|address| line(&address)).collect();
    Read { lines, parser }
}

impl Read {
    /// The meanings of the columns that are not ignored, with their headings.
    fn columns(&self) -> Vec<(&str, Meaning)> {
        let summary = self.parser.summary().expect("it is a table");
        let used = summary.columns.iter().filter(|column| column.meaning != Meaning::Ignored);
        used.map(|column| (column.heading.as_str(), column.meaning)).collect()
    }

    fn left_out(&self) -> Vec<String> {
        self.parser.summary().map(|summary| summary.left_out.iter().map(line).collect()).unwrap_or_default()
    }

    fn notes(&self) -> Vec<&str> {
        self.parser
            .summary()
            .map(|summary| summary.notes.iter().map(String::as_str).collect())
            .unwrap_or_default()
    }

    /// People with an address, people without one.
    fn counts(&self) -> (u64, u64) {
        self.parser.summary().map(|summary| (summary.people, summary.without_address)).unwrap_or_default()
    }

    /// Is `text` in anything that the admin can see?
    fn shows(&self, text: &str) -> bool {
        let summary = self.parser.summary();
        self.lines.iter().any(|line| line.contains(text))
            || summary.is_some_and(|summary| format!("{summary:?}").contains(text))
    }
}
