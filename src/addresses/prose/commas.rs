//! A comma in the place of a dot: `jane,doe@example.com` may be meant for `jane.doe@example.com`, and then `doe@example.com` is
//! somebody else.

use crate::addresses::characters::{LETTER, class, examine};
use crate::addresses::prose::doubts::parses;
use crate::addresses::prose::stretch::is_top_level;

/// How long a text and what its comma stands in may be.
const LONGEST: usize = 254;

/// A text with a comma in it that may be an address with a dot there.
pub(in crate::addresses) struct Torn {
    /// Where it starts and ends. What stands before it is a name.
    pub(in crate::addresses) start: usize,
    pub(in crate::addresses) end: usize,
    /// The address with dots.
    pub(in crate::addresses) offer: String,
}

/// The address that commas may have torn, of which the first one stands at `comma` in `text`. Where one of the words before
/// it is a part of the address, what stands before the comma is the name of a person.
pub(in crate::addresses) fn torn(text: &str, comma: usize) -> Option<Torn> {
    let whole = text.get(..comma)?;
    let first = whole.rsplit(char::is_whitespace).next()?;
    let start = comma.saturating_sub(first.len());
    let (before, text) = text.split_at_checked(start)?;
    let mut whole = piece(text)?.to_owned();
    let mut rest = text.get(whole.len()..)?;
    let mut is_torn = false;
    if !whole.contains('@') {
        let address = piece(rest.strip_prefix(',')?)?;
        if !is_first_part(before, &whole, address) {
            return None;
        }
        whole = [&whole, ".", address].concat();
        rest = text.get(whole.len()..)?;
        is_torn = true;
    }
    while let Some(next) = rest.strip_prefix(',').and_then(piece)
        && is_end_of_domain(&whole, next)
    {
        whole = [&whole, ".", next].concat();
        rest = text.get(whole.len()..)?;
        is_torn = true;
    }
    let offer = whole.trim_end_matches('.');
    let is_ended = rest.chars().next().is_none_or(|c| c.is_whitespace() || ",;，；、،؛".contains(c));
    let is_address = is_torn && is_ended && offer.len() <= LONGEST && parses(offer);
    is_address.then(|| Torn { start, end: start.saturating_add(offer.len()), offer: offer.to_owned() })
}

/// The characters of an address that `text` starts with; `None` where there are none.
fn piece(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !is_of_address(c)).unwrap_or(text.len());
    examine(end);
    text.get(..end).filter(|piece| !piece.is_empty() && piece.len() <= LONGEST)
}

fn is_of_address(c: char) -> bool {
    class(c) == LETTER || "@._+-'".contains(c)
}

/// Is `word` the first part of `address`, and not a name in front of it? A name starts with a capital letter, or comes back
/// in the address.
fn is_first_part(before: &str, word: &str, address: &str) -> bool {
    let Some((local, _)) = address.split_once('@').filter(|(local, _)| !local.is_empty()) else {
        return false;
    };
    let starts_high = |text: &str| text.starts_with(char::is_uppercase);
    let is_name = starts_high(word) && !starts_high(local);
    let local = local.to_lowercase();
    let comes_back = |word: &str| {
        let word = word.to_lowercase();
        word.len() > 1 && local.contains(&word) || word.contains(&local)
    };
    let mut words = before.split_whitespace().chain([word]);
    !is_name && !word.ends_with('.') && !words.any(comes_back)
}

/// Is `next` the end of the domain of `address`: of one without a dot, or a top-level domain behind one with dots?
fn is_end_of_domain(address: &str, next: &str) -> bool {
    let domain = address.rsplit('@').next().unwrap_or("");
    let is_host = next.chars().all(|c| class(c) == LETTER || "-.".contains(c)) && !domain.is_empty();
    let is_lower = !next.contains(char::is_uppercase);
    is_host
        && if domain.contains('.') { is_lower && is_top_level(next) } else { is_lower || next.contains('.') }
}
