//! What locks the vault, and how often a passphrase may be tried. Time is an argument.

use serde::{Deserialize, Serialize};

/// Wrong passphrases in a row, on this device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tries {
    wrong: u32,
    /// When the last was, in Unix milliseconds.
    at: u64,
}

impl Tries {
    pub fn wrong(self, now: u64) -> Tries {
        Tries { wrong: self.wrong.saturating_add(1), at: now }
    }

    /// Milliseconds until the next may be tried: none after the first, then twice as long each time, up to
    /// a minute.
    pub fn wait(self, now: u64) -> u64 {
        let pause = match self.wrong {
            0 | 1 => 0,
            wrong => (1_000_u64 << (wrong - 2).min(6)).min(60_000),
        };
        // A clock that was put back must shut nobody out.
        now.checked_sub(self.at).map_or(0, |passed| pause.saturating_sub(passed))
    }
}

/// After how long without a key or a click it locks by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Idle {
    FiveMinutes,
    #[default]
    QuarterHour,
    Hour,
    FourHours,
}

impl Idle {
    pub const ALL: [Idle; 4] = [Idle::FiveMinutes, Idle::QuarterHour, Idle::Hour, Idle::FourHours];

    pub const fn milliseconds(self) -> u64 {
        60_000
            * match self {
                Idle::FiveMinutes => 5,
                Idle::QuarterHour => 15,
                Idle::Hour => 60,
                Idle::FourHours => 240,
            }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Idle::FiveMinutes => "5 minutes",
            Idle::QuarterHour => "15 minutes",
            Idle::Hour => "1 hour",
            Idle::FourHours => "4 hours",
        }
    }
}

/// How often an open vault looks at the clock, in milliseconds.
pub const LOOK: u64 = 10_000;
/// A longer gap between two looks is one in which the computer slept: browsers let a page that nobody sees
/// look once a minute at the least.
const GAP: u64 = 150_000;

/// Why a vault locks by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    Idle,
    Slept,
}

/// Whether a vault locks at `now`: `looked` is the last look at the clock, `touched` the last key or click.
/// All are Unix milliseconds.
pub fn locks(idle: Idle, looked: u64, touched: u64, now: u64) -> Option<Lock> {
    // A clock that was put back by as much is no better known.
    if now.abs_diff(looked) > GAP {
        Some(Lock::Slept)
    } else if now.saturating_sub(touched) >= idle.milliseconds() {
        Some(Lock::Idle)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const NOW: u64 = 1_763_800_000_000;

    #[test]
    fn wrong_passphrases_slow_down_up_to_a_minute() {
        let mut tries = Tries::default();
        let mut waits = vec![];
        for _ in 0..10 {
            tries = tries.wrong(NOW);
            waits.push(tries.wait(NOW) / 1000);
        }
        assert_eq!(waits, [0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(tries.wait(NOW + 59_999), 1);
        assert_eq!(tries.wait(NOW + 60_000), 0);
        // Nobody waits until a clock that was put back has caught up.
        assert_eq!(tries.wait(NOW - 3_600_000), 0);
        assert_eq!(Tries { wrong: u32::MAX, at: 0 }.wrong(NOW).wait(NOW), 60_000);
    }

    #[test]
    fn it_locks_when_nobody_is_there_and_after_sleep() {
        let quarter = Idle::QuarterHour;
        assert_eq!(locks(quarter, NOW, NOW, NOW + LOOK), None);
        // A page that nobody sees looks once a minute.
        assert_eq!(locks(quarter, NOW, NOW, NOW + 61_000), None);
        assert_eq!(locks(quarter, NOW, NOW, NOW + 150_001), Some(Lock::Slept));
        assert_eq!(locks(quarter, NOW, NOW, NOW - 150_001), Some(Lock::Slept));
        assert_eq!(locks(quarter, NOW, NOW - 899_999, NOW), None);
        assert_eq!(locks(quarter, NOW, NOW - 900_000, NOW), Some(Lock::Idle));
        assert_eq!(locks(Idle::Hour, NOW, NOW - 900_000, NOW), None);
    }
}
