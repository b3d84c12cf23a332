//! Whether calls are noted in the history, and for how long, as the person chose. Noting and removing
//! them is not done here.

use serde::{Deserialize, Serialize};

const DAY: u64 = 24 * 60 * 60 * 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Keeping {
    /// Whether a call that leaves is noted.
    pub on: bool,
    pub stay: Stay,
}

impl Default for Keeping {
    fn default() -> Keeping {
        Keeping { on: true, stay: Stay::default() }
    }
}

/// How long a call stays, as long as there is room for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stay {
    Day,
    Week,
    Month,
    Quarter,
    /// Until newer ones take its room.
    #[default]
    Room,
}

impl Stay {
    pub const ALL: [Stay; 5] = [Stay::Day, Stay::Week, Stay::Month, Stay::Quarter, Stay::Room];

    pub const fn id(self) -> &'static str {
        match self {
            Stay::Day => "day",
            Stay::Week => "week",
            Stay::Month => "month",
            Stay::Quarter => "quarter",
            Stay::Room => "room",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Stay::Day => "1 day",
            Stay::Week => "7 days",
            Stay::Month => "30 days",
            Stay::Quarter => "90 days",
            Stay::Room => "As long as there is room",
        }
    }

    const fn days(self) -> Option<u64> {
        match self {
            Stay::Day => Some(1),
            Stay::Week => Some(7),
            Stay::Month => Some(30),
            Stay::Quarter => Some(90),
            Stay::Room => None,
        }
    }

    /// The moment before which calls are removed; `None` where age removes none.
    pub fn before(self, now: u64) -> Option<u64> {
        self.days().map(|days| now.saturating_sub(days * DAY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_label_is_the_rule() {
        let now = 1_000 * DAY;
        for one in Stay::ALL {
            let days = one.before(now).map(|before| (now - before) / DAY);
            let said = one.label().split_once(" day").and_then(|(days, _)| days.parse().ok());
            assert_eq!(days, said, "{one:?}");
            assert_eq!(serde_json::to_value(one).unwrap(), one.id(), "stored by its id");
        }
        assert_eq!(Stay::Quarter.before(DAY), Some(0), "a clock that is wrong removes nothing");
    }

    #[test]
    fn what_is_not_stored_is_as_it_always_was() {
        let read = |text: &str| serde_json::from_str::<Keeping>(text);
        assert_eq!(read("{}").unwrap(), Keeping { on: true, stay: Stay::Room });
        assert_eq!(read(r#"{"on": false}"#).unwrap(), Keeping { on: false, stay: Stay::Room });
        assert!(read(r#"{"stay": "century"}"#).is_err(), "and that counts as nothing stored");
    }
}
