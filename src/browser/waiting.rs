//! Waiting, but not for ever.

use gloo_timers::future::TimeoutFuture;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Waits for `future` at most `milliseconds` long; `None` when it was not ready by then.
pub async fn within<T>(milliseconds: u32, future: impl Future<Output = T>) -> Option<T> {
    let (mut future, mut timeout) = (pin!(future), pin!(TimeoutFuture::new(milliseconds)));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => timeout.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// Waits `milliseconds` long.
pub async fn after(milliseconds: u32) {
    TimeoutFuture::new(milliseconds).await;
}
