//! Tables as text: the cells of a record, and cells that are written.

use crate::addresses::ParsedAddress;
use crate::addresses::characters::{BREAK, SEPARATOR, examine, has};

/// A byte that no text has: it separates the cells of a table with one column.
pub(super) const NO_SEPARATOR: u8 = 0xff;

/// The cells of the record that starts at `from`, and where the next record starts.
pub(super) fn record(text: &str, from: usize, separator: u8) -> (Vec<String>, usize) {
    let bytes = text.as_bytes();
    let mut cells = Vec::new();
    let mut at = from;
    loop {
        let (cell, end) = quoted(text, at, separator).unwrap_or_else(|| {
            let mut end = at;
            while bytes.get(end).is_some_and(|byte| !ends_cell(*byte, separator)) {
                end += 1;
            }
            examine(end - at);
            (text.get(at..end).unwrap_or("").to_owned(), end)
        });
        cells.push(cell);
        at = end + 1;
        match bytes.get(end) {
            Some(b'\r') if bytes.get(at) == Some(&b'\n') => return (cells, at + 1),
            Some(byte) if *byte == separator => {}
            _ => return (cells, at),
        }
    }
}

fn ends_cell(byte: u8, separator: u8) -> bool {
    byte == separator || byte == b'\n' || byte == b'\r'
}

/// The cell that starts at `from` and where it ends, if it is in quotes that close right before its end. Other quotes are
/// ordinary characters: a forgotten quote must not swallow all records up to the next one.
fn quoted(text: &str, from: usize, separator: u8) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let behind_blanks = |mut at: usize| {
        while bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        examine(1);
        at
    };
    let mut at = behind_blanks(from);
    if bytes.get(at) != Some(&b'"') {
        examine(at - from);
        return None;
    }
    at += 1;
    let mut start = at;
    let mut cell = String::new();
    loop {
        while *bytes.get(at)? != b'"' {
            at += 1;
            examine(1);
        }
        examine(1);
        cell.push_str(text.get(start..at)?);
        at += 1;
        if bytes.get(at) != Some(&b'"') {
            break;
        }
        // Of a pair the second stays.
        start = at;
        at += 1;
    }
    let end = behind_blanks(at);
    examine(end - at);
    bytes.get(end).is_none_or(|byte| ends_cell(*byte, separator)).then_some((cell, end))
}

/// So many records, and so many bytes, are examined to find out whether all lines are in quotes.
const ENOUGH: usize = 40;
const HEAD: usize = 16 * 1024;

/// The text without the quotes around each of its lines, where a program has written each line of a table as one cell:
/// `"Jane,""jane@example.com"""`. `None` when it is no such text.
pub(super) fn unquoted_lines(text: &str) -> Option<String> {
    let (mut at, mut lines) = (0, Vec::new());
    let head = text.get(..text.floor_char_boundary(HEAD))?;
    while at < head.len() && lines.len() < ENOUGH {
        let (mut cells, next) = record(head, at, NO_SEPARATOR);
        if next >= head.len() && head.len() < text.len() {
            // The record goes on behind the head.
            break;
        }
        let cell = cells.pop().filter(|_| cells.is_empty())?;
        let raw = head.get(at..next.min(head.len()))?.trim();
        at = next;
        if raw.is_empty() {
            continue;
        }
        // The heading needs no quotes where nothing in it does.
        let is_whole = raw.starts_with('"') && cell.trim() != raw;
        if !is_whole && !lines.is_empty() {
            return None;
        }
        lines.push(cell);
    }
    let is_table = |separator: &u8| {
        let mut widths = lines.iter().map(|line| record(line, 0, *separator).0.len());
        let first = widths.next();
        first > Some(1) && widths.all(|width| Some(width) == first)
    };
    let has_address = lines.iter().any(|line| line.contains('@'));
    if lines.len() < 2 || !has_address || !b"\t;,|".iter().any(is_table) {
        return None;
    }
    let (mut at, mut out) = (0, String::new());
    while at < text.len() {
        let (cells, next) = record(text, at, NO_SEPARATOR);
        cells.iter().for_each(|cell| out.push_str(cell));
        out.push('\n');
        at = next;
    }
    Some(out)
}

/// The text with the separators of a table in ASCII, where it has only those that East Asian or Arabic keyboards write.
pub(super) fn with_plain_separators(text: &str) -> Option<String> {
    const FOREIGN: [(char, char); 5] = [('，', ','), ('；', ';'), ('｜', '|'), ('،', ','), ('؛', ';')];
    examine(text.len());
    if text.is_ascii()
        || text.contains([',', ';', '\t', '|'])
        || !text.contains(FOREIGN.map(|(foreign, _)| foreign))
    {
        return None;
    }
    let plain = |c: char| FOREIGN.iter().find(|(foreign, _)| *foreign == c).map_or(c, |(_, plain)| *plain);
    Some(text.chars().map(plain).collect())
}

/// The first line of a table that [`to_csv`] writes.
const OWN_HEADING: &str = "email,role,name\r\n";

/// Is `text` a table that [`to_csv`] has written?
pub(super) fn is_own(text: &str) -> bool {
    text.starts_with(OWN_HEADING)
}

/// A table with a heading, which reads back as the same `addresses`. To make that possible the cells are written as they
/// are: what goes to a spreadsheet has to be written by [`safe_field`].
pub fn to_csv(addresses: &[ParsedAddress]) -> String {
    let mut out = String::from("email,role,name");
    for address in addresses {
        out.push_str("\r\n");
        field(&mut out, &address.text);
        for cell in [&address.role, &address.name] {
            out.push(',');
            field(&mut out, cell.as_deref().unwrap_or(""));
        }
    }
    out.push_str("\r\n");
    out
}

/// Adds a cell of a table, in quotes where it needs them.
pub fn field(out: &mut String, text: &str) {
    put(out, "", text);
}

/// Adds a cell of a table that a spreadsheet does not read as a formula: an apostrophe in front prevents that.
pub fn safe_field(out: &mut String, text: &str) {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    put(out, if is_formula { "'" } else { "" }, text);
}

fn put(out: &mut String, prefix: &str, text: &str) {
    let quote = if text.contains('"') || has(text, SEPARATOR | BREAK) { "\"" } else { "" };
    out.push_str(quote);
    out.push_str(prefix);
    for c in text.chars() {
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
    out.push_str(quote);
}
