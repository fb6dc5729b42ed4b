//! Dates, numbers, plurals and lower case, which the browser knows for every language.
//!
//! js-sys has these too, but its versions throw through the wasm stack when a locale or a time is not valid.

use crate::domain::Timestamp;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(catch, constructor, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(catch, method)]
    fn format(this: &DateTimeFormat, milliseconds: f64) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;
    #[wasm_bindgen(catch, constructor, js_namespace = Intl)]
    fn new(locale: &str) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(catch, method)]
    fn format(this: &NumberFormat, number: f64) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type PluralRules;
    #[wasm_bindgen(catch, constructor, js_namespace = Intl)]
    fn new(locale: &str) -> Result<PluralRules, JsValue>;
    #[wasm_bindgen(catch, method)]
    fn select(this: &PluralRules, number: f64) -> Result<JsValue, JsValue>;
}

/// The text in lower case, whatever its script.
pub fn lowercase(text: &str) -> String {
    // Most addresses need not go to JavaScript and back; with thousands of them that is felt.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    String::from(js_sys::JsString::from(text).to_lower_case())
}

/// What an address is compared by: lower case, and the domain as DNS has it, so that `bücher.example` and
/// `xn--bcher-kva.example` are one. The browser knows how; Rust would bring its tables along.
pub fn address_key(address: &str) -> String {
    let lower = lowercase(address);
    if lower.is_ascii() {
        return lower;
    }
    let ascii = lower.rsplit_once('@').and_then(|(name, domain)| {
        let host = web_sys::Url::new(&["https://", domain].concat()).ok()?.host();
        (!host.is_empty()).then(|| [name, "@", &host].concat())
    });
    ascii.unwrap_or(lower)
}

/// How much of a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// The day.
    Day,
    /// The day and the time, to the second, with its time zone.
    Exact,
}

/// Writes a date in the reader's language and time zone; `None` for a time that no calendar has.
pub fn date(locale: &str, time: Timestamp, style: DateStyle) -> Option<String> {
    let options = Object::new();
    let set = |key: &str, value: &str| Reflect::set(&options, &key.into(), &value.into());
    match style {
        DateStyle::Day => set("dateStyle", "medium").ok()?,
        DateStyle::Exact => set("dateStyle", "full").and_then(|_| set("timeStyle", "long")).ok()?,
    };
    DateTimeFormat::new(locale, &options).ok()?.format(time.0).ok()?.as_string()
}

/// Writes a number.
pub fn number(locale: &str, number: u64) -> String {
    NumberFormat::new(locale)
        .and_then(|format| format.format(number as f64))
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| number.to_string())
}

/// The plural category of a number, as CLDR names it.
pub fn plural_category(locale: &str, number: u64) -> String {
    PluralRules::new(locale)
        .and_then(|rules| rules.select(number as f64))
        .ok()
        .and_then(|category| category.as_string())
        .unwrap_or_else(|| "other".to_owned())
}
