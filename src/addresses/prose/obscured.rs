//! Addresses that are written so that programs do not find them: `jane(at)example.com`, and `jane at example.com` in the archives
//! and rosters of mailing lists. They are offered and never sent.

use crate::addresses::characters::{CLOSE, OPEN, class, examine};
use crate::addresses::prose::doubts::parses;

/// The words for `@` and for the dot.
const AT: [&str; 3] = ["at", "ät", "arroba"];
const DOT: [&str; 5] = ["dot", "punkt", "punto", "point", "ponto"];
/// A longer text is no address.
const LONGEST: usize = 254;

/// Are the signs of an address written as words in brackets, `jane(dot)doe@x.com`?
pub(super) fn is_obscured(text: &str) -> bool {
    examine(text.len());
    text.match_indices(['(', '[', '{']).any(|(at, _)| {
        let rest = text.get(at..).unwrap_or("");
        let word = rest.get(1..rest.floor_char_boundary(12)).unwrap_or("");
        let end = word.find(|c: char| class(c) & CLOSE != 0).unwrap_or(0);
        let word = word.get(..end).unwrap_or("").trim();
        sign(word).is_some()
    })
}

/// The address that a text without an `@` spells out with words, if it is nothing else.
pub(super) fn spelled_out(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    examine(text.len());
    let (mut address, mut is_behind_sign) = (String::new(), true);
    for word in text.split(|c: char| c.is_whitespace() || class(c) & (OPEN | CLOSE) != 0) {
        if word.is_empty() {
            continue;
        }
        let sign = sign(word);
        // Two words side by side are a text: `meet Jane at example.com`.
        if sign.is_none() && !is_behind_sign {
            return None;
        }
        is_behind_sign = sign.is_some();
        address.push_str(sign.unwrap_or(word));
    }
    parses(&address).then_some(address)
}

/// The sign that a word stands for.
fn sign(word: &str) -> Option<&'static str> {
    let is_one_of = |words: &[&str]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    if is_one_of(&AT) {
        return Some("@");
    }
    is_one_of(&DOT).then_some(".")
}
