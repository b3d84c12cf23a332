//! How fast requests leave. Webex Connect counts transactions per second for the whole account, by
//! contract and without a public default; what it says of its own sandbox is one call in a second.

/// Requests per second that a person may choose from; the first is the documented limit of Webex Connect's
/// own sandbox, so no account takes less.
pub const RATES: [u32; 5] = [1, 2, 5, 10, 20];

/// Milliseconds from one request to the next. The sandbox of this console has no quota, so nothing is
/// held back there.
pub fn interval(rate: u32, sandbox: bool) -> u64 {
    if sandbox { 0 } else { 1_000 / u64::from(rate.max(1)) }
}

/// How long so many requests take at the least, in milliseconds.
pub fn duration(parts: u32, interval: u64) -> u64 {
    u64::from(parts.saturating_sub(1)) * interval
}

/// Milliseconds until the next request may leave.
pub fn wait(left_at: u64, interval: u64, now: u64) -> u64 {
    // A clock that was set back keeps nobody waiting longer than once.
    (left_at + interval).saturating_sub(now).min(interval)
}

const FIRST: u64 = 2_000;
const LONGEST: u64 = 60_000;

/// The wait after *too many requests* where nobody says how long: it doubles from time to time, because the
/// limit is one of seconds. (inferred)
pub fn back_off(times: u32) -> u64 {
    FIRST.saturating_mul(1 << times.saturating_sub(1).min(8)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn no_second_has_more_than_was_chosen() {
        for rate in RATES {
            let interval = interval(rate, false);
            let (mut now, mut left) = (1_000_000, vec![]);
            while left.len() < 50 {
                match wait(left.last().copied().unwrap_or(0), interval, now) {
                    0 => left.push(now),
                    wait => now += wait,
                }
            }
            for from in &left {
                let second = left.iter().filter(|at| (*from..from + 1_000).contains(at)).count();
                assert!(second <= rate as usize, "{second} at {rate}");
            }
            assert_eq!(left[49] - left[0], duration(50, interval));
        }
        assert_eq!(wait(5_000_000, 0, 5_000_000), 0, "nothing waits in the sandbox");
        assert_eq!(wait(9_000_000, 500, 1_000_000), 500, "a clock that was set back");
    }

    #[test]
    fn waits_grow_and_end_growing() {
        assert_eq!([1, 2, 3, 6, 60].map(back_off), [2_000, 4_000, 8_000, 60_000, 60_000]);
    }
}
