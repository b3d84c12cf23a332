//! How many questions may leave in a minute, all tabs of a browser together: a record that each tab reads
//! and changes in its turn. Where it is kept is not known here; times are milliseconds of the device's own
//! clock, which may be put forward and back.

use serde::{Deserialize, Serialize};

/// Milliseconds that one question uses up,
const COST: u64 = 3_350;
/// and questions that may leave at once after a pause, as when a few conversations are opened one after the
/// other. So at most 24 leave in any minute, and 30 in one in which the clock is put forward, which looks
/// like a pause.
const RESERVE: u64 = 6;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ration {
    /// When it was last looked at.
    seen: u64,
    /// When the next question might leave if the reserve were used up.
    due: u64,
}

impl Ration {
    /// Takes one question if it may leave now; otherwise the milliseconds until it might.
    pub fn take(&mut self, now: u64) -> Result<(), u64> {
        self.look(now);
        let from = self.due.saturating_sub(COST * (RESERVE - 1));
        if from > now {
            return Err(from - now);
        }
        self.spend(now);
        Ok(())
    }

    /// Notes a question that leaves in any case: somebody pressed a button. The others make up for it.
    pub fn spend(&mut self, now: u64) {
        self.look(now);
        self.due = self.due.max(now) + COST;
    }

    /// Sees what time it is. What was used up before the clock was put back stays so.
    fn look(&mut self, now: u64) {
        if now < self.seen {
            self.due = now + self.due.saturating_sub(self.seen);
        }
        self.seen = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, test_runner::RngSeed};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const MINUTE: u64 = 60_000;

    #[test]
    fn some_at_once_and_then_one_after_the_other() {
        let mut ration = Ration::default();
        let start = 1_700_000_000_000;
        for _ in 0..RESERVE {
            assert_eq!(ration.take(start), Ok(()));
        }
        assert_eq!(ration.take(start), Err(COST));
        assert_eq!(ration.take(start + COST - 1), Err(1));
        assert_eq!(ration.take(start + COST), Ok(()));
        assert_eq!(ration.take(start + COST), Err(COST));
        // A press is not held back, and the next question makes up for it.
        ration.spend(start + COST);
        assert_eq!(ration.take(start + 2 * COST), Err(COST));
        assert_eq!(ration.take(start + MINUTE), Ok(()));
    }

    #[test]
    fn a_clock_put_back_gives_nothing_and_blocks_nothing() {
        let mut ration = Ration::default();
        let start = 1_700_000_000_000;
        while ration.take(start).is_ok() {}
        let year = 365 * 24 * 60 * MINUTE;
        assert_eq!(ration.take(start - year), Err(COST));
        assert_eq!(ration.take(start - year + COST), Ok(()));
    }

    /// The times, on a clock that only grows, at which questions leave whose askers come at `pauses` and
    /// wait as told; the device's clock is at `clock(time)`.
    fn leave(pauses: &[u64], clock: impl Fn(u64) -> u64) -> Vec<u64> {
        let (mut ration, mut left, mut time) = (Ration::default(), vec![], 0);
        for pause in pauses {
            time += pause;
            while let Err(wait) = ration.take(clock(time)) {
                assert!(wait > 0 && wait <= COST, "{wait}");
                time += wait;
            }
            left.push(time);
        }
        left
    }

    fn most_in_a_minute(left: &[u64]) -> usize {
        let in_minute = |from: &u64| left.iter().filter(|at| (*from..*from + MINUTE).contains(at)).count();
        left.iter().map(in_minute).max().unwrap_or_default()
    }

    const START: u64 = 1_700_000_000_000;

    #[test]
    fn who_never_rests_asks_as_often_as_all_together_may() {
        assert_eq!(most_in_a_minute(&leave(&[0; 200], |time| START + time)), 23);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

        #[test]
        fn no_minute_has_more_than_24(pauses in proptest::collection::vec(0_u64..6_000, 1..200)) {
            prop_assert!(most_in_a_minute(&leave(&pauses, |time| START + time)) <= 24);
        }

        #[test]
        fn nor_more_than_30_where_the_clock_jumps(
            pauses in proptest::collection::vec(0_u64..3_000, 1..200),
            at in 0_u64..200_000,
            jump in -100_000_000_000_i64..100_000_000_000,
        ) {
            let clock = |time: u64| if time < at { START + time } else { (START + time).saturating_add_signed(jump) };
            prop_assert!(most_in_a_minute(&leave(&pauses, clock)) <= 30);
        }
    }
}
