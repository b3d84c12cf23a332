//! How far a provider's clock is ahead of this device's, bounded by what its answers tell. Each bound is
//! certain; where two contradict each other, one of the clocks was set, and the newer bound counts.

/// Milliseconds by which the provider's clock is ahead, at least and at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ahead {
    low: Option<i64>,
    high: Option<i64>,
}

/// HTTP dates, and the times of messages, may leave out what is less than a second.
pub const RESOLUTION: u64 = 1_000;

impl Ahead {
    /// The two clocks are one: a sandbox in the page takes its time from this device.
    pub const NONE: Ahead = Ahead { low: Some(0), high: Some(0) };

    /// The provider's clock showed `told`, or up to [`RESOLUTION`] more, at some moment from `from` to
    /// `to` of this device's. All are Unix milliseconds.
    pub fn hear(&mut self, told: u64, from: u64, to: u64) {
        let low = difference(told, to);
        let high = difference(told, from).saturating_add(RESOLUTION as i64);
        let fits =
            self.low.is_none_or(|before| before <= high) && self.high.is_none_or(|before| low <= before);
        *self = if fits {
            Ahead {
                low: self.low.max(Some(low)),
                high: self.high.map_or(Some(high), |before| Some(before.min(high))),
            }
        } else {
            Ahead { low: Some(low), high: Some(high) }
        };
    }

    /// The middle of what it may be, where that is known.
    pub fn about(self) -> Option<i64> {
        Some(self.low?.midpoint(self.high?))
    }

    /// What the provider's clock showed at the least when this device's showed `at`.
    pub fn at_least(self, at: u64) -> Option<u64> {
        self.low.map(|low| at.saturating_add_signed(low))
    }
}

fn difference(theirs: u64, ours: u64) -> i64 {
    let signed = |at: u64| i64::try_from(at).unwrap_or(i64::MAX);
    signed(theirs).saturating_sub(signed(ours))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    proptest! {
        /// Whatever the answers and however long they take, the truth lies within the bounds.
        #[test]
        fn the_truth_is_never_excluded(
            truth in -90_000_000_i64..90_000_000,
            answers in prop::collection::vec((0_u64..100_000, 0_u64..30_000, 0.0..1.0_f64), 1..20),
        ) {
            let mut ahead = Ahead::default();
            let mut now = 1_760_000_000_000_u64;
            for (pause, took, part) in answers {
                let from = now + pause;
                now = from + took;
                let shown = (from + (took as f64 * part) as u64).saturating_add_signed(truth);
                ahead.hear(shown / RESOLUTION * RESOLUTION, from, now);
                prop_assert!(ahead.low.is_some_and(|low| low <= truth));
                prop_assert!(ahead.high.is_some_and(|high| truth <= high));
                prop_assert!(ahead.at_least(now).is_some_and(|least| least <= now.saturating_add_signed(truth)));
            }
        }
    }

    #[test]
    fn a_clock_that_was_set_is_followed() {
        let mut ahead = Ahead::default();
        assert_eq!((ahead.about(), ahead.at_least(5)), (None, None));
        ahead.hear(100_000, 100_000, 100_000);
        assert_eq!(ahead.about(), Some(500));
        // An hour back on this device.
        ahead.hear(3_700_000, 100_000, 100_400);
        assert_eq!(ahead.about(), Some((3_599_600 + 3_601_000) / 2));
        assert_eq!(ahead.at_least(100_400), Some(3_700_000));
    }
}
