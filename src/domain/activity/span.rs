//! Which part of time is looked at: the last hour, days of the reader's calendar, or from one moment to
//! another. What lies in it is not known here.

use super::calendar::{self, Offset};
use crate::catalogue::time;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    Hour,
    Today,
    /// Today and the six days before.
    Week,
    #[default]
    All,
    /// From the first day to the last, both counted from the first of 1970.
    Days(i64, i64),
    /// From a moment to right before another, in Unix milliseconds.
    Moments(u64, u64),
}

const HOUR: u64 = 3_600_000;

impl Span {
    /// Those that a person chooses by their name.
    pub const NAMED: [Span; 4] = [Span::Hour, Span::Today, Span::Week, Span::All];

    /// The word in addresses; `None` for what has no name.
    pub const fn id(self) -> Option<&'static str> {
        match self {
            Span::Hour => Some("hour"),
            Span::Today => Some("today"),
            Span::Week => Some("week"),
            Span::All => Some("all"),
            Span::Days(..) | Span::Moments(..) => None,
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Span::Hour => "Last hour",
            Span::Today => "Today",
            Span::Week => "Last 7 days",
            Span::All => "All that is kept",
            Span::Days(..) => "A range of days",
            Span::Moments(..) => "Part of a chart",
        }
    }

    pub fn from_id(id: &str) -> Option<Span> {
        Span::NAMED.into_iter().find(|span| span.id() == Some(id))
    }

    /// The span of two texts, both days or both moments; a moment is one in UTC. The wrong way round they
    /// are turned.
    pub fn between(from: &str, to: &str) -> Option<Span> {
        if let (Some(first), Some(last)) = (calendar::read(from), calendar::read(to)) {
            return Some(Span::Days(first.min(last), first.max(last)));
        }
        let (from, to) = (time::parse(from)?, time::parse(to)?);
        (from != to).then_some(Span::Moments(from.min(to), from.max(to)))
    }

    /// The two texts, where it has no name.
    pub fn ends(self) -> Option<(String, String)> {
        match self {
            Span::Days(first, last) => Some((calendar::text(first), calendar::text(last))),
            Span::Moments(from, to) => Some((time::iso(from), time::iso(to))),
            _ => None,
        }
    }

    /// Its first moment, and the first after it; in Unix milliseconds.
    pub fn bounds(self, now: u64, offset: Offset) -> (u64, u64) {
        let today = calendar::day_of(now, offset);
        let days = |first, last: i64| (calendar::begins(first, offset), calendar::begins(last + 1, offset));
        match self {
            Span::Hour => (now.saturating_sub(HOUR), now.saturating_add(1)),
            Span::Today => days(today, today),
            Span::Week => days(today - 6, today),
            Span::All => (0, u64::MAX),
            Span::Days(first, last) => days(first, last),
            Span::Moments(from, to) => (from, to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::activity::calendar::tests::{BACK, HOUR, berlin};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn days_are_those_of_the_reader() {
        let hours = |span: Span, now| {
            let (from, until) = span.bounds(now, &berlin);
            assert!(from <= now && now < until);
            (until - from) / HOUR
        };
        assert_eq!(hours(Span::Today, BACK), 25);
        assert_eq!(hours(Span::Today, BACK - 24 * HOUR), 24);
        assert_eq!(hours(Span::Week, BACK + 12 * HOUR), 7 * 24 + 1);
        assert_eq!(hours(Span::Hour, BACK), 1);
    }

    #[test]
    fn a_span_is_read_as_it_was_written() {
        for span in [Span::Days(20_777, 20_780), Span::Days(20_777, 20_777), Span::Moments(60_000, 120_001)] {
            let (from, to) = span.ends().unwrap();
            assert_eq!(Span::between(&from, &to), Some(span));
            assert_eq!(Span::between(&to, &from), Some(span), "turned");
        }
        for span in Span::NAMED {
            assert_eq!((Span::from_id(span.id().unwrap()), span.ends()), (Some(span), None));
        }
        let moment = "2026-11-20T10:00Z";
        for (from, to) in [("", ""), ("2026-11-20", ""), ("x", "2026-11-20"), (moment, moment)] {
            assert_eq!(Span::between(from, to), None, "{from} {to}");
        }
    }
}
