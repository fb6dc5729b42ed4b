//! Recognises a table and the meaning of its columns, by its heading or by its content.

use crate::addresses::characters::{LETTER, add_words, class, is_blank, spaced};
use crate::addresses::csv::{field, record};
use crate::addresses::prose::{Prose, is_address};

/// How a table is to be read.
pub(super) struct Table {
    pub(super) separator: u8,
    pub(super) columns: Vec<Column>,
    pub(super) has_heading: bool,
}

/// The meaning of a column.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Column {
    Address,
    Role,
    Name,
    Other,
}

/// What a record says.
#[derive(Default)]
pub(super) struct Record {
    /// The address cell; without one, the whole record as one leftover.
    pub(super) address: String,
    pub(super) role: String,
    pub(super) name: String,
}

/// What the cells of one column hold.
struct Content {
    /// What its addresses look like, when it has any.
    addresses: Option<Addresses>,
    /// Some of its cells are neither blank nor have an `@`.
    has_others: bool,
    /// All of those name a role.
    are_roles: bool,
}

/// What the addresses of a column look like.
struct Addresses {
    is_any_valid: bool,
    is_any_named: bool,
    /// Each stands alone in its cell.
    is_each_alone: bool,
}

/// How many bytes of a text are examined to find out whether it is a table.
pub(super) const HEAD: usize = 16 * 1024;
/// How many records of these.
const SAMPLE: usize = 20;
/// A byte that no text has: it separates the cells of a table with one column.
const NO_SEPARATOR: u8 = 0xff;

// Headings in lower case, without anything but letters and digits.
const ADDRESS_HEADINGS: &str = "email mail emailaddress mailaddress emailadresse mailadresse emails emailaddresses \
    useremail workemail primaryemail primaryemailaddress emailaddressrequired email1value \
    البريدالإلكتروني البريدالالكتروني بريدإلكتروني البريد الإيميل";
const ROLE_HEADINGS: &str = "role rolle orgrole organizationrole الدور";
const NAME_HEADINGS: &str = "name fullname displayname firstname lastname givenname familyname surname vorname \
    nachname firstnamerequired lastnamerequired الاسم الاسمالكامل الاسمالأول اسمالعائلة";

impl Table {
    /// How to read `text` as a table and where its first record starts; `None` when it is no table. `is_role` tells
    /// whether a text names a role.
    pub(super) fn detect(text: &str, is_role: &dyn Fn(&str) -> bool) -> Option<(Self, usize)> {
        let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or(text);
        let is_cut = head.len() < text.len();
        let mut second_best = None;
        for separator in [b'\t', b';', b',', NO_SEPARATOR] {
            let (records, second) = sample(head, is_cut, separator);
            let Some(first) = records.first() else { continue };
            if first.len() == 1 && separator != NO_SEPARATOR {
                continue;
            }
            if let Some(columns) = by_heading(first) {
                return Some((Self { separator, columns, has_heading: true }, second));
            }
            if let Some((columns, is_clean)) = by_content(&records, separator, is_role) {
                let table = Some((Self { separator, columns, has_heading: false }, 0));
                if is_clean {
                    return table;
                }
                second_best = second_best.or(table);
            }
        }
        second_best
    }

    /// What a record with these cells says.
    pub(super) fn read(&self, cells: &[String]) -> Record {
        let mut read = Record::default();
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !is_blank(cell)) {
            match self.column(at) {
                Column::Address => read.address.push_str(cell),
                Column::Role => add_words(&mut read.role, cell),
                Column::Name => add_words(&mut read.name, cell),
                Column::Other => {}
            }
        }
        if read.address.is_empty() {
            return Record { address: self.leftover(cells), ..Record::default() };
        }
        read
    }

    fn column(&self, at: usize) -> Column {
        // A name with a comma that is not quoted makes one cell too many.
        self.columns.get(at).copied().unwrap_or(Column::Name)
    }

    /// The cells of a record without an address as one leftover: each is quoted, so that nothing in it separates.
    fn leftover(&self, cells: &[String]) -> String {
        let mut leftover = String::new();
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !is_blank(cell)) {
            if !leftover.is_empty() {
                leftover.push(' ');
            }
            let mut words = String::new();
            for c in cell.chars() {
                if c == '@' && self.column(at) == Column::Other {
                    // An address in a column about something else ("Manager") is not to be invited.
                    words.push_str(" @ ");
                } else {
                    words.push(c);
                }
            }
            field(&mut leftover, &spaced(&words));
        }
        leftover
    }
}

/// The first records that are not blank, and where the second of them starts. `is_cut`: the text goes on behind `head`.
fn sample(head: &str, is_cut: bool, separator: u8) -> (Vec<Vec<String>>, usize) {
    let mut records: Vec<Vec<String>> = Vec::new();
    let (mut at, mut second) = (0, 0);
    while at < head.len() && records.len() < SAMPLE {
        let (cells, next) = record(head, at, separator);
        if is_cut && next >= head.len() {
            // The record goes on behind the head.
            break;
        }
        at = next;
        if cells.iter().all(|cell| is_blank(cell)) {
            continue;
        }
        if records.is_empty() {
            second = next;
        }
        records.push(cells);
    }
    (records, second)
}

/// The meaning of the columns, if `cells` is a heading with an address column.
fn by_heading(cells: &[String]) -> Option<Vec<Column>> {
    let mut columns = Vec::new();
    let mut has_address = false;
    for cell in cells {
        if cell.contains('@') {
            return None;
        }
        let mut column = headed(cell);
        if column == Column::Address {
            if has_address {
                column = Column::Other;
            }
            has_address = true;
        }
        columns.push(column);
    }
    has_address.then_some(columns)
}

/// The meaning of a column with this heading.
fn headed(heading: &str) -> Column {
    let mut key = String::new();
    for c in heading.chars() {
        if class(c) == LETTER {
            key.push(c.to_ascii_lowercase());
        }
    }
    for (headings, column) in
        [(ADDRESS_HEADINGS, Column::Address), (ROLE_HEADINGS, Column::Role), (NAME_HEADINGS, Column::Name)]
    {
        if headings.split(' ').any(|known| known == key) {
            return column;
        }
    }
    Column::Other
}

/// The meaning of the columns, if these are the first records of a table without a heading; and whether each address
/// stands alone in its cell, as it does when the separator is the right one.
fn by_content(
    records: &[Vec<String>],
    separator: u8,
    is_role: &dyn Fn(&str) -> bool,
) -> Option<(Vec<Column>, bool)> {
    let width = records.first()?.len();
    let mut columns = Vec::new();
    let (mut found, mut has_role) = (None, false);
    for at in 0..width {
        let content = Content::of(records, at, width, is_role)?;
        columns.push(match content.addresses {
            Some(_) if content.has_others || found.is_some() => return None,
            Some(addresses) => {
                found = Some(addresses);
                Column::Address
            }
            None if content.has_others && content.are_roles && !has_role => {
                has_role = true;
                Column::Role
            }
            None => Column::Name,
        });
    }
    let Addresses { is_any_valid, is_any_named, is_each_alone } = found?;
    let is_clean = is_each_alone && !is_any_named;
    // `Doe, Jane <jane@x.com>` and `Team, a@b.co; c@d.co` have two cells as well, but are no table.
    let is_list = separator == b',' && !has_role && (is_any_named || !is_clean && records.len() == 1);
    (width > 1 && is_any_valid && !is_list).then_some((columns, is_clean))
}

impl Content {
    /// What the column at `at` holds; `None` when the records are not those of a table with `width` columns.
    fn of(records: &[Vec<String>], at: usize, width: usize, is_role: &dyn Fn(&str) -> bool) -> Option<Self> {
        let mut content = Self { addresses: None, has_others: false, are_roles: true };
        for record in records {
            let cell = record.get(at).filter(|_| record.len() == width)?;
            if cell.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
                // Half of a pair of quotes: cut by the wrong separator.
                return None;
            }
            if cell.contains('@') {
                let fresh = || Addresses { is_any_valid: false, is_any_named: false, is_each_alone: true };
                content.addresses.get_or_insert_with(fresh).note(cell);
            } else if !is_blank(cell) {
                content.has_others = true;
                content.are_roles &= is_role(&spaced(cell));
            }
        }
        Some(content)
    }
}

impl Addresses {
    /// Takes another cell of the column into account.
    fn note(&mut self, cell: &str) {
        let mut count = 0_usize;
        for address in Prose::new(cell.to_owned()) {
            self.is_any_valid |= is_address(&address.text);
            self.is_any_named |= address.name.is_some();
            count = count.saturating_add(1);
        }
        self.is_each_alone &= count == 1;
    }
}
