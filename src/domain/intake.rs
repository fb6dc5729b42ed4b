//! Reads addresses off whatever somebody pastes or drops: mail headers, lists, tables, prose.
//!
//! Nothing is thrown away unseen: what is no address comes out as a piece as well, so that it can be shown and put
//! right. The rule is about *words*: what stands between white space, separators, quotes and brackets, without the
//! dots, dashes and apostrophes around it. A word is *blank* when it has no letter and no digit, and a text is blank
//! when all of its words are. ASCII punctuation, white space, general punctuation (`–`, `•`, `“`) and what nobody sees
//! (zero-width characters, direction marks) are neither letters nor digits; every other character outside ASCII counts
//! as a letter. Each word that is not blank is found again in some piece, except for
//! - `mailto:`, and a `?subject=…` behind an address that had it;
//! - the heading of a table, and the columns that its heading gives another meaning than ours;
//! - the name column of a table with a heading, where each address of the record came with a name of its own.
//!
//! The text of a piece, read as an address cell, is that piece again. That is why [`render`] can be read back.
//!
//! All loops are linear, hostile texts included. Only the head of the text is looked at more than a few times, to see
//! whether it is a table.

use crate::domain::email::Email;

/// One thing that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The address as it was written, cleaned of what surrounds it; or, where there is none, the text that stands in
    /// its place.
    pub text: String,
    /// Whose it is, when that was written beside it.
    pub name: Option<String>,
    /// What stood in the role column, as written.
    pub role: Option<String>,
}

/// Reads pieces off a text one after another, so that a caller can stop after a frame's worth of work.
pub struct Intake {
    /// The whole text, of which all before `at` is read, when it is a table.
    text: String,
    at: usize,
    table: Option<Table>,
    /// The address cell of the record that is being read, or the whole text when it is no table.
    prose: Prose,
    /// What the record says about each address in that cell.
    role: Option<String>,
    name: Option<String>,
}

/// How a table is to be read.
struct Table {
    separator: u8,
    columns: Vec<Column>,
    has_heading: bool,
}

/// What a column is about.
#[derive(Clone, Copy, PartialEq)]
enum Column {
    Address,
    Role,
    Name,
    Other,
}

/// Text that is no table, and how far it is read.
struct Prose {
    text: String,
    at: usize,
    /// Up to here quotes protect nothing and each address stands for itself: there are several between two separators.
    loose_to: usize,
}

/// What lies between two separators.
struct Stretch {
    /// Where it ends.
    end: usize,
    /// Where the next one starts.
    next: usize,
    /// A comma ends it.
    comma: bool,
    /// How many words in it could be addresses.
    words: usize,
    /// Where the first of these starts and stops.
    word: (usize, usize),
}

/// How much of a text is looked at to see whether it is a table.
const HEAD: usize = 16 * 1024;
/// How many records of it.
const SAMPLE: usize = 20;
/// A name or role that is longer than this is given to one address of its record, not to each: otherwise a small file
/// could fill the memory.
const LONGEST_SHARED: usize = 256;
/// How many words may stand before the comma in `Doe, Jane <jane@x.com>`.
const MOST_SURNAMES: usize = 3;
/// No text has this byte: it separates the cells of a table with one column.
const NO_SEPARATOR: u8 = 0xff;

// Headings in lower case, without anything but letters and digits.
const ADDRESS_HEADINGS: &str = "email mail emailaddress mailaddress emailadresse mailadresse emails emailaddresses \
    useremail workemail primaryemail primaryemailaddress emailaddressrequired email1value \
    البريدالإلكتروني البريدالالكتروني بريدإلكتروني البريد الإيميل";
const ROLE_HEADINGS: &str = "role rolle orgrole organizationrole الدور";
const NAME_HEADINGS: &str = "name fullname displayname firstname lastname givenname familyname surname vorname \
    nachname firstnamerequired lastnamerequired الاسم الاسمالكامل الاسمالأول اسمالعائلة";

// What a character can be to us. Sets of these are sums, so that one small function serves all questions.
const LETTER: u16 = 1;
const OTHER: u16 = 2;
const DASH: u16 = 4;
const DOT: u16 = 8;
const APOSTROPHE: u16 = 16;
const QUOTE: u16 = 32;
const OPEN: u16 = 64;
const CLOSE: u16 = 128;
const SPACE: u16 = 256;
const SEPARATOR: u16 = 512;
const BREAK: u16 = 1024;

/// What words consist of.
const WORD: u16 = LETTER | OTHER | EDGE;
/// What no address starts or ends with.
const EDGE: u16 = DASH | DOT | APOSTROPHE;
/// What may stand around an address.
const WRAP: u16 = QUOTE | OPEN | CLOSE;

impl Intake {
    /// Starts to read. `is_role` tells whether a text names a role: where a table has no heading, the role column is
    /// known by that.
    pub fn new(mut text: String, is_role: &dyn Fn(&str) -> bool) -> Self {
        look(text.len());
        text.retain(|c| !is_invisible(c));
        let (text, at, table, prose) = match table(&text, is_role) {
            Some((table, at)) => (text, at, Some(table), String::new()),
            None => (String::new(), 0, None, text),
        };
        Self { text, at, table, prose: Prose::new(prose), role: None, name: None }
    }

    /// Reads the next record; `None` when there is none.
    fn advance(&mut self) -> Option<()> {
        let table = self.table.as_ref()?;
        if self.at >= self.text.len() {
            return None;
        }
        let (cells, next) = record(&self.text, self.at, table.separator);
        self.at = next;
        let column = |at: usize| {
            // A name with a comma that nobody quoted makes one cell too many.
            table.columns.get(at).copied().unwrap_or(Column::Name)
        };
        let (mut address, mut role, mut name) = (String::new(), String::new(), String::new());
        for (at, cell) in cells.iter().enumerate() {
            match column(at) {
                _ if is_blank(cell) => {}
                Column::Address => address.push_str(cell),
                Column::Role => add(&mut role, cell),
                Column::Name => add(&mut name, cell),
                Column::Other => {}
            }
        }
        if address.is_empty() {
            // One leftover: what could separate is quoted.
            (role, name) = (String::new(), String::new());
            for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !is_blank(cell)) {
                if !address.is_empty() {
                    address.push(' ');
                }
                let mut words = String::new();
                for c in cell.chars() {
                    if c == '@' && column(at) == Column::Other {
                        // An address in a column about something else ("Manager") is not to be invited.
                        words.push_str(" @ ");
                    } else {
                        words.push(c);
                    }
                }
                field(&mut address, &spaced(&words));
            }
        }
        self.prose = Prose::new(address);
        self.role = Some(role).filter(|role| !role.is_empty());
        self.name = Some(name).filter(|name| !name.is_empty());
        Some(())
    }
}

impl Iterator for Intake {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(mut piece) = self.prose.piece() {
                piece.role = share(&mut self.role);
                match (&mut piece.name, &self.table) {
                    (None, _) => piece.name = share(&mut self.name),
                    (Some(own), Some(table)) if !table.has_heading => {
                        // `Doe;Jane <jane@x.com>`: without a heading all of it is the name.
                        let mut name = share(&mut self.name).unwrap_or_default();
                        add(&mut name, own);
                        *own = name;
                    }
                    _ => {}
                }
                return Some(piece);
            }
            self.advance()?;
        }
    }
}

/// Something for each address of a record, or for the first when it is long.
fn share(from: &mut Option<String>) -> Option<String> {
    match from {
        Some(text) if text.len() > LONGEST_SHARED => from.take(),
        _ => {
            look(from.as_ref().map_or(0, String::len));
            from.clone()
        }
    }
}

impl Prose {
    fn new(text: String) -> Self {
        Self { text, at: 0, loose_to: 0 }
    }

    /// The next piece.
    fn piece(&mut self) -> Option<Piece> {
        while self.at < self.text.len() {
            let from = self.at;
            let is_loose = from < self.loose_to;
            let mut found = self.stretch(from);
            let part = |from: usize, to: usize| self.text.get(from..to).unwrap_or("");
            if found.words > 1 {
                self.loose_to = found.end;
                continue;
            }
            if found.words == 0 {
                self.at = found.next;
                let text = part(from, found.end);
                if is_blank(text) {
                    continue;
                }
                // `Doe, Jane <jane@x.com>`: Outlook writes it so.
                let next = if found.comma && !is_loose && spaced(text).split(' ').count() <= MOST_SURNAMES {
                    self.stretch(found.next)
                } else {
                    return Some(leftover(text));
                };
                let before = part(found.next, next.word.0);
                if next.words != 1
                    || !before.ends_with('<')
                    || is_blank(before)
                    || !is_blank(part(next.word.1, next.end))
                    || !is_address(part(next.word.0, next.word.1))
                {
                    return Some(leftover(text));
                }
                found = next;
            }
            let (start, stop) = found.word;
            let (before, word) = (part(from, start), cleaned(part(start, stop)));
            let after = part(stop, if is_loose { stop } else { found.end });
            let is_alone = is_blank(before) && is_blank(after);
            let is_address = is_address(word);
            if is_loose {
                // Of several addresses only those in `<>` have names: the name of the others could be on either side.
                if !(is_alone || is_address && before.ends_with('<')) {
                    self.at = start;
                    return Some(leftover(before));
                }
                self.at = stop;
            } else {
                self.at = found.next;
                if !is_alone && !is_address {
                    return Some(leftover(part(from, found.end)));
                }
            }
            let name = if is_alone { None } else { Some(name(before, after)) };
            return Some(Piece { text: word.to_owned(), name, role: None });
        }
        None
    }

    /// What lies between `from` and the next separator that is not protected by quotes; where quotes protect nothing,
    /// up to the end of the first word that could be an address.
    fn stretch(&self, from: usize) -> Stretch {
        let is_loose = from < self.loose_to;
        let limit = if is_loose { self.loose_to } else { self.text.len() };
        let mut found = Stretch { end: limit, next: limit, comma: false, words: 0, word: (limit, limit) };
        let text = self.text.get(from..limit).unwrap_or("");
        let (mut word, mut has_at, mut protected_to, mut last) = (from, false, 0, ' ');
        // The blank at the end ends the last word.
        for (offset, c) in text.char_indices().chain([(text.len(), ' ')]) {
            let (at, class) = (from + offset, class(c));
            if class & WORD == 0 {
                if has_at && !is_blank(cleaned(self.text.get(word..at).unwrap_or(""))) {
                    found.words += 1;
                    if found.words == 1 {
                        found.word = (word, at);
                    }
                    if is_loose {
                        break;
                    }
                }
                // A quote within a word is an inch or a typing error.
                if c == '"' && word == at && last != '"' && at >= protected_to && !is_loose {
                    protected_to = self.closing(at + 1);
                }
                let next = at + c.len_utf8();
                if class & (SEPARATOR | BREAK) != 0 && at >= protected_to {
                    (found.end, found.next, found.comma) = (at, next, c == ',');
                    break;
                }
                (word, has_at) = (next, false);
            }
            has_at |= c == '@';
            last = c;
        }
        found
    }

    /// What lies behind the quote that closes the one before `from`, on the same line and not doubled; 0 without one.
    ///
    /// One search a line can fail: after it all quotes of that line are pairs, and a search that starts with a pair ends
    /// there.
    fn closing(&self, from: usize) -> usize {
        let mut is_half = false;
        for (offset, c) in self.text.get(from..).unwrap_or("").char_indices() {
            if is_half && c != '"' {
                return from + offset;
            }
            if class(c) == BREAK {
                return 0;
            }
            is_half = c == '"' && !is_half;
        }
        if is_half { self.text.len() } else { 0 }
    }
}

/// The piece for a text without an address.
fn leftover(text: &str) -> Piece {
    let mut text = spaced(text);
    // Where quotes protect a separator, everything has to stay in its place.
    if !has(&text, SEPARATOR) {
        text = bare(&text).to_owned();
    }
    Piece { text, name: None, role: None }
}

/// The name that stands around an address.
fn name(mut before: &str, mut after: &str) -> String {
    loop {
        let (mut left, mut right) = (before.chars(), after.chars());
        match (left.next_back(), right.next()) {
            (Some(a), Some(b)) if (class(a) | class(b)) & !WRAP == 0 => {
                (before, after) = (left.as_str(), right.as_str());
            }
            _ => break,
        }
    }
    let mut name = String::new();
    for part in [before, after] {
        if !is_blank(part) {
            add(&mut name, bare(part));
        }
    }
    name
}

/// A word without what surrounds it.
fn cleaned(word: &str) -> &str {
    const SCHEME: &str = "mailto:";
    let mut rest = trim(word, EDGE, EDGE);
    let mut has_scheme = false;
    while let Some((scheme, address)) = rest.split_at_checked(SCHEME.len())
        && scheme.eq_ignore_ascii_case(SCHEME)
    {
        has_scheme = true;
        rest = trim(address, EDGE, EDGE);
    }
    // A question mark is allowed before the `@`.
    look(rest.len());
    let mut has_at = false;
    for (at, byte) in rest.bytes().enumerate() {
        has_at |= byte == b'@';
        if has_scheme && has_at && byte == b'?' {
            return trim(rest.get(..at).unwrap_or(""), EDGE, EDGE);
        }
    }
    rest
}

/// A text without the brackets that open or close nothing, dashes, and quotes around all of it.
fn bare(mut text: &str) -> &str {
    const OUTSIDE: u16 = SPACE | SEPARATOR | BREAK | DASH;
    loop {
        text = trim(text, OUTSIDE | CLOSE, OUTSIDE | OPEN);
        let mut chars = text.chars();
        let (Some(first), Some(last)) = (chars.next(), chars.next_back()) else { return text };
        let ends = class(first) | class(last);
        let is_pair = ends == QUOTE || ends == APOSTROPHE || class(first) == OPEN && class(last) == CLOSE;
        // `"JJ" Doe "X"` is two pairs. (And a million nested ones are not looked at a million times.)
        if !is_pair || has(chars.as_str(), ends) {
            return text;
        }
        text = chars.as_str();
    }
}

/// The characters of a text, each run of white space as one blank, none around it.
fn spaced(text: &str) -> String {
    let mut spaced = String::new();
    add(&mut spaced, text);
    spaced
}

/// Adds the words of `text`, one blank before each.
fn add(out: &mut String, text: &str) {
    look(text.len());
    let mut is_first = true;
    for c in text.chars() {
        if c.is_whitespace() {
            is_first = true;
        } else {
            if is_first && !out.is_empty() {
                out.push(' ');
            }
            is_first = false;
            out.push(c);
        }
    }
}

fn is_address(word: &str) -> bool {
    look(word.len());
    Email::parse(cleaned(word), |_| String::new()).is_ok()
}

fn is_blank(text: &str) -> bool {
    !has(text, LETTER)
}

fn has(text: &str, set: u16) -> bool {
    text.chars().any(|c| class(c) & set != 0)
}

fn trim(mut text: &str, at_start: u16, at_end: u16) -> &str {
    loop {
        let (mut left, mut right) = (text.chars(), text.chars());
        if left.next().is_some_and(|c| class(c) & at_start != 0) {
            text = left.as_str();
        } else if right.next_back().is_some_and(|c| class(c) & at_end != 0) {
            text = right.as_str();
        } else {
            return text;
        }
    }
}

/// What a character is to us. (Who writes Arabic separates by `،` and `؛`.)
fn class(c: char) -> u16 {
    look(1);
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => LETTER,
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => BREAK,
        ',' | ';' | '\t' | '،' | '؛' => SEPARATOR,
        '"' | '\u{201c}'..='\u{201f}' | '«' | '»' | '‹' | '›' => QUOTE,
        '\'' | '`' | '\u{2018}'..='\u{201b}' => APOSTROPHE,
        '<' | '(' | '[' | '{' => OPEN,
        '>' | ')' | ']' | '}' => CLOSE,
        '.' | '!' | '?' => DOT,
        '-' | ':' | '|' | '*' => DASH,
        _ if c.is_whitespace() => SPACE,
        _ if c.is_ascii() => OTHER,
        '\u{2010}'..='\u{205e}' => DASH,
        _ => LETTER,
    }
}

/// What comes along with a paste and nobody sees: zero-width characters, direction marks, the soft hyphen, the byte
/// order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
        || matches!(c, '\u{feff}' | '\u{ad}' | '\u{61c}')
}

/// How to read `text` as a table and where its first record starts; `None` when it is none.
fn table(text: &str, is_role: &dyn Fn(&str) -> bool) -> Option<(Table, usize)> {
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or(text);
    let mut second_best = None;
    for separator in [b'\t', b';', b',', NO_SEPARATOR] {
        let mut records: Vec<Vec<String>> = Vec::new();
        let (mut at, mut second) = (0, 0);
        while at < head.len() && records.len() < SAMPLE {
            let (cells, next) = record(head, at, separator);
            if next >= head.len() && head.len() < text.len() {
                // It goes on behind the head.
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
        let Some(first) = records.first() else { continue };
        if first.len() == 1 && separator != NO_SEPARATOR {
            continue;
        }
        if let Some(columns) = by_heading(first) {
            return Some((Table { separator, columns, has_heading: true }, second));
        }
        if let Some((columns, is_clean)) = by_content(&records, separator, is_role) {
            let table = Some((Table { separator, columns, has_heading: false }, 0));
            if is_clean {
                return table;
            }
            second_best = second_best.or(table);
        }
    }
    second_best
}

/// What the columns are about, if `cells` is a heading that says so.
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

/// What a column with this heading is about.
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

/// What the columns are about, if these are the first records of a table without a heading; and whether each address
/// stands alone in its cell, as it does when the separator is the right one.
fn by_content(
    records: &[Vec<String>],
    separator: u8,
    is_role: &dyn Fn(&str) -> bool,
) -> Option<(Vec<Column>, bool)> {
    let width = records.first()?.len();
    let mut columns = Vec::new();
    let (mut has_address, mut has_role, mut is_valid, mut is_named, mut is_clean) =
        (false, false, false, false, true);
    for at in 0..width {
        let (mut addresses, mut others, mut are_roles) = (false, false, true);
        for record in records {
            let cell = record.get(at).filter(|_| record.len() == width)?;
            if cell.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
                // Half of a pair of quotes: cut by the wrong separator.
                return None;
            }
            if cell.contains('@') {
                addresses = true;
                let mut prose = Prose::new(cell.clone());
                let mut pieces = 0;
                while let Some(piece) = prose.piece() {
                    is_valid |= is_address(&piece.text);
                    is_named |= piece.name.is_some();
                    pieces += 1;
                }
                is_clean &= pieces == 1;
            } else if !is_blank(cell) {
                others = true;
                are_roles &= is_role(&spaced(cell));
            }
        }
        columns.push(if addresses {
            if others || has_address {
                return None;
            }
            has_address = true;
            Column::Address
        } else if others && are_roles && !has_role {
            has_role = true;
            Column::Role
        } else {
            Column::Name
        });
    }
    is_clean &= !is_named;
    // `Doe, Jane <jane@x.com>` and `Team, a@b.co; c@d.co` have two cells as well, but are no table.
    let is_list = separator == b',' && !has_role && (is_named || !is_clean && records.len() == 1);
    (width > 1 && is_valid && !is_list).then_some((columns, is_clean))
}

/// The cells of the record that starts at `from`, and where the next record starts.
fn record(text: &str, from: usize, separator: u8) -> (Vec<String>, usize) {
    let bytes = text.as_bytes();
    let mut cells = Vec::new();
    let mut at = from;
    loop {
        let (cell, end) = quoted(text, at, separator).unwrap_or_else(|| {
            let mut end = at;
            while bytes.get(end).is_some_and(|byte| !ends_cell(*byte, separator)) {
                end += 1;
            }
            look(end - at);
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

/// The cell that starts at `from` and where it ends, if it is in quotes that close right before its end. Others are
/// ordinary characters: a forgotten quote must not swallow all records up to the next one.
fn quoted(text: &str, from: usize, separator: u8) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let blanks = |mut at: usize| {
        while bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        look(1);
        at
    };
    let mut at = blanks(from);
    if bytes.get(at) != Some(&b'"') {
        look(at - from);
        return None;
    }
    at += 1;
    let mut start = at;
    let mut cell = String::new();
    loop {
        while *bytes.get(at)? != b'"' {
            at += 1;
            look(1);
        }
        look(1);
        cell.push_str(text.get(start..at)?);
        at += 1;
        if bytes.get(at) != Some(&b'"') {
            break;
        }
        // Of a pair the second stays.
        start = at;
        at += 1;
    }
    let end = blanks(at);
    look(end - at);
    bytes.get(end).is_none_or(|byte| ends_cell(*byte, separator)).then_some((cell, end))
}

/// The pieces as a table with a heading, which reads back as the same pieces. For that the cells are as they are: what
/// goes to a spreadsheet has to be written by [`safe_field`].
pub fn render(pieces: &[Piece]) -> String {
    let mut out = String::from("email,role,name");
    for piece in pieces {
        out.push_str("\r\n");
        field(&mut out, &piece.text);
        for cell in [&piece.role, &piece.name] {
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

/// Adds a cell of a table that a spreadsheet does not take for a formula: an apostrophe keeps it from that.
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

/// Counts how many characters were looked at, so that a test can tell that the work is linear.
#[cfg(test)]
fn look(count: usize) {
    tests::LOOKED_AT.with(|looked_at| looked_at.set(looked_at.get() + count));
}

#[cfg(not(test))]
fn look(_: usize) {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::Cell;

    thread_local! {
        pub static LOOKED_AT: Cell<usize> = const { Cell::new(0) };
    }

    fn is_role(text: &str) -> bool {
        ["admin", "member", "org:admin", "org:member"].contains(&text.to_lowercase().as_str())
    }

    fn parse(text: &str) -> Vec<Piece> {
        Intake::new(text.to_owned(), &is_role).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        parse(text).into_iter().map(|piece| piece.text).collect()
    }

    /// `text`, `text|name`, or `text|name|role`, for short expectations.
    fn lines(text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for piece in parse(text) {
            let cells = [Some(piece.text), piece.name, piece.role].map(Option::unwrap_or_default);
            lines.push(cells.join("|").trim_end_matches('|').to_owned());
        }
        lines
    }

    #[test]
    fn separators_separate() {
        let expected = ["a@b.co", "c@d.co", "e@f.co", "g@h.co"];
        for separator in [
            ",", ";", " ", "\t", "\n", "\r\n", "\r", "\u{2028}", "\u{2029}", ", ", " ;\n", "،", "؛ ",
            "\u{a0}",
        ] {
            assert_eq!(texts(&expected.join(separator)), expected, "{separator:?}");
        }
    }

    #[test]
    fn what_surrounds_an_address_is_taken_off() {
        for text in [
            "<a@b.co>",
            "(a@b.co)",
            "[a@b.co]",
            "{a@b.co}",
            "\"a@b.co\"",
            "'a@b.co'",
            "“a@b.co”",
            "„a@b.co“",
            "‘a@b.co’",
            "«a@b.co»",
            "`a@b.co`",
            "a@b.co.",
            "a@b.co,",
            "a@b.co:",
            "a@b.co;",
            "a@b.co!",
            "(<a@b.co>).",
            "mailto:a@b.co",
            "MailTo:a@b.co?subject=Hi%20there",
            "<mailto:a@b.co>",
            "\u{feff}a@b.co",
            "a\u{200b}@b.\u{ad}co\u{202e}",
            "\u{a0}a@b.co\u{3000}",
            "**a@b.co**",
            "'mailto:a@b.co?x'.",
            "• a@b.co",
            "-a@b.co",
            "| a@b.co |",
            "\"<a@b.co>\"",
        ] {
            assert_eq!(lines(text), ["a@b.co"], "{text}");
        }
    }

    #[test]
    fn what_belongs_to_an_address_stays() {
        for text in [
            "o'neil@b.co",
            "o’neil@b.co",
            "+a@b.co",
            "=a@b.co",
            "_a_@b.co",
            "a?b@c.de",
            "jörg@bücher.example",
        ] {
            assert_eq!(lines(text), [text]);
        }
    }

    #[test]
    fn a_name_beside_an_address_is_its_name() {
        for (text, expected) in [
            ("Ada Lovelace <a@b.co>", "a@b.co|Ada Lovelace"),
            ("Ada  Lovelace\u{a0}a@b.co", "a@b.co|Ada Lovelace"),
            ("a@b.co Ada Lovelace", "a@b.co|Ada Lovelace"),
            ("Ada a@b.co Lovelace", "a@b.co|Ada Lovelace"),
            ("Ada<a@b.co>", "a@b.co|Ada"),
            ("Ada (a@b.co)", "a@b.co|Ada"),
            ("a@b.co (Ada)", "a@b.co|Ada"),
            ("Ada \"a@b.co\"", "a@b.co|Ada"),
            ("[Ada](mailto:a@b.co)", "a@b.co|Ada"),
            ("- Ada: a@b.co", "a@b.co|Ada"),
            ("\"Doe, Jane\" <a@b.co>", "a@b.co|Doe, Jane"),
            ("“Jane” <a@b.co>", "a@b.co|Jane"),
            ("“Doe, Jane” <a@b.co>", "a@b.co|Doe, Jane"),
            ("'Jane Doe' <a@b.co>", "a@b.co|Jane Doe"),
            ("Jane \"JJ\" Doe <a@b.co>", "a@b.co|Jane \"JJ\" Doe"),
            ("\"JJ\" Jane \"X\" <a@b.co>", "a@b.co|\"JJ\" Jane \"X\""),
            ("Jane Doe (Sales) <a@b.co>", "a@b.co|Jane Doe (Sales)"),
            ("@ Ada a@b.co", "a@b.co|@ Ada"),
        ] {
            assert_eq!(lines(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_surname_before_a_comma_belongs_to_the_address_behind_it() {
        assert_eq!(
            lines("Doe, Jane <jane@x.com>; Roe, Rick <rick@x.com>"),
            ["jane@x.com|Doe, Jane", "rick@x.com|Roe, Rick"]
        );
        assert_eq!(
            lines("Doe, Jane <jane@x.com>\nvan der Roe, Rick <rick@x.com>\n"),
            ["jane@x.com|Doe, Jane", "rick@x.com|van der Roe, Rick"]
        );
        assert_eq!(lines("Doe, Jane <jane@x.com>"), ["jane@x.com|Doe, Jane"]);
        assert_eq!(
            lines("\"Doe, Jane\" <jane@x.com>\n\"Roe, Rick\" <rick@x.com>"),
            ["jane@x.com|Doe, Jane", "rick@x.com|Roe, Rick"]
        );
        // Neither over the end of a line, nor a sentence, nor without `<>`, nor without a first name.
        for (text, first) in [
            ("Doe,\nJane <j@x.com>; k@x.com", "Doe"),
            ("This is too long, Jane <j@x.com>; k@x.com", "This is too long"),
            ("Doe, Jane j@x.com; k@x.com", "Doe"),
            ("Doe, <j@x.com>, k@x.com", "Doe"),
            ("Doe, Jane <j@x>; k@x.com", "Doe"),
        ] {
            assert_eq!(lines(text)[0], first, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_left_over() {
        for (text, expected) in [
            ("Ada Lovelace", vec!["Ada Lovelace"]),
            ("ada @x.de", vec!["ada @x.de"]),
            ("ada @ x.de", vec!["ada @ x.de"]),
            ("<ada@x>", vec!["ada@x"]),
            ("Ada <ada@x>", vec!["Ada <ada@x>"]),
            ("a@b@c.de", vec!["a@b@c.de"]),
            ("a@b.co Ada Lovelace c@d.co Bob", vec!["a@b.co", "Ada Lovelace", "c@d.co", "Bob"]),
            ("Ada a@b.co, Bob", vec!["a@b.co|Ada", "Bob"]),
            ("5\" pipe, a@b.co, c@d.co", vec!["5\" pipe", "a@b.co", "c@d.co"]),
            ("5\" pipe, 6\" pipe, a@b.co, c@d.co", vec!["5\" pipe", "6\" pipe", "a@b.co", "c@d.co"]),
            ("\"open, x\n\"y; a@b.co; c@d.co", vec!["\"open", "x", "\"y", "a@b.co", "c@d.co"]),
            ("\"a \"\"b, c\"\" d\"; a@b.co; c@d.co", vec!["\"a \"\"b, c\"\" d\"", "a@b.co", "c@d.co"]),
            ("\"open, a@b.co; c@d.co", vec!["\"open", "a@b.co", "c@d.co"]),
            ("\"open, a@b.co\n\"c@d.co", vec!["\"open", "a@b.co", "c@d.co"]),
            ("\"Doe, Jane\"; a@b.co; b@c.de", vec!["\"Doe, Jane\"", "a@b.co", "b@c.de"]),
            ("\"Ada\"; (Bob); a@b.co; c@d.co", vec!["Ada", "Bob", "a@b.co", "c@d.co"]),
        ] {
            assert_eq!(lines(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_blank_is_nothing() {
        for text in [
            "",
            " ",
            "\u{feff}",
            ",,;\n\t",
            "<>",
            "\"\"",
            "\"",
            "@",
            "@@ @",
            "- – • * | ...",
            "“”",
            "\u{200b}\u{200e}",
        ] {
            assert_eq!(lines(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn several_addresses_between_two_separators_are_all_taken() {
        for (text, expected) in [
            ("a@b.cd<e@f.gh>", vec!["a@b.cd", "e@f.gh"]),
            ("Ada <a@b.co> Bob <c@d.co>", vec!["a@b.co|Ada", "c@d.co|Bob"]),
            ("\"a@b.co, c@d.co\"; e@f.co", vec!["a@b.co", "c@d.co", "e@f.co"]),
            ("\"a@b.co, Bob, Ada <c@d.co>\"\te@f.co", vec!["a@b.co", "Bob", "c@d.co|Ada", "e@f.co"]),
            ("'a@b.co' <c@d.co>", vec!["a@b.co", "c@d.co"]),
        ] {
            assert_eq!(lines(text), expected, "{text}");
        }
    }

    #[test]
    fn a_table_with_a_heading_is_read_by_it() {
        for separator in [",", ";", "\t"] {
            let table = |text: &str| lines(&text.replace('/', separator));
            assert_eq!(
                table(
                    "Name/E-Mail/Role/Id\r\nAda/a@b.co/Admin/1\r\n/c@d.co//\n\n\"Doe\n\"\"X\"\" Jane\"/<e@f.co>/x/y"
                ),
                ["a@b.co|Ada|Admin", "c@d.co", "e@f.co|Doe \"X\" Jane|x"]
            );
            assert_eq!(
                table("\n \nVorname/NACHNAME/e-mail-adresse\nAda/Lovelace/a@b.co"),
                ["a@b.co|Ada Lovelace"]
            );
            assert_eq!(table("البريد الإلكتروني/الدور/الاسم\na@b.co/مدير/آدا"), ["a@b.co|آدا|مدير"]);
            assert_eq!(
                table("email/role\n\"Ada <a@b.co>, c@d.co\"/admin"),
                ["a@b.co|Ada|admin", "c@d.co||admin"]
            );
            assert_eq!(table("email/role/name\n/admin/Ada/x\n?/"), ["admin Ada x"]);
            assert_eq!(table("email/name\na@b.co/Ada\nnonsense/Bob"), ["a@b.co|Ada", "nonsense|Bob"]);
        }
        assert_eq!(lines("email,name\n,\"Doe, Jane\""), ["\"Doe, Jane\""]);
        assert_eq!(lines("email,role,name\na@b.co,admin,Doe, Jane"), ["a@b.co|Doe Jane|admin"]);
        assert_eq!(lines("email,name\nJane <a@b.co>,Doe"), ["a@b.co|Jane"]);
    }

    #[test]
    fn a_heading_alone_makes_a_table_of_one_column() {
        assert_eq!(
            lines("Email\na@b.co\n\"c@d.co\"\r\nAda <e@f.co>, g@h.co"),
            ["a@b.co", "c@d.co", "e@f.co|Ada", "g@h.co"]
        );
        assert_eq!(lines("\u{feff}E-Mail Address"), [""; 0]);
        assert_eq!(lines("email a@b.co"), ["a@b.co|email"]);
        assert_eq!(lines("people\na@b.co"), ["people", "a@b.co"]);
    }

    #[test]
    fn an_address_in_a_column_about_something_else_is_not_taken() {
        assert_eq!(
            lines("email,name,manager\n,Ada,boss@x.de\na@b.co,Bob,boss@x.de"),
            ["Ada boss @ x.de", "a@b.co|Bob"]
        );
    }

    #[test]
    fn a_table_without_a_heading_is_known_by_its_addresses() {
        for separator in [",", ";", "\t"] {
            let table = |text: &str| lines(&text.replace('/', separator));
            assert_eq!(
                table("Ada/admin/a@b.co/1\nBob/Member/c@d.co/2"),
                ["a@b.co|Ada 1|admin", "c@d.co|Bob 2|Member"]
            );
            assert_eq!(table("a@b.co/Ada\n/Bob\nc@d.co/"), ["a@b.co|Ada", "Bob", "c@d.co"]);
            assert_eq!(table("\"Lovelace, Ada; \tx\"/a@b.co"), ["a@b.co|Lovelace, Ada; x"]);
            assert_eq!(table("Admin/Ada <a@b.co>"), ["a@b.co|Ada|Admin"]);
        }
        assert_eq!(lines("Doe;Jane <a@b.co>"), ["a@b.co|Doe Jane"]);
        assert_eq!(lines("Team, a@b.co; c@d.co"), ["Team", "a@b.co", "c@d.co"]);
        assert_eq!(lines("Ada,\"a@b.co; c@d.co\"\nBob,e@f.co"), ["a@b.co|Ada", "c@d.co|Ada", "e@f.co|Bob"]);
        assert_eq!(lines("a@b.co,Ada\nc@d.co,Bob,x"), ["a@b.co", "Ada", "c@d.co", "Bob", "x"]);
        assert_eq!(lines("a@b.co,c@d.co\ne@f.co,g@h.co"), ["a@b.co", "c@d.co", "e@f.co", "g@h.co"]);
    }

    #[test]
    fn a_forgotten_quote_swallows_no_records() {
        assert_eq!(
            lines("email,name\na@b.co,\"Ada\nc@d.co,Bob\ne@f.co,\"Eve\""),
            ["a@b.co|\"Ada", "c@d.co|Bob", "e@f.co|Eve"]
        );
    }

    #[test]
    fn a_separator_that_leaves_addresses_alone_is_preferred() {
        assert_eq!(lines("a@b.co,Ada; Eve\nc@d.co,Bob; Joe"), ["a@b.co|Ada; Eve", "c@d.co|Bob; Joe"]);
        assert_eq!(lines("Ada,\"x; y\",a@b.co"), ["a@b.co|Ada x; y"]);
        assert_eq!(lines("\"x\ty\",a@b.co"), ["a@b.co|x y"]);
    }

    #[test]
    fn a_long_name_is_not_given_to_many() {
        let name = "x".repeat(LONGEST_SHARED + 1);
        assert_eq!(
            lines(&["email,name\n\"a@b.co,c@d.co\",", &name].concat()),
            [["a@b.co|", &name].concat(), "c@d.co".to_owned()]
        );
    }

    #[test]
    fn no_spreadsheet_takes_a_safe_field_for_a_formula() {
        for (text, plain, safe) in [
            ("a", "a", "a"),
            ("a,\"b\"", "\"a,\"\"b\"\"\"", "\"a,\"\"b\"\"\""),
            ("a;b", "\"a;b\"", "\"a;b\""),
            ("a\nb", "\"a\nb\"", "\"a\nb\""),
            ("=1+1", "=1+1", "'=1+1"),
            ("+1,2", "\"+1,2\"", "\"'+1,2\""),
            ("-1", "-1", "'-1"),
            ("@x", "@x", "'@x"),
            ("\tx", "\"\tx\"", "\"'\tx\""),
            ("\rx", "\"\rx\"", "\"'\rx\""),
        ] {
            let (mut out, mut safe_out) = (String::new(), String::new());
            field(&mut out, text);
            safe_field(&mut safe_out, text);
            assert_eq!((out.as_str(), safe_out.as_str()), (plain, safe));
        }
        assert_eq!(lines("'+a@b.co"), ["+a@b.co"]);
    }

    #[test]
    fn pieces_are_rendered_as_a_table() {
        assert_eq!(render(&[]), "email,role,name\r\n");
        assert_eq!(
            render(&parse("Ada <a@b.co>\n\"Doe, Jane\"")),
            "email,role,name\r\na@b.co,,Ada\r\n\"\"\"Doe, Jane\"\"\",,\r\n"
        );
    }

    /// How many characters are looked at for `text`.
    fn looked_at(text: &str) -> usize {
        LOOKED_AT.set(0);
        let mut made = 0;
        for piece in Intake::new(text.to_owned(), &is_role) {
            made += piece.text.len()
                + piece.name.map_or(0, |name| name.len())
                + piece.role.map_or(0, |role| role.len());
        }
        // What is made is work as well.
        LOOKED_AT.get() + made
    }

    /// What may be looked at: so many characters for each byte, and the head once more for each kind of table.
    fn most_looked_at(text: &str) -> usize {
        24 * text.len() + 40 * HEAD
    }

    #[test]
    fn the_work_is_linear_for_a_megabyte_of_anything() {
        const LONG: usize = 1 << 20;
        for unit in ["<", "\"", "\"<", ",", "@", "\"\"", "<a@b.c>", "a ", "\"\n"] {
            let text = unit.repeat(LONG / unit.len());
            assert!(looked_at(&text) <= most_looked_at(&text), "{unit:?}");
        }
        let shared = ["email,name\n\"", &"a@b.c,".repeat(LONG / 12), "\",", &"x".repeat(LONG / 2)].concat();
        assert!(looked_at(&shared) <= most_looked_at(&shared), "a long name and many addresses");
    }

    #[test]
    fn the_work_is_linear_whatever_is_repeated_and_whatever_stands_around_it() {
        const LONG: usize = 1 << 16;
        const UNITS: &str = "<|\"|\"<|,|@|\"\"|<a@b.c>|a |\"\n| |\n|a|'|(|a@b|a@b.c |a@b,|\"a@b,| \"x, y\"| \"\"\"|\
            ,\"|,\"a|\"a,|a,|mailto:|mailto:@|?|'\"|(a)|a, b <c@d.e>,|\r|\",\"|\"\",|\" \"|a\"b |a\"\" |@ |\u{200b}|\
            “”|\"a\n,|a\tb@c.d\n|<\"'|x <|a@b.c<d,\"";
        const AROUND: &str = "…|\"…|mailto:…a@b.c|…a@b.c d@e.f|email,name\n…|email,name\n\"…\",x|email\n…|\
            email;role;name\na@b.c;…\n\"|name,email\n\"x\",\"…|a@b.c,…|\"a@b c@d, …\"";
        for unit in UNITS.split('|') {
            let long = unit.repeat(LONG / unit.len());
            for around in AROUND.split('|') {
                let text = around.replace('…', &long);
                assert!(looked_at(&text) <= most_looked_at(&text), "{unit:?} in {around:?}");
            }
        }
    }

    /// The words of a text that are not blank, as the head of this file tells what that is.
    fn words(text: &str) -> Vec<String> {
        let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        let mut words = Vec::new();
        for word in text.split(|c| class(c) & WORD == 0) {
            let is_edge = |c| class(c) & EDGE != 0;
            let mut word = word.trim_matches(is_edge);
            let is_link =
                |word: &str| word.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
            if is_link(word) && word.contains('@') {
                let mut address = word;
                while is_link(address) {
                    address = address[7..].trim_matches(is_edge);
                }
                if let Some((name, domain)) = address.split_once('@') {
                    let domain = domain.split('?').next().unwrap_or("");
                    address = address[..name.len() + 1 + domain.len()].trim_matches(is_edge);
                }
                if !is_blank(address) {
                    word = address;
                }
            }
            if !is_blank(word) {
                words.push(word.to_owned());
            }
        }
        words.sort();
        words
    }

    fn written(pieces: &[Piece]) -> String {
        let mut all = String::new();
        for piece in pieces {
            for text in [Some(&piece.text), piece.name.as_ref(), piece.role.as_ref()].into_iter().flatten() {
                all.push_str(text);
                all.push('\n');
            }
        }
        all
    }

    /// What was said of `text` at the head of this file, and that its pieces can be rendered and read back.
    fn check(text: &str) {
        let mut intake = Intake::new(text.to_owned(), &is_role);
        let pieces: Vec<Piece> = intake.by_ref().collect();
        assert_eq!(parse(&render(&pieces)), pieces, "rendered: {:?}", render(&pieces));
        for piece in &pieces {
            assert!(!is_blank(&piece.text));
            assert!(![&piece.name, &piece.role].into_iter().flatten().any(|text| is_blank(text)));
            let mut prose = Prose::new(piece.text.clone());
            let alone = Piece { text: piece.text.clone(), name: None, role: None };
            assert_eq!((prose.piece(), prose.piece()), (Some(alone), None));
        }
        let all = written(&pieces);
        match &intake.table {
            None => assert_eq!(words(&all), words(text), "nothing is lost and nothing made up"),
            Some(table) => {
                let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
                let mut at = 0;
                let mut is_heading = table.has_heading;
                while at < text.len() {
                    let (cells, next) = record(&text, at, table.separator);
                    at = next;
                    let is_used = cells.iter().any(|cell| !is_blank(cell));
                    if is_used && !std::mem::take(&mut is_heading) {
                        let mut own = Vec::new();
                        let mut has_address = false;
                        for (column, cell) in cells.iter().enumerate() {
                            let column = table.columns.get(column).copied().unwrap_or(Column::Name);
                            if column == Column::Address && !is_blank(cell) {
                                has_address = true;
                                let mut prose = Prose::new(cell.clone());
                                while let Some(piece) = prose.piece() {
                                    own.push(piece);
                                }
                            }
                        }
                        let is_named =
                            table.has_heading && has_address && own.iter().all(|piece| piece.name.is_some());
                        for (column, cell) in cells.iter().enumerate() {
                            let column = table.columns.get(column).copied().unwrap_or(Column::Name);
                            if column == Column::Other || column == Column::Name && is_named {
                                continue;
                            }
                            for word in words(cell) {
                                assert!(all.contains(&word), "{word:?} is lost: {pieces:?}");
                            }
                        }
                    }
                }
            }
        }
        assert!(looked_at(text) <= most_looked_at(text));
    }

    fn hostile() -> impl Strategy<Value = String> {
        let signs = [
            "\"\"\"<>@@@,;\t\n\r .'=+-abab“”„‘’«»([{}]):|*?–•`مرح،؛",
            "\u{200b}\u{200e}\u{202e}\u{ad}\u{61c}\u{feff}\u{a0}\u{2028}\u{85}",
        ];
        let signs: Vec<char> = signs.concat().chars().collect();
        let plain: Vec<char> = "\"\"\"@@,, \nab<>".chars().collect();
        let bits: Vec<&str> = vec![
            "a@b.co",
            "Ada@x.de",
            "jörg@bücher.example",
            "x@y",
            "@",
            "a@",
            "<a@b.co>",
            "\"Doe, Jane\" <jane@x.com>",
            "Doe, Jane <jane@x.com>",
            "mailto:m@b.co",
            "MAILTO:m@b.co?subject=x",
            "Ada",
            "Ada Lovelace",
            "مرحبا",
            "“Ada”",
            "'Ada'",
            "admin",
            "org:member",
            "email",
            "role",
            "name",
            "E-Mail;Name",
            "email,role,name",
            "email\tx",
            "\n",
            "\n",
            "\r\n",
            ",",
            ",",
            ";",
            ";",
            "\t",
            " ",
            " ",
            "\"",
            "\"",
            "\"\"",
            "<",
            ">",
            "(",
            ")",
            "\u{feff}",
            "\u{200b}",
            "\u{2028}",
            ".",
            "-",
            "=1+1",
            "?",
            "،",
            "\"a, b\"",
            "\"a@b.co; c@d.co\"",
            "\",\"",
        ];
        let from = |signs: Vec<char>, most| {
            prop::collection::vec(prop::sample::select(signs), 0..most)
                .prop_map(|signs| signs.into_iter().collect::<String>())
        };
        let mixed = prop::collection::vec(prop::sample::select(bits), 0..24).prop_map(|bits| bits.concat());
        let headed = (
            prop::sample::select(vec!["email,role,name\n", "name;email\n", "Email\n", "x\tMail\trole\n"]),
            from(plain.clone(), 60),
        );
        let grid = (
            prop::sample::select(vec![",", ";", "\t"]),
            prop::collection::vec(
                prop::collection::vec(
                    prop::sample::select(vec![
                        "",
                        "a@b.co",
                        "c@d.co",
                        "Ada <e@f.co>",
                        "Ada",
                        "\"Doe, Jane\"",
                        "admin",
                        "Member",
                        "\"a@b.co, c@d.co\"",
                        "x",
                        "\"",
                        "-",
                        "email",
                        "role",
                        "name",
                        " @ ",
                    ]),
                    1..4,
                ),
                1..5,
            ),
        );
        prop_oneof![
            3 => from(signs, 60),
            3 => from(plain, 40),
            1 => "\\PC{0,80}",
            3 => mixed,
            2 => headed.prop_map(|(heading, rest)| [heading, &rest].concat()),
            2 => grid.prop_map(|(separator, rows)| {
                rows.into_iter().map(|row| row.join(separator)).collect::<Vec<_>>().join("\n")
            }),
        ]
    }

    /// An address in something that can stand around it.
    fn decorated(address: &str, how: usize) -> String {
        let shapes = [
            "_",
            "<_>",
            "Ada Lovelace <_>",
            "\"Doe, Jane\" <_>",
            "“Ada” <_>",
            "mailto:_",
            "<mailto:_>",
            "MailTo:_?subject=x%20y",
            "(_)",
            "[_]",
            "{_}",
            "'_'",
            "\"_\"",
            "„_“",
            "«_»",
            "‘_’",
            "_.",
            "_:",
            " _ ",
            "\u{a0}_\u{a0}",
            "\u{200b}_\u{200e}",
            "\u{feff}_",
            "Ada _",
            "_ (Ada)",
            "\u{202e}<\u{ad}_\u{202c}>",
            "Ada<_>",
            "<_>.",
            "(Ada: _)",
            "آدا <_>",
            "- _",
            "`_`",
            "**_**",
        ];
        shapes[how % shapes.len()].replace('_', address)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn nothing_is_lost_and_everything_can_be_read_back(text in hostile()) {
            check(&text);
        }

        #[test]
        fn addresses_are_found_in_any_decoration(
            people in prop::collection::vec((0usize..8, any::<usize>()), 0..6),
            separator in prop::sample::select(vec![
                ", ", ",", "; ", ";", "\n", "\r\n", "\r", "\t", "\u{2028}", ",\n", ";\r\n", " , ", "\n\n",
            ]),
            start in prop::sample::select(vec!["", "\u{feff}", "\n", "\u{feff}\r\n", ", "]),
            end in prop::sample::select(vec!["", "\n", "\r\n", ";", ",\n"]),
        ) {
            const ADDRESSES: [&str; 8] = [
                "a@b.co", "Ada.Lovelace+x@Example.ORG", "o'neil@x-y.museum", "jörg@bücher.example", "_a_@b.co",
                "x@1.2.co", "+49@b.co", "مرحبا@مثال.شبكة",
            ];
            let written: Vec<String> = people.iter().map(|(who, how)| decorated(ADDRESSES[*who], *how)).collect();
            let expected: Vec<&str> = people.iter().map(|(who, _)| ADDRESSES[*who]).collect();
            let text = [start, &written.join(separator), end].concat();
            prop_assert_eq!(texts(&text), expected, "{:?}", text);
        }

        #[test]
        fn records_are_those_of_rfc_4180(
            rows in prop::collection::vec(prop::collection::vec("[ab\",;\t\r\n @é]{0,6}|\\PC{0,4}", 2..5), 0..6),
            separator in prop::sample::select(b",;\t".to_vec()),
            has_crlf in any::<bool>(),
        ) {
            let terminator = if has_crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
            let mut writer = csv::WriterBuilder::new()
                .delimiter(separator)
                .terminator(terminator)
                .flexible(true)
                .from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(separator)
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let expected: Vec<Vec<String>> =
                reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
            let (mut at, mut read) = (0, Vec::new());
            while at < text.len() {
                let (cells, next) = record(&text, at, separator);
                read.push(cells);
                at = next;
            }
            prop_assert_eq!(&read, &expected);
            prop_assert_eq!(read, rows);
        }

        #[test]
        fn a_field_is_read_back_by_anybody(cells in prop::collection::vec("[ab\",;\t\r\n =é]{0,6}", 2..4)) {
            let mut text = String::new();
            for (at, cell) in cells.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                field(&mut text, cell);
            }
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let read = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(read.iter().map(str::to_owned).collect::<Vec<_>>(), cells.clone());
            prop_assert_eq!(record(&text, 0, b',').0, cells);
        }
    }
}
