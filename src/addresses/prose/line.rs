//! Reads a line: addresses with names around them, between separators.

use crate::addresses::characters::{SEPARATOR, class, examine, is_blank, spaced};
use crate::addresses::headings::names_somebody_else;
use crate::addresses::prose::commas::torn;
use crate::addresses::prose::context::{aftermath, comment, negation};
use crate::addresses::prose::doubts::{Judged, judge};
use crate::addresses::prose::encodings::encoded_words;
use crate::addresses::prose::headers::without_header;
use crate::addresses::prose::labels::{Label, label};
use crate::addresses::prose::links;
use crate::addresses::prose::markup;
use crate::addresses::prose::names::{leftover, name, without_number};
use crate::addresses::prose::obscured::{is_obscured, spelled_out};
use crate::addresses::prose::stretch::{Candidate, Protection, Stretch, stretch};
use crate::addresses::status::{is_label_of_out, mark_of_out};
use crate::addresses::{Cause, Doubt, ParsedAddress};

/// How many words may stand before the comma in `Doe, Jane <jane@x.com>`, among others in a list with commas.
const MAX_SURNAMES: usize = 3;
/// How long a name with commas may be.
const LONGEST_NAME: usize = 160;
/// How long a label may be that says whose address follows.
const LONGEST_LABEL: usize = 40;
/// How long a label is at most together with the name behind it, in bytes.
const LONGEST_NAMED: usize = 120;
/// How many words a name has at most that stands behind a label.
const MOST_WORDS: usize = 6;

/// A line of a text that is no table, and how far it is read.
#[derive(Default)]
pub(super) struct Line {
    pub(super) text: String,
    at: usize,
    /// Up to here quotes protect nothing and each address stands for itself, because there are several between two
    /// separators.
    loose_to: usize,
    /// It is a cell of a table: an address that fills it is what stands there, character for character.
    is_cell: bool,
    /// A comma ends what was read last.
    is_behind_comma: bool,
    protection: Protection,
    /// The label that says whose the addresses are up to the next name, if they are somebody else's: `Manager:`.
    somebody: Option<String>,
    /// The next address behind commas.
    ahead: Option<Ahead>,
    /// Where a comment starts.
    comment: Option<usize>,
    /// The last address has a name and stands in `<>`.
    is_behind_named: bool,
}

/// Several stretches that commas end, and the one behind them that ends with an address in `<>`.
struct Ahead {
    /// Where the first of them starts, and the one with the address.
    start: usize,
    last: usize,
    /// The one with the address.
    found: Stretch,
    /// They can be its name.
    is_name: bool,
    /// Neither a comma before them nor one behind them makes them a part of a list.
    is_alone: bool,
}

impl Iterator for Line {
    type Item = ParsedAddress;

    fn next(&mut self) -> Option<ParsedAddress> {
        while self.at < self.text.len() {
            let from = self.at;
            let is_loose = from < self.loose_to;
            let found = self.stretch(from);
            if let Some(torn) = self.torn_by_commas(from, &found) {
                return Some(torn);
            }
            match found.words {
                0 => {
                    if !is_blank(self.part(from, found.end))
                        && let Some(whole) = self.behind_commas(from, &found)
                    {
                        return Some(self.only_word(from, &whole));
                    }
                    self.go_behind(&found);
                    let text = self.part(from, found.end);
                    if !is_blank(text) {
                        let doubt =
                            spelled_out(text).map(|offer| Doubt { cause: Cause::Blank, offer: Some(offer) });
                        let left = leftover(text);
                        return Some(ParsedAddress { doubt: doubt.or(left.doubt), ..left });
                    }
                }
                _ if is_loose => return Some(self.one_of_several(from, &found)),
                1 => return Some(self.only_word(from, &found)),
                _ if is_obscured(self.part(from, found.end)) => {
                    self.go_behind(&found);
                    return Some(leftover(self.part(from, found.end)));
                }
                _ => self.loose_to = found.end,
            }
        }
        None
    }
}

impl Line {
    pub(super) fn new(mut text: String, is_cell: bool, marks: &[char]) -> Self {
        examine(text.len());
        if text.contains('<') {
            replace(&mut text, markup::without_tags);
        }
        if text.contains('&') {
            replace(&mut text, markup::decoded);
        }
        if text.contains(':') {
            replace(&mut text, links::expanded);
        }
        if text.contains('?') {
            replace(&mut text, links::without_queries);
        }
        if text.contains("=?") {
            replace(&mut text, encoded_words);
        }
        let comment = comment(&text, marks);
        Self { text, is_cell, comment, ..Self::default() }
    }

    fn part(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or("")
    }

    fn stretch(&mut self, from: usize) -> Stretch {
        let is_loose = from < self.loose_to;
        let limit = if is_loose { self.loose_to } else { self.text.len() };
        stretch(&self.text, from, limit, is_loose, &mut self.protection)
    }

    fn go_behind(&mut self, found: &Stretch) {
        self.at = found.next;
        self.is_behind_comma = found.comma;
    }

    /// Reads an address with a comma in it, `jane,doe@x.com`, in which the stretch ends. What stands before it is its name.
    fn torn_by_commas(&mut self, from: usize, found: &Stretch) -> Option<ParsedAddress> {
        if !found.comma || found.words > 1 || from < self.loose_to {
            return None;
        }
        let torn = torn(self.text.get(from..)?, found.end.saturating_sub(from))?;
        let (start, end) = (from.saturating_add(torn.start), from.saturating_add(torn.end));
        let (text, name) = (self.part(start, end).to_owned(), name(self.part(from, start), ""));
        self.at = end;
        Some(ParsedAddress {
            text,
            name,
            doubt: Some(Doubt { cause: Cause::Comma, offer: Some(torn.offer) }),
            role: None,
        })
    }

    /// The stretch that ends with an address in `<>`, if all since `from` is its name as Outlook writes it:
    /// `Doe, Jane <jane@x.com>`, `Lee, Kim, PhD <kim@x.com>`.
    fn behind_commas(&mut self, from: usize, first: &Stretch) -> Option<Stretch> {
        if !first.comma || from < self.loose_to {
            return None;
        }
        if self.ahead.as_ref().is_none_or(|ahead| ahead.last <= from) {
            self.ahead = Some(self.look_ahead(from, first));
        }
        let ahead = self.ahead.as_ref().filter(|ahead| ahead.is_name)?;
        let text = self.part(from, ahead.found.word.outer.0);
        if text.len() > LONGEST_NAME {
            return None;
        }
        let is_short = |text: &str| spaced(text).split(' ').count() <= MAX_SURNAMES;
        let is_surname = || {
            let own = self.part(from, first.end);
            let between = self.part(first.next, ahead.last);
            is_short(own)
                && (between.is_empty()
                    || is_short(between) && is_degree(self.part(ahead.last, ahead.found.word.outer.0)))
        };
        (ahead.is_alone && ahead.start == from || is_surname()).then(|| ahead.found.clone())
    }

    fn look_ahead(&mut self, start: usize, first: &Stretch) -> Ahead {
        let (mut last, mut found) = (start, first.clone());
        while found.words == 0 && found.comma {
            last = found.next;
            found = self.stretch(last);
        }
        let (from, to) = found.word.outer;
        let before = self.part(last, from);
        let judged = judge(self.part(found.word.start, found.word.stop), found.word.has_blanks, true);
        let is_name = found.words == 1
            && before.ends_with(['<', '＜'])
            && !is_blank(before)
            && is_comment(self.part(to, found.end))
            && judged.is_address;
        let is_alone = !self.is_behind_comma && !found.comma;
        Ahead { start, last, found, is_name, is_alone }
    }

    /// Reads up to the end of a stretch with one word that could be an address. What stands around it since `from` is
    /// its name.
    fn only_word(&mut self, from: usize, found: &Stretch) -> ParsedAddress {
        let is_group = found.comma && self.is_group(from, found);
        let is_listed = self.is_behind_comma;
        self.go_behind(found);
        let Candidate { start, stop, outer, has_blanks } = found.word;
        let whole = self.part(from, found.end);
        let (mut before, after) = (self.part(from, outer.0), self.part(outer.1, found.end));
        let is_alone = is_blank(before) && is_blank(after);
        let is_exact = is_enclosed(before, after) || self.is_cell && is_alone;
        let mut judged = judge(self.part(start, stop), has_blanks, is_exact);
        let Some(unlabelled) = judged.without_label(before) else { return leftover(whole) };
        before = unlabelled;
        if (!is_alone || has_blanks) && !judged.is_address || !is_alone && is_obscured(whole) {
            return leftover(whole);
        }
        before = without_header(before);
        let label = if is_alone || self.is_cell { None } else { somebody_else(before) };
        if is_group {
            before = before.rsplit_once([':', '：']).map_or(before, |(_, rest)| rest);
        }
        let mark = if label.is_some() { None } else { mark_of_out(before).or(mark_of_out(after)) };
        let somebody = match label.or(mark) {
            // `Manager: boss@x.com, chief@x.com` are two managers.
            None if is_alone && is_listed => self.somebody.clone(),
            said => said.map(str::to_owned),
        };
        let name = if is_alone || label.is_some() { None } else { name(before, after) };
        let inherited = if mark.is_some() { None } else { somebody.clone() };
        let somebody = somebody.or_else(|| self.not_meant(start, before, after, true));
        self.somebody = inherited;
        if let (Some(label), None) = (somebody, &judged.doubt) {
            judged.doubt = Some(Doubt { cause: Cause::Beside(label), offer: None });
        }
        ParsedAddress { text: judged.text, name, doubt: judged.doubt, role: None }
    }

    /// The words around the address at `start` that say that its person is not to be invited. A cell says that in its column.
    fn not_meant(&self, start: usize, before: &str, after: &str, is_last: bool) -> Option<String> {
        let comment = self.comment.filter(|from| *from <= start).and_then(|from| self.text.get(from..));
        let mark = comment.and_then(|comment| {
            comment.split(char::is_alphanumeric).map(str::trim).find(|mark| !mark.is_empty())
        });
        let around = || if self.is_cell { None } else { negation(before).or(aftermath(after, is_last)) };
        mark.or_else(around).map(|said| said.chars().take(LONGEST_LABEL).collect())
    }

    /// Is it the first of a group, `Team: jane@x.com, rick@x.com;`? (Tables are read without the separator at their end.)
    fn is_group(&self, from: usize, found: &Stretch) -> bool {
        let before = self.part(from, found.word.outer.0);
        if !before.contains(": ") && !before.contains(":<") && !before.contains('：') {
            return false;
        }
        let rest = self.part(found.next, self.text.len());
        let end = rest.find([';', '；', ':', '：', '\n']).unwrap_or(rest.len());
        examine(end);
        let is_ended = rest.get(end..).is_some_and(|rest| !rest.starts_with([':', '：']));
        is_ended && rest.get(..end).is_some_and(|members| members.contains('@'))
    }

    /// Reads up to the first word that could be an address, of several between two separators. Only an address in `<>`
    /// has a name: the name of another one could stand on either side.
    fn one_of_several(&mut self, from: usize, found: &Stretch) -> ParsedAddress {
        let Candidate { start, stop, outer, has_blanks } = found.word;
        let (mut before, after) = (self.part(from, outer.0), self.part(outer.1, self.loose_to));
        let is_exact = is_enclosed(before, after);
        let mut judged = judge(self.part(start, stop), has_blanks, is_exact);
        let Some(unlabelled) = judged.without_label(before) else {
            let text = leftover(self.part(from, stop));
            self.at = outer.1;
            return text;
        };
        before = without_number(without_header(unlabelled));
        let is_alone = is_blank(before);
        let is_named = !is_alone && before.ends_with('<') && judged.is_address;
        if !is_alone && !is_named {
            let (text, end) = (leftover(before), from.saturating_add(unlabelled.len()));
            self.somebody = somebody_else(before).or_else(|| negation(before)).map(str::to_owned);
            self.at = end;
            return text;
        }
        let name = if is_named { name(before, "") } else { None };
        let (inherited, mark) = if is_named {
            (None, somebody_else(before).or(mark_of_out(before)))
        } else {
            (self.somebody.clone(), None)
        };
        // `Jane <jane@x.com> <old@x.com>`: where names are mapped, the second one is an older address.
        let is_second = self.is_behind_named && self.part(from, start).split_whitespace().eq([">", "<"]);
        let alias = is_second.then(|| "<…>".to_owned());
        let behind = self.part(outer.1, self.loose_to);
        let said = alias
            .or(mark.map(str::to_owned))
            .or_else(|| inherited.clone())
            .or_else(|| self.not_meant(start, before, behind, !behind.contains('@')));
        (self.is_behind_named, self.somebody) = (is_named, inherited);
        if let (Some(label), None) = (said, &judged.doubt) {
            judged.doubt = Some(Doubt { cause: Cause::Beside(label), offer: None });
        }
        if has_blanks && !judged.is_address {
            judged.text = leftover(self.part(outer.0, outer.1)).text;
        }
        self.at = outer.1;
        ParsedAddress { text: judged.text, name, doubt: judged.doubt, role: None }
    }
}

impl Judged {
    /// The text before the address without the label at its end; `None` when that says that it is no address of a mailbox.
    fn without_label<'a>(&mut self, before: &'a str) -> Option<&'a str> {
        let found = if is_blank(before) { None } else { label(before) };
        let Some((label, at)) = found else { return Some(before) };
        let (rest, prefix) = before.split_at_checked(at)?;
        match label {
            Label::Mail => {}
            Label::Other => return None,
            Label::Unknown if self.text.starts_with('/') => return None,
            Label::Unknown => {
                let offer = self.doubt.take().map_or_else(|| Some(self.text.clone()), |doubt| doubt.offer);
                self.text.insert_str(0, prefix);
                self.doubt = Some(Doubt { cause: Cause::Edge, offer });
            }
        }
        Some(rest)
    }
}

/// The label before an address, if it says that it is somebody else's, or of nobody who is to be invited:
/// `Manager: boss@x.com`, `Manager: Rick Boss <boss@x.com>`, `"manager_email":"boss@x.com"`, `Declined: rick@x.com`.
/// Those of a mail's header are none.
fn somebody_else(before: &str) -> Option<&str> {
    let quotes = |c: char| c.is_whitespace() || "\"'<({,".contains(c);
    let near = before.get(before.ceil_char_boundary(before.len().saturating_sub(LONGEST_NAMED))..)?;
    let (label, name) = near.rsplit_once([':', '=', '：'])?;
    let label = match name.trim_matches(quotes) {
        "" => label,
        name if name.contains(['!', '?', ';', '|']) || name.split_whitespace().count() > MOST_WORDS => {
            return None;
        }
        _ => label.rsplit([',', ';', '|', '(']).next()?,
    };
    let label = label.trim_matches(quotes);
    let is_short = !label.is_empty() && label.len() <= LONGEST_LABEL;
    let is_header = ["from", "to", "cc", "bcc", "reply-to", "sender"].contains(&&*label.to_ascii_lowercase());
    (is_short && !is_header && (names_somebody_else(label) || is_label_of_out(label))).then_some(label)
}

fn replace(text: &mut String, by: impl FnOnce(&str) -> Option<String>) {
    if let Some(new) = by(text) {
        *text = new;
    }
}

/// Do angle brackets stand around it?
fn is_enclosed(before: &str, after: &str) -> bool {
    before.ends_with(['<', '＜']) && after.starts_with(['>', '＞'])
}

/// Does nothing stand behind an address in `<>` but words in round brackets?
fn is_comment(after: &str) -> bool {
    is_blank(after)
        || after.strip_prefix(['>', '＞']).is_some_and(|rest| rest.trim_start().starts_with(['(', '（']))
}

/// Is it `PhD`, `M.D.`, `Jr.` or the like?
fn is_degree(text: &str) -> bool {
    let text =
        text.trim_matches(|c: char| class(c) & SEPARATOR != 0 || c == '<' || c == '＜' || c.is_whitespace());
    let is_short = text.chars().count() <= 6 && !text.contains(' ');
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    is_short && (capitals > 1 || text.ends_with('.') || ["Jr", "Sr", "Esq"].contains(&text))
}
