//! How long something took or takes, in figures or in words. Dates and times of day are the browser's.

/// `0:42`, `12:05`, `1:02:03`, from milliseconds; rounded down.
pub fn clock(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// `42 seconds`, `12 minutes`, `3 hours`, `2 days`: the greatest unit that fits.
pub fn words(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    let (count, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3_600 => (seconds / 60, "minute"),
        3_600..172_800 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// `12 minutes ago`, and `just now` within a second.
pub fn ago(milliseconds: u64) -> String {
    if milliseconds < 1000 { "just now".to_owned() } else { format!("{} ago", words(milliseconds)) }
}

/// `23 h 12 min`, `12 min`, `42 seconds`, for what runs out within days; rounded down.
pub fn left(milliseconds: u64) -> String {
    let minutes = milliseconds / 60_000;
    match (minutes / 60, minutes % 60) {
        (0, 0) => words(milliseconds),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_is_left_is_said_to_the_minute() {
        let said = [59_999, 60_000, 7_199_999, 86_399_999].map(left);
        assert_eq!(said, ["59 seconds", "1 min", "1 h 59 min", "23 h 59 min"]);
    }

    #[test]
    fn what_has_just_been_is_not_counted_in_seconds() {
        assert_eq!(
            [0, 999, 1_000, 60_000].map(ago),
            ["just now", "just now", "1 second ago", "1 minute ago"]
        );
    }

    #[test]
    fn figures_and_words_of_each_size() {
        for (milliseconds, figures, said) in [
            (0, "0:00", "0 seconds"),
            (1_999, "0:01", "1 second"),
            (59_999, "0:59", "59 seconds"),
            (60_000, "1:00", "1 minute"),
            (725_000, "12:05", "12 minutes"),
            (3_599_999, "59:59", "59 minutes"),
            (3_723_000, "1:02:03", "1 hour"),
            (172_799_999, "47:59:59", "47 hours"),
            (172_800_000, "48:00:00", "2 days"),
        ] {
            assert_eq!((clock(milliseconds).as_str(), words(milliseconds).as_str()), (figures, said));
        }
    }
}
