//! Reads blocks of lines with a key and a value each, as directories and programs for settings write them: LDIF, YAML.
//!
//! A block ends at a blank line, at a line of dashes, or where a dash starts the next one. A key whose value stands in further lines, each
//! further in, is a part of the path of their keys: `manager`, below it `email`.

use crate::addresses::headings::names_mail;
use crate::json::{Members, Scalar};

/// A longer text before a colon is no key.
const LONGEST_KEY: usize = 40;

/// The blocks of `text` as a list of objects; `None` when one of its lines is something else, when there is only one block, or
/// when no key is that of an address.
pub(super) fn parse(text: &str) -> Option<Scalar> {
    let mut blocks: Vec<Vec<(String, Scalar)>> = vec![];
    let mut block = vec![];
    // The keys that are open, with how far in they stand.
    let mut open: Vec<(usize, &str)> = vec![];
    for line in text.lines() {
        let bare = line.trim();
        let is_dash = bare.starts_with("- ");
        if bare.is_empty() || bare.chars().all(|c| c == '-') || is_dash {
            open.clear();
            if !block.is_empty() {
                blocks.push(std::mem::take(&mut block));
            }
        }
        if bare.is_empty() || bare.starts_with('#') || bare.chars().all(|c| c == '-') {
            continue;
        }
        let content = if is_dash { bare.strip_prefix("- ")?.trim_start() } else { bare };
        let indent = line.len().saturating_sub(content.len());
        let (key, value) = pair(content)?;
        open.retain(|(depth, _)| *depth < indent);
        let mut path: Vec<&str> = open.iter().map(|(_, key)| *key).collect();
        path.push(key);
        if value.is_empty() {
            open.push((indent, key));
        } else {
            block.push((path.join("."), Scalar::Text(value.to_owned())));
        }
    }
    if !block.is_empty() {
        blocks.push(block);
    }
    let has_address = |(key, value): &(String, Scalar)| {
        names_mail(key) && matches!(value, Scalar::Text(text) if text.contains('@'))
    };
    let addressed = blocks.iter().filter(|block| block.iter().any(has_address)).count();
    // Of a mail with a signature only one block has one.
    (addressed > 1)
        .then(|| Scalar::List(blocks.into_iter().map(|block| Scalar::Object(Members(block))).collect()))
}

/// The key and the value of a line.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    // LDIF has a second colon before a value in base64, which is no address.
    let value = value.trim();
    let is_key = !key.is_empty()
        && key.len() <= LONGEST_KEY
        && key.chars().all(|c| c.is_alphanumeric() || "-_ ;.".contains(c));
    let is_value = !value.contains(": ") && (value.is_empty() || line.contains(": ") || line.contains(":\t"));
    (is_key && is_value).then(|| (key.trim(), value.trim_matches(['"', '\''])))
}
