//! The limits a value has to keep: each knows its hint before typing, its check and its evidence.
//! What kind of value a field takes is in `field`; sentences for broken limits are in `problem`.

use super::{evidence::Evidence, problem::Fault, value::Value};

/// One limit of one field, with the evidence for it.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub bound: Bound,
    pub evidence: Evidence,
}

/// What is limited. All bounds are inclusive.
#[derive(Clone, Copy, Debug)]
pub enum Bound {
    /// Length of a text in Unicode code points. UTF-16 length beyond `max` is a warning, because
    /// no provider says how it counts.
    Length { min: usize, max: usize },
    /// Length of a text in bytes of UTF-8.
    Bytes { max: usize },
    /// An integer.
    Range { min: i64, max: i64 },
    /// A decimal number.
    Decimals { min: i32, max: i32 },
    /// Number of rows in a list.
    Count { min: usize, max: usize },
    /// A shape that a text has to have.
    Pattern(&'static Pattern),
}

/// A named shape of a text.
#[derive(Debug)]
pub struct Pattern {
    /// Shown beside the label before anything is typed.
    pub hint: &'static str,
    /// Shown when the text does not fit.
    pub sentence: &'static str,
    pub fits: fn(&str) -> bool,
}

impl Limit {
    pub const fn new(bound: Bound, evidence: Evidence) -> Limit {
        Limit { bound, evidence }
    }

    pub const fn length(min: usize, max: usize, evidence: Evidence) -> Limit {
        Limit::new(Bound::Length { min, max }, evidence)
    }

    pub const fn bytes(max: usize, evidence: Evidence) -> Limit {
        Limit::new(Bound::Bytes { max }, evidence)
    }

    pub const fn range(min: i64, max: i64, evidence: Evidence) -> Limit {
        Limit::new(Bound::Range { min, max }, evidence)
    }

    pub const fn decimals(min: i32, max: i32, evidence: Evidence) -> Limit {
        Limit::new(Bound::Decimals { min, max }, evidence)
    }

    pub const fn count(min: usize, max: usize, evidence: Evidence) -> Limit {
        Limit::new(Bound::Count { min, max }, evidence)
    }

    pub const fn pattern(pattern: &'static Pattern, evidence: Evidence) -> Limit {
        Limit::new(Bound::Pattern(pattern), evidence)
    }

    /// What the reader is told before typing, such as `15 to 120`.
    pub fn hint(&self) -> String {
        let hint = self.bound.hint();
        match self.evidence {
            Evidence::Inferred(_) if !hint.is_empty() => format!("{hint} (recommended)"),
            _ => hint,
        }
    }

    /// The faults of a value against this limit; usually none or one. The flag says whether the
    /// fault is certain: a doubtful one only warns, whatever the evidence.
    pub fn check(&self, value: &Value) -> Option<(Fault, bool)> {
        match (self.bound, value) {
            (Bound::Count { min, max }, Value::List(rows)) => count(rows.len(), min, max),
            (Bound::Range { min, max }, Value::Number(number)) => range(&number.to_string(), min, max),
            (Bound::Decimals { min, max }, Value::Number(number)) => {
                decimals(number.to_string().parse().ok()?, min, max)
            }
            (bound, value) => bound.check_text(value.as_text()?),
        }
    }
}

impl Bound {
    /// The bound in words, such as `15 to 120`.
    pub fn hint(&self) -> String {
        match *self {
            Bound::Length { min: 0 | 1, max } => format!("at most {max} characters"),
            Bound::Length { min, max } if min == max => format!("{max} characters"),
            Bound::Length { min, max } => format!("{min} to {max} characters"),
            Bound::Bytes { max } => format!("at most {max} bytes"),
            Bound::Range { min, max: i64::MAX } => format!("{min} or more"),
            Bound::Range { min, max } => format!("{min} to {max}"),
            Bound::Decimals { min, max } => format!("{min} to {max}"),
            Bound::Count { min: 0, max } => format!("at most {max}"),
            Bound::Count { min, max } => format!("{min} to {max}"),
            Bound::Pattern(pattern) => pattern.hint.to_owned(),
        }
    }

    /// Whether this says the same in a narrower way.
    pub fn is_within(&self, wider: &Bound) -> bool {
        match (*self, *wider) {
            (Bound::Length { min, max }, Bound::Length { min: least, max: most })
            | (Bound::Count { min, max }, Bound::Count { min: least, max: most }) => {
                (min, max) != (least, most) && min >= least && max <= most
            }
            _ => false,
        }
    }

    fn check_text(&self, text: &str) -> Option<(Fault, bool)> {
        match *self {
            Bound::Length { min, max } => length(text, min, max),
            Bound::Bytes { max } if text.len() > max => {
                Some((Fault::TooManyBytes { is: text.len(), max }, true))
            }
            Bound::Pattern(pattern) if !(pattern.fits)(text) => Some((Fault::Shape(pattern.sentence), true)),
            _ => None,
        }
    }
}

fn length(text: &str, min: usize, max: usize) -> Option<(Fault, bool)> {
    let is = text.chars().count();
    let units = text.encode_utf16().count();
    if is < min {
        Some((Fault::TooShort { is, min }, true))
    } else if is > max {
        Some((Fault::TooLong { is, max }, true))
    } else if units > max {
        Some((Fault::TooManyUnits { is: units, max }, false))
    } else {
        None
    }
}

fn count(is: usize, min: usize, max: usize) -> Option<(Fault, bool)> {
    if is < min {
        Some((Fault::TooFew { min }, true))
    } else if is > max {
        Some((Fault::TooMany { is, max }, true))
    } else {
        None
    }
}

fn range(is: &str, min: i64, max: i64) -> Option<(Fault, bool)> {
    // Of a number that 128 bits do not hold, the sign tells which end it is beyond.
    let beyond = if is.starts_with('-') { i128::MIN } else { i128::MAX };
    let is = is.parse().unwrap_or(beyond);
    if is < i128::from(min) {
        Some((Fault::Below(min), true))
    } else if is > i128::from(max) {
        Some((Fault::Above(max), true))
    } else {
        None
    }
}

fn decimals(is: f64, min: i32, max: i32) -> Option<(Fault, bool)> {
    if is < f64::from(min) {
        Some((Fault::Below(min.into()), true))
    } else if is > f64::from(max) {
        Some((Fault::Above(max.into()), true))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::pattern;
    use serde_json::Number;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const TEST: Evidence = Evidence::Documented("a test");
    const ADVICE: Evidence = Evidence::Inferred("a test");

    fn number(text: &str) -> Value {
        Value::Number(text.parse::<Number>().unwrap())
    }

    #[test]
    fn hints_say_the_bounds_before_typing() {
        for (limit, hint) in [
            (Limit::length(0, 60, TEST), "at most 60 characters"),
            (Limit::length(1, 139, TEST), "at most 139 characters"),
            (Limit::length(4, 14, ADVICE), "4 to 14 characters (recommended)"),
            (Limit::length(6, 6, TEST), "6 characters"),
            (Limit::bytes(50, TEST), "at most 50 bytes"),
            (Limit::range(15, 120, TEST), "15 to 120"),
            (Limit::range(1, i64::MAX, TEST), "1 or more"),
            (Limit::decimals(-90, 90, TEST), "-90 to 90"),
            (Limit::count(1, 2, TEST), "1 to 2"),
            (Limit::count(0, 3, TEST), "at most 3"),
            (Limit::pattern(&pattern::SIX_DIGITS, TEST), "six digits"),
            (Limit::pattern(&pattern::NOT_BLANK, ADVICE), ""),
        ] {
            assert_eq!(limit.hint(), hint);
        }
    }

    #[test]
    fn numbers_of_any_size_are_compared() {
        let limit = Limit::range(-5, 5, TEST);
        let huge = "9".repeat(60);
        for (text, fault) in [
            ("-5", None),
            ("5", None),
            ("6", Some(Fault::Above(5))),
            ("-6", Some(Fault::Below(-5))),
            ("170141183460469231731687303715884105728", Some(Fault::Above(5))),
            (&huge, Some(Fault::Above(5))),
            (&format!("-{huge}"), Some(Fault::Below(-5))),
        ] {
            assert_eq!(limit.check(&number(text)), fault.map(|fault| (fault, true)), "{text}");
        }
        let decimals = Limit::decimals(-90, 90, TEST);
        assert_eq!(decimals.check(&number("90.0")), None);
        assert_eq!(decimals.check(&number("90.0000001")), Some((Fault::Above(90), true)));
        assert_eq!(decimals.check(&number("-90.0000001")), Some((Fault::Below(-90), true)));
        assert_eq!(decimals.check(&number("1e400")), Some((Fault::Above(90), true)));
    }

    #[test]
    fn only_the_length_in_units_is_doubtful() {
        let limit = Limit::length(2, 4, TEST);
        let check = |text: &str| limit.check(&Value::Text(text.into()));
        assert_eq!(check("a"), Some((Fault::TooShort { is: 1, min: 2 }, true)));
        assert_eq!(check("ab"), None);
        assert_eq!(check("éééé"), None);
        assert_eq!(check("😀😀"), None);
        assert_eq!(check("😀😀a"), Some((Fault::TooManyUnits { is: 5, max: 4 }, false)));
        assert_eq!(check("😀😀😀😀😀"), Some((Fault::TooLong { is: 5, max: 4 }, true)));
        // Seen as one letter, but of two code points.
        assert_eq!(check("e\u{301}e\u{301}e"), Some((Fault::TooLong { is: 5, max: 4 }, true)));
    }

    #[test]
    fn secrets_are_measured_and_other_kinds_left_alone() {
        use crate::catalogue::value::Secret;
        let six = Limit::pattern(&pattern::SIX_DIGITS, TEST);
        assert_eq!(six.check(&Value::Secret(Secret::new("123456"))), None);
        assert!(six.check(&Value::Secret(Secret::new("12345"))).is_some());
        assert_eq!(six.check(&Value::Unread("x".into())), None);
        assert_eq!(Limit::count(1, 2, TEST).check(&Value::Text("x".into())), None);
        assert_eq!(Limit::range(1, 2, TEST).check(&Value::Text("9".into())), None);
    }
}
