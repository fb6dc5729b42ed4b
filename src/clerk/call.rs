//! Calls of clerk-js: their parameters, and waiting for their answers.

use crate::browser::{is_online, settled, timeout};
use crate::clerk::error::from_thrown;
use crate::clerk::js_value::{count, property, set};
use crate::domain::Error;
use js_sys::Object;
use wasm_bindgen::JsValue;

/// How long a call may take, in milliseconds: clerk-js retries reads for about 36 s before it gives up (observed with
/// 6.40.0).
const CALL_TIMEOUT: u32 = 45_000;

/// How long a call may take, in milliseconds, that begins while the browser says that it is offline: clerk-js would retry it as
/// long as any other, without a word to the admin.
const OFFLINE_TIMEOUT: u32 = 3_000;

/// Waits for the answer to a call.
///
/// # Errors
/// What the call threw or was rejected with; when there is no answer in time, [`Error::Unreachable`] while the browser is offline,
/// else [`Error::NoAnswer`].
pub async fn answer(called: Result<JsValue, JsValue>) -> Result<JsValue, Error> {
    let promise = called.map_err(|thrown| from_thrown(&thrown))?;
    let limit = if is_online() { CALL_TIMEOUT } else { OFFLINE_TIMEOUT };
    match timeout(limit, settled(promise)).await {
        Some(Ok(value)) => Ok(value),
        Some(Err(thrown)) => Err(from_thrown(&thrown)),
        None if !is_online() => Err(Error::Unreachable),
        None => Err(Error::NoAnswer),
    }
}

/// A new object with these properties.
pub fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new().into();
    properties.iter().for_each(|(key, value)| set(&object, key, value));
    object
}

/// The parameters that ask for a page of a list. Pages are counted from 1.
pub fn page_of(page: u32, rows: u32) -> JsValue {
    object(&[("initialPage", page.into()), ("pageSize", rows.into())])
}

/// The list of the rows of a page, and how many there are on all pages.
///
/// # Errors
/// [`Error::Unexpected`] when it is not such a page.
pub fn rows_of(listed: &JsValue) -> Result<(JsValue, u64), Error> {
    let total =
        count(listed, "total_count").ok_or_else(|| Error::Unexpected("total_count is missing".into()))?;
    Ok((property(listed, "data"), total))
}
