//! Reads JavaScript values of which nothing is certain: not their kind, not even that they can be read.

use crate::domain::{Error, Timestamp};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;

/// The most elements of a list that are read. A `length` is only a number, and may be a wrong one.
const MAX_LENGTH: u32 = 10_000;

/// The property `key` of `value`; `undefined` when there is none, or when it can't be read.
pub fn property(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

/// The text at `key`; `None` when it is no text, or empty.
pub fn text(value: &JsValue, key: &str) -> Option<String> {
    property(value, key).as_string().filter(|text| !text.is_empty())
}

/// The text at `key`, which must be there.
///
/// # Errors
/// [`Error::Unexpected`], naming what is missing.
pub fn needed_text(value: &JsValue, key: &str) -> Result<String, Error> {
    text(value, key).ok_or_else(|| Error::Unexpected([key, " is missing"].concat()))
}

/// The count at `key`: a number that is finite and not negative.
pub fn count(value: &JsValue, key: &str) -> Option<u64> {
    property(value, key)
        .as_f64()
        .filter(|number| number.is_finite() && *number >= 0.0)
        .map(|number| number as u64)
}

/// The boolean at `key`; `false` when it is none.
pub fn boolean(value: &JsValue, key: &str) -> bool {
    property(value, key).as_bool().unwrap_or(false)
}

/// The time at `key`, from a `Date` or from milliseconds since the epoch.
pub fn time(value: &JsValue, key: &str) -> Option<Timestamp> {
    let value = property(value, key);
    let milliseconds = value.as_f64().or_else(|| call(&value, "getTime", &[]).ok()?.as_f64())?;
    milliseconds.is_finite().then_some(Timestamp(milliseconds))
}

/// How many elements of a list are read.
///
/// # Errors
/// [`Error::Unexpected`] when it is not a list.
pub fn length(value: &JsValue) -> Result<u32, Error> {
    let length = property(value, "length").as_f64().filter(|_| value.is_object());
    let length = length.ok_or_else(|| Error::Unexpected("not a list".to_owned()))?;
    Ok((length as u32).min(MAX_LENGTH))
}

/// An element of a list; `undefined` when there is none, or when it can't be read.
pub fn element(value: &JsValue, index: u32) -> JsValue {
    Reflect::get_u32(value.unchecked_ref(), index).unwrap_or(JsValue::UNDEFINED)
}

/// The elements of a list.
///
/// # Errors
/// [`Error::Unexpected`] when it is not a list.
pub fn list(value: &JsValue) -> Result<Vec<JsValue>, Error> {
    Ok((0..length(value)?).map(|index| element(value, index)).collect())
}

/// The texts of the list at `key`, without elements that are no texts.
pub fn texts(value: &JsValue, key: &str) -> Vec<String> {
    let elements = list(&property(value, key)).unwrap_or_default();
    elements.iter().filter_map(JsValue::as_string).collect()
}

/// Calls the method `name`.
///
/// # Errors
/// What it throws; a `TypeError` when there is no such method.
pub fn call(value: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method = Reflect::get(value, &JsValue::from_str(name))?;
    let method: &Function = method
        .dyn_ref()
        .ok_or_else(|| JsValue::from(js_sys::TypeError::new(&["clerk-js has no ", name].concat())))?;
    let list: Array = arguments.iter().copied().collect();
    method.apply(value, &list)
}

/// Sets a property of an object that this page has made.
pub fn set(object: &JsValue, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(key), value);
}
