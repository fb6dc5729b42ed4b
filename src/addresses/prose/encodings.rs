//! Bytes that are written as text: percent-encoding, the encoded words of mail headers, UTF-8 that was read as another
//! encoding.

use crate::addresses::characters::examine;

/// What windows-1252 has in the places of 0x80 to 0x9f; `\0` where it has nothing.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];
/// How often UTF-8 may have been read as another encoding, one time after the other.
const MOST_ROUNDS: usize = 3;

/// Does a `%` with two hexadecimal digits stand in it?
pub(super) fn is_percent_encoded(text: &str) -> bool {
    text.match_indices('%').any(|(at, _)| byte_at(text.as_bytes(), at).is_some())
}

/// `text` with its percent-encoded bytes decoded; `None` when that is no UTF-8.
pub(super) fn percent_decoded(text: &str) -> Option<String> {
    decoded(text.as_bytes(), b'%')
}

/// Decodes the bytes that are written as `sign` and two hexadecimal digits.
fn decoded(text: &[u8], sign: u8) -> Option<String> {
    String::from_utf8(escaped(text, sign)).ok()
}

fn escaped(text: &[u8], sign: u8) -> Vec<u8> {
    examine(text.len());
    let mut bytes = Vec::new();
    let mut at = 0_usize;
    while let Some(byte) = text.get(at) {
        match byte_at(text, at).filter(|_| *byte == sign) {
            Some(value) => {
                bytes.push(value);
                at = at.saturating_add(3);
            }
            None => {
                bytes.push(*byte);
                at = at.saturating_add(1);
            }
        }
    }
    bytes
}

/// The byte that the two hexadecimal digits behind `at` stand for.
fn byte_at(text: &[u8], at: usize) -> Option<u8> {
    let digits = text.get(at.saturating_add(1)..at.saturating_add(3))?;
    let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
    u8::from_str_radix(digits, 16).ok()
}

/// The text that was meant, where `text` is UTF-8 that was read as windows-1252 or ISO 8859-1: `mÃ¼ller` for `müller`.
/// A text that is right in itself is no UTF-8 when it is turned back into bytes, so this is never a guess.
pub(super) fn repaired(text: &str) -> Option<String> {
    let mut repaired = None::<String>;
    for _ in 0..MOST_ROUNDS {
        let now = repaired.as_deref().unwrap_or(text);
        match repaired_once(now) {
            Some(better) => repaired = Some(better),
            None => break,
        }
    }
    repaired
}

fn repaired_once(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    examine(text.len());
    let (mut out, mut is_any) = (String::new(), false);
    let (mut run, mut bytes) = (String::new(), Vec::new());
    // The blank at the end ends the last run of letters outside of ASCII.
    for c in text.chars().chain([' ']) {
        if let Some(byte) = byte_of(c).filter(|byte| !byte.is_ascii()) {
            run.push(c);
            bytes.push(byte);
            continue;
        }
        match std::str::from_utf8(&bytes) {
            Ok(better) if !run.is_empty() => {
                out.push_str(better);
                is_any = true;
            }
            _ => out.push_str(&run),
        }
        run.clear();
        bytes.clear();
        out.push(c);
    }
    out.pop();
    is_any.then_some(out)
}

/// The byte that windows-1252 or ISO 8859-1 reads as `c`.
fn byte_of(c: char) -> Option<u8> {
    let high = WINDOWS_1252.iter().zip(0x80_u8..).find(|(known, _)| **known == c && c != '\0');
    high.map(|(_, byte)| byte).or_else(|| u8::try_from(u32::from(c)).ok())
}

fn windows_1252(byte: u8) -> char {
    let high = usize::from(byte).checked_sub(0x80).and_then(|at| WINDOWS_1252.get(at));
    high.copied().filter(|c| *c != '\0').unwrap_or(char::from(byte))
}

/// `line` with the encoded words of RFC 2047 (`=?utf-8?q?Doe=2C_Jane?=`) as quoted text. Those that can't be decoded are
/// left out: they are a part of a name.
pub(super) fn encoded_words(line: &str) -> Option<String> {
    let (mut out, mut rest) = (String::new(), line);
    let mut words = String::new();
    let mut is_any = false;
    while let Some((before, behind)) = rest.split_once("=?") {
        examine(before.len());
        let Some((word, after)) = encoded_word(behind) else {
            flush(&mut out, &mut words);
            out.push_str(before);
            out.push_str("=?");
            rest = behind;
            continue;
        };
        // The white space between two of them is no part of the text.
        if words.is_empty() || !before.trim().is_empty() {
            flush(&mut out, &mut words);
            out.push_str(before);
        }
        words.push_str(&word);
        is_any = true;
        rest = after;
    }
    flush(&mut out, &mut words);
    out.push_str(rest);
    is_any.then_some(out)
}

/// Adds decoded text in quotes, so that nothing in it separates, and empties it.
fn flush(out: &mut String, words: &mut String) {
    // An encoded word is no address (RFC 2047, 5).
    if !words.is_empty() && !words.contains('@') {
        out.push('"');
        out.extend(words.chars().map(|c| if c == '"' { '\'' } else { c }).filter(|c| !c.is_control()));
        out.push('"');
    }
    words.clear();
}

/// The text of the encoded word whose `=?` stands before `text`, and what follows it. It is empty when it can't be decoded.
fn encoded_word(text: &str) -> Option<(String, &str)> {
    // RFC 2047 allows 75 characters; others write more.
    let near = text.get(..text.floor_char_boundary(1000))?;
    let mut parts = near.splitn(3, '?');
    let (charset, coding, behind) = (parts.next()?, parts.next()?, parts.next()?);
    let (content, _) = behind.split_once("?=")?;
    let is_token = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_token(charset) || content.contains(char::is_whitespace) {
        return None;
    }
    let bytes = match coding {
        "q" | "Q" => escaped(content.replace('_', " ").as_bytes(), b'='),
        "b" | "B" => base64(content)?,
        _ => return None,
    };
    let charset = charset.split('*').next().unwrap_or("").to_ascii_lowercase();
    let word = match charset.as_str() {
        "utf-8" | "utf8" | "us-ascii" => String::from_utf8(bytes).unwrap_or_default(),
        "iso-8859-1" | "windows-1252" | "latin1" | "cp1252" => bytes.into_iter().map(windows_1252).collect(),
        _ => String::new(),
    };
    let used = charset_len(near, behind).saturating_add(content.len()).saturating_add(2);
    Some((word, text.get(used..)?))
}

/// How many bytes of `text` stand before its end `behind`.
fn charset_len(text: &str, behind: &str) -> usize {
    text.len().saturating_sub(behind.len())
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in text.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte.wrapping_sub(b'A'),
            b'a'..=b'z' => byte.wrapping_sub(b'a').wrapping_add(26),
            b'0'..=b'9' => byte.wrapping_sub(b'0').wrapping_add(52),
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count = count.saturating_add(6);
        if count >= 8 {
            count = count.saturating_sub(8);
            bytes.push(u8::try_from(bits.checked_shr(count)? & 0xff).ok()?);
        }
    }
    Some(bytes)
}
