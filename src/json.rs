//! JSON: of the files that stand beside the page, and of the rows of clerk-js's lists. All objects are short enough to be
//! searched.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The members of a JSON object, in their order.
///
/// Reading into this instead of `serde_json::Value` saves each visitor the code of trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members(pub Vec<(String, Scalar)>);

/// Reads a JSON object; `None` when the text is something else.
pub type Parse = fn(&str) -> Option<Members>;

/// What a text is that is no JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMembers {
    /// A web page: what many hosts answer with for a file that they do not have.
    WebPage,
    /// Not JSON: where the reader stopped, from 1. An empty text stops in column 0.
    Syntax {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// JSON of another kind.
    OtherValue,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// `null`
    Null,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A list.
    List(Vec<Scalar>),
    /// An object.
    Object(Members),
}

impl Members {
    /// Reads a JSON object; `None` when `text` is something else.
    pub fn parse(text: &str) -> Option<Self> {
        match serde_json::from_str(text) {
            Ok(Scalar::Object(members)) => Some(members),
            _ => None,
        }
    }

    /// The text at `key`.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.0.iter().find_map(|(name, value)| match value {
            Scalar::Text(text) if name == key => Some(text.as_str()),
            _ => None,
        })
    }
}

impl NotMembers {
    /// What a text is that was found to be no JSON object.
    pub fn of(text: &str) -> Self {
        if text.trim_start().starts_with('<') {
            return Self::WebPage;
        }
        match serde_json::from_str::<Scalar>(text) {
            Ok(_) => Self::OtherValue,
            Err(error) => Self::Syntax { line: error.line(), column: error.column() },
        }
    }
}

/// Reads any JSON; `None` when the text is something else.
pub fn parse_value(text: &str) -> Option<Scalar> {
    serde_json::from_str(text).ok()
}

/// Reads a JSON list; `None` when the text is something else.
pub fn parse_list(text: &str) -> Option<Vec<Scalar>> {
    match parse_value(text) {
        Some(Scalar::List(list)) => Some(list),
        _ => None,
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

/// Accepts every kind of value. A visitor that refuses some kinds brings the code of serde's error message, which can print
/// every kind of number: 13 kB of wasm.
struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Scalar;

    fn expecting(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<Scalar, E> {
        Ok(Scalar::Null)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Scalar, E> {
        Ok(Scalar::Bool(truth))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number as f64))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number as f64))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
        let mut elements = vec![];
        while let Some(element) = list.next_element()? {
            elements.push(element);
        }
        Ok(Scalar::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        let mut members = vec![];
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Scalar::Object(Members(members)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_has_its_place() {
        let text =
            r#"{"a": null, "b": "x", "c": -1.5, "d": true, "e": [1, {"f": 2}], "g": {"h": []}, "i": 7}"#;
        let members = Members::parse(text).expect("an object");
        let values: Vec<_> = members.0.into_iter().map(|(_, value)| value).collect();
        let object = |key: &str, value| Scalar::Object(Members(vec![(key.to_owned(), value)]));
        let (empty, two) = (Scalar::List(vec![]), object("f", Scalar::Number(2.0)));
        let list = Scalar::List(vec![Scalar::Number(1.0), two]);
        let text = Scalar::Text("x".to_owned());
        let [truth, one, seven] = [Scalar::Bool(true), Scalar::Number(-1.5), Scalar::Number(7.0)];
        assert_eq!(values, [Scalar::Null, text, one, truth, list, object("h", empty), seven]);
    }

    #[test]
    fn what_is_no_object_is_told_apart() {
        let syntax = |line, column| NotMembers::Syntax { line, column };
        for (text, what) in [
            ("\n<!doctype html>", NotMembers::WebPage),
            ("[]", NotMembers::OtherValue),
            ("{\n  \"pageSize\": 5,\n}", syntax(3, 1)),
            ("", syntax(1, 0)),
            ("{\n  // The key\n}", syntax(2, 3)),
            ("{'pageSize': 5}", syntax(1, 2)),
            ("PAGE_SIZE=5", syntax(1, 1)),
            // UTF-16 that was read as UTF-8.
            ("\u{fffd}\u{fffd}{\0\"\0", syntax(1, 1)),
        ] {
            assert_eq!(NotMembers::of(text), what, "{text}");
        }
    }

    #[test]
    fn only_an_object_is_an_object() {
        for text in ["[]", "1", "", "{", "null", "<!doctype html>"] {
            assert_eq!(Members::parse(text), None, "{text}");
        }
    }
}
