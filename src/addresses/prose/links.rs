//! Links that start a mail (RFC 6068): `mailto:jane%2Bnews@example.com,rick@example.com?cc=mia@example.com&subject=Hi`.

use crate::addresses::characters::{CLOSE, OPEN, QUOTE, SPACE, class, examine, fold};
use crate::addresses::prose::doubts::{is_address, parses};
use crate::addresses::prose::encodings::percent_decoded;

const SCHEME: &str = "mailto:";
/// Commas and semicolons of all scripts.
const SEPARATORS: &str = ",;，；、､﹐﹔،؛";

/// `line` with its links as lists of addresses in `<>`; `None` when it has none.
pub(super) fn expanded(line: &str) -> Option<String> {
    let (mut out, mut rest, mut is_any) = (String::new(), line, false);
    while let Some(at) = find(rest) {
        let (before, link) = rest.split_at_checked(at)?;
        out.push_str(before);
        let (link, _) = link.split_at_checked(end_of_link(link))?;
        let (list, used) = recipients(link);
        // The scheme is used in any case, so that each link is read once.
        let used = used.max(SCHEME.len());
        out.push_str(if !list.contains('@') && !list.contains("%40") { link.get(..used)? } else { &list });
        is_any = true;
        // What follows a comma within a subject is text.
        rest = rest.get(at.saturating_add(used)..)?;
    }
    out.push_str(rest);
    is_any.then_some(out)
}

/// `line` without the queries behind addresses that lack the scheme of a link: `jane@example.com?subject=Hi`. One that names
/// people stays. `None` when there is none.
pub(super) fn without_queries(line: &str) -> Option<String> {
    let (mut out, mut rest, mut is_any) = (String::new(), line, false);
    while let Some((before, behind)) = rest.split_once('?') {
        examine(before.len());
        out.push_str(before);
        rest = behind;
        let is_field =
            |name: &&str| behind.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        let is_query = ["subject=", "body="].iter().any(is_field);
        let word = before
            .rsplit(|c| ends_link(c) || SEPARATORS.contains(c) || ":：".contains(c))
            .next()
            .unwrap_or("");
        // The full stop of Chinese and Japanese ends a sentence, or stands for a dot.
        let sentence = word.rsplit('。').next().unwrap_or("");
        if is_query && (is_address(word) || is_address(sentence)) {
            let end = behind
                .find(|c| ends_link(c) || SEPARATORS.contains(c) || "@%".contains(c))
                .unwrap_or(behind.len());
            examine(end);
            let after = behind.get(end..)?;
            if !after.starts_with(['@', '%']) {
                rest = after;
                is_any = true;
                continue;
            }
        }
        out.push('?');
    }
    out.push_str(rest);
    is_any.then_some(out)
}

/// Where a link starts.
pub(super) fn find(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let found = bytes.windows(SCHEME.len()).enumerate().find_map(|(at, window)| {
        let is_start = || {
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            before.is_none_or(|byte| !byte.is_ascii_alphanumeric())
        };
        (window.eq_ignore_ascii_case(SCHEME.as_bytes()) && is_start()).then_some(at)
    });
    examine(found.unwrap_or(text.len()));
    found
}

/// Where a link ends that `text` starts with: at a blank or a bracket, or where the next link starts.
fn end_of_link(text: &str) -> usize {
    let (mut last, mut end) = (' ', text.len());
    let start = text.len().saturating_sub(without_scheme(text).len());
    for (at, c) in text.char_indices() {
        let is_next = || {
            let rest = text.as_bytes().get(at..at.saturating_add(SCHEME.len()));
            rest.is_some_and(|rest| rest.eq_ignore_ascii_case(SCHEME.as_bytes()))
        };
        if ends_link(c) || at > start && !last.is_ascii_alphanumeric() && is_next() {
            end = at;
            break;
        }
        last = c;
    }
    // A separator behind it divides it from what follows.
    text.get(..end).map_or(0, |link| link.trim_end_matches([',', ';']).len())
}

fn ends_link(c: char) -> bool {
    class(c) & (SPACE | OPEN | CLOSE | QUOTE) != 0 || matches!(c, '|' | '\t' | '\n' | '\r' | '`' | '\\')
}

/// The recipients of a link as a list, each in `<>` where it is an address; and how many bytes of the link are used for it.
pub(super) fn recipients(link: &str) -> (String, usize) {
    examine(link.len());
    let mut list = String::new();
    let body = without_scheme(link);
    let start = link.len().saturating_sub(body.len());
    let query = query_start(body);
    let (to, fields) = (body.get(..query).unwrap_or(""), body.get(query..).unwrap_or(""));
    add(&mut list, to);
    let mut used = start.saturating_add(to.len());
    for field in fields.split_inclusive('&') {
        let part = field.trim_start_matches('?').trim_end_matches('&');
        let part = part.strip_prefix("amp;").unwrap_or(part);
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if ["to", "cc", "bcc"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
            add(&mut list, value);
        } else if let Some(comma) = field.find([',', ';']) {
            // The link ends here: it stands in a list without blanks.
            return (list, used.saturating_add(comma));
        }
        used = used.saturating_add(field.len());
    }
    (list, used)
}

fn without_scheme(link: &str) -> &str {
    let mut rest = link;
    while let Some((scheme, body)) = rest.split_at_checked(SCHEME.len())
        && scheme.eq_ignore_ascii_case(SCHEME)
    {
        rest = body.trim_start_matches('/');
    }
    rest
}

/// Where the fields start. A question mark may stand in front of an `@`, though it should be encoded there.
fn query_start(body: &str) -> usize {
    let mut has_at = false;
    for (at, byte) in body.bytes().enumerate() {
        has_at |= byte == b'@';
        let is_field = || {
            let rest = body.get(at.saturating_add(1)..).unwrap_or("");
            let name = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
            name.len() < rest.len() && name.starts_with('=')
        };
        if byte == b'?' && (has_at || is_field() || body.get(..at).is_some_and(|to| to.contains("%40"))) {
            return at;
        }
    }
    body.len()
}

/// Adds the addresses of a comma-separated, percent-encoded list.
fn add(list: &mut String, encoded: &str) {
    for piece in encoded.split([',', ';']).filter(|piece| !piece.is_empty()) {
        let decoded: String = percent_decoded(piece).unwrap_or_default().chars().map(fold).collect();
        let decoded: Vec<&str> =
            decoded.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
        if decoded.iter().all(|part| parses(part)) {
            decoded.iter().for_each(|part| push(list, &["<", part, ">"].concat()));
        } else {
            push(list, without_scheme(piece));
        }
    }
}

fn push(list: &mut String, part: &str) {
    if !list.is_empty() {
        list.push(',');
    }
    list.push_str(part);
}
