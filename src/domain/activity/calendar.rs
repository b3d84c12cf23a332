//! Days where the reader is, told from how far the clock there is from UTC at each moment, so that days
//! of 23 and 25 hours come out right. The name of a day in the reader's language is the browser's.

use crate::catalogue::time;

const MINUTE: i64 = 60_000;
pub const DAY: i64 = 24 * 60 * MINUTE;

/// How far clocks are put before or after UTC, and a little more.
const FARTHEST: i64 = 16 * 60 * MINUTE;

/// Milliseconds by which the reader's clock is ahead of UTC at a moment, given in Unix milliseconds.
pub type Offset<'a> = &'a dyn Fn(u64) -> i64;

/// The day of a moment where the reader is, counted from the first of 1970.
pub fn day_of(at: u64, offset: Offset) -> i64 {
    signed(at).saturating_add(offset(at)).div_euclid(DAY)
}

/// The first moment of a day where the reader is. It need not be at midnight: some clocks are put
/// forward then.
pub fn begins(day: i64, offset: Offset) -> u64 {
    let middle = day.saturating_mul(DAY);
    let (mut before, mut from) =
        (minutes(middle.saturating_sub(FARTHEST)), minutes(middle.saturating_add(FARTHEST)));
    // Clocks are put forward and back at whole minutes.
    while from - before > 1 {
        let between = before + (from - before) / 2;
        let is_there = day_of(unsigned(between * MINUTE), offset) >= day;
        *(if is_there { &mut from } else { &mut before }) = between;
    }
    unsigned(from.saturating_mul(MINUTE))
}

fn minutes(at: i64) -> i64 {
    at.div_euclid(MINUTE)
}

/// A day as inputs and addresses write it, such as `2026-11-20`.
pub fn text(day: i64) -> String {
    time::iso(unsigned(day.saturating_mul(DAY))).chars().take_while(|sign| *sign != 'T').collect()
}

/// The day that a text names.
pub fn read(text: &str) -> Option<i64> {
    let at = time::parse(text).filter(|_| text.len() == "2026-11-20".len())?;
    Some(signed(at) / DAY)
}

fn signed(at: u64) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

fn unsigned(at: i64) -> u64 {
    u64::try_from(at).unwrap_or(0)
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use proptest::{prelude::*, test_runner::RngSeed};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    pub const HOUR: u64 = 3_600_000;
    /// 29 March 2026, 01:00 UTC, and 25 October 2026, 01:00 UTC.
    pub const FORWARD: u64 = 1_774_746_000_000;
    pub const BACK: u64 = 1_792_890_000_000;

    /// A clock as in Berlin in the year 2026.
    pub fn berlin(at: u64) -> i64 {
        if (FORWARD..BACK).contains(&at) { 2 * 60 * MINUTE } else { 60 * MINUTE }
    }

    /// A clock that goes forward at midnight, as in Beirut: the day begins at one.
    pub fn beirut(at: u64) -> i64 {
        if at >= FORWARD - 3 * HOUR { 3 * 60 * MINUTE } else { 2 * 60 * MINUTE }
    }

    #[test]
    fn days_have_as_many_hours_as_the_clocks_say() {
        let hours = |text: &str, offset: Offset| {
            let day = read(text).unwrap();
            (begins(day + 1, offset) - begins(day, offset)) / HOUR
        };
        assert_eq!(hours("2026-03-28", &berlin), 24);
        assert_eq!(hours("2026-03-29", &berlin), 23);
        assert_eq!(hours("2026-10-25", &berlin), 25);
        assert_eq!(hours("2026-03-29", &beirut), 23);
    }

    #[test]
    fn a_day_is_read_as_it_was_written() {
        assert_eq!(text(0), "1970-01-01");
        assert_eq!(text(20_777), "2026-11-20");
        for wrong in ["", "2026-11-31", "2026-11-20T10:00", "20 November", "1969-12-31"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

        #[test]
        fn a_moment_is_in_its_day(at in 1_700_000_000_000_u64..1_800_000_000_000, zone in -14 * 60_i64..=14 * 60) {
            let fixed = move |_: u64| zone * MINUTE;
            for offset in [&fixed as Offset, &berlin, &beirut] {
                let day = day_of(at, offset);
                prop_assert!(begins(day, offset) <= at && at < begins(day + 1, offset));
                prop_assert_eq!(read(&text(day)), Some(day));
            }
        }

        #[test]
        fn no_clock_is_too_wrong(day in any::<i64>(), at in any::<u64>()) {
            let _text = (text(day), begins(day, &berlin), day_of(at, &berlin));
        }
    }
}
