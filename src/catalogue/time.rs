//! Points in time as the providers write them: ISO 8601 in UTC. How a reader writes them is the
//! browser's affair, and what time it is now comes in as an argument everywhere.

/// Unix milliseconds as ISO 8601 in UTC, always with milliseconds, so that texts sort like times.
pub fn iso(at: u64) -> String {
    let (days, rest) = (at / DAY, at % DAY);
    // Days to a date of the Gregorian calendar, counted in years that begin in March.
    let z = days + 719_468;
    let era = z / 146_097;
    let day_of_era = z % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second, milli) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

const DAY: u64 = 86_400_000;

/// Unix milliseconds of an ISO 8601 date or time from 1970 to 9999; without a zone it is UTC. `None` if
/// it is neither.
pub fn parse(text: &str) -> Option<u64> {
    let text = text.trim();
    let (date, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, ""));
    let days = days(date)?;
    u64::try_from(days * DAY as i64 + time_of_day(time)?).ok()
}

/// Days from 1970 to a date.
fn days(date: &str) -> Option<i64> {
    let mut parts = date.split('-');
    let year = whole(parts.next()?, 4)?;
    let (month, day) = (whole(parts.next()?, 2)?, whole(parts.next()?, 2)?);
    if parts.next().is_some() || !(1..=12).contains(&month) || !(1..=length(year, month)).contains(&day) {
        return None;
    }
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year - era * 400;
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

/// Days of a month.
fn length(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A number of at most so many digits, without a sign.
fn whole(text: &str, digits: usize) -> Option<i64> {
    let fits = (1..=digits).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

/// Milliseconds since midnight UTC; negative or beyond a day where the zone makes it so.
fn time_of_day(time: &str) -> Option<i64> {
    if time.is_empty() {
        return Some(0);
    }
    let time = time.strip_suffix(['Z', 'z']).unwrap_or(time);
    let (clock, zone) = match time.rfind(['+', '-']) {
        Some(at) => (&time[..at], offset(&time[at..])?),
        None => (time, 0),
    };
    let mut parts = clock.split(':');
    let (hours, minutes) = (whole(parts.next()?, 2)?, whole(parts.next()?, 2)?);
    let (seconds, fraction) = match parts.next() {
        None => (0, "0"),
        Some(part) => {
            let (seconds, fraction) = part.split_once('.').unwrap_or((part, "0"));
            (whole(seconds, 2)?, fraction)
        }
    };
    // A minute may have a leap second.
    let fits = hours < 25 && minutes < 60 && seconds < 61 && parts.next().is_none();
    let milliseconds = whole(&format!("{fraction:0<3}")[..3], 3).filter(|_| whole(fraction, 12).is_some())?;
    fits.then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds - zone)
}

/// Milliseconds of `+05:30`, `-0300` or `+02`.
fn offset(zone: &str) -> Option<i64> {
    let (sign, rest) = zone.split_at_checked(1)?;
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 4 => rest.split_at_checked(2)?,
        None => (rest, "0"),
    };
    let minutes = whole(hours, 2)? * 60 + whole(minutes, 2)?;
    Some(if sign == "-" { -minutes } else { minutes } * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, test_runner::RngSeed};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn times_are_written_and_read() {
        assert_eq!(iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(1_699_335_116_000), "2023-11-07T05:31:56.000Z");
        assert_eq!(iso(1_709_164_800_001), "2024-02-29T00:00:00.001Z");
        for at in [0, 951_782_400_000, 1_699_335_116_123, 4_102_444_799_999] {
            assert_eq!(parse(&iso(at)), Some(at));
        }
        assert_eq!(parse("2023-11-07"), Some(1_699_315_200_000));
        assert_eq!(parse("2023-11-07T07:31:56+02:00"), Some(1_699_335_116_000));
        assert_eq!(parse("2023-11-07T05:31"), Some(1_699_335_060_000));
        for wrong in ["", "yesterday", "2023-13-01", "2023-11-07T5", "2023-11-07Tx:y"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for wrong in [
            "2023-02-29",
            "2023-04-31",
            "2023-00-10",
            "99999999999999999999-01-01",
            "2023-01-01T25:00",
            "2023-01-01T10:00:00.",
            "2023-01-01T10:00:00.1é",
            "2023-01-01T10:00+é",
            "2023-01-01T10:00:00:00",
            "-2023-01-01",
            "1969-12-31",
            "1970-01-01T00:00+01:00",
            "1699335116000",
            "null",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        for (text, at) in [
            ("2023-11-07T05:31:56.123456Z", 1_699_335_116_123),
            ("2023-11-07T05:31:56.1Z", 1_699_335_116_100),
            ("2023-11-07 05:31:56+00", 1_699_335_116_000),
            ("2023-11-07T02:31:56-0300", 1_699_335_116_000),
        ] {
            assert_eq!(parse(text), Some(at), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

        #[test]
        fn any_moment_is_read_as_it_was_written(at in 0_u64..253_402_300_800_000) {
            prop_assert_eq!(parse(&iso(at)), Some(at));
        }

        #[test]
        fn no_text_is_more_than_refused(text in "\\PC{0,40}|[0-9TZ:+. -]{0,40}") {
            let _read = parse(&text);
        }
    }
}
