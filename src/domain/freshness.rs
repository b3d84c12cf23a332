//! How often conversations are asked for: a table of paces, and what makes it sooner, later or not at
//! all. All questions of a person share one budget; times are milliseconds of a clock that only grows.

use super::schedule::{LONGEST, Pause, THROTTLED, passes};
use crate::catalogue::failure::{Failure, FailureKind};

/// The list of conversations.
pub const LIST: f64 = 15_000.0;
/// The thread that somebody reads, where nothing moves: at first,
pub const THREAD: f64 = 30_000.0;
/// and at most, with several of them open.
pub const THREAD_MOST: f64 = 120_000.0;
/// After a message was sent its ticks are looked for sooner, this long after it and after each other.
pub const AFTER_SENDING: [f64; 3] = [3_000.0, 6_000.0, 12_000.0];
/// Nobody has touched anything for so long: nobody is there.
pub const IDLE: f64 = 5.0 * 60_000.0;
/// Where nobody looks or is there, everything is asked for this many times less often.
pub const AWAY: f64 = 4.0;
/// Answers younger than this are new enough when somebody comes back.
pub const FRESH: f64 = 3_000.0;

/// What decides when something is asked for again.
#[derive(Clone, Copy, Debug, Default)]
pub struct Situation<'a> {
    /// Milliseconds since the last answer or failure; `None` before the first.
    pub age: Option<f64>,
    /// Failures since the last usable answer, and the newest of them.
    pub failures: u32,
    pub failure: Option<&'a Failure>,
    pub hidden: bool,
    /// Whether nobody has touched anything lately.
    pub idle: bool,
    pub offline: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Due {
    /// In so many milliseconds.
    In(f64),
    /// Not until the browser is online, or the key was changed, or somebody asks.
    Paused(Pause),
}

/// The pause between two looks at each of so many open threads.
pub fn thread_pace(open: usize) -> f64 {
    (THREAD * open.max(1) as f64).min(THREAD_MOST)
}

/// When something with this pace is due.
pub fn due(pace: f64, now: &Situation) -> Due {
    if now.offline || now.failure.is_some_and(|failure| failure.kind == FailureKind::Offline) {
        return Due::Paused(Pause::Offline);
    }
    let pace = if now.hidden || now.idle { pace * AWAY } else { pace };
    let wait = match now.failure.map(|failure| failure.kind) {
        None => pace,
        // The provider's own word wins, however soon or late.
        Some(FailureKind::Throttled { seconds: Some(seconds) }) => f64::from(seconds.max(1)) * 1000.0,
        Some(FailureKind::Throttled { seconds: None }) => pace.max(THROTTLED as f64),
        Some(kind) if passes(kind) => {
            let doubled = pace * f64::from(1 << now.failures.saturating_sub(1).min(8));
            doubled.min(pace.max(LONGEST as f64))
        }
        Some(_) => return Due::Paused(Pause::Refused),
    };
    Due::In(now.age.map_or(0.0, |age| (wait - age).max(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn after(age: f64) -> Situation<'static> {
        Situation { age: Some(age), ..Situation::default() }
    }

    #[test]
    fn a_pace_is_kept_and_slowed_where_nobody_looks() {
        assert_eq!(due(LIST, &Situation::default()), Due::In(0.0), "at once at first");
        assert_eq!(due(LIST, &after(5_000.0)), Due::In(10_000.0));
        assert_eq!(due(LIST, &after(99_000.0)), Due::In(0.0));
        assert_eq!(due(LIST, &Situation { hidden: true, ..after(0.0) }), Due::In(60_000.0));
        assert_eq!(due(LIST, &Situation { idle: true, ..after(0.0) }), Due::In(60_000.0));
        assert_eq!(due(LIST, &Situation { idle: true, hidden: true, ..after(0.0) }), Due::In(60_000.0));
    }

    #[test]
    fn failures_slow_it_down_or_stop_it() {
        let with = |kind: FailureKind, failures: u32| {
            let failure = Failure::of(kind);
            due(LIST, &Situation { failure: Some(&failure), failures, ..after(0.0) })
        };
        assert_eq!(with(FailureKind::Unreachable, 1), Due::In(15_000.0));
        assert_eq!(with(FailureKind::Unreachable, 3), Due::In(60_000.0));
        assert_eq!(with(FailureKind::Unreachable, 30), Due::In(120_000.0));
        assert_eq!(with(FailureKind::Throttled { seconds: Some(7) }, 1), Due::In(7_000.0));
        assert_eq!(with(FailureKind::Throttled { seconds: None }, 1), Due::In(60_000.0));
        assert_eq!(with(FailureKind::RefusedKey, 1), Due::Paused(Pause::Refused));
        assert_eq!(with(FailureKind::Offline, 1), Due::Paused(Pause::Offline));
        assert_eq!(due(LIST, &Situation { offline: true, ..after(0.0) }), Due::Paused(Pause::Offline));
    }

    #[test]
    fn many_open_threads_share_what_one_would_have() {
        assert_eq!((thread_pace(0), thread_pace(1), thread_pace(2)), (30_000.0, 30_000.0, 60_000.0));
        assert_eq!(thread_pace(50), THREAD_MOST);
        // A minute of the list and of any number of threads stays within the budget of 30.
        for open in 1..=40 {
            let minute = 60_000.0 / LIST + open as f64 * 60_000.0 / thread_pace(open);
            assert!(minute <= 30.0, "{open} threads: {minute}");
        }
    }
}
