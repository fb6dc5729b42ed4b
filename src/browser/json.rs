//! JSON by the browser's own parser.

use crate::json::{Members, Scalar};
use js_sys::{Array, JSON, Object};
use wasm_bindgen::prelude::*;

/// Reads a JSON object as [`Members::parse`] does, without its code: each visitor has this parser already. Lists
/// are taken for empty ones.
pub fn parse_json(text: &str) -> Option<Members> {
    let object = JSON::parse(text).ok()?.dyn_into::<Object>().ok()?;
    (!Array::is_array(&object)).then(|| members(&object))
}

fn members(object: &Object) -> Members {
    let members = Object::entries(object).into_iter().filter_map(|member| {
        let member = member.dyn_into::<Array>().ok()?;
        Some((member.get(0).as_string()?, scalar(&member.get(1))))
    });
    Members(members.collect())
}

fn scalar(value: &JsValue) -> Scalar {
    if let Some(text) = value.as_string() {
        Scalar::Text(text)
    } else if let Some(number) = value.as_f64() {
        Scalar::Number(number)
    } else if let Some(truth) = value.as_bool() {
        Scalar::Bool(truth)
    } else if Array::is_array(value) {
        Scalar::List(vec![])
    } else if let Some(object) = value.dyn_ref() {
        Scalar::Object(members(object))
    } else {
        Scalar::Null
    }
}
