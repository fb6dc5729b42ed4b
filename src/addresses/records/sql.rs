//! Reads the rows that SQL writes: `INSERT INTO users (email) VALUES ('jane@x.com')`, and PostgreSQL's `COPY`.

use crate::addresses::characters::{examine, spaced};
use crate::addresses::records::literals::{Literals, scalar};
use crate::addresses::records::tokens::{Token, Tokens};
use crate::json::{Members, Scalar};

/// The rows in `text`, as objects; `None` when it has no such statement.
pub(super) fn parse(text: &str) -> Option<Literals> {
    let (mut rows, mut rest) = (vec![], vec![]);
    let mut at = 0_usize;
    while let Some(line) = text.get(at..)?.split_inclusive('\n').next() {
        examine(line.len());
        let below = at.saturating_add(line.len());
        at = if starts_with(line, "copy ") {
            below.saturating_add(copied(&mut rows, line, text.get(below..)?)?)
        } else if starts_with(line, "insert ") {
            at.saturating_add(inserted(&mut rows, &mut rest, text.get(at..)?)?)
        } else {
            if line.contains('@') {
                rest.push(("--".to_owned(), spaced(line)));
            }
            // A list of addresses has no statement: its start tells.
            if rows.is_empty() && rest.len() > MOST_ABOVE {
                return None;
            }
            below
        };
    }
    (!rows.is_empty()).then_some(Literals { objects: Scalar::List(rows), rest })
}

/// So many lines with an address may stand above the first statement.
const MOST_ABOVE: usize = 8;

fn starts_with(line: &str, word: &str) -> bool {
    let line = line.trim_start();
    line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Adds the rows below a line of `COPY users (id, email) FROM stdin;`, and tells how long they are.
fn copied(rows: &mut Vec<Scalar>, line: &str, below: &str) -> Option<usize> {
    let (names, _) = line.split_once('(')?.1.split_once(')')?;
    let names: Vec<&str> = names.split(',').map(|name| name.trim().trim_matches('"')).collect();
    let mut length = 0_usize;
    for row in below.split_inclusive('\n') {
        examine(row.len());
        length = length.saturating_add(row.len());
        let row = row.trim_end_matches(['\r', '\n']);
        if row == "\\." {
            break;
        }
        let cells = row.split('\t').map(|cell| match cell {
            "\\N" => Scalar::Null,
            cell => Scalar::Text(cell.to_owned()),
        });
        rows.push(object(&names, cells));
    }
    Some(length)
}

/// Adds the rows of the statement at the start of `text`, and tells how long it is.
fn inserted(rows: &mut Vec<Scalar>, rest: &mut Vec<(String, String)>, text: &str) -> Option<usize> {
    let mut tokens = Tokens::new(text, true);
    let mut names: Option<Vec<String>> = None;
    let mut depth = 0_usize;
    let mut cells: Vec<Scalar> = vec![];
    let mut cell = None;
    let mut has_values = false;
    loop {
        let token = tokens.next();
        match token {
            Some(Token::Unknown) => return None,
            Some(Token::Open(_)) => depth = depth.saturating_add(1),
            Some(Token::Word(word)) if depth == 0 => has_values |= word.eq_ignore_ascii_case("values"),
            Some(Token::Word(word)) => cell = cell.or(Some(scalar(word))),
            Some(Token::Text(text)) if depth > 0 => cell = Some(Scalar::Text(text)),
            Some(Token::Separator) if depth == 1 => cells.push(cell.take().unwrap_or(Scalar::Null)),
            Some(Token::Close(_)) if depth > 1 => depth = depth.saturating_sub(1),
            Some(Token::Close(_)) => {
                depth = 0;
                cells.push(cell.take().unwrap_or(Scalar::Null));
                let row = std::mem::take(&mut cells);
                match &names {
                    Some(names) if has_values => rows.push(object(names, row.into_iter())),
                    _ if has_values => return None,
                    _ => names = Some(row.into_iter().filter_map(name).collect()),
                }
            }
            // The semicolon ends the statement.
            Some(Token::Separator) if tokens.is_behind(';') => break,
            None => break,
            _ => {}
        }
    }
    rest.extend(tokens.comments.iter().map(|comment| ("--".to_owned(), comment.clone())));
    Some(tokens.position())
}

fn name(value: Scalar) -> Option<String> {
    match value {
        Scalar::Text(text) => Some(text),
        _ => None,
    }
}

fn object<T: AsRef<str>>(names: &[T], cells: impl Iterator<Item = Scalar>) -> Scalar {
    Scalar::Object(Members(names.iter().map(|name| name.as_ref().to_owned()).zip(cells).collect()))
}
