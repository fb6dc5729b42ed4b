//! Waiting, but not for ever.

use crate::domain::Timestamp;
use js_sys::Promise;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use wasm_bindgen_futures::JsFuture;

/// Waits for `future` at most `milliseconds` long; `None` when it was not ready by then.
pub async fn within<T>(milliseconds: u32, future: impl Future<Output = T>) -> Option<T> {
    let (mut future, mut timeout) = (pin!(future), pin!(after(milliseconds)));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => timeout.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// Waits `milliseconds` long.
pub async fn after(milliseconds: u32) {
    let mut timer = Timer(None);
    let rings = Promise::new(&mut |fulfil, _| {
        let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
        timer.0 = web_sys::window().and_then(|window| {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&fulfil, milliseconds).ok()
        });
    });
    let _ = JsFuture::from(rings).await;
}

/// Milliseconds since some moment in the past, the same one for as long as the page is open.
pub fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// The time of day.
pub fn clock() -> Timestamp {
    Timestamp(js_sys::Date::now())
}

/// A timer of the browser's. What was answered in time leaves none behind.
struct Timer(Option<i32>);

impl Drop for Timer {
    fn drop(&mut self) {
        if let (Some(window), Some(timer)) = (web_sys::window(), self.0) {
            window.clear_timeout_with_handle(timer);
        }
    }
}
