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
    // The value of the last line is not read, nor what continues it.
    let mut is_encoded = false;
    for line in text.lines() {
        let bare = line.trim();
        // A value of LDIF goes on in the lines that start with one blank.
        let is_ldif = |block: &[(String, Scalar)]| block.first().is_some_and(|(key, _)| key == "dn");
        let is_folded = line.strip_prefix(' ').is_some_and(|rest| !rest.starts_with(' '));
        if is_folded && (is_encoded || is_ldif(&block)) {
            if let (Some((_, Scalar::Text(value))), false) = (block.last_mut(), is_encoded) {
                value.push_str(bare);
            }
            continue;
        }
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
        is_encoded = value.starts_with([':', '<']);
        if is_encoded {
            block.push((key.to_owned(), Scalar::Text(String::new())));
            continue;
        }
        // Without a blank line between them, the key that comes first begins the next block.
        let is_first = |(first, _): &(String, Scalar)| first == key;
        if block.len() > 1 && block.first().is_some_and(is_first) && !block.last().is_some_and(is_first) {
            blocks.push(std::mem::take(&mut block));
        }
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
    // LDIF has a second colon before a value in base64, and an angle bracket before the name of a file.
    let value = value.trim();
    let is_key = !key.is_empty()
        && key.len() <= LONGEST_KEY
        && key.chars().all(|c| c.is_alphanumeric() || "-_ ;.'’()/?*".contains(c));
    let is_several = value.contains(": ") && value.contains('@');
    let is_value = !is_several && (value.is_empty() || line.contains(": ") || line.contains(":\t"));
    (is_key && is_value).then(|| (key.trim(), value.trim_matches(['"', '\''])))
}
