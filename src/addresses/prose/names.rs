//! What stands around an address: the name of the person, and what is left over.

use crate::addresses::characters::{
    APOSTROPHE, BREAK, CLOSE, DASH, OPEN, QUOTE, SEPARATOR, SPACE, SYMBOL, WRAP, add_words, class, examine,
    has, is_blank, spaced, trim,
};
use crate::addresses::prose::doubts::parses;
use crate::addresses::{Cause, Doubt, ParsedAddress};

/// The result for a text without an address.
pub(super) fn leftover(text: &str) -> ParsedAddress {
    let mut text = spaced(text);
    // Where quotes protect a separator, everything has to stay in its place.
    if !has(&text, SEPARATOR) {
        text = bare(&text).to_owned();
    }
    // It was not judged, so it must not be taken for an address.
    let doubt = parses(&text).then_some(Doubt { cause: Cause::Edge, offer: None });
    ParsedAddress { doubt, ..ParsedAddress::of_text(text) }
}

/// The name in the text around an address.
pub(super) fn name(mut before: &str, mut after: &str) -> Option<String> {
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
    for part in [without_number(before), after] {
        if !is_blank(part) {
            add_words(&mut name, bare(part));
        }
    }
    (!name.is_empty()).then_some(name)
}

/// Without the number of a list in front of it: `1. Jane`, `(2) Rick`.
pub(super) fn without_number(text: &str) -> &str {
    examine(8);
    let rest = text.trim_start();
    let rest = rest.strip_prefix('(').unwrap_or(rest);
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len().saturating_sub(behind.len());
    match behind.strip_prefix(['.', ')']) {
        Some(behind) if (1..=3).contains(&digits) && behind.starts_with(char::is_whitespace) => behind,
        _ => text,
    }
}

/// A text without the brackets that open or close nothing, the dashes at its ends, and quotes around all of it.
fn bare(mut text: &str) -> &str {
    const OUTSIDE: u16 = SPACE | SEPARATOR | BREAK | DASH | SYMBOL;
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
