//! The lines of which contacts and calendars consist: `EMAIL;TYPE=work:jane@example.com` (RFC 6350, RFC 5545).

use crate::addresses::characters::{examine, spaced};

/// A text of such lines, and how far it is read.
pub(super) struct ContentLines {
    text: String,
    pub(super) at: usize,
}

/// A line that names a property.
pub(super) struct Property<'a> {
    /// Its name in capital letters, without a group: `EMAIL`.
    pub(super) name: String,
    pub(super) parameters: &'a str,
    pub(super) value: String,
}

impl ContentLines {
    pub(super) fn new(text: String) -> Self {
        Self { text, at: 0 }
    }

    /// The next line, put together with those that continue it; `None` at the end.
    pub(super) fn next(&mut self) -> Option<String> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut line = self.raw_line().to_owned();
        let is_quoted =
            line.split(':').next().is_some_and(|head| head.to_ascii_uppercase().contains("QUOTED-PRINTABLE"));
        while self.at < self.text.len() {
            if is_quoted && line.ends_with('=') {
                line.pop();
                let next = self.raw_line();
                line.push_str(next.trim_start_matches([' ', '\t']));
            } else if self.text.get(self.at..).is_some_and(|rest| rest.starts_with([' ', '\t'])) {
                let next = self.raw_line();
                line.push_str(next.get(1..).unwrap_or(""));
            } else {
                break;
            }
        }
        Some(line)
    }

    fn raw_line(&mut self) -> &str {
        let rest = self.text.get(self.at..).unwrap_or("");
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or("");
        let after = rest.get(end..).unwrap_or("");
        let step = if after.starts_with("\r\n") { 2 } else { 1 };
        examine(end + step);
        self.at += end + step;
        line
    }
}

impl<'a> Property<'a> {
    /// The property in a line; `None` when it names none.
    pub(super) fn of(line: &'a str) -> Option<Self> {
        let mut is_quoted = false;
        let colon = line.find(|c: char| {
            is_quoted ^= c == '"';
            c == ':' && !is_quoted
        });
        let colon = colon.or_else(|| line.find(':'))?;
        let (head, value) = (line.get(..colon)?, line.get(colon + 1..)?);
        let end = head.find(';').unwrap_or(head.len());
        let (name, parameters) = (head.get(..end)?, head.get(end..)?);
        let name = name.rsplit('.').next().unwrap_or(name).trim().to_ascii_uppercase();
        let is_encoded = parameters.to_ascii_uppercase().contains("QUOTED-PRINTABLE");
        let value = if is_encoded { unquoted(value) } else { value.to_owned() };
        Some(Self { name, parameters, value })
    }

    /// Is it the property of this name, with this value? Neither heeds the case of letters.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.name.eq_ignore_ascii_case(name) && self.value.trim().eq_ignore_ascii_case(value)
    }

    /// The value of a parameter, without the quotes around it.
    pub(super) fn parameter(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.parameters;
        while !rest.is_empty() {
            let mut is_quoted = false;
            let end = rest.find(|c: char| {
                is_quoted ^= c == '"';
                c == ';' && !is_quoted
            });
            let end = end.unwrap_or(rest.len());
            if let Some((key, value)) = rest.get(..end)?.split_once('=')
                && key.trim().eq_ignore_ascii_case(name)
            {
                return Some(value.trim().trim_matches('"'));
            }
            rest = rest.get(end..)?.strip_prefix(';').unwrap_or("");
        }
        None
    }
}

/// The text that is written in quoted-printable. Bytes that are no UTF-8 are read as Latin-1, whatever is said of them.
fn unquoted(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digits = (ahead.next().and_then(hex), ahead.next().and_then(hex));
        match digits {
            (Some(high), Some(low)) if byte == b'=' => {
                bytes.push(high * 16 + low);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes)
        .unwrap_or_else(|error| error.as_bytes().iter().copied().map(char::from).collect())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// The parts between semicolons that are not escaped.
pub(super) fn split(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_escaped = false;
    for c in value.chars() {
        if c == ';' && !is_escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    parts
}

/// A value without its escapes, its white space as single blanks.
pub(super) fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => text.push(' '),
                Some(escaped) => text.push(escaped),
                None => {}
            },
            _ => text.push(c),
        }
    }
    spaced(&text)
}

/// Is a line this one, in whatever letter case?
pub(super) fn is_line(line: &str, expected: &str) -> bool {
    line.eq_ignore_ascii_case(expected)
}

/// Does a text start with this line, or with one that this one begins?
pub(super) fn starts_with_line(text: &str, expected: &str) -> bool {
    is_line(text.trim_start().get(..expected.len()).unwrap_or(""), expected)
}
