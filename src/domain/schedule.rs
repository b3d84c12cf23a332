//! When to ask how a number is doing: a table of paces, and what makes it sooner, later or not at all.
//! Times are milliseconds; chance comes in as an argument.

use crate::catalogue::{
    failure::{Failure, FailureKind},
    vonage::State,
};
use serde::{Deserialize, Serialize};

/// How often a state is asked for: at first, and at most after it has not changed for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    pub first: u64,
    pub most: u64,
}

impl Pace {
    const fn new(first: u64, most: u64) -> Pace {
        Pace { first, most }
    }
}

/// The pace of each state; `None` where nothing changes any more. Before the first answer it is that of
/// a number being set up.
pub const fn pace(state: Option<&State>) -> Option<Pace> {
    match state {
        None
        | Some(State::Initializing | State::CreatingCluster | State::ClusterCreated)
        | Some(State::CodeVerified | State::Finalizing) => Some(Pace::new(3_000, 15_000)),
        Some(State::CodeSent | State::WrongCode | State::Unknown(_)) => Some(Pace::new(15_000, 15_000)),
        Some(State::Deleting) => Some(Pace::new(5_000, 5_000)),
        Some(State::Ready | State::Error | State::Deleted) => None,
    }
}

/// A tab that nobody looks at asks this many times less often.
const HIDDEN: u64 = 4;
/// Each further question about the same state comes later by this factor, in tenths.
const GROWTH: u64 = 14;
/// A question comes earlier by up to this share, so that many consoles do not ask at once: in percent.
const JITTER: f64 = 5.0;
/// The longest wait after failures.
pub const LONGEST: u64 = 120_000;
/// The wait after *too many requests* where the page cannot read how long.
pub const THROTTLED: u64 = 60_000;

/// What decides about the next question.
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    pub state: Option<&'a State>,
    /// Answers in this state so far.
    pub unchanged: u32,
    /// Questions without a usable answer since the last one that had it, and the newest of them.
    pub failures: u32,
    pub failure: Option<&'a Failure>,
    pub hidden: bool,
    pub offline: bool,
    /// From 0 to 1.
    pub chance: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Milliseconds from the last answer.
    In(u64),
    /// Not until the browser is online, or the key was changed, or somebody asks.
    Paused(Pause),
    /// Nothing changes any more.
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pause {
    Offline,
    /// The key, the address or the deployment is wrong: asking again changes nothing.
    Refused,
}

pub fn next(now: &Situation) -> Next {
    let Some(pace) = pace(now.state) else { return Next::Never };
    if now.offline || now.failure.is_some_and(|failure| failure.kind == FailureKind::Offline) {
        return Next::Paused(Pause::Offline);
    }
    let grown = grown(pace, now.unchanged);
    let seen = if now.hidden { grown * HIDDEN } else { grown };
    let soon = |wait: u64| wait - (wait as f64 * JITTER / 100.0 * now.chance.clamp(0.0, 1.0)) as u64;
    match now.failure.map(|failure| failure.kind) {
        None => Next::In(soon(seen)),
        // The provider's own word wins, however soon or late.
        Some(FailureKind::Throttled { seconds: Some(seconds) }) => Next::In(u64::from(seconds.max(1)) * 1000),
        Some(FailureKind::Throttled { seconds: None }) => Next::In(THROTTLED.max(seen)),
        Some(kind) if passes(kind) => {
            let doubled = seen.saturating_mul(1 << now.failures.saturating_sub(1).min(8));
            Next::In(soon(doubled.min(LONGEST.max(seen))))
        }
        Some(_) => Next::Paused(Pause::Refused),
    }
}

/// Whether a failure may be over by itself at the next question.
pub const fn passes(kind: FailureKind) -> bool {
    matches!(
        kind,
        FailureKind::TimedOut { .. }
            | FailureKind::Unreachable
            | FailureKind::ProviderError
            | FailureKind::Unreadable
            | FailureKind::Sandbox
    )
}

fn grown(pace: Pace, unchanged: u32) -> u64 {
    let mut wait = pace.first;
    for _ in 1..unchanged.min(32) {
        wait = (wait * GROWTH / 10).min(pace.most);
    }
    wait
}

/// Keeps all questions of a page together under 30 a minute, however many numbers it shows.
#[derive(Clone, Debug)]
pub struct Budget {
    /// When the next question may leave, if the reserve were used up.
    due: f64,
}

/// Milliseconds that one question uses up.
pub const COST: f64 = 2_400.0;
/// Questions that may leave at once after a pause.
const RESERVE: f64 = 3.0;

impl Budget {
    pub const fn new() -> Budget {
        Budget { due: f64::NEG_INFINITY }
    }

    /// Takes one question at a moment of a clock that only grows; answers how long it has to wait.
    pub fn take(&mut self, now: f64) -> f64 {
        let earliest = now - COST * (RESERVE - 1.0);
        let at = self.due.max(earliest);
        self.due = at + COST;
        (at - now).max(0.0)
    }
}

impl Default for Budget {
    fn default() -> Budget {
        Budget::new()
    }
}

#[cfg(test)]
mod tests;
