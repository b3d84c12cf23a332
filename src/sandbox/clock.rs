//! Time inside the sandbox. Real time is handed in; *progress* is the same time run faster or slower,
//! and everything that happens by itself (provisioning, delivery) is a function of it.

use serde::{Deserialize, Serialize};

/// Progress of a new clock is ahead of real time by this, so that sample data can be long finished.
const HEAD_START: u64 = 60 * 60 * 1000;

/// Both times in milliseconds. Neither ever goes back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Clock {
    /// The latest real time that was seen: a device's clock may be set back, a provider's is not.
    now: u64,
    /// Real time and progress at the last change of speed.
    anchor: u64,
    reached: u64,
    pub(super) speed: f64,
}

impl Clock {
    pub(super) fn new(now: u64) -> Clock {
        Clock { now, anchor: now, reached: now + HEAD_START, speed: 1.0 }
    }

    pub(super) fn see(&mut self, now: u64) {
        self.now = self.now.max(now);
    }

    pub(super) fn now(&self) -> u64 {
        self.now
    }

    pub(super) fn progress(&self) -> u64 {
        self.reached + ((self.now - self.anchor) as f64 * self.speed) as u64
    }

    /// From here on; what has been reached stays reached.
    pub(super) fn set_speed(&mut self, speed: f64) {
        self.reached = self.progress();
        self.anchor = self.now;
        self.speed = speed;
    }

    /// Lets progress jump ahead, also where it stands still.
    pub(super) fn advance(&mut self, milliseconds: u64) {
        self.reached = self.progress() + milliseconds;
        self.anchor = self.now;
    }

    /// The real time at which a progress was or will be reached, at the present speed.
    pub(super) fn real(&self, progress: u64) -> u64 {
        match progress.checked_sub(self.reached) {
            Some(ahead) if self.speed > 0.0 => self.anchor + (ahead as f64 / self.speed) as u64,
            Some(_) => self.anchor,
            None => self.anchor.saturating_sub(self.reached - progress),
        }
    }

    /// Seconds of real time, at least 1, until `real` milliseconds have come: for `Retry-After`.
    pub(super) fn seconds_until(&self, real: u64) -> u64 {
        real.saturating_sub(self.now).div_ceil(1000).max(1)
    }
}

/// Unix milliseconds as ISO 8601 in UTC, always with milliseconds, so that texts sort like times.
pub(super) fn iso(at: u64) -> String {
    let (days, rest) = (at / 86_400_000, at % 86_400_000);
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

/// Unix milliseconds of an ISO 8601 date or time; without a zone it is UTC. `None` if it is neither.
pub(super) fn parse(text: &str) -> Option<u64> {
    let (date, time) = text.trim().split_once(['T', ' ']).unwrap_or((text.trim(), ""));
    let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year - era * 400;
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let days =
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    u64::try_from(days * 86_400_000 + time_of_day(time)?).ok()
}

/// Milliseconds since midnight UTC; negative or beyond a day where the zone makes it so.
fn time_of_day(time: &str) -> Option<i64> {
    let time = time.strip_suffix(['Z', 'z']).unwrap_or(time);
    let (clock, zone) = match time.rfind(['+', '-']) {
        Some(at) => (&time[..at], offset(&time[at..])?),
        None => (time, 0),
    };
    if clock.is_empty() {
        return (zone == 0).then_some(0);
    }
    let mut parts = clock.split(':');
    let (hours, minutes) = (parts.next()?.parse::<i64>().ok()?, parts.next()?.parse::<i64>().ok()?);
    let seconds = parts.next().map_or(Some(0.0), |part| part.parse::<f64>().ok())?;
    let fits = hours < 25 && minutes < 60 && (0.0..61.0).contains(&seconds);
    fits.then_some((hours * 60 + minutes) * 60_000 + (seconds * 1000.0).round() as i64 - zone)
}

/// Milliseconds of `+05:30` or `-0300`.
fn offset(zone: &str) -> Option<i64> {
    let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
    let number = digits.parse::<i64>().ok().filter(|_| digits.len() == 4)?;
    let minutes = number / 100 * 60 + number % 100;
    Some(if zone.starts_with('-') { -minutes } else { minutes } * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn progress_never_goes_back() {
        let mut clock = Clock::new(1000);
        clock.see(2000);
        assert_eq!(clock.progress(), HEAD_START + 2000);
        clock.set_speed(10.0);
        assert_eq!(clock.progress(), HEAD_START + 2000);
        clock.see(2100);
        assert_eq!(clock.progress(), HEAD_START + 3000);
        assert_eq!(clock.real(HEAD_START + 3000), 2100);
        clock.set_speed(0.0);
        clock.see(9000);
        assert_eq!(clock.progress(), HEAD_START + 3000);
        clock.set_speed(1.0);
        clock.see(500);
        assert_eq!(clock.progress(), HEAD_START + 3000);
        assert_eq!(clock.now(), 9000);
    }
}
