//! How often conversations are asked for: a table of paces, and what makes it sooner, later or not at
//! all. Times are milliseconds of a clock that only grows.
//!
//! | Room | What is in it |
//! | --- | --- |
//! | `quota` | what the provider lets us ask in a minute, and how we slow down as it shrinks |
//! | `ration` | what all tabs of a browser together ask in a minute, at most |

mod quota;
mod ration;

pub use quota::{DOCUMENTED, Quota};
pub use ration::Ration;

use super::schedule::{LONGEST, Pause, THROTTLED, passes};
use crate::catalogue::failure::{Failure, FailureKind};

/// How often something is asked for: usually, and at most slowly because of the provider's quota.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    pub usual: f64,
    pub most: f64,
}

/// The list of conversations.
pub const LIST: Pace = Pace { usual: 15_000.0, most: 60_000.0 };
/// The thread that somebody reads, where nothing moves: at first,
pub const THREAD: f64 = 30_000.0;
/// and at most, with several of them open or little left of the provider's quota.
pub const THREAD_MOST: f64 = 120_000.0;
/// After a message was sent the conversation is read, and its ticks are looked for sooner than usual: this long
/// after it, and after each other. Of several at once, only the last is.
pub const AFTER_SENDING: [f64; 4] = [250.0, 3_000.0, 6_000.0, 12_000.0];
/// Nobody has touched anything for so long: nobody is there.
pub const IDLE: f64 = 5.0 * 60_000.0;
/// Where nobody looks or is there, everything is asked for this many times less often.
pub const AWAY: f64 = 4.0;
/// What was read so long ago, in Unix milliseconds, no longer tells what the newest messages are. Longer than
/// the slowest pace.
pub const CURRENT: u64 = 10 * 60_000;
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
    /// What the provider still lets us ask, where it is known, and the present time of its clock.
    pub quota: Option<&'a Quota>,
    pub now: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Due {
    /// In so many milliseconds.
    In(f64),
    /// Not until the browser is online, or the key was changed, or somebody asks.
    Paused(Pause),
}

/// The pause between two looks at each of so many open threads.
pub fn thread_pace(open: usize) -> Pace {
    Pace { usual: (THREAD * open.max(1) as f64).min(THREAD_MOST), most: THREAD_MOST }
}

/// When something with this pace is due.
pub fn due(pace: Pace, now: &Situation) -> Due {
    if now.offline {
        return Due::Paused(Pause::Offline);
    }
    let usual = if now.hidden || now.idle { pace.usual * AWAY } else { pace.usual };
    let after = |wait: f64| now.age.map_or(0.0, |age| (wait - age).max(0.0));
    let (Some(soon), slow) = (wait(usual, now), now.quota.map(|quota| slowed(pace, usual, quota))) else {
        return Due::Paused(Pause::Refused);
    };
    let slow = slow.and_then(|slow| wait(slow, now)).unwrap_or(soon);
    let put_off = |quota: &Quota| quota.put_off(after(soon), after(slow), now.now);
    Due::In(now.quota.map_or_else(|| after(soon), put_off))
}

/// A pause as the quota has it: at most so slow, unless it is slower anyway.
fn slowed(pace: Pace, usual: f64, quota: &Quota) -> f64 {
    (pace.usual * quota.slower()).min(pace.most).max(usual)
}

/// Milliseconds from the last answer or failure to the next question; `None` where asking again changes
/// nothing.
fn wait(pace: f64, now: &Situation) -> Option<f64> {
    match now.failure.map(|failure| failure.kind) {
        // A question that waited for its turn while the network went: it is there again.
        None | Some(FailureKind::Offline) => Some(pace),
        // The provider's own word wins, however soon or late.
        Some(FailureKind::Throttled { seconds: Some(seconds) }) => Some(f64::from(seconds.max(1)) * 1000.0),
        Some(FailureKind::Throttled { seconds: None }) => Some(pace.max(THROTTLED as f64)),
        Some(kind) if passes(kind) => {
            let doubled = pace * f64::from(1 << now.failures.saturating_sub(1).min(8));
            Some(doubled.min(pace.max(LONGEST as f64)))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, test_runner::RngSeed};
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
        assert_eq!(due(LIST, &Situation { offline: true, ..after(0.0) }), Due::Paused(Pause::Offline));
        assert_eq!(with(FailureKind::Offline, 1), Due::In(15_000.0), "the network is there again");
    }

    #[test]
    fn many_open_threads_share_what_one_would_have() {
        let usual = |open: usize| thread_pace(open).usual;
        assert_eq!((usual(0), usual(1), usual(2), usual(50)), (30_000.0, 30_000.0, 60_000.0, THREAD_MOST));
        // A minute of the list and of any number of threads stays within the budget of 30.
        for open in 1..=40 {
            let minute = 60_000.0 / LIST.usual + open as f64 * 60_000.0 / thread_pace(open).usual;
            assert!(minute <= 30.0, "{open} threads: {minute}");
        }
    }

    #[test]
    fn a_shrinking_quota_slows_it_down_and_a_used_up_one_stops_it() {
        let at = |pace: Pace, left: u32, rest: f64| {
            let quota = Quota { limit: 100, left, until: rest };
            due(pace, &Situation { quota: Some(&quota), ..after(0.0) })
        };
        assert_eq!(at(LIST, 50, 60_000.0), Due::In(15_000.0));
        assert_eq!(at(LIST, 25, 60_000.0), Due::In(30_000.0));
        assert_eq!(at(LIST, 12, 60_000.0), Due::In(60_000.0));
        assert_eq!(at(thread_pace(1), 12, 200_000.0), Due::In(120_000.0));
        assert_eq!(at(thread_pace(3), 1, 200_000.0), Due::In(120_000.0));
        assert_eq!(at(LIST, 12, 20_000.0), Due::In(20_000.0), "only while the minute lasts");
        assert_eq!(at(LIST, 12, 2_000.0), Due::In(15_000.0));
        assert_eq!(at(LIST, 0, 40_000.0), Due::In(40_000.0));
        let used_up = Quota { limit: 100, left: 0, until: 40_000.0 };
        let at_once = Situation { quota: Some(&used_up), ..Situation::default() };
        assert_eq!(due(LIST, &at_once), Due::In(40_000.0), "whoever comes back");
        assert_eq!(due(LIST, &Situation { offline: true, ..at_once }), Due::Paused(Pause::Offline));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

        #[test]
        fn a_quota_only_ever_puts_off_and_never_beyond_its_minute(
            limit in 1_u32..1_000, left in 0_u32..1_000, rest in 0.0..60_000.0,
            age in proptest::option::of(0.0..200_000.0), away: bool, open in 0_usize..9, failures in 0_u32..5,
        ) {
            let failure = Failure::of(FailureKind::Unreachable);
            let failure = (failures > 0).then_some(&failure);
            let plain = Situation { age, hidden: away, failure, failures, ..Situation::default() };
            let quota = Quota { limit, left: left.min(limit), until: rest };
            for pace in [LIST, thread_pace(open)] {
                let (Due::In(soon), Due::In(then)) =
                    (due(pace, &plain), due(pace, &Situation { quota: Some(&quota), ..plain })) else {
                    panic!("neither is paused");
                };
                prop_assert!(then >= soon);
                prop_assert!(then <= soon.max(rest));
                prop_assert!(quota.left > 0 || then >= rest);
            }
        }
    }
}
