//! The rows of clerk-js's lists. `JSON.stringify` hands over the fields of all rows of a list in one call of JavaScript: a
//! call for each field of each row would take several times as long as everything that clerk-js does for the list.

use crate::clerk::js_value::{element, length, needed_text, property, text, time};
use crate::domain::{Error, Timestamp};
use crate::json::Scalar;
use js_sys::{Array, JSON};
use std::cell::Cell;
use wasm_bindgen::JsValue;

/// The most rows that are handed over together. Clerk's own pages have at most 500.
const MOST_TOGETHER: u32 = 2_000;

/// Reads what `JSON.stringify` has written of a list; `None` when it is no list.
pub type ParseRows = fn(&str) -> Option<Vec<Scalar>>;

thread_local! {
    /// What reads the rows that are handed over together. It comes with the code that is fetched later: the first page of a list
    /// is short enough to be read field by field.
    static PARSE: Cell<Option<ParseRows>> = const { Cell::new(None) };
}

/// Has rows handed over together from now on, to be read by `parse`.
pub fn parse_rows_by(parse: ParseRows) {
    PARSE.set(Some(parse));
}

/// A row of a list, or an object in it.
#[derive(Debug)]
pub enum Row<'a> {
    /// The object of clerk-js. Reading a field calls JavaScript.
    Live(JsValue),
    /// What `JSON.stringify` has written of it.
    Written(&'a Scalar),
}

impl Row<'_> {
    /// The text at `key`; `None` when it is no text, or empty.
    pub fn text(&self, key: &str) -> Option<String> {
        match self {
            Self::Live(object) => text(object, key),
            Self::Written(object) => match member(object, key) {
                Scalar::Text(text) if !text.is_empty() => Some(text.clone()),
                _ => None,
            },
        }
    }

    /// The text at `key`, which must be there.
    ///
    /// # Errors
    /// [`Error::Unexpected`], naming what is missing.
    pub fn needed_text(&self, key: &str) -> Result<String, Error> {
        match self {
            Self::Live(object) => needed_text(object, key),
            Self::Written(_) => {
                self.text(key).ok_or_else(|| Error::Unexpected([key, " is missing"].concat()))
            }
        }
    }

    /// The time at `key`, from a `Date` or from milliseconds since the epoch.
    pub fn time(&self, key: &str) -> Option<Timestamp> {
        match self {
            Self::Live(object) => time(object, key),
            Self::Written(object) => match member(object, key) {
                Scalar::Number(milliseconds) => Some(Timestamp(*milliseconds)),
                // `JSON.stringify` writes a `Date` in this form.
                Scalar::Text(text) => Timestamp::from_iso(text),
                _ => None,
            },
        }
    }

    /// The object at `key`, whose fields are all missing when there is none.
    pub fn object(&self, key: &str) -> Row<'_> {
        match self {
            Self::Live(object) => Row::Live(property(object, key)),
            Self::Written(object) => Row::Written(member(object, key)),
        }
    }
}

/// Has `read` read each row of a list, with its place in it and by no other fields than `keys`. What it can't read of a
/// written row it is to read of the live one, so that a strange row costs time and no more. What it could not read of the
/// live rows either.
///
/// # Errors
/// [`Error::Unexpected`] when it is not a list.
pub fn read_rows(
    rows: &JsValue,
    keys: &[&str],
    read: &mut dyn FnMut(u32, &Row) -> Result<(), Error>,
) -> Result<Vec<Error>, Error> {
    let length = length(rows)?;
    let written = written(rows, length, keys).unwrap_or_default();
    let mut errors = vec![];
    for at in 0..length {
        let is_read = written.get(at as usize).is_some_and(|row| read(at, &Row::Written(row)).is_ok());
        if !is_read {
            errors.extend(read(at, &Row::Live(element(rows, at))).err());
        }
    }
    Ok(errors)
}

/// What `JSON.stringify` writes of `length` rows, of which it reads these keys only. `None` when it throws, as it does when
/// one getter throws, when it does not write as many rows, and while what parses them is not here.
fn written(rows: &JsValue, length: u32, keys: &[&str]) -> Option<Vec<Scalar>> {
    let parse = PARSE.get().filter(|_| length <= MOST_TOGETHER)?;
    let keys: Array = keys.iter().map(|key| JsValue::from_str(key)).collect();
    let text = JSON::stringify_with_replacer(rows, &keys).ok()?.as_string()?;
    parse(&text).filter(|rows| rows.len() == length as usize)
}

fn member<'a>(object: &'a Scalar, key: &str) -> &'a Scalar {
    static NOTHING: Scalar = Scalar::Null;
    let Scalar::Object(members) = object else { return &NOTHING };
    members.0.iter().find(|(name, _)| name == key).map_or(&NOTHING, |(_, value)| value)
}
