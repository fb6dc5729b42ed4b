//! Text that is no table: addresses with names around them, between separators.

use crate::addresses::ParsedAddress;
use crate::addresses::characters::{
    APOSTROPHE, BREAK, CLOSE, DASH, EDGE, OPEN, QUOTE, SEPARATOR, SPACE, WORD, WRAP, add_words, class,
    examine, has, is_blank, spaced, trim,
};
use crate::domain::Email;

/// How many words may stand before the comma in `Doe, Jane <jane@x.com>`.
const MAX_SURNAMES: usize = 3;
/// A cell that is longer is no single address.
const LONGEST_CELL: usize = 512;
/// What starts an address and is taken off outside of tables.
const DASHES: [char; 2] = ['-', '.'];

/// A text that is no table, and how far it is read.
pub(super) struct Prose {
    text: String,
    at: usize,
    /// Up to here quotes protect nothing and each address stands for itself, because there are several between two
    /// separators.
    loose_to: usize,
    /// It is a cell of a table: an address that fills it is what stands there, character for character.
    is_cell: bool,
}

/// The part of a text between two separators.
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

impl Iterator for Prose {
    type Item = ParsedAddress;

    fn next(&mut self) -> Option<ParsedAddress> {
        if let Some(whole) = self.whole_cell() {
            return Some(whole);
        }
        while self.at < self.text.len() {
            let from = self.at;
            let is_loose = from < self.loose_to;
            let found = self.stretch(from);
            match found.words {
                0 => {
                    self.at = found.next;
                    let text = part(&self.text, from, found.end);
                    if is_blank(text) {
                        continue;
                    }
                    return match self.after_surname(from, &found) {
                        Some(whole) => Some(self.only_word(from, &whole)),
                        None => Some(leftover(text)),
                    };
                }
                1 if is_loose => return Some(self.one_of_several(from, &found)),
                1 => return Some(self.only_word(from, &found)),
                _ => self.loose_to = found.end,
            }
        }
        None
    }
}

impl Prose {
    pub(super) fn new(text: String) -> Self {
        Self { text, at: 0, loose_to: 0, is_cell: false }
    }

    /// Reads a cell of a table. A dash in front of an address is a part of it there, and no sign of a list.
    pub(super) fn cell(text: String) -> Self {
        Self { is_cell: true, ..Self::new(text) }
    }

    /// The address that the whole cell is, apart from the apostrophe in front that keeps a spreadsheet from reading a
    /// formula.
    fn whole_cell(&mut self) -> Option<ParsedAddress> {
        if !std::mem::take(&mut self.is_cell) || self.text.len() > LONGEST_CELL {
            return None;
        }
        let text = self.text.trim();
        let text =
            text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text);
        let is_whole = text.starts_with(DASHES) && Email::check(text).is_ok();
        let whole = is_whole.then(|| ParsedAddress::of_text(text.to_owned()))?;
        self.at = self.text.len();
        Some(whole)
    }

    /// The stretch behind `surname`, which starts at `from`, if the two are one address as Outlook writes it:
    /// `Doe, Jane <jane@x.com>`.
    fn after_surname(&self, from: usize, surname: &Stretch) -> Option<Stretch> {
        let text = part(&self.text, from, surname.end);
        let is_loose = from < self.loose_to;
        if !surname.comma || is_loose || spaced(text).split(' ').count() > MAX_SURNAMES {
            return None;
        }
        let next = self.stretch(surname.next);
        let (start, stop) = next.word;
        let before = part(&self.text, surname.next, start);
        let is_one = next.words == 1
            && before.ends_with('<')
            && !is_blank(before)
            && is_blank(part(&self.text, stop, next.end))
            && is_address(part(&self.text, start, stop));
        is_one.then_some(next)
    }

    /// Reads up to the end of a stretch with one word that could be an address. What stands around it since `from` is
    /// its name.
    fn only_word(&mut self, from: usize, found: &Stretch) -> ParsedAddress {
        self.at = found.next;
        let (start, stop) = found.word;
        let (before, after) = (part(&self.text, from, start), part(&self.text, stop, found.end));
        let word = cleaned(part(&self.text, start, stop));
        let is_alone = is_blank(before) && is_blank(after);
        if !is_alone && !is_address(word) {
            return leftover(part(&self.text, from, found.end));
        }
        let name = (!is_alone).then(|| name(before, after));
        ParsedAddress { text: word.to_owned(), name, ..ParsedAddress::default() }
    }

    /// Reads up to the first word that could be an address, of several between two separators. Only an address in `<>`
    /// has a name: the name of another one could stand on either side.
    fn one_of_several(&mut self, from: usize, found: &Stretch) -> ParsedAddress {
        let (start, stop) = found.word;
        let (before, word) = (part(&self.text, from, start), cleaned(part(&self.text, start, stop)));
        let is_alone = is_blank(before);
        let is_named = !is_alone && before.ends_with('<') && is_address(word);
        if !is_alone && !is_named {
            self.at = start;
            return leftover(before);
        }
        self.at = stop;
        let name = is_named.then(|| name(before, ""));
        ParsedAddress { text: word.to_owned(), name, ..ParsedAddress::default() }
    }

    /// The part between `from` and the next separator that is not protected by quotes; where quotes protect nothing, up
    /// to the end of the first word that could be an address.
    fn stretch(&self, from: usize) -> Stretch {
        let is_loose = from < self.loose_to;
        let limit = if is_loose { self.loose_to } else { self.text.len() };
        let mut found = Stretch { end: limit, next: limit, comma: false, words: 0, word: (limit, limit) };
        let text = part(&self.text, from, limit);
        let (mut word, mut has_at, mut protected_to, mut last) = (from, false, 0, ' ');
        // The blank at the end ends the last word.
        for (offset, c) in text.char_indices().chain([(text.len(), ' ')]) {
            let (at, class) = (from + offset, class(c));
            if class & WORD == 0 {
                if has_at && !is_blank(cleaned(part(&self.text, word, at))) {
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

    /// The place behind the quote that closes the one before `from`, on the same line and not doubled; 0 without one.
    ///
    /// At most one search in each line fails: after it all quotes of that line are pairs, and a search that starts with a
    /// pair ends there.
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

fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or("")
}

/// The result for a text without an address.
fn leftover(text: &str) -> ParsedAddress {
    let mut text = spaced(text);
    // Where quotes protect a separator, everything has to stay in its place.
    if !has(&text, SEPARATOR) {
        text = bare(&text).to_owned();
    }
    ParsedAddress::of_text(text)
}

/// The name in the text around an address.
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
            add_words(&mut name, bare(part));
        }
    }
    name
}

/// A word without the characters around an address, `mailto:`, and a `?subject=…` behind that.
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
    examine(rest.len());
    let mut has_at = false;
    for (at, byte) in rest.bytes().enumerate() {
        has_at |= byte == b'@';
        if has_scheme && has_at && byte == b'?' {
            return trim(rest.get(..at).unwrap_or(""), EDGE, EDGE);
        }
    }
    rest
}

/// A text without the brackets that open or close nothing, the dashes at its ends, and quotes around all of it.
fn bare(mut text: &str) -> &str {
    const OUTSIDE: u16 = SPACE | SEPARATOR | BREAK | DASH;
    loop {
        text = trim(text, OUTSIDE | CLOSE, OUTSIDE | OPEN);
        let mut chars = text.chars();
        let (Some(first), Some(last)) = (chars.next(), chars.next_back()) else { return text };
        let ends = class(first) | class(last);
        let is_pair = ends == QUOTE || ends == APOSTROPHE || class(first) == OPEN && class(last) == CLOSE;
        // `"JJ" Doe "X"` is two pairs. (And a million nested pairs are not scanned a million times.)
        if !is_pair || has(chars.as_str(), ends) {
            return text;
        }
        text = chars.as_str();
    }
}

/// Is a word an address, once it is cleaned?
pub(super) fn is_address(word: &str) -> bool {
    examine(word.len());
    Email::check(cleaned(word)).is_ok()
}
