//! Asking the device at once. What is asked is not known here.

use std::task::{Context, Poll, Waker};

/// A future that has begun already: a task that is spawned does so only once the page around it is built, and
/// the device can answer meanwhile.
pub fn begun<T>(future: impl Future<Output = T>) -> impl Future<Output = T> {
    let mut future = Box::pin(future);
    // Whoever waits for it is told, for it is asked again then.
    let first = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    async move {
        match first {
            Poll::Ready(answer) => answer,
            Poll::Pending => future.await,
        }
    }
}
