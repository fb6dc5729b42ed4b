//! The JSON objects that stand beside the page: flat, and short enough to be searched.

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// The members of a JSON object, in their order.
///
/// Reading into this instead of `serde_json::Value` saves each visitor the code of a map and of trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members(pub Vec<(String, Scalar)>);

/// A value that is not made of others.
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
    /// A list or an object: none of our keys has one.
    Nested,
}

impl Members {
    /// The text at `key`.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.0.iter().find_map(|(name, value)| match value {
            Scalar::Text(text) if name == key => Some(text.as_str()),
            _ => None,
        })
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Members;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = vec![];
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Scalar;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
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
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Scalar::Nested)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Scalar::Nested)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_has_its_place() {
        let text =
            r#"{"a": null, "b": "x", "c": -1.5, "d": true, "e": [1, {"f": 2}], "g": {"h": []}, "i": 7}"#;
        let members: Members = serde_json::from_str(text).expect("an object");
        let values: Vec<_> = members.0.into_iter().map(|(_, value)| value).collect();
        let text = Scalar::Text("x".to_owned());
        let [nested, again] = [Scalar::Nested, Scalar::Nested];
        assert_eq!(
            values,
            [
                Scalar::Null,
                text,
                Scalar::Number(-1.5),
                Scalar::Truth(true),
                nested,
                again,
                Scalar::Number(7.0)
            ]
        );
    }

    #[test]
    fn only_an_object_is_an_object() {
        for text in ["[]", "1", "", "{", "null", "<!doctype html>"] {
            assert!(serde_json::from_str::<Members>(text).is_err(), "{text}");
        }
    }
}
