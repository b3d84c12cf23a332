//! How many messages may leave: WhatsApp counts them by person, the provider counts all requests of a
//! key. It is kept between visits and shared by tabs, so times are Unix milliseconds.

use serde::{Deserialize, Serialize};
use std::collections::{HashMap, VecDeque};

/// A number of tokens that fills up again with time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct Bucket {
    /// When it would be full again.
    full: f64,
}

impl Bucket {
    /// How long the next has to wait, with room for `burst` and one more every `each`.
    fn wait(self, now: f64, burst: f64, each: f64) -> f64 {
        (self.full - now - each * (burst - 1.0)).max(0.0)
    }

    fn take(&mut self, now: f64, each: f64) {
        self.full = self.full.max(now) + each;
    }

    fn settle(&mut self, now: f64, burst: f64, each: f64) {
        self.full = self.full.min(now + each * burst);
    }
}

/// To one person: one message in six seconds, and 45 at once borrowed from the future (Meta's
/// documentation of its throughput limits).
const PAIR_EACH: f64 = 6_000.0;
const PAIR_BURST: f64 = 45.0;
/// Of Kapso's 100 requests a minute, what is left for writing beside 30 for reading, with a reserve
/// for colleagues.
const KEY_EACH: f64 = 1_000.0;
const KEY_BURST: f64 = 10.0;

/// What has left lately.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pace {
    key: Bucket,
    people: HashMap<String, Bucket>,
    /// Until when the provider asked to wait.
    asked: f64,
    /// Keys of the messages that have left last, or were discarded.
    gone: VecDeque<String>,
}

/// So many of them are remembered.
const REMEMBERED: usize = 100;

/// The longest that a provider is believed to ask for.
const LONGEST: f64 = 60.0 * 60_000.0;

/// Why a message waits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wait {
    No,
    /// So many milliseconds, because of messages to the same person.
    Person(f64),
    /// So many milliseconds, because of requests with the same key.
    Key(f64),
    /// So many milliseconds, because the provider asked to wait.
    Asked(f64),
    /// So many milliseconds at the most, because no request is left in this minute.
    UsedUp(f64),
}

impl Pace {
    /// Lets a clock that was set back count for no more than empty buckets, from here on.
    pub fn settle(&mut self, now: f64) {
        self.key.settle(now, KEY_BURST, KEY_EACH);
        self.people.values_mut().for_each(|bucket| bucket.settle(now, PAIR_BURST, PAIR_EACH));
        self.asked = self.asked.min(now + LONGEST);
    }

    /// A message has left, or was discarded: it is not to be taken up again, wherever it turns up.
    pub fn note_gone(&mut self, key: &str) {
        if !self.is_gone(key) {
            self.gone.push_back(key.to_owned());
            self.gone.drain(..self.gone.len().saturating_sub(REMEMBERED));
        }
    }

    pub fn is_gone(&self, key: &str) -> bool {
        self.gone.iter().any(|gone| gone == key)
    }

    /// The provider asked to wait for so many milliseconds, whoever is written to.
    pub fn put_off(&mut self, wait: f64, now: f64) {
        self.asked = self.asked.max(now + wait.min(LONGEST));
    }

    /// One that was counted did not leave after all.
    pub fn give_back(&mut self, person: &str) {
        self.key.full -= KEY_EACH;
        if let Some(bucket) = self.people.get_mut(person) {
            bucket.full -= PAIR_EACH;
        }
    }

    /// Whether a message to a person may leave now.
    pub fn wait(&self, person: &str, now: f64) -> Wait {
        let person = self.people.get(person).map_or(0.0, |bucket| bucket.wait(now, PAIR_BURST, PAIR_EACH));
        let key = self.key.wait(now, KEY_BURST, KEY_EACH);
        let asked = self.asked(now);
        if asked != Wait::No {
            asked
        } else if person <= 0.0 && key <= 0.0 {
            Wait::No
        } else if person >= key {
            Wait::Person(person)
        } else {
            Wait::Key(key)
        }
    }

    /// Whether the provider may be asked anything for a message now.
    pub fn asked(&self, now: f64) -> Wait {
        match self.asked - now {
            left if left > 0.0 => Wait::Asked(left),
            _ => Wait::No,
        }
    }

    /// Counts one that leaves.
    pub fn take(&mut self, person: &str, now: f64) {
        self.key.take(now, KEY_EACH);
        self.people.retain(|_, bucket| bucket.full > now);
        self.people.entry(person.to_owned()).or_default().take(now, PAIR_EACH);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Sends as fast as may be for a while; answers when each left.
    fn sent(people: &[&str], until: f64) -> Vec<(f64, String)> {
        let (mut pace, mut now, mut left) = (Pace::default(), 0.0, vec![]);
        let mut turn = 0;
        while now < until {
            let free = (0..people.len()).map(|at| people[(turn + at) % people.len()]);
            match free.clone().find(|person| pace.wait(person, now) == Wait::No) {
                Some(person) => {
                    pace.take(person, now);
                    left.push((now, person.to_owned()));
                    turn += 1;
                }
                None => now += 100.0,
            }
        }
        left
    }

    #[test]
    fn a_wait_that_the_provider_asked_for_holds_for_everybody() {
        let mut pace = Pace::default();
        pace.put_off(30_000.0, 1_000.0);
        pace.put_off(5_000.0, 1_000.0);
        assert_eq!(pace.wait("a", 2_000.0), Wait::Asked(29_000.0), "the longer of two");
        assert_eq!(pace.wait("b", 31_000.0), Wait::No);
        let kept: Pace = serde_json::from_str(&serde_json::to_string(&pace).unwrap()).unwrap();
        assert_eq!(kept, pace);
        pace.put_off(f64::MAX, 0.0);
        assert_eq!(pace.wait("a", 0.0), Wait::Asked(LONGEST));
        // A clock that was set back by a year does not wait for a year.
        pace.put_off(30_000.0, 400.0 * 24.0 * 3_600_000.0);
        pace.settle(0.0);
        assert_eq!(pace.wait("a", 0.0), Wait::Asked(LONGEST));
    }

    #[test]
    fn one_person_gets_a_burst_and_then_one_in_six_seconds() {
        let left = sent(&["ana"], 3_600_000.0);
        // 45 at once are borrowed, so an hour holds those of an hour and the burst.
        assert!((600..=646).contains(&left.len()), "{}", left.len());
        let last: Vec<f64> = left.iter().rev().take(10).map(|(at, _)| *at).collect();
        assert!(last.windows(2).all(|pair| pair[0] - pair[1] >= 5_900.0), "{last:?}");
    }

    #[test]
    fn no_minute_has_more_than_seventy_writes() {
        let left = sent(&["ana", "ben", "cy", "dora", "emil", "fay"], 300_000.0);
        for (at, _) in &left {
            let minute = left.iter().filter(|(other, _)| (*at..at + 60_000.0).contains(other)).count();
            assert!(minute <= 70, "{minute} from {at}");
        }
        assert!(left.len() > 250, "and it does not stand still: {}", left.len());
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_waiting_for_long() {
        let mut pace = Pace::default();
        for _ in 0..60 {
            pace.take("ana", 1.0e12);
        }
        let stored = serde_json::to_string(&pace).unwrap();
        let mut pace: Pace = serde_json::from_str(&stored).unwrap();
        pace.settle(0.9e12);
        let Wait::Person(wait) = pace.wait("ana", 0.9e12) else { panic!() };
        assert!(wait <= PAIR_EACH, "{wait}");
        // Whoever looks again finds less.
        pace.settle(0.9e12 + wait);
        assert_eq!(pace.wait("ana", 0.9e12 + wait), Wait::No);
        pace.take("ana", 0.9e12 + wait);
        pace.give_back("ana");
        assert_eq!(pace.wait("ana", 0.9e12 + wait), Wait::No);
    }

    #[test]
    fn a_wait_names_its_reason_and_ends() {
        let mut pace = Pace::default();
        for _ in 0..10 {
            assert_eq!(pace.wait("ana", 0.0), Wait::No);
            pace.take("ana", 0.0);
        }
        let Wait::Key(wait) = pace.wait("ben", 0.0) else { panic!() };
        assert_eq!(pace.wait("ben", wait), Wait::No);
        assert!(matches!(pace.wait("ana", 0.0), Wait::Key(_)));
        for at in 1..=50 {
            pace.take("ana", f64::from(at) * 1_000.0);
        }
        assert!(matches!(pace.wait("ana", 60_000.0), Wait::Person(_)));
        assert_eq!(pace.wait("ben", 60_000.0), Wait::No);
    }
}
