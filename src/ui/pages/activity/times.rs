//! Stretches of time in the reader's words. Which stretches there are is arithmetic of the domain.

use crate::{browser::locale, domain::activity::requests::Step};

const DAY: u64 = 24 * 60 * 60 * 1000;

/// From a moment to right before another, such as `20 Nov, 13:00 to 14:00` or `20 Nov to 26 Nov`.
pub fn stretch(from: u64, until: u64) -> String {
    // Ends at midnight belong to the day before.
    let last = until.saturating_sub(1);
    let (first_day, last_day) = (locale::short_day(from), locale::short_day(last));
    let whole = is_midnight(from) && is_midnight(until);
    match (whole, first_day == last_day) {
        (true, true) => first_day,
        (true, false) => format!("{first_day} to {last_day}"),
        (false, true) => format!("{first_day}, {} to {}", locale::time(from), locale::time(until)),
        (false, false) if until - from <= DAY => {
            format!("{first_day}, {} to {}", locale::time(from), locale::time(until))
        }
        (false, false) => {
            format!("{first_day}, {} to {last_day}, {}", locale::time(from), locale::time(until))
        }
    }
}

fn is_midnight(at: u64) -> bool {
    at == 0 || !locale::same_day(at - 1, at)
}

/// What stands below the beginning of a bar.
pub fn mark(at: u64, step: Step) -> String {
    match step {
        Step::Minutes(_) if is_midnight(at) => locale::short_day(at),
        Step::Minutes(_) => locale::time(at),
        Step::Days(_) => locale::short_day(at),
    }
}

/// What one bar stands for, in a sentence.
pub fn one(step: Step) -> String {
    match step {
        Step::Minutes(1) => "one minute".into(),
        Step::Minutes(60) => "one hour".into(),
        Step::Minutes(minutes) if minutes % 60 == 0 => {
            format!("{} hours", locale::number((minutes / 60) as usize))
        }
        Step::Minutes(minutes) => format!("{} minutes", locale::number(minutes as usize)),
        Step::Days(1) => "one day".into(),
        Step::Days(7) => "one week".into(),
        Step::Days(days) if days % 7 == 0 => format!("{} weeks", locale::number((days / 7) as usize)),
        Step::Days(days) => format!("{} days", locale::number(days as usize)),
    }
}
