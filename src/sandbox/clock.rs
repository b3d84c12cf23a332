//! Time inside the sandbox. Real time is handed in; *progress* is the same time run faster or slower,
//! and everything that happens by itself (provisioning, delivery) is a function of it.

use serde::{Deserialize, Serialize};

/// Progress of a new clock is ahead of real time by this, so that sample data can be long finished.
const HEAD_START: u64 = 60 * 60 * 1000;

/// Both times in milliseconds. Neither ever goes back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Clock {
    /// The latest real time that was seen: a device's clock may be set back, a provider's is not.
    now: u64,
    /// Real time and progress at the last change of speed.
    anchor: u64,
    reached: u64,
    pub(super) speed: f64,
}

impl Clock {
    pub(super) fn new(now: u64) -> Clock {
        Clock { now, anchor: now, reached: now + HEAD_START, speed: 1.0 }
    }

    pub(super) fn see(&mut self, now: u64) {
        self.now = self.now.max(now);
    }

    pub(super) fn now(&self) -> u64 {
        self.now
    }

    pub(super) fn progress(&self) -> u64 {
        self.reached + ((self.now - self.anchor) as f64 * self.speed) as u64
    }

    /// From here on; what has been reached stays reached.
    pub(super) fn set_speed(&mut self, speed: f64) {
        self.reached = self.progress();
        self.anchor = self.now;
        self.speed = speed;
    }

    /// Lets progress jump ahead, also where it stands still.
    pub(super) fn advance(&mut self, milliseconds: u64) {
        self.reached = self.progress() + milliseconds;
        self.anchor = self.now;
    }

    /// The real time at which a progress was or will be reached, at the present speed.
    pub(super) fn real(&self, progress: u64) -> u64 {
        match progress.checked_sub(self.reached) {
            Some(ahead) if self.speed > 0.0 => self.anchor + (ahead as f64 / self.speed) as u64,
            Some(_) => self.anchor,
            None => self.anchor.saturating_sub(self.reached - progress),
        }
    }

    /// Seconds of real time, at least 1, until `real` milliseconds have come: for `Retry-After`.
    pub(super) fn seconds_until(&self, real: u64) -> u64 {
        real.saturating_sub(self.now).div_ceil(1000).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn progress_never_goes_back() {
        let mut clock = Clock::new(1000);
        clock.see(2000);
        assert_eq!(clock.progress(), HEAD_START + 2000);
        clock.set_speed(10.0);
        assert_eq!(clock.progress(), HEAD_START + 2000);
        clock.see(2100);
        assert_eq!(clock.progress(), HEAD_START + 3000);
        assert_eq!(clock.real(HEAD_START + 3000), 2100);
        clock.set_speed(0.0);
        clock.see(9000);
        assert_eq!(clock.progress(), HEAD_START + 3000);
        clock.set_speed(1.0);
        clock.see(500);
        assert_eq!(clock.progress(), HEAD_START + 3000);
        assert_eq!(clock.now(), 9000);
    }
}
