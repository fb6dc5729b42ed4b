//! What is read of many short texts, all of it: people, names, roles, doubts, and how a table was understood. The other tests say
//! what matters about a text, and why; these notice whatever else a change of the code changes.

use super::is_role;
use crate::addresses::{Meaning, ParsedAddress, Parser};
use std::fmt::Write;

/// Each text in a line of its own, as `escape_debug` writes it, behind `> `; below it what is read of it.
const READINGS: &str = include_str!("readings.txt");

#[test]
fn texts_are_read_as_they_were() {
    let readings = READINGS.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    let mut differ = vec![];
    for reading in readings.split("\n> ").map(|reading| reading.trim_start_matches("> ")) {
        let text = reading.lines().next().unwrap_or_default();
        let now = reading_of(&unescaped(text));
        if now != format!("> {}\n", reading.trim_end()) {
            differ.push(now);
        }
    }
    assert!(
        differ.is_empty(),
        "Read otherwise now. If that is right, put it into readings.txt:\n\n{}",
        differ.concat()
    );
}

/// A text and what is read of it, as `readings.txt` has it.
fn reading_of(text: &str) -> String {
    let mut reading = format!("> {}\n", text.escape_debug());
    let mut parser = Parser::new(text.to_owned(), &is_role);
    for address in parser.by_ref() {
        writeln!(reading, "  {}", line(&address)).unwrap();
    }
    let Some(summary) = parser.summary() else { return reading };
    let column = |(heading, meaning): (&str, Meaning)| format!("{}={meaning:?}", heading.escape_debug());
    let columns = summary.columns.iter().map(|it| column((it.heading.as_str(), it.meaning)));
    writeln!(reading, "  | {}", columns.collect::<Vec<_>>().join(" | ")).unwrap();
    writeln!(reading, "  | people: {}, without an address: {}", summary.people, summary.without_address)
        .unwrap();
    for person in &summary.left_out {
        writeln!(reading, "  | left out: {}", line(person)).unwrap();
    }
    for note in &summary.notes {
        writeln!(reading, "  | no person: {}", note.escape_debug()).unwrap();
    }
    reading
}

/// `text, name, role (doubt: offer)`, as far as they are there.
fn line(address: &ParsedAddress) -> String {
    let mut line = address.text.escape_debug().to_string();
    for (label, part) in [("name", &address.name), ("role", &address.role)] {
        if let Some(part) = part {
            write!(line, ", {label} {}", part.escape_debug()).unwrap();
        }
    }
    if let Some(doubt) = &address.doubt {
        let offer = doubt.offer.as_ref().map(|offer| format!(": {}", offer.escape_debug()));
        write!(line, " ({:?}{})", doubt.cause, offer.unwrap_or_default()).unwrap();
    }
    line
}

/// The text whose `escape_debug` this is.
fn unescaped(escaped: &str) -> String {
    let mut text = String::new();
    let mut rest = escaped.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match rest.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('0') => text.push('\0'),
            Some('u') => {
                let code: String = rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
                text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            other => text.extend(other),
        }
    }
    text
}
