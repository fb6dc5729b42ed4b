//! Reads records: a list of objects in JSON, also one within other objects, or an object a line; objects in the text of a
//! program; statements of SQL; elements of XML; blocks of lines with a key and a value each; columns by blanks; lists with a
//! cell in each line.
//!
//! They are written as a table, which the rules for tables then read. A member is a column, called by its path:
//! `manager.email`. A path says nothing of what only groups members (`profile`), and each further element of a list has its
//! number in it: `emails.2.value`.

mod aligned;
mod blocks;
mod literals;
mod sql;
mod stacked;
#[cfg(test)]
mod tests;
mod tokens;
mod wiki;
mod xml;

use std::collections::HashMap;

use crate::addresses::characters::examine;
use crate::addresses::csv::field;
use crate::addresses::headings::names_mail;
use crate::addresses::words::{all, words};
use crate::json::{Members, Scalar, parse_value};

/// Records with more columns are no table. Programs that manage accounts write up to a hundred.
const MOST_COLUMNS: usize = 256;
/// A table may be so many times as long as its records: of many different records most cells are empty.
const MOST_GROWTH: usize = 16;
/// A shorter table than this may be longer than that.
const SHORT: usize = 64 * 1024;

/// What groups members of one person, or people, and says nothing about them.
const GROUPING: &str = "user users person people profile profiles member members attribute attributes field fields data details \
    node nodes edges edge identity contact contacts account result results record records row rows value values resource \
    resources public public_user item items entry entries list response properties info";

/// The table of the records in `text`; `None` when it holds none, or too many different ones.
pub(super) fn as_table(text: &str) -> Option<String> {
    if !text.contains('@') {
        return None;
    }
    examine(text.len());
    let first = text.trim_start().chars().next()?;
    let value = match first {
        '[' | '{' => parse_value(text).or_else(|| objects(text)),
        '|' => return wiki::as_table(text),
        '<' if xml::is_workbook(text) => return xml::workbook(text),
        '<' => xml::parse(text),
        _ => blocks::parse(text),
    };
    let literals = || literals::parse(text).or_else(|| sql::parse(text));
    let Some((value, rest)) =
        value.map(|value| (value, vec![])).or_else(|| literals().map(|found| (found.objects, found.rest)))
    else {
        return aligned::as_table(text).or_else(|| stacked::as_table(text));
    };
    let mut found = Found { rest, ..Found::default() };
    found.add("", value);
    found.table(text.len())
}

/// The objects of a text with one in each line.
fn objects(text: &str) -> Option<Scalar> {
    let lines = text.lines().map(|line| line.trim().trim_end_matches(',')).filter(|line| !line.is_empty());
    lines.map(|line| Members::parse(line).map(Scalar::Object)).collect::<Option<_>>().map(Scalar::List)
}

/// What a text of records holds.
#[derive(Default)]
struct Found {
    /// The lists of records, each with its path.
    lists: Vec<(String, Vec<Members>)>,
    /// The paths and texts beside them.
    rest: Vec<(String, String)>,
}

impl Found {
    fn add(&mut self, path: &str, value: Scalar) {
        match value {
            Scalar::List(list) if list.iter().any(|value| matches!(value, Scalar::Object(_))) => {
                let mut records = vec![];
                for value in list {
                    match value {
                        Scalar::Object(members) => records.push(members),
                        value => self.add(path, value),
                    }
                }
                self.lists.push((path.to_owned(), records));
            }
            Scalar::Object(members) if is_record(&members) => {
                self.lists.push((path.to_owned(), vec![members]));
            }
            Scalar::Object(Members(members)) => {
                for (key, value) in members {
                    self.add(&joined(path, &key), value);
                }
            }
            value => {
                if let Some(text) = text(&value).filter(|text| text.contains('@')) {
                    self.rest.push((path.to_owned(), text));
                }
            }
        }
    }

    /// The records as rows under one heading; above it what stands beside them.
    fn table(self, length: usize) -> Option<String> {
        let is_only = self.lists.len() == 1;
        let mut columns = Columns::default();
        let mut rows = vec![];
        for (path, records) in self.lists {
            let path = if is_only { "" } else { &path };
            for record in records {
                let mut row = vec![];
                columns.fill(&mut row, path, &Scalar::Object(record));
                rows.push(row);
            }
            if columns.headings.len() > MOST_COLUMNS {
                return None;
            }
        }
        let mut out = String::new();
        for (path, text) in self.rest {
            field(&mut out, &[path, text].join(": "));
            out.push('\n');
        }
        line(&mut out, &columns.headings);
        for row in rows {
            line(&mut out, &row);
            if out.len() > SHORT && out.len() / MOST_GROWTH > length {
                return None;
            }
        }
        Some(out)
    }
}

/// Is it about one person, and not what people are grouped by? Then it has an address, and no list of records.
fn is_record(Members(members): &Members) -> bool {
    let has_address = |(key, value): &(String, Scalar)| match value {
        Scalar::Object(members) => is_grouping(key) && is_record(members),
        Scalar::Text(text) => text.contains('@'),
        Scalar::List(list) => names_mail(key) && list.iter().any(holds_address),
        _ => false,
    };
    members.iter().any(has_address) && !members.iter().any(|(key, value)| holds_records(key, value))
}

fn holds_address(value: &Scalar) -> bool {
    match value {
        Scalar::Text(text) => text.contains('@'),
        Scalar::List(list) => list.iter().any(holds_address),
        Scalar::Object(Members(members)) => members.iter().any(|(_, value)| holds_address(value)),
        _ => false,
    }
}

/// Is it a list of people, or has it one among its members? A list of addresses is one person's.
fn holds_records(key: &str, value: &Scalar) -> bool {
    match value {
        Scalar::List(list) => {
            let objects = list.iter().filter(|value| matches!(value, Scalar::Object(_))).count();
            !names_mail(key) && (objects > 1 || objects == 1 && is_grouping(key))
        }
        Scalar::Object(Members(members)) => members.iter().any(|(key, value)| holds_records(key, value)),
        _ => false,
    }
}

/// The columns met so far.
#[derive(Default)]
struct Columns {
    headings: Vec<String>,
    places: HashMap<String, usize>,
}

impl Columns {
    /// Writes a value into the cells of its row.
    fn fill(&mut self, row: &mut Vec<String>, path: &str, value: &Scalar) {
        match value {
            Scalar::Object(Members(members)) => {
                for (key, value) in members {
                    self.fill(row, &joined(path, key), value);
                }
            }
            Scalar::List(list) if list.iter().any(|value| matches!(value, Scalar::Object(_))) => {
                // Of the addresses of a person the one that counts comes first.
                let (first, others): (Vec<_>, Vec<_>) = list.iter().partition(|value| is_primary(value));
                for (at, value) in first.into_iter().chain(others).enumerate() {
                    let number = at.saturating_add(1);
                    let path = if number == 1 { path.to_owned() } else { format!("{path}.{number}") };
                    self.fill(row, &path, value);
                }
            }
            Scalar::List(list) => {
                let texts: Vec<_> = list.iter().filter_map(text).collect();
                self.put(row, path, texts.join(", "));
            }
            value => self.put(row, path, text(value).unwrap_or_default()),
        }
    }

    fn put(&mut self, row: &mut Vec<String>, path: &str, text: String) {
        let next = self.headings.len();
        let place = match self.places.get(path) {
            Some(place) => *place,
            None => {
                self.places.insert(path.to_owned(), next);
                self.headings.push(path.to_owned());
                next
            }
        };
        if text.is_empty() || place > MOST_COLUMNS {
            return;
        }
        if row.get(place).is_some_and(|cell| !cell.is_empty()) {
            // A second value under the same key has a column of its own.
            return self.put(row, &[path, ".2"].concat(), text);
        }
        if row.len() <= place {
            row.resize(place.saturating_add(1), String::new());
        }
        if let Some(cell) = row.get_mut(place) {
            *cell = text;
        }
    }
}

/// Does it say of itself that it is the one that counts?
fn is_primary(value: &Scalar) -> bool {
    let Scalar::Object(Members(members)) = value else { return false };
    members.iter().any(|(key, value)| {
        *value == Scalar::Bool(true) && ["primary", "isPrimary", "is_primary"].contains(&key.as_str())
    })
}

fn is_grouping(key: &str) -> bool {
    all(&words(key), GROUPING)
}

/// The path of the member `key` of the object at `path`.
fn joined(path: &str, key: &str) -> String {
    if path.is_empty() || is_grouping(path) {
        return key.to_owned();
    }
    [path, key].join(".")
}

/// The text of a value that is no object; `None` where it has none.
fn text(value: &Scalar) -> Option<String> {
    match value {
        Scalar::Text(text) => Some(text.clone()),
        Scalar::Number(number) => Some(number.to_string()),
        Scalar::Bool(truth) => Some(truth.to_string()),
        Scalar::Null | Scalar::List(_) | Scalar::Object(_) => None,
    }
}

fn line(out: &mut String, cells: &[String]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        field(out, cell);
    }
    out.push('\n');
}
