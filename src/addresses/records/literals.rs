//! Reads the objects in the text of a program: `{ name: 'Jane', email: 'jane@x.com' }` of JavaScript, and their like in Python,
//! PHP and Ruby. What stands around them, such as the names of variables, is no part of them.

use crate::addresses::records::tokens::{Token, Tokens};
use crate::json::{Members, Scalar};

/// The deepest brackets that are read. Records are a handful of levels deep.
const DEEPEST: usize = 32;

/// The objects of a text, and what stands beside them.
pub(super) struct Literals {
    pub(super) objects: Scalar,
    /// The comments with an address in them, and values outside of objects, each with what it is called.
    pub(super) rest: Vec<(String, String)>,
}

/// The literals in `text`; `None` when it is no text of a program, or when not each address in it stands in an object.
pub(super) fn parse(text: &str) -> Option<Literals> {
    // In a list of addresses this fails at the first of them.
    let mut tokens = Tokens::new(text, false);
    let (mut objects, mut rest) = (vec![], vec![]);
    for Entry { key, value } in entries(&mut tokens, None, 0)? {
        match value {
            Scalar::List(list) if is_clean(&list) => flatten(&mut objects, list),
            Scalar::List(_) => return None,
            Scalar::Object(members) => objects.push(Scalar::Object(members)),
            Scalar::Text(text) if text.contains('@') => rest.push((key?, text)),
            _ => {}
        }
    }
    let found = objects.iter().map(count).sum::<usize>().saturating_add(rest.len());
    if found != tokens.addresses {
        return None;
    }
    rest.extend(tokens.comments.into_iter().map(|comment| ("//".to_owned(), comment)));
    match objects.len() {
        0 => None,
        1 => Some(Literals { objects: objects.pop()?, rest }),
        _ => Some(Literals { objects: Scalar::List(objects), rest }),
    }
}

/// What stands between two commas.
struct Entry {
    key: Option<String>,
    value: Scalar,
}

/// The entries up to the bracket that `close` is, or up to the end of the text.
fn entries(tokens: &mut Tokens, close: Option<char>, depth: usize) -> Option<Vec<Entry>> {
    if depth > DEEPEST {
        return None;
    }
    let (mut entries, mut key, mut last) = (vec![], None, None);
    loop {
        let token = tokens.next();
        // A line ends a member where no comma does.
        let is_end = matches!(token, None | Some(Token::Separator | Token::Close(_)))
            || matches!(token, Some(Token::Break)) && (close.is_none() || key.is_some());
        if is_end && let Some(value) = last.take() {
            // It is a list or a table, which can be long.
            if close.is_none() && key.is_none() && count(&value) > 0 {
                return None;
            }
            entries.push(Entry { key: key.take(), value });
        }
        match token {
            None if close.is_none() => return Some(entries),
            None | Some(Token::Unknown) => return None,
            Some(Token::Close(bracket)) => return (close == Some(bracket)).then_some(entries),
            Some(Token::Separator) => key = None,
            Some(Token::Break) => {}
            Some(Token::Open(bracket)) => {
                // The word before it is the name of a function, or of a variable.
                last = None;
                let inner = self::entries(tokens, Some(bracket), depth.saturating_add(1))?;
                entries.push(Entry { key: key.take(), value: value(inner) });
            }
            Some(Token::Is) => {
                key = match last.take() {
                    Some(Scalar::Text(text)) => Some(text),
                    _ => key,
                };
            }
            Some(Token::Text(text)) => last = Some(Scalar::Text(text)),
            Some(Token::Word(word)) => last = Some(scalar(word)),
        }
    }
}

/// What the entries between two brackets are: an object where one has a key, otherwise a list.
fn value(entries: Vec<Entry>) -> Scalar {
    if entries.iter().all(|entry| entry.key.is_none()) {
        return Scalar::List(entries.into_iter().map(|entry| entry.value).collect());
    }
    let members =
        entries.into_iter().map(|Entry { key, value }| (key.unwrap_or_else(|| "value".to_owned()), value));
    Scalar::Object(Members(members.collect()))
}

/// How many texts in a value have an `@`.
fn count(value: &Scalar) -> usize {
    match value {
        Scalar::Text(text) => usize::from(text.contains('@')),
        Scalar::List(list) => list.iter().map(count).sum(),
        Scalar::Object(Members(members)) => members.iter().map(|(_, value)| count(value)).sum(),
        _ => 0,
    }
}

/// What a word without quotes means.
pub(super) fn scalar(word: &str) -> Scalar {
    match word.to_ascii_lowercase().as_str() {
        "true" => Scalar::Bool(true),
        "false" => Scalar::Bool(false),
        "null" | "none" | "nil" | "undefined" => Scalar::Null,
        _ => Scalar::Text(word.to_owned()),
    }
}

/// Has no list an address beside its objects? Nothing says what such an address is.
fn is_clean(list: &[Scalar]) -> bool {
    list.iter().all(|value| match value {
        Scalar::Text(text) => !text.contains('@'),
        Scalar::List(list) => is_clean(list),
        _ => true,
    })
}

/// Adds the objects of a list, and of the lists in it.
fn flatten(objects: &mut Vec<Scalar>, list: Vec<Scalar>) {
    for value in list {
        match value {
            Scalar::Object(members) => objects.push(Scalar::Object(members)),
            Scalar::List(list) => flatten(objects, list),
            _ => {}
        }
    }
}
