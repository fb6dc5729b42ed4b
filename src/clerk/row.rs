//! The rows of clerk-js's lists. `boot.js` writes the values of all rows of a list at once: a call of JavaScript for each value
//! of each row would take several times as long as everything that clerk-js does for the list.

use crate::browser::write_table;
use crate::clerk::js_value::{element, length, property, text, time};
use crate::domain::{Error, Timestamp};
use crate::json::Scalar;
use js_sys::JsString;
use std::cell::Cell;
use wasm_bindgen::JsValue;

/// The most rows that are handed over together. Clerk's own pages have at most 500.
const MOST_TOGETHER: u32 = 2_000;

/// Reads the JSON of a list; `None` when it is none.
pub type ParseRows = fn(&JsString) -> Option<Vec<Scalar>>;

thread_local! {
    /// What reads the rows that are handed over together. It comes with the code that is fetched later: the first page of a list
    /// is short enough to be read field by field.
    static PARSE: Cell<Option<ParseRows>> = const { Cell::new(None) };
}

/// Has rows handed over together from now on, to be read by `parse`.
pub fn parse_rows_by(parse: ParseRows) {
    PARSE.set(Some(parse));
}

/// A row of a list. Its values are named by paths: `id`, or `publicUserData.identifier` for what is an object's in the row.
#[derive(Debug)]
pub enum Row<'a> {
    /// The object of clerk-js. Reading a value calls JavaScript.
    Live(JsValue),
    /// The values at these paths, as they were written.
    Written(&'a [&'a str], &'a [Scalar]),
}

impl Row<'_> {
    /// The text at `path`; `None` when it is no text, or empty.
    pub fn text(&self, path: &str) -> Option<String> {
        match self {
            Self::Live(row) => {
                let (owner, key) = owner(row, path);
                text(&owner, key)
            }
            Self::Written(paths, values) => written_text(at(paths, values, path)?),
        }
    }

    /// The text at `path`, which must be there.
    ///
    /// # Errors
    /// [`Error::Unexpected`], naming what is missing.
    pub fn needed_text(&self, path: &str) -> Result<String, Error> {
        self.text(path).ok_or_else(|| Error::Unexpected([path, " is missing"].concat()))
    }

    /// The time at `path`, from a `Date` or from milliseconds since the epoch.
    pub fn time(&self, path: &str) -> Option<Timestamp> {
        match self {
            Self::Live(row) => {
                let (owner, key) = owner(row, path);
                time(&owner, key)
            }
            Self::Written(paths, values) => written_time(at(paths, values, path)?),
        }
    }
}

/// The object that has what is at this path of a row, and its key there.
fn owner<'a>(row: &JsValue, path: &'a str) -> (JsValue, &'a str) {
    match path.split_once('.') {
        Some((object, key)) => (property(row, object), key),
        None => (row.clone(), path),
    }
}

#[inline(never)] // Cold: see xtask/src/cold_code.
fn written_text(value: &Scalar) -> Option<String> {
    match value {
        Scalar::Text(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}

#[inline(never)] // Cold: see xtask/src/cold_code.
fn written_time(value: &Scalar) -> Option<Timestamp> {
    match value {
        Scalar::Number(milliseconds) => Some(Timestamp(*milliseconds)),
        // JSON has a `Date` in this form.
        Scalar::Text(text) => Timestamp::from_iso(text),
        _ => None,
    }
}

/// The value at this path, of those at `paths`.
#[inline(never)] // Cold: see xtask/src/cold_code.
fn at<'a>(paths: &[&str], values: &'a [Scalar], path: &str) -> Option<&'a Scalar> {
    paths.iter().zip(values).find(|(known, _)| **known == path).map(|(_, value)| value)
}

/// Has `read` read each row of a list, with its place in it and no values but those at `paths`. What it can't read of a
/// written row it is to read of the live one, so that a strange row costs time and no more. What it could not read of the
/// live rows either.
///
/// # Errors
/// [`Error::Unexpected`] when it is not a list.
pub fn read_rows(
    rows: &JsValue,
    paths: &[&str],
    read: &mut dyn FnMut(u32, &Row) -> Result<(), Error>,
) -> Result<Vec<Error>, Error> {
    let length = length(rows)?;
    let parse = PARSE.get().filter(|_| length <= MOST_TOGETHER);
    let written = parse.and_then(|parse| written(rows, length, paths, parse)).unwrap_or_default();
    let mut errors = vec![];
    for at in 0..length {
        let is_read = written.get(at as usize).is_some_and(|row| match row {
            Scalar::List(values) => read(at, &Row::Written(paths, values)).is_ok(),
            _ => false,
        });
        if !is_read {
            errors.extend(read(at, &Row::Live(element(rows, at))).err());
        }
    }
    Ok(errors)
}

/// The values at these paths of each of `length` rows. `None` when one can't be read, and when there are other than so many
/// rows.
#[inline(never)] // Cold: see xtask/src/cold_code.
fn written(rows: &JsValue, length: u32, paths: &[&str], parse: ParseRows) -> Option<Vec<Scalar>> {
    parse(&write_table(rows, length, paths)?).filter(|rows| rows.len() == length as usize)
}
