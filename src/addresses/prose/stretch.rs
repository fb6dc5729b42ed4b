//! Finds the words that could be addresses between two separators.

use crate::addresses::characters::{
    BREAK, DASH, DOT, EDGE, LETTER, OPEN, OTHER, SEPARATOR, SPACE, SYMBOL, WORD, class, examine, fold, has,
    is_blank, trim,
};
use crate::addresses::prose::doubts::{LONGEST, cleaned, is_address};

/// The part of a text between two separators.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// Where it ends.
    pub(super) end: usize,
    /// Where the next one starts.
    pub(super) next: usize,
    /// A comma ends it.
    pub(super) comma: bool,
    /// How many words in it could be addresses: none, one or several.
    pub(super) words: usize,
    /// The first of these.
    pub(super) word: Candidate,
}

/// A word that could be an address.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Candidate {
    pub(super) start: usize,
    pub(super) stop: usize,
    /// What stands before and behind it is its name. Wider than the word where it is written twice:
    /// `jane@x.com <jane@x.com>`.
    pub(super) outer: (usize, usize),
    /// It consists of several words.
    pub(super) has_blanks: bool,
}

/// The signs that are read as `@`.
const AT: [char; 3] = ['@', '＠', '﹫'];
/// How far in front of an address its first words may stand.
const LONGEST_CHAIN: usize = 64;
/// The top-level domains of most addresses. (Those of countries have two letters.)
const TOP_LEVEL: &str = "com org net edu gov mil int info biz name pro aero coop museum jobs mobi travel tel asia cat xyz \
    online site shop store app dev cloud tech io ai club blog photography agency email company group team work world \
    live life media news design studio digital solutions services systems network academy school care health law \
    berlin hamburg koeln wien swiss london paris tokyo nyc example test local";

/// Reads a stretch word by word.
struct Reader<'a> {
    text: &'a str,
    is_loose: bool,
    /// The last word, when nothing but blanks stands behind it.
    before: Option<(usize, usize)>,
    /// A dot stands alone behind it.
    has_dot: bool,
    /// Up to here all belongs to candidates that have ended.
    closed_to: usize,
    /// Where the words start that a dot and a blank each join with the last one.
    chain: Option<usize>,
    /// The candidate that the next word may belong to.
    open: Option<Candidate>,
    /// The end of the word that belongs to it if no other one follows.
    last: Option<usize>,
    found: Option<Candidate>,
    count: usize,
}

/// Does a word belong to the address before it?
enum Joins {
    Yes,
    IfLast,
    No,
}

/// Finds where quotes and brackets that protect what is in them end. On each line a search that fails is not repeated.
#[derive(Default)]
pub(super) struct Protection {
    /// No bracket before this place is closed.
    unclosed_to: usize,
}

/// Reads the part between `from` and the next separator that neither quotes nor brackets protect, before `limit`. Where they
/// protect nothing, `is_loose`, up to the first word that could be an address.
pub(super) fn stretch(
    text: &str,
    from: usize,
    limit: usize,
    is_loose: bool,
    protection: &mut Protection,
) -> Stretch {
    let (mut end, mut next, mut comma) = (limit, limit, false);
    let mut reader = Reader {
        text,
        is_loose,
        before: None,
        has_dot: false,
        closed_to: 0,
        chain: None,
        open: None,
        last: None,
        found: None,
        count: 0,
    };
    let part = text.get(from..limit).unwrap_or("");
    let (mut word, mut has_at, mut protected_to, mut last) = (from, false, 0, ' ');
    // The blank at the end ends the last word.
    for (offset, c) in part.char_indices().chain([(part.len(), ' ')]) {
        let (at, class) = (from.saturating_add(offset), class(c));
        if class & WORD == 0 {
            if word < at && reader.read(word, at, has_at) {
                break;
            }
            if class & SPACE == 0 && c != '\t' {
                reader.separate();
            }
            // A quote within a word is an inch or a typing error.
            if !is_loose && at >= protected_to {
                if c == '"' && word == at && last != '"' {
                    protected_to = closing_quote(text, at.saturating_add(1));
                } else if c == '(' {
                    protected_to = protection.closing_bracket(text, at);
                }
            }
            let behind = at.saturating_add(c.len_utf8());
            if class & (SEPARATOR | BREAK) != 0 && at >= protected_to {
                (end, next, comma) = (at, behind, fold(c) == ',' || c == '،');
                break;
            }
            (word, has_at) = (behind, false);
        } else {
            has_at |= AT.contains(&c) || c == '%' && is_encoded_at(text, at);
        }
        last = c;
    }
    reader.finish();
    Stretch { end, next, comma, words: reader.count, word: reader.found.unwrap_or_default() }
}

/// Does `%40` stand there?
fn is_encoded_at(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with("%40"))
}

/// The place behind the quote that closes the one before `from`, on the same line and not doubled; 0 without one.
///
/// At most one search in each line fails: after it all quotes of that line are pairs, and a search that starts with a pair
/// ends there.
fn closing_quote(text: &str, from: usize) -> usize {
    let mut is_half = false;
    for (offset, c) in text.get(from..).unwrap_or("").char_indices() {
        if is_half && c != '"' {
            return from.saturating_add(offset);
        }
        if class(c) == BREAK {
            return 0;
        }
        is_half = c == '"' && !is_half;
    }
    if is_half { text.len() } else { 0 }
}

impl Protection {
    /// The place of the bracket that closes the one at `from`, on the same line; 0 without one.
    fn closing_bracket(&mut self, text: &str, from: usize) -> usize {
        if from < self.unclosed_to {
            return 0;
        }
        let mut depth = 0_usize;
        for (offset, c) in text.get(from..).unwrap_or("").char_indices() {
            match c {
                '(' => depth = depth.saturating_add(1),
                ')' => depth = depth.saturating_sub(1),
                _ if class(c) == BREAK => {
                    self.unclosed_to = from.saturating_add(offset);
                    return 0;
                }
                _ => {}
            }
            if depth == 0 {
                return from.saturating_add(offset);
            }
        }
        self.unclosed_to = text.len();
        0
    }
}

impl<'a> Reader<'a> {
    fn part(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or("")
    }

    /// Something other than a blank stands behind the last word.
    fn separate(&mut self) {
        (self.before, self.chain, self.has_dot) = (None, None, false);
    }

    /// Takes the next word into account; `true` when what follows does not matter.
    fn read(&mut self, start: usize, stop: usize, has_at: bool) -> bool {
        let word = self.part(start, stop);
        if is_blank(word) && !has_at {
            if matches!(word, "." | "．") && self.before.is_some() {
                self.has_dot = true;
            } else {
                self.separate();
            }
            return false;
        }
        self.last = None;
        match self.open {
            Some(mut open) if !has_at && self.before.is_some_and(|(_, end)| end == open.stop) => {
                match self.joins(&open, start, stop) {
                    Joins::Yes => {
                        (open.stop, open.outer.1, open.has_blanks) = (stop, stop, true);
                        self.open = Some(open);
                    }
                    Joins::IfLast => self.last = Some(stop),
                    Joins::No => self.close(),
                }
            }
            Some(_) => self.close(),
            None => {}
        }
        if self.is_loose && (self.count > 1 || self.count == 1 && !has_at) {
            return true;
        }
        if has_at {
            self.begin(start, stop);
        } else {
            self.chain = self.before.and_then(|(first, end)| {
                let is_joined = self.is_joint(self.part(first, end), self.part(start, stop));
                (is_joined && is_local(self.part(first, end))).then(|| self.chain.unwrap_or(first))
            });
        }
        (self.before, self.has_dot) = (Some((start, stop)), false);
        false
    }

    /// Starts a candidate with the word that has an `@`, and the words before it that belong to it.
    fn begin(&mut self, start: usize, stop: usize) {
        let word = self.part(start, stop);
        let mut first = start;
        if let Some((from, to)) = self.before
            && from >= self.closed_to
        {
            let before = self.part(from, to);
            let is_domain =
                word.starts_with(AT) && (trim(word, 0, EDGE).chars().nth(1).is_none() || word.contains('.'));
            if is_local(before) && (is_domain || self.is_joint(before, word) && !is_number(before)) {
                let chain = self.chain.filter(|chain| {
                    *chain >= self.closed_to && start.saturating_sub(*chain) <= LONGEST_CHAIN
                });
                first = chain.unwrap_or(from);
            }
        }
        self.chain = None;
        if first == start && is_blank(cleaned(word)) {
            return;
        }
        let mut found = Candidate { start: first, stop, outer: (first, stop), has_blanks: first < start };
        if first == start {
            found.start = self.behind_label(start, stop);
            found.outer.0 = found.start;
            if is_blank(cleaned(self.part(found.start, stop))) {
                return;
            }
            if let Some((end, next)) = self.first_of_several(found.start, stop) {
                (found.stop, found.outer.1) = (end, next);
                self.add(found);
                self.count = self.count.saturating_add(1);
                return;
            }
        }
        self.open = Some(found);
    }

    /// Where the address starts in `SMTP:jane@x.com`.
    fn behind_label(&self, start: usize, stop: usize) -> usize {
        let word = self.part(start, stop);
        examine(word.len());
        let name = word.split(AT).next().unwrap_or("");
        let colon = name.char_indices().rfind(|(_, c)| fold(*c) == ':');
        colon.map_or(start, |(at, c)| start.saturating_add(at).saturating_add(c.len_utf8()))
    }

    /// The end of the first of several addresses with a stroke between them, and where the next one starts.
    fn first_of_several(&self, start: usize, stop: usize) -> Option<(usize, usize)> {
        const STROKES: [char; 7] = ['|', '/', '\\', '&', '。', '｜', '／'];
        let word = self.part(start, stop);
        if word.len() > LONGEST || word.matches(AT).count() < 2 {
            return None;
        }
        let first = word.find(AT)?;
        let (at, stroke) = word.char_indices().find(|(at, c)| *at > first && STROKES.contains(c))?;
        let next = at.saturating_add(stroke.len_utf8());
        let is_several = is_address(word.get(..at)?) && word.get(next..)?.contains(AT);
        is_several.then(|| (start.saturating_add(at), start.saturating_add(next)))
    }

    /// Does the word behind an address belong to it?
    fn joins(&self, open: &Candidate, start: usize, stop: usize) -> Joins {
        let (address, word) = (self.part(open.start, open.stop), self.part(start, stop));
        if stop.saturating_sub(open.start) > LONGEST {
            return Joins::No;
        }
        examine(address.len());
        let rest = trim(word, DOT, EDGE);
        let is_host = !rest.is_empty() && rest.chars().all(|c| class(c) & LETTER != 0 || "-._".contains(c));
        let (Some((name, domain)), true) = (address.rsplit_once(AT), is_host) else {
            return Joins::No;
        };
        if is_blank(domain) {
            // `jane@ example.com`
            return if !is_blank(name) && has_dot(rest) { Joins::Yes } else { Joins::No };
        }
        if !self.is_joint(address, word) {
            return Joins::No;
        }
        let is_lower = !rest.contains(|c: char| c.is_uppercase());
        let is_known = is_top_level(rest);
        let is_incomplete = !has_dot(trim(domain, 0, EDGE));
        if is_incomplete || has_dot(rest) || word.starts_with('.') || is_lower && is_known || is_dot(word) {
            Joins::Yes
        } else if is_lower || is_known {
            Joins::IfLast
        } else {
            Joins::No
        }
    }

    /// Does a dot stand at the blank between two words, or is one of them the word for it?
    fn is_joint(&self, before: &str, after: &str) -> bool {
        let is_dotted = before.ends_with(['.', '．', '。']) || after.starts_with(['.', '．']);
        self.has_dot || is_dotted || is_dot(before) || is_dot(after)
    }

    /// The open candidate ends.
    fn close(&mut self) {
        if let Some(found) = self.open.take() {
            self.closed_to = found.stop;
            self.add(found);
        }
    }

    /// Counts a candidate. The same address once more, in brackets or behind a bar, is none.
    fn add(&mut self, found: Candidate) {
        let (start, stop) = (found.start, found.stop);
        if let Some(first) = &self.found
            && self.count == 1
        {
            let (one, other) = (cleaned(self.part(first.start, first.stop)), cleaned(self.part(start, stop)));
            let between = self.part(first.outer.1, start);
            let is_same = one.eq_ignore_ascii_case(other)
                && (between.chars().next_back().is_some_and(|c| class(c) == OPEN)
                    || self.part(start, stop).starts_with('|'))
                && !has(between, LETTER | OTHER | SEPARATOR | BREAK);
            if is_same {
                let outer = (first.outer.0, stop);
                self.found = Some(Candidate { outer, ..found });
                return;
            }
        }
        self.count = self.count.saturating_add(1);
        self.found = self.found.or(Some(found));
    }

    fn finish(&mut self) {
        if let (Some(open), Some(stop)) = (&mut self.open, self.last.take()) {
            (open.stop, open.outer.1, open.has_blanks) = (stop, stop, true);
        }
        self.close();
    }
}

/// Could it be a top-level domain?
pub(super) fn is_top_level(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    word.chars().count() == 2 || TOP_LEVEL.split(' ').any(|known| known == lower)
}

fn is_dot(word: &str) -> bool {
    word.eq_ignore_ascii_case("dot")
        || word.get(word.len().saturating_sub(4)..).is_some_and(|end| end.eq_ignore_ascii_case(" dot"))
}

fn has_dot(text: &str) -> bool {
    text.contains(['.', '．', '。'])
}

/// Could it be the start of an address?
fn is_local(word: &str) -> bool {
    examine(word.len());
    word.len() <= LONGEST_CHAIN
        && has(word, LETTER)
        && trim(word, DASH | SYMBOL, 0).chars().all(|c| class(c) & LETTER != 0 || ".．_+-'".contains(c))
}

/// Is it the number of a list, `1.`?
fn is_number(word: &str) -> bool {
    trim(word, DASH | SYMBOL, 0)
        .strip_suffix('.')
        .is_some_and(|digits| digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
