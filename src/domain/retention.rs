//! How long messages of customers stay on this device, as the person chose. Removing them, and what the
//! site's host allows, is not decided here.

use serde::{Deserialize, Serialize};

const DAY: u64 = 24 * 60 * 60 * 1000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Retention {
    Week,
    Month,
    #[default]
    Quarter,
    Year,
    Always,
    /// Not at all: they last as long as the page that shows them.
    Nothing,
}

impl Retention {
    pub const ALL: [Retention; 6] = [
        Retention::Week,
        Retention::Month,
        Retention::Quarter,
        Retention::Year,
        Retention::Always,
        Retention::Nothing,
    ];

    pub const fn id(self) -> &'static str {
        match self {
            Retention::Week => "week",
            Retention::Month => "month",
            Retention::Quarter => "quarter",
            Retention::Year => "year",
            Retention::Always => "always",
            Retention::Nothing => "nothing",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Retention::Week => "7 days",
            Retention::Month => "30 days",
            Retention::Quarter => "90 days",
            Retention::Year => "365 days",
            Retention::Always => "Until they are erased",
            Retention::Nothing => "Not at all",
        }
    }

    const fn days(self) -> Option<u64> {
        match self {
            Retention::Week => Some(7),
            Retention::Month => Some(30),
            Retention::Quarter => Some(90),
            Retention::Year => Some(365),
            Retention::Always | Retention::Nothing => None,
        }
    }

    /// The moment before which messages are removed; `None` where age removes none.
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
        for one in Retention::ALL {
            let days = one.before(now).map(|before| (now - before) / DAY);
            let said = one.label().strip_suffix(" days").and_then(|days| days.parse().ok());
            assert_eq!(days, said, "{one:?}");
            assert_eq!(serde_json::to_value(one).unwrap(), one.id(), "stored by its id");
        }
        assert_eq!(Retention::default().label(), "90 days");
        assert_eq!(Retention::Year.before(DAY), Some(0), "a clock that is wrong removes nothing");
    }
}
