//! The JSON objects that stand beside the page: flat, and short enough to be searched.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The members of a JSON object, in their order.
///
/// Reading into this instead of `serde_json::Value` saves each visitor the code of trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members(pub Vec<(String, Scalar)>);

/// What a text is that is no JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMembers {
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
    Truth(bool),
    /// A list. None of our keys has one.
    List,
    /// An object. None of our keys has one, but a file is one.
    Object(Members),
}

impl Members {
    /// Reads a JSON object; `None` when `text` is something else.
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(text).ok()
    }

    /// Reads a JSON object.
    ///
    /// # Errors
    /// What `text` is instead.
    pub fn read(text: &str) -> Result<Self, NotMembers> {
        match serde_json::from_str(text) {
            Ok(Scalar::Object(members)) => Ok(members),
            Ok(_) => Err(NotMembers::OtherValue),
            Err(error) => Err(NotMembers::Syntax { line: error.line(), column: error.column() }),
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

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

/// Takes whatever comes. A visitor that refuses some kinds of value brings the code of the sentence that says so,
/// which can print every kind of number: 13 kB of wasm.
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
        Ok(Scalar::Truth(truth))
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
        while list.next_element::<Scalar>()?.is_some() {}
        Ok(Scalar::List)
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
        let object = Scalar::Object(Members(vec![("h".to_owned(), Scalar::List)]));
        let text = Scalar::Text("x".to_owned());
        let [truth, one, seven] = [Scalar::Truth(true), Scalar::Number(-1.5), Scalar::Number(7.0)];
        assert_eq!(values, [Scalar::Null, text, one, truth, Scalar::List, object, seven]);
    }

    #[test]
    fn only_an_object_is_an_object() {
        for text in ["[]", "1", "", "{", "null", "<!doctype html>"] {
            assert_eq!(Members::parse(text), None, "{text}");
        }
    }
}
