//! Finds out whether a text is a table, what separates its cells, and where its heading is.
//!
//! Each separator is tried on the start of the text; the one with which most cells hold an address and nothing else is the
//! right one. A heading is a row without addresses above a column of addresses. Its words decide whether that column is the
//! one to be read; where a row has enough headings that are known, it is one without any address below it as well.

use crate::addresses::characters::{SEPARATOR, has, is_blank};
use crate::addresses::csv::{NO_SEPARATOR, is_own, record};
use crate::addresses::headings::{Gauge, Heading, Kind, Part, names_mail};
use crate::addresses::prose::torn;
use crate::addresses::status::is_nothing;
use crate::addresses::table::columns::{Use, uses};
use crate::addresses::table::content::{Content, is_address_cell};

/// How many bytes of a text are examined to find out whether it is a table, if there are enough rows in them.
const HEAD: usize = 16 * 1024;
/// How many are examined at most.
pub(in crate::addresses) const LONGEST_HEAD: usize = 64 * 1024;
/// How many rows are enough.
const ENOUGH: usize = 8;
/// How many rows are examined at most.
const MOST_ROWS: usize = 80;
/// How many columns have a meaning: the work for a heading grows with them.
const MOST_COLUMNS: usize = 1024;
/// A heading has no more bytes than this, and one whose words are unknown no more words than that.
const LONGEST_HEADING: usize = 160;
const MOST_WORDS: usize = 6;

/// How a text is to be read as a table.
pub(super) struct Layout {
    pub(super) separator: u8,
    /// Where its first record starts.
    pub(super) start: usize,
    /// Where the record with its heading starts.
    pub(super) heading: Option<usize>,
    /// The headings, as they are written, and what the columns are used for.
    pub(super) section: Section,
}

/// A heading and what follows from it for the rows below.
#[derive(Clone)]
pub(super) struct Section {
    pub(super) headings: Vec<String>,
    pub(super) uses: Vec<Use>,
}

/// A record that was read to find out what the table is like.
struct Row {
    at: usize,
    cells: Vec<String>,
}

/// How well a layout fits: how many cells are read as an address, and how many headings are known.
type Score = (usize, usize);

/// Tells whether a text names a role.
pub(super) type IsRole<'a> = &'a dyn Fn(&str) -> bool;

/// How to read `text` as a table; `None` when it is none. The second is where the text starts behind a line that names the
/// separator: `sep=;`.
pub(super) fn detect(text: &str, is_role: IsRole) -> (Option<Layout>, usize) {
    let (mut named, start) = named_separator(text);
    if is_own(text) {
        named = Some(b',');
    }
    let mut best: Option<(Score, Layout)> = None;
    let separators = [b'\t', b';', b',', b'|', NO_SEPARATOR];
    for separator in separators.into_iter().filter(|separator| named.is_none_or(|named| named == *separator))
    {
        let rows = sample(text, start, separator, MOST_ROWS);
        let found = by_heading(&rows, separator, start, is_role)
            .or_else(|| by_content(&rows, separator, start, is_role));
        if let Some((score, layout)) = found
            && best.as_ref().is_none_or(|(known, _)| score > *known)
        {
            best = Some((score, layout));
        }
    }
    (best.map(|(_, layout)| layout), start)
}

/// The separator that the first line names for Excel, and where the next line starts.
fn named_separator(text: &str) -> (Option<u8>, usize) {
    let line = text.split(['\n', '\r']).next().unwrap_or("");
    let bare = line.trim_matches([' ', '"']);
    let named = bare.get(..4).filter(|key| key.eq_ignore_ascii_case("sep=")).and_then(|_| bare.get(4..));
    match named.map(str::as_bytes) {
        Some(&[separator]) if b"\t;,|".contains(&separator) => (Some(separator), line.len()),
        // The line says nothing that could be used, or the tab at its end was cut off.
        Some(_) => (None, line.len()),
        None => (None, 0),
    }
}

/// The first records from `start` that are not blank.
fn sample(text: &str, start: usize, separator: u8, most: usize) -> Vec<Row> {
    let end = text.floor_char_boundary(start.saturating_add(LONGEST_HEAD));
    let head = text.get(..end).unwrap_or(text);
    let is_cut = head.len() < text.len();
    let mut rows = Vec::new();
    let mut at = start;
    while at < head.len() && rows.len() < most && (at - start < HEAD || rows.len() < ENOUGH) {
        let (mut cells, next) = record(head, at, separator);
        if is_cut && next >= head.len() {
            // The record goes on behind the head.
            break;
        }
        if !cells.iter().all(|cell| is_blank(cell)) {
            cells.truncate(MOST_COLUMNS);
            rows.push(Row { at, cells });
        }
        at = next;
    }
    rows
}

/// The headings in `cells`, if these could be a heading with a column of addresses.
pub(super) fn mail_headings(cells: &[String], separator: u8) -> Option<Vec<Heading>> {
    anybodys_headings(cells, separator).filter(|headings| headings.iter().any(Heading::is_mail))
}

/// The headings in `cells`, if these could be a heading with a column of addresses, be they those of somebody else.
pub(super) fn anybodys_headings(cells: &[String], separator: u8) -> Option<Vec<Heading>> {
    let could_be = could_be_heading(cells, separator) && cells.iter().any(|cell| names_mail(cell));
    could_be.then(|| cells.iter().map(|cell| Heading::of(cell)).collect())
}

/// Are enough of the headings known, so that it is a heading whatever stands below?
pub(super) fn is_known(headings: &[Heading]) -> bool {
    let filled = headings.iter().filter(|heading| heading.words > 0).count();
    let known = count_known(headings);
    known > 0 && known == filled || known > 1 && known * 2 >= filled
}

fn count_known(headings: &[Heading]) -> usize {
    headings.iter().filter(|heading| heading.kind != Kind::Unknown).count()
}

fn ends_with_colon(cell: Option<&String>) -> bool {
    cell.is_some_and(|cell| cell.trim_end().ends_with(':'))
}

fn could_be_heading(cells: &[String], separator: u8) -> bool {
    let filled = cells.iter().filter(|cell| !is_blank(cell)).count();
    // `from:` beside what it says is a line of a header.
    let is_pair = cells.len() == 2 && ends_with_colon(cells.first()) && !ends_with_colon(cells.last());
    (filled > 1 || separator == NO_SEPARATOR)
        && !is_pair
        && cells.len() <= MOST_COLUMNS
        && cells.iter().all(|cell| !cell.contains('@') && cell.len() <= LONGEST_HEADING)
}

/// The section with this heading, when the rows below are those from `at` on.
pub(super) fn section(
    cells: Vec<String>,
    headings: &[Heading],
    text: &str,
    at: usize,
    separator: u8,
) -> Section {
    let below = sample(text, at, separator, ENOUGH * 2);
    let contents = contents(&below, headings.len(), separator, &|_| false);
    Section { uses: uses(headings, &contents), headings: cells }
}

/// What the columns hold in these rows, up to the next heading.
fn contents(rows: &[Row], width: usize, separator: u8, is_role: IsRole) -> Vec<Content> {
    let mut contents: Vec<Content> = (0..width).map(|_| Content::default()).collect();
    for (row, Row { cells, .. }) in rows.iter().enumerate() {
        if row > 0 && mail_headings(cells, separator).is_some_and(|headings| is_known(&headings)) {
            break;
        }
        for (content, cell) in contents.iter_mut().zip(cells) {
            content.note(cell, is_role);
        }
    }
    contents
}

fn by_heading(rows: &[Row], separator: u8, start: usize, is_role: IsRole) -> Option<(Score, Layout)> {
    let found = rows.iter().enumerate().find_map(|(at, row)| by_words(rows, at, row, separator, is_role));
    let (at, score, uses) = found.or_else(|| {
        rows.iter().enumerate().find_map(|(at, row)| by_shape(rows, at, row, separator, is_role))
    })?;
    let row = rows.get(at)?;
    let section = Section { headings: row.cells.clone(), uses };
    Some((score, Layout { separator, start, heading: Some(row.at), section }))
}

/// A heading that is known by its words.
fn by_words(
    rows: &[Row],
    at: usize,
    row: &Row,
    separator: u8,
    is_role: IsRole,
) -> Option<(usize, Score, Vec<Use>)> {
    let headings = mail_headings(&row.cells, separator)?;
    let below = rows.get(at + 1..).unwrap_or_default();
    let contents = contents(below, headings.len(), separator, is_role);
    let uses = uses(&headings, &contents);
    let is_address = |column: &Use| {
        matches!(column, Use::Address | Use::Peer | Use::Second | Use::Login | Use::Further(_))
    };
    let read = uses.iter().zip(&contents).filter(|(column, _)| is_address(column));
    let (mut addresses, mut alone, mut filled) = (0, 0, 0);
    for (_, content) in read {
        addresses += content.addresses;
        alone += content.alone;
        filled += content.filled;
    }
    let is_heading = if separator == NO_SEPARATOR {
        // A line of prose can have the word "mail" as well.
        let is_short = headings.iter().all(|heading| heading.words <= MOST_WORDS);
        let above = rows.get(..at).unwrap_or_default();
        let is_all = rows.len() == 1
            && row.cells.iter().all(|cell| !has(cell, SEPARATOR))
            && headings.iter().all(|heading| heading.words <= 3);
        let has_above = above.iter().any(|row| row.cells.iter().any(|cell| cell.contains('@')));
        is_short && !has_above && (addresses > 0 && addresses * 2 >= filled || is_all)
    } else {
        addresses > 0 || is_known(&headings)
    };
    is_heading.then(|| (at, (alone.max(addresses), 1 + count_known(&headings)), uses))
}

/// A heading that is known by its place: above a column of nothing but addresses, or above names.
fn by_shape(
    rows: &[Row],
    at: usize,
    row: &Row,
    separator: u8,
    is_role: IsRole,
) -> Option<(usize, Score, Vec<Use>)> {
    let above = rows.get(..at)?;
    let below = rows.get(at + 1..)?;
    let width = row.cells.len();
    let has_address = |row: &&Row| row.cells.iter().any(|cell| cell.contains('@'));
    // A title may name the address of a list. Several are the header of a mail, or a list.
    let is_first = above.iter().filter(has_address).count() < 2
        && !above.iter().any(|row| row.cells.iter().any(|cell| is_address_cell(cell)));
    let has_body = below.iter().any(|row| row.cells.len() == width);
    if separator == NO_SEPARATOR || !could_be_heading(&row.cells, separator) || !is_first || !has_body {
        return None;
    }
    let contents = contents(below, width, separator, is_role);
    let headings: Vec<Heading> = row.cells.iter().map(|cell| Heading::of(cell)).collect();
    let known = count_known(&headings);
    let pure: Vec<usize> = (0..width)
        .filter(|at| {
            let is_headed = row.cells.get(*at).is_some_and(|cell| !is_nothing(cell));
            let is_short = headings.get(*at).is_some_and(|heading| (1..=MOST_WORDS).contains(&heading.words));
            let is_login = headings.get(*at).is_some_and(|heading| heading.kind == Kind::Login);
            let is_pure =
                |content: &Content| content.is_nothing_but_addresses() || is_login && content.has_addresses();
            contents.get(*at).is_some_and(is_pure) && is_headed && is_short
        })
        .collect();
    let alone = pure.iter().filter_map(|at| contents.get(*at)).map(|content| content.alone).sum();
    let has_name =
        headings.iter().any(|heading| matches!(heading.kind, Kind::Name(part) if part != Part::Nick));
    let has_addresses = contents.iter().any(|content| content.ats > 0);
    let is_list_of_names = known > 1 && has_name && !has_addresses && is_known(&headings);
    // `Jane, Rick` above `jane@x.com, rick@x.com` is no heading.
    let is_heading =
        pure.len() == 1 || !pure.is_empty() && known > 0 || known > 1 && has_addresses && has_name;
    (is_heading || is_list_of_names).then(|| (at, (alone, known), uses(&headings, &contents)))
}

/// A table without a heading: one of its columns has addresses and nothing else. Where several have, beside others with
/// names, the rows are those of people too, but which of the addresses is theirs nobody can tell.
fn by_content(rows: &[Row], separator: u8, start: usize, is_role: IsRole) -> Option<(Score, Layout)> {
    let has_at = |row: &Row| row.cells.iter().any(|cell| cell.contains('@'));
    let width = rows.iter().filter(|row| has_at(row)).map(|row| row.cells.len()).max()?;
    let is_note = |row: &Row| row.cells.len() == 1 && !has_at(row);
    let body: Vec<&Row> = rows.iter().filter(|row| !is_note(row)).collect();
    // Half of a pair of quotes: cut by the wrong separator.
    let is_torn = |cell: &String| cell.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    let is_row = |row: &&Row| row.cells.len() <= width && !row.cells.iter().any(is_torn);
    let full = body.iter().filter(|row| row.cells.len() == width).count();
    if width < 2 || !body.iter().all(is_row) || body.len() < rows.len() && full < 2 {
        return None;
    }
    let mut contents: Vec<Content> = (0..width).map(|_| Content::default()).collect();
    for row in &body {
        for (content, cell) in contents.iter_mut().zip(&row.cells) {
            content.note(cell, is_role);
        }
    }
    let with_addresses = |content: &Content| content.ats > 0;
    let address = contents.iter().position(with_addresses)?;
    let is_ambiguous = contents.iter().filter(|content| with_addresses(content)).count() > 1;
    let is_grid_of_people = || {
        let is_pure = |content: &Content| content.ats == 0 || content.is_nothing_but_addresses();
        full > 1 && contents.iter().all(is_pure) && contents.iter().any(Content::has_names)
    };
    if is_ambiguous && !is_grid_of_people() {
        return None;
    }
    let is_short = |row: &&Row| {
        row.cells.len() == width || row.cells.get(address).is_some_and(|cell| is_address_cell(cell))
    };
    let of_address = contents.get(address)?;
    let is_clean = of_address.alone == of_address.ats && of_address.named == 0;
    let role = contents.iter().position(Content::has_roles);
    // `Doe, Jane <jane@x.com>`, `Team, a@b.co; c@d.co` and `jane,doe@x.com` have two cells as well, but are no table.
    let is_list = separator == b','
        && role.is_none()
        && (of_address.named > 0 || body.len() == 1 && !is_clean || is_torn_list(&body));
    if of_address.addresses == 0
        || of_address.ats != of_address.filled
        || is_list
        || !body.iter().all(is_short)
    {
        return None;
    }
    let mut names = 0;
    let uses = contents.iter().enumerate().map(|(at, content)| {
        if at == address {
            if is_ambiguous { Use::Second } else { Use::Address }
        } else if Some(at) == role {
            Use::Role
        } else if content.has_states() {
            Use::Status(Gauge::Words)
        } else if names < 2 && content.has_names() {
            names += 1;
            Use::Name(Part::Plain)
        } else {
            Use::Ignored
        }
    });
    let section = Section { uses: uses.collect(), headings: vec![String::new(); width] };
    let score = (of_address.alone.max(usize::from(of_address.addresses > 0)), 0);
    Some((score, Layout { separator, start, heading: None, section }))
}

/// Are the two cells of a row an address with a comma in the place of a dot? A code behind an address says something else of
/// the person, as long as each row has one.
pub(super) fn is_torn_pair(cells: &[String]) -> bool {
    let [first, second] = cells else { return false };
    is_torn(first, second) && !is_address_cell(first)
}

/// Is only one row a pair, and that an address with a comma in the place of a dot?
fn is_torn_list(body: &[&Row]) -> bool {
    let mut pairs = body.iter().filter(|row| row.cells.len() == 2);
    let is_torn_row = |row: &&Row| matches!(row.cells.as_slice(), [first, second] if is_torn(first, second));
    pairs.next().is_some_and(is_torn_row) && pairs.next().is_none()
}

fn is_torn(first: &str, second: &str) -> bool {
    // A separator in it stood in quotes, and so did the rest of the cell.
    !has(first, SEPARATOR) && torn(&[first, ",", second].concat(), first.len()).is_some()
}
