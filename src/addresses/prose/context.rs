//! What the words around an address say about whether its person is to be invited: `not Bob (bob@x.com)`, `bob@x.com has left`,
//! lines that are commented out, lists under a heading like `Declined:`.

use crate::addresses::characters::{DASH, LETTER, SPACE, class, examine, has, is_blank, trim};
use crate::addresses::status::{
    ends_with_cross, is_label_of_in, is_label_of_out, is_negation, is_out_in_words, starts_with_cross,
};

/// Words behind "not" that turn it around.
const MEANT: [&str; 8] = ["forget", "only", "just", "vergessen", "nur", "oublier", "olvidar", "olvides"];
/// How long a heading may be.
const LONGEST_HEADING: usize = 60;
/// How far from an address the words are read.
const NEAR: usize = 80;
/// Signs with which a line is commented out in lists, settings and programs.
const MARKS: [&str; 5] = ["//", "/*", "<!--", "REM ", "rem "];

/// Where a comment starts in a line: with all of it, or behind a sign between blanks. `marks` are further signs that start one.
pub(super) fn comment(line: &str, marks: &[char]) -> Option<usize> {
    examine(line.len());
    let bare = line.trim_start_matches([' ', '\t', '>']);
    // `#1` is a number.
    let is_hash =
        || bare.strip_prefix('#').is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    if bare.starts_with(['#', '/', '<', 'R', 'r'])
        && (is_hash() || MARKS.iter().any(|mark| bare.starts_with(mark)))
        || bare.starts_with(marks)
    {
        return Some(0);
    }
    // Most lines have no such sign.
    if !line.bytes().any(|byte| byte == b'#' || byte == b'/') {
        return None;
    }
    [" # ", "\t# ", " // ", "\t// "].iter().filter_map(|mark| line.find(mark)).min()
}

/// The word before an address that says that its person is not meant: `please invite Ada, but not`.
pub(super) fn negation(before: &str) -> Option<&str> {
    let near = before.get(before.ceil_char_boundary(before.len().saturating_sub(NEAR))..)?;
    if ends_with_cross(near) {
        return near.split_whitespace().next_back();
    }
    // Most texts have no such word.
    if !words(near).any(is_negation) && !near.contains("don") {
        return None;
    }
    // Of "not Bob but Ada" the last part counts, and of several sentences the last one.
    let start =
        [". ", "! ", "? ", " but ", " sondern ", " mais ", " pero ", " sino ", " mas ", " ma ", " maar "]
            .iter()
            .filter_map(|end| Some(near.rfind(end)?.saturating_add(end.len())))
            .max();
    let near = near.get(start.unwrap_or(0)..)?;
    examine(near.len());
    let mut words = words(near).peekable();
    // "Do not forget Ada" means her.
    let is_meant = |next: Option<&&str>| next.is_some_and(|next| MEANT.contains(next));
    while let Some(word) = words.next() {
        let next = words.peek();
        if is_negation(word) && !is_meant(next) || word == "don" && next == Some(&"t") {
            return Some(word);
        }
    }
    None
}

/// The words of a text, as they are written.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| class(c) & LETTER == 0).filter(|word| !word.is_empty())
}

/// The words behind an address that say that its person is not to be invited: `has left`, `ist ausgeschieden`. `is_last`: no
/// other address follows, to which they could belong.
pub(super) fn aftermath(after: &str, is_last: bool) -> Option<&str> {
    let near = after.get(..after.floor_char_boundary(NEAR))?;
    examine(near.len());
    let near = near.trim_start_matches([')', '>', ']']);
    if near.is_empty() {
        return None;
    }
    // `old@x.com -> new@x.com`
    let arrow = ["->", "=>", "→", "⇒"].into_iter().find(|arrow| near.trim_start().starts_with(*arrow));
    if arrow.is_some() || starts_with_cross(near) {
        return arrow.or(near.split_whitespace().next());
    }
    let end = near.find(['.', '!', '?', '(', '<', ':', '@']);
    let said = near.get(..end.unwrap_or(near.len()))?;
    let is_whole = is_last && !said.contains('@')
        || near.get(end?..).is_some_and(|rest| rest.starts_with(['.', '!', '?']));
    let said = trim(said, SPACE | DASH, SPACE | DASH);
    (is_whole && !said.is_empty() && is_out_in_words(said)).then_some(said)
}

/// The heading of the list that is being read, if those below it are not to be invited.
#[derive(Default)]
pub(super) struct Sections {
    heading: Option<String>,
    /// The line before is blank, or there is none.
    is_behind_gap: bool,
    is_begun: bool,
    /// The signs with which a line is commented out: a semicolon in settings, which have sections like `[users]`; a plus or a
    /// minus in a list of changes, where it says that the line came or went.
    pub(super) marks: &'static [char],
}

impl Sections {
    /// Takes a line into account, before its addresses are read.
    pub(super) fn note(&mut self, line: &str) {
        let is_behind_gap =
            std::mem::take(&mut self.is_behind_gap) || !std::mem::replace(&mut self.is_begun, true);
        if is_blank(line) && line != "-- " {
            self.is_behind_gap = line.trim().is_empty();
            return;
        }
        let bare = line.trim();
        // Below it is the signature of whoever sent the mail (RFC 3676).
        if line == "-- " {
            self.heading = Some("--".to_owned());
            return;
        }
        if bare.len() > LONGEST_HEADING || bare.contains('@') && !bare.starts_with("@@ ") {
            // `Add: jane@x.com` is another list, `E-mail: jane@x.com` is not.
            let label = bare.split_once([':', '：']).map(|(label, _)| label);
            if label.is_some_and(|label| label.len() <= LONGEST_HEADING && is_label_of_in(label)) {
                self.heading = None;
            }
            return;
        }
        if bare.starts_with('[') && bare.ends_with(']') {
            self.marks = &[';'];
        } else if bare.starts_with("@@ ") || bare.starts_with("+++ ") {
            self.marks = &['+', '-'];
        }
        let is_marked = bare.ends_with([':', '：']) || bare.starts_with(['#', '*', '=', '[']);
        let heading = trim(bare, !LETTER, !LETTER);
        if (is_marked || is_behind_gap) && is_label_of_out(heading) {
            self.heading = Some(heading.to_owned());
        } else if is_marked && has(heading, LETTER) {
            self.heading = None;
        }
    }

    /// The heading, if those below it are not to be invited.
    pub(super) fn out(&self) -> Option<&str> {
        self.heading.as_deref()
    }
}
