//! The file in which this device's data move: written and read in slices, between which the page is drawn, and
//! taken in one transaction or not at all. What an entry is, and what becomes of it, is `domain::archive`'s matter.

mod check;
mod export;
mod take;

pub use check::{Candidate, MOST, Refused, check};
pub use export::export;
pub use take::{Incoming, TakeFault, Taken, finish, take};

use super::page;
use gloo_timers::future::TimeoutFuture;

/// Milliseconds of work after which the page is drawn.
const BREATH: f64 = 12.0;

/// Lets the page be drawn now and then while something long goes on.
struct Breath(f64);

impl Breath {
    fn new() -> Breath {
        Breath(page::ticks())
    }

    async fn take(&mut self) {
        if page::ticks() - self.0 > BREATH {
            TimeoutFuture::new(0).await;
            self.0 = page::ticks();
        }
    }
}
