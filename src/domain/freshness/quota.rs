//! What a provider lets one key ask in a minute, as far as its answers tell, and what becomes of our pace
//! as it shrinks. Who asks, and when an answer came, is the caller's matter; times are milliseconds of a
//! clock that only grows.

use serde::{Deserialize, Serialize};

/// Requests a minute where no answer tells: Kapso API v1, Introduction.
pub const DOCUMENTED: u32 = 100;
/// A window is fixed and lasts this long, but no answer tells when it began.
pub const MINUTE: f64 = 60_000.0;
/// The wait after *too many requests* where the page cannot read how long: what Kapso documents.
const UNREADABLE: u32 = 60;
/// While this share of the limit is left, nothing becomes slower.
const ENOUGH: f64 = 0.5;
/// The most that a pause grows by.
const SLOWEST: f64 = 4.0;

/// The quota of one key in the present window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quota {
    pub limit: u32,
    pub left: u32,
    /// When the window is over at the latest; what is known holds until then.
    pub until: f64,
}

impl Quota {
    /// Takes in an answer: its limit, and what is left of it. Nothing is known where it tells no rest.
    pub fn after(before: Option<Quota>, limit: Option<u32>, left: Option<u32>, now: f64) -> Option<Quota> {
        let before = before.filter(|before| before.until > now);
        let Some(left) = left else { return before };
        let limit = limit.filter(|limit| *limit > 0).unwrap_or(DOCUMENTED).max(left);
        // Within a window the rest only shrinks; it began before its first answer.
        let until = match before {
            Some(before) if left <= before.left && limit == before.limit => before.until,
            _ => now + MINUTE,
        };
        Some(Quota { limit, left, until })
    }

    /// Takes in that the provider refused because of too many requests.
    pub fn used_up(before: Option<Quota>, seconds: Option<u32>, now: f64) -> Quota {
        let limit = before.map_or(DOCUMENTED, |before| before.limit);
        let wait = f64::from(seconds.unwrap_or(UNREADABLE).max(1)) * 1000.0;
        Quota { limit, left: 0, until: now + wait }
    }

    /// How many times longer pauses are while the window lasts.
    pub fn slower(&self) -> f64 {
        let enough = f64::from(self.limit) * ENOUGH;
        (enough / f64::from(self.left.max(1))).clamp(1.0, SLOWEST)
    }

    /// Milliseconds until the window is over, at the latest.
    pub fn rest(&self, now: f64) -> f64 {
        (self.until - now).max(0.0)
    }

    /// Milliseconds for which nothing may be asked at all.
    pub fn shut(&self, now: f64) -> f64 {
        if self.left == 0 { self.rest(now) } else { 0.0 }
    }

    /// When something is due that would be in `soon` milliseconds, and in `slow` at a slower pace: what is
    /// slower is so only while the window lasts.
    pub fn put_off(&self, soon: f64, slow: f64, now: f64) -> f64 {
        slow.min(soon.max(self.rest(now))).max(self.shut(now))
    }

    /// What to say of it beside how old the list is, while it makes a difference.
    pub fn said(&self, now: f64) -> Option<String> {
        let Quota { limit, left, .. } = self;
        let seconds = (self.rest(now) / 1000.0).ceil();
        match left {
            _ if seconds < 1.0 => None,
            0 => Some(format!("waiting: no request is left in this minute; goes on within {seconds} s")),
            _ if self.slower() > 1.0 => {
                Some(format!("slower: {left} of {limit} requests left in this minute"))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, test_runner::RngSeed};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn quota(limit: u32, left: u32, until: f64) -> Quota {
        Quota { limit, left, until }
    }

    #[test]
    fn the_rest_is_that_of_the_newest_answer_of_its_minute() {
        let first = Quota::after(None, Some(100), Some(80), 1_000.0).unwrap();
        assert_eq!(first, quota(100, 80, 61_000.0));
        let next = Quota::after(Some(first), Some(100), Some(79), 9_000.0).unwrap();
        assert_eq!(next, quota(100, 79, 61_000.0), "still the same minute");
        let risen = Quota::after(Some(next), Some(100), Some(99), 20_000.0).unwrap();
        assert_eq!(risen, quota(100, 99, 80_000.0), "a new minute has begun");
        assert_eq!(Quota::after(Some(risen), None, None, 30_000.0), Some(risen), "nothing was told");
        assert_eq!(Quota::after(Some(risen), None, None, 80_000.0), None, "and nothing is known for ever");
        assert_eq!(Quota::after(None, None, Some(3), 0.0), Some(quota(DOCUMENTED, 3, MINUTE)));
        // Senseless figures do no harm.
        assert_eq!(Quota::after(None, Some(0), Some(500), 0.0), Some(quota(500, 500, MINUTE)));
    }

    #[test]
    fn who_is_refused_waits_as_told_or_as_documented() {
        assert_eq!(Quota::used_up(None, Some(7), 100.0), quota(100, 0, 7_100.0));
        assert_eq!(Quota::used_up(None, None, 100.0), quota(100, 0, 60_100.0));
        assert_eq!(Quota::used_up(Some(quota(500, 9, 1.0)), Some(0), 0.0), quota(500, 0, 1_000.0));
        // Whoever gets an answer after all knows better.
        let refused = Quota::used_up(None, None, 0.0);
        assert_eq!(Quota::after(Some(refused), Some(100), Some(40), 5_000.0).unwrap().shut(5_000.0), 0.0);
    }

    #[test]
    fn it_is_said_only_while_it_makes_a_difference() {
        let said = |left: u32, now: f64| quota(100, left, 60_000.0).said(now);
        assert_eq!(said(60, 0.0), None);
        assert_eq!(said(12, 0.0).unwrap(), "slower: 12 of 100 requests left in this minute");
        assert_eq!(
            said(0, 25_500.0).unwrap(),
            "waiting: no request is left in this minute; goes on within 35 s"
        );
        assert_eq!((said(12, 60_000.0), said(0, 60_000.0)), (None, None));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

        #[test]
        fn fewer_left_is_never_sooner(
            limit in 1_u32..5_000, a in 0_u32..5_000, b in 0_u32..5_000,
            rest in 0.0..60_000.0, soon in 0.0..60_000.0_f64, factor in 1.0..4.0_f64,
        ) {
            let (fewer, more) = (a.min(b).min(limit), a.max(b).min(limit));
            let due = |left: u32| {
                let quota = quota(limit, left, rest);
                quota.put_off(soon, soon * quota.slower(), 0.0)
            };
            prop_assert!(due(fewer) >= due(more));
            prop_assert!(quota(limit, fewer, rest).slower() >= quota(limit, more, rest).slower());
            // Never sooner than without, never put off beyond both the slowest pace and the minute.
            let put_off = quota(limit, fewer, rest).put_off(soon, soon * factor, 0.0);
            prop_assert!(put_off >= soon);
            prop_assert!(put_off <= (soon * factor).max(rest));
            prop_assert!(put_off <= soon.max(rest));
        }

        #[test]
        fn what_is_used_up_is_shut_until_the_minute_ends(
            limit in 0_u32..1_000, seconds in proptest::option::of(0_u32..4_000), now in 0.0..1e9_f64, later in 0.0..1e7_f64,
        ) {
            let before = Quota::after(None, Some(limit), Some(limit / 2), now);
            let quota = Quota::used_up(before, seconds, now);
            let wait = f64::from(seconds.unwrap_or(60).max(1)) * 1000.0;
            let shut = quota.shut(now + later);
            prop_assert!((shut - (wait - later).max(0.0)).abs() < 1e-3);
            prop_assert!(quota.put_off(0.0, 0.0, now + later) >= shut);
            prop_assert_eq!(quota.put_off(5.0, 20.0, now + wait + 1.0), 5.0);
        }

        #[test]
        fn a_window_ends_within_a_minute_of_every_answer_of_it(
            answers in proptest::collection::vec((0.0..30_000.0, 0_u32..120, 0_u32..120), 1..40),
        ) {
            let (mut now, mut known) = (0.0, None);
            for (pause, limit, left) in answers {
                now += pause;
                known = Quota::after(known, Some(limit), Some(left), now);
                let quota = known.unwrap();
                prop_assert!(quota.left <= quota.limit && quota.left == left);
                prop_assert!(quota.rest(now) > 0.0 && quota.rest(now) <= MINUTE + 1e-3);
            }
        }
    }
}
