//! Dates, numbers, plurals, lists, lower case and composed letters, which the browser knows for every language.
//!
//! js-sys has the formats too, but its versions throw through the wasm stack when a locale or a time is not valid.

use crate::domain::Timestamp;
use crate::domain::text::{AddressKey, Unicode};
use js_sys::{Array, Object, Reflect};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
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

    #[wasm_bindgen(js_namespace = Intl)]
    type ListFormat;
    #[wasm_bindgen(catch, constructor, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<ListFormat, JsValue>;
    #[wasm_bindgen(catch, method)]
    fn format(this: &ListFormat, parts: &Array) -> Result<JsValue, JsValue>;
}

/// Unicode's tables, as the browser has them.
const UNICODE: Unicode = Unicode {
    compose: |text| String::from(js_sys::JsString::from(text).normalize("NFC")),
    lowercase: |text| String::from(js_sys::JsString::from(text).to_lower_case()),
};

/// How addresses are written and compared.
pub const ADDRESS_KEY: AddressKey = AddressKey { compose: |text| UNICODE.composed(text), key: address_key };

/// What words are compared by ([`Unicode::folded`]).
pub fn lowercase(text: &str) -> String {
    UNICODE.folded(text)
}

/// What an address is compared by ([`Unicode::address_key`]).
pub fn address_key(address: &str) -> String {
    UNICODE.address_key(address)
}

/// How much of a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// The day.
    Day,
    /// The day and the time, to the second, with its time zone.
    Exact,
}

/// Writes a date in the reader's language and time zone; `None` for a time that no calendar has, and for a locale that is
/// not valid.
pub fn date(locale: &str, time: Timestamp, style: DateStyle) -> Option<String> {
    let formats = Formats::of(locale);
    formats.date(style)?.format(time.0).ok()?.as_string()
}

/// Writes a number; in plain digits for a locale that is not valid.
pub fn number(locale: &str, number: u64) -> String {
    let text = Formats::of(locale).number().and_then(|format| format.format(number as f64).ok()?.as_string());
    text.unwrap_or_else(|| number.to_string())
}

/// The plural category of a number, as CLDR names it; `other` for a locale that is not valid.
pub fn plural_category(locale: &str, number: u64) -> String {
    let category =
        Formats::of(locale).plural().and_then(|rules| rules.select(number as f64).ok()?.as_string());
    category.unwrap_or_else(|| "other".to_owned())
}

/// Writes several things as a list of values, in English `3 new, 2 pending, 1 failed`; with commas for a locale that is
/// not valid.
pub fn list(locale: &str, parts: &[String]) -> String {
    let array: Array = parts.iter().map(|part| JsValue::from_str(part)).collect();
    let text = Formats::of(locale).list().and_then(|format| format.format(&array).ok()?.as_string());
    text.unwrap_or_else(|| parts.join(", "))
}

/// The formats of one locale, each made on first use. To make one costs the browser much more than to use it, and a list
/// of invitations writes some hundreds of dates.
#[derive(Default)]
struct Formats {
    locale: String,
    day: OnceCell<Option<DateTimeFormat>>,
    exact: OnceCell<Option<DateTimeFormat>>,
    number: OnceCell<Option<NumberFormat>>,
    plural: OnceCell<Option<PluralRules>>,
    list: OnceCell<Option<ListFormat>>,
}

thread_local! {
    /// The formats of the locale that was asked for last: the page is in one language at a time.
    static FORMATS: RefCell<Rc<Formats>> = RefCell::default();
}

impl Formats {
    fn of(locale: &str) -> Rc<Self> {
        FORMATS.with(|formats| {
            // No JavaScript runs while it is borrowed, so no other call can meet it borrowed.
            let mut formats = formats.borrow_mut();
            if formats.locale != locale {
                *formats = Rc::new(Self { locale: locale.to_owned(), ..Self::default() });
            }
            Rc::clone(&formats)
        })
    }

    fn date(&self, style: DateStyle) -> Option<&DateTimeFormat> {
        let (format, styles): (_, &[_]) = match style {
            DateStyle::Day => (&self.day, &[("dateStyle", "medium")]),
            DateStyle::Exact => (&self.exact, &[("dateStyle", "full"), ("timeStyle", "long")]),
        };
        format.get_or_init(|| DateTimeFormat::new(&self.locale, &options(styles)).ok()).as_ref()
    }

    fn number(&self) -> Option<&NumberFormat> {
        self.number.get_or_init(|| NumberFormat::new(&self.locale).ok()).as_ref()
    }

    fn plural(&self) -> Option<&PluralRules> {
        self.plural.get_or_init(|| PluralRules::new(&self.locale).ok()).as_ref()
    }

    fn list(&self) -> Option<&ListFormat> {
        // "unit" writes no "and" in English; in its "narrow" style no comma either.
        let styles = [("type", "unit"), ("style", "short")];
        self.list.get_or_init(|| ListFormat::new(&self.locale, &options(&styles)).ok()).as_ref()
    }
}

fn options(options: &[(&str, &str)]) -> JsValue {
    let object = Object::new();
    for (key, value) in options {
        let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    object.into()
}
