//! A file of `assets/locales`: a JSON object of texts, with one key in each line.

use crate::fault::{Fault, Kind};
use serde_json::{Map, Value};

/// A line of a file that holds a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The number of the line, counted from 1.
    pub line: usize,
    /// The key.
    pub key: String,
    /// The text.
    pub text: String,
}

/// The texts of a file, in its order, and the lines that hold none.
pub fn texts(source: &str) -> (Vec<Text>, Vec<Fault>) {
    let broken = |line, what| Fault { kind: Kind::Form, line, what };
    let (mut texts, mut faults) = (vec![], vec![]);
    if let Err(error) = serde_json::from_str::<Map<String, Value>>(source) {
        faults.push(broken(None, error.to_string()));
    }
    for (line, source) in (1..).zip(source.lines()).filter(|(_, source)| !matches!(*source, "{" | "}" | "{}"))
    {
        let pair = source.strip_suffix(',').unwrap_or(source);
        let object: Map<String, Value> = serde_json::from_str(&format!("{{{pair}}}")).unwrap_or_default();
        match object.into_iter().collect::<Vec<_>>().as_slice() {
            [(key, Value::String(text))] => texts.push(Text { line, key: key.clone(), text: text.clone() }),
            _ => faults.push(broken(Some(line), "not one key with one text".to_owned())),
        }
    }
    (texts, faults)
}
