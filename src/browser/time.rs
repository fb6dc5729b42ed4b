//! Timers, clocks, and how a time is written for programs.

use crate::domain::Timestamp;
use js_sys::Promise;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    // js-sys has it too, but its `toISOString` throws through the wasm stack when the time is not valid.
    type Date;
    #[wasm_bindgen(catch, constructor)]
    fn new(milliseconds: f64) -> Result<Date, JsValue>;
    #[wasm_bindgen(catch, method, js_name = toISOString)]
    fn to_iso_string(this: &Date) -> Result<JsValue, JsValue>;
}

/// Waits for `future` for at most `milliseconds`; `None` when it was not ready by then.
pub async fn timeout<T>(milliseconds: u32, future: impl Future<Output = T>) -> Option<T> {
    let (mut future, mut timer) = (pin!(future), pin!(sleep(milliseconds)));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// Waits for `milliseconds`.
pub async fn sleep(milliseconds: u32) {
    let mut timer = Timer(None);
    let rings = Promise::new(&mut |fulfil, _| {
        let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
        timer.0 = web_sys::window().and_then(|window| {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&fulfil, milliseconds).ok()
        });
    });
    let _ = JsFuture::from(rings).await;
}

/// Milliseconds since a fixed moment before the page was loaded. They never run backwards.
pub fn monotonic_now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// The date and time of day, as the computer's clock has it.
pub fn wall_clock() -> Timestamp {
    Timestamp(js_sys::Date::now())
}

/// Writes a time as ISO 8601 does, in UTC and to the millisecond (`2026-11-24T21:34:21.000Z`). Empty for a time that is
/// not valid and for a year of more or fewer than four digits, which spreadsheets do not read.
pub fn iso(time: Timestamp) -> String {
    const LENGTH: usize = "2026-11-24T21:34:21.000Z".len();
    let text = Date::new(time.0).and_then(|date| date.to_iso_string()).ok().and_then(|text| text.as_string());
    text.filter(|text| text.len() == LENGTH).unwrap_or_default()
}

/// A timer of the browser's, cancelled on drop: a call that was answered in time leaves none behind.
struct Timer(Option<i32>);

impl Drop for Timer {
    fn drop(&mut self) {
        if let (Some(window), Some(timer)) = (web_sys::window(), self.0) {
            window.clear_timeout_with_handle(timer);
        }
    }
}
