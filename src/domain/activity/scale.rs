//! The arithmetic of drawing: round figures for an axis, heights of the layers of a bar, and which bars
//! get a word below them.

/// A layer with anything in it is at least so many pixels high: one failure in a thousand calls shows.
pub const LEAST: f64 = 3.0;

/// Most lines of an axis besides the lowest.
const LINES: u32 = 4;

/// Whole and round figures from nothing to no less than the most, evenly apart.
pub fn ticks(most: u32) -> Vec<u32> {
    let wanted = most.max(1).div_ceil(LINES);
    let mut power = 1_u32;
    let step = loop {
        let round = [1, 2, 5].into_iter().map(|one| power.saturating_mul(one)).find(|step| *step >= wanted);
        match round {
            Some(step) => break step,
            None => power = power.saturating_mul(10),
        }
    };
    let count = most.max(1).div_ceil(step);
    (0..=count).map(|tick| tick.saturating_mul(step)).collect()
}

/// How high layers are that stand on each other, in pixels, where `top` of them would be `pixels` high.
/// None with anything in it vanishes, and together they are no higher than that.
pub fn heights(layers: [u32; 3], top: u32, pixels: f64) -> [f64; 3] {
    let of = |count: u32| f64::from(count) / f64::from(top.max(1)) * pixels;
    let mut heights = layers.map(|count| if count == 0 { 0.0 } else { of(count).max(LEAST) });
    let over = heights.iter().sum::<f64>() - pixels;
    if over > 0.0 {
        // The highest can spare it, and nobody sees it there.
        let highest = heights.iter_mut().max_by(|one, other| one.total_cmp(other));
        if let Some(highest) = highest {
            *highest = (*highest - over).max(LEAST);
        }
    }
    heights
}

/// Every how manyth of so many bars has a word below it, for at most so many words.
pub const fn every(bars: usize, words: usize) -> usize {
    let every = bars.div_ceil(if words == 0 { 1 } else { words });
    if every == 0 { 1 } else { every }
}

/// A share of a whole, in percent; nothing of nothing.
pub fn percent(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part.min(whole)) / f64::from(whole) * 100.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, test_runner::RngSeed};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn figures_are_round() {
        assert_eq!(ticks(0), [0, 1]);
        assert_eq!(ticks(1), [0, 1]);
        assert_eq!(ticks(3), [0, 1, 2, 3]);
        assert_eq!(ticks(7), [0, 2, 4, 6, 8]);
        assert_eq!(ticks(4_000), [0, 1_000, 2_000, 3_000, 4_000]);
        assert_eq!(ticks(90), [0, 50, 100]);
    }

    #[test]
    fn one_failure_in_a_thousand_shows() {
        let [good, failed, unknown] = heights([999, 1, 0], 1_000, 120.0);
        assert_eq!((failed, unknown), (LEAST, 0.0));
        assert!((good + failed - 120.0).abs() < 1e-9);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

        #[test]
        fn an_axis_holds_the_most(most in any::<u32>()) {
            let ticks = ticks(most);
            prop_assert!(*ticks.last().unwrap() >= most && (2..=5).contains(&ticks.len()));
            prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]));
        }

        #[test]
        fn a_bar_fits_and_hides_nothing(layers in prop::array::uniform3(0_u32..5_000), more in 0_u32..9_000) {
            let top = layers.iter().sum::<u32>() + more;
            let heights = heights(layers, top, 120.0);
            prop_assert!(heights.iter().sum::<f64>() <= 120.0 + 1e-9);
            for (count, height) in layers.into_iter().zip(heights) {
                prop_assert_eq!(count == 0, height == 0.0);
                prop_assert!(count == 0 || height >= LEAST);
            }
        }

        #[test]
        fn words_are_few_enough(bars in 0_usize..99, words in 0_usize..9) {
            let every = every(bars, words);
            prop_assert!(every > 0 && bars.div_ceil(every) <= words.max(1));
        }
    }
}
