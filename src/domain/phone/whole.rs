//! A number of a list, where nobody looks at each: its digits with the country code, also without a plus,
//! and what leaves it open whose number it is. What becomes of a doubtful one, the list says.

use super::{
    FEWEST, Warning, ZERO, code_twice, e164, is_digits, keeps_zero, marks, seen, sought_kept, unbracketed,
    warnings,
};
use crate::domain::{
    country::{by_dialling_code, dialling_code_of},
    digit,
};

/// A number with its country code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// ASCII digits, without a plus.
    pub digits: String,
    /// Whether it says by + or 00 that it begins with a country code.
    pub international: bool,
    pub doubt: Option<Doubt>,
}

/// Why a number may not be that of the person who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It begins with 0, so its country is not known.
    National,
    /// No country has the code that it begins with.
    NoCode,
    /// What stands between its parts may divide two numbers, or a number from what is no part of it.
    Parted { digits: String },
    /// A zero after the code of a country that leaves it out; the number as it is meant, where that is known.
    Zero { country_code: String, meant: Option<String> },
    /// A zero in brackets after the code of a country in which some numbers keep it.
    KeptZero { country_code: String },
    /// The country code stands there twice.
    CodeTwice { country_code: String, meant: String },
}

impl Doubt {
    pub fn sentence(&self) -> String {
        match self {
            Doubt::National => "The number begins with 0, so its country code may be missing.".into(),
            Doubt::NoCode => {
                "The number does not begin with a known country code. Write it with + and its country code."
                    .into()
            }
            Doubt::Parted { digits } => format!(
                "This may be more than one number; read as one, it is +{digits}. Write each number on its own, and nothing else with it."
            ),
            Doubt::Zero { country_code, meant } => {
                let what = format!(
                    "After the country code {country_code} stands a 0 that is not dialled from abroad."
                );
                match meant {
                    Some(meant) => format!("{what} Without it, the number is {meant}."),
                    None => format!("{what} Compare the number with the one that you were given."),
                }
            }
            Doubt::KeptZero { country_code } => format!(
                "With the country code {country_code}, some numbers keep a 0 and others do not. Write the number without brackets, as it is dialled from abroad."
            ),
            Doubt::CodeTwice { country_code, meant } => code_twice(country_code, meant),
        }
    }
}

/// Reads a number that has its country code with or without a plus, or a national one, which is doubtful.
/// `None` for what is no number.
pub fn whole(typed: &str) -> Option<Whole> {
    let seen = seen(typed);
    let kept = marks(&seen)?;
    let plain = unbracketed(&kept);
    let international = plain.starts_with('+') || plain.starts_with("00");
    let parted = |digits: &str| is_parted(&seen).then(|| Doubt::Parted { digits: digits.into() });
    let Some(number) = sought_kept(&kept) else {
        let national = plain.starts_with('0') && is_digits(&plain) && plain.len() >= FEWEST;
        let doubt = Some(Doubt::National);
        return national.then_some(Whole { digits: plain, international: false, doubt });
    };
    let digits = number.trim_start_matches('+').to_owned();
    let misplaced = || (!international && brackets_another_code(&kept)).then_some(Doubt::NoCode);
    let doubt = parted(&digits).or_else(misplaced).or_else(|| code_doubt(&digits, &kept));
    Some(Whole { digits, international, doubt })
}

/// What is doubtful about the country code and what follows it.
fn code_doubt(digits: &str, kept: &str) -> Option<Doubt> {
    let Some(country_code) = dialling_code_of(digits) else { return Some(Doubt::NoCode) };
    let number = &digits[country_code.len()..];
    for warning in warnings(country_code, number) {
        if let Warning::CodeTwice { country_code, mended } = warning {
            let meant = format!("+{country_code}{mended}");
            return Some(Doubt::CodeTwice { country_code, meant });
        }
    }
    let rest = number.strip_prefix('0')?;
    let country_code = country_code.to_owned();
    if keeps_zero(&country_code) {
        let before = kept.split_once(ZERO).map(|(before, _)| unbracketed(before));
        let marked = before.is_some_and(|before| before.trim_start_matches(['+', '0']) == country_code);
        return marked.then_some(Doubt::KeptZero { country_code });
    }
    // The codes of no country say nothing of a zero.
    by_dialling_code(&country_code).next()?;
    let meant = e164(&country_code, rest).filter(|_| !rest.starts_with('0'));
    Some(Doubt::Zero { country_code, meant })
}

/// `8 (495) 123-45-67` and `(555) 123-4567`: brackets hold the code of an area, or that of the country alone,
/// so a code of a country cannot reach into them from before or go on after them.
fn brackets_another_code(kept: &str) -> bool {
    let Some((before, rest)) = kept.split_once('(') else { return false };
    if !before.is_empty() {
        return dialling_code_of(before).is_none();
    }
    let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
    !after.is_empty() && dialling_code_of(inside) != Some(inside)
}

/// Whether it is left open where the number ends: at a sign such as `/`, or where a last digit stands alone
/// or something follows a group that is long enough to be a number in itself.
fn is_parted(seen: &str) -> bool {
    /// Digits of a number with its country code, in nearly every country.
    const NUMBER: usize = 10;
    let groups = seen.split(|c| digit::decimal(c).is_none()).map(|group| group.chars().count());
    let groups: Vec<usize> = groups.filter(|digits| *digits > 0).collect();
    let ending = matches!(groups[..], [.., before, last] if before >= NUMBER || last == 1 && before >= 3);
    ending || seen.chars().any(digit::is_parting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{country::COUNTRIES, phone::bare};
    use proptest::prelude::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn read(typed: &str) -> (String, Option<Doubt>) {
        whole(typed).map(|whole| (whole.digits, whole.doubt)).unwrap_or_default()
    }

    fn sure(number: &str) -> (String, Option<Doubt>) {
        (number.to_owned(), None)
    }

    #[test]
    fn a_number_is_read_as_people_and_programs_write_it() {
        for typed in [
            "+44 7700 900001",
            "44 7700 900001",
            "(44) 7700 900001",
            "44 (7700) 900001",
            "(447700900001)",
            "447700900001.0",
            "447700900001,0",
            "447700900001.00",
            "+447700900001.0",
            "44 (0)7700 900001",
            "44(0)7700.900.001",
            "(44) (0)7700 900001",
            "(+44) 7700 900001",
            "0044 (0)7700 900001",
            "4 4 7 7 0 0 9 0 0 0 0 1",
        ] {
            assert_eq!(read(typed), sure("447700900001"), "{typed}");
        }
        assert_eq!(read("+33 1.23.45.67.89"), sure("33123456789"));
        assert_eq!(read("07700.900.001"), ("07700900001".into(), Some(Doubt::National)));
        assert_eq!(read("07700900001.0"), ("07700900001".into(), Some(Doubt::National)));
        assert_eq!(
            (whole("+447700900001").unwrap().international, whole("Ana"), whole("12")),
            (true, None, None)
        );
    }

    #[test]
    fn what_may_be_more_than_one_number_is_doubtful() {
        for (typed, digits) in [
            ("447700 900001/2", "4477009000012"),
            ("447700900001 / 2", "4477009000012"),
            ("+44 7700 900001-2", "4477009000012"),
            ("+44 7700 900001.0", "4477009000010"),
            ("447700900001.5", "4477009000015"),
            ("447700900001 (2)", "4477009000012"),
            ("447700900001-123", "447700900001123"),
            ("+49 30/1234567", "49301234567"),
            ("4512345678\n12", "451234567812"),
            ("4512345~678", "4512345678"),
        ] {
            assert_eq!(
                read(typed),
                (digits.into(), Some(Doubt::Parted { digits: digits.into() })),
                "{typed}"
            );
        }
    }

    #[test]
    fn a_zero_after_the_code_is_doubtful_where_the_country_leaves_it_out() {
        let zero = |country_code: &str, meant: Option<&str>| Doubt::Zero {
            country_code: country_code.into(),
            meant: meant.map(str::to_owned),
        };
        for (typed, doubt) in [
            ("+4407700900003", Some(zero("44", Some("+447700900003")))),
            ("4407700900003", Some(zero("44", Some("+447700900003")))),
            ("0044 07700 900003", Some(zero("44", Some("+447700900003")))),
            ("44007700900003", Some(zero("44", None))),
            ("+39 06 6981 2345", None),
            ("39 06 6981 2345", None),
            ("225 07 12 34 56 78", None),
            ("+39 (0)6 6981 2345", Some(Doubt::KeptZero { country_code: "39".into() })),
            ("39 (0)347 1234567", Some(Doubt::KeptZero { country_code: "39".into() })),
            ("+800 0012 3456", None),
        ] {
            assert_eq!(read(typed).1, doubt, "{typed}");
        }
        let said = read("4407700900003").1.unwrap().sentence();
        assert!(said.ends_with("Without it, the number is +447700900003."), "{said}");
    }

    #[test]
    fn a_number_without_a_code_of_a_country_is_doubtful() {
        for typed in
            ["8 (912) 345-67-89", "89123456789", "+999 7700 900000", "8 (495) 123-45-67", "(555) 123-4567"]
        {
            assert_eq!(read(typed).1, Some(Doubt::NoCode), "{typed}");
        }
        for typed in ["7 (912) 345-67-89", "1 (555) 123-4567", "+1 (555) 123-4567", "55 (11) 99999-0000"] {
            assert_eq!(read(typed).1, None, "{typed}");
        }
        let twice = Doubt::CodeTwice { country_code: "44".into(), meant: "+447700900000".into() };
        assert_eq!(read("44447700900000").1, Some(twice));
    }

    /// The data set's own examples, of every country: landlines and mobiles.
    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn a_real_number_of_any_country_is_read_without_a_doubt() {
        use crate::domain::phone::display;
        use phonenumber::metadata::DATABASE;
        for country in COUNTRIES {
            let source = DATABASE.by_id(country.region).unwrap().descriptors();
            let lines = [source.mobile(), source.fixed_line()].into_iter().flatten();
            for number in lines.filter_map(|line| line.example()) {
                let code = country.dialling_code;
                let digits = format!("{code}{number}");
                for typed in
                    [digits.clone(), format!("+{digits}"), format!("{digits}.0"), display(code, number)]
                {
                    assert_eq!(read(&typed), sure(&digits), "{typed}");
                }
            }
        }
    }

    proptest! {
        /// What is read without a doubt has every digit that was typed, but a zero in brackets and decimals.
        #[test]
        fn no_digit_is_lost_or_won(typed in "(\\+|00)?[0-9]{1,4}[ ./()~-]{0,2}[0-9 ()./-]{0,14}(\\.0)?") {
            let Some(found) = whole(&typed) else { return Ok(()) };
            prop_assert!(found.digits.bytes().all(|byte| byte.is_ascii_digit()));
            if found.doubt.is_some() {
                return Ok(());
            }
            prop_assert!(!typed.trim().contains(['/', '~']), "{typed}");
            let mended = ["", ".0", ".00"].into_iter().filter_map(|decimals| typed.trim().strip_suffix(decimals)).any(|text| {
                let spaceless: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
                let zeroless = spaceless.replacen("(0)", "", 1);
                [spaceless, zeroless].iter().any(|text| {
                    let all = bare(text);
                    all == found.digits || all.strip_prefix("00") == Some(&found.digits)
                })
            });
            prop_assert!(mended, "{typed} {found:?}");
        }

        #[test]
        fn a_zero_after_the_code_is_never_sent_to_in_silence(index in 0..COUNTRIES.len(), number in "[1-9][0-9]{6,9}") {
            let country = &COUNTRIES[index];
            for typed in [format!("+{}0{number}", country.dialling_code), format!("{}0{number}", country.dialling_code)] {
                let found = whole(&typed).unwrap();
                prop_assert!(country.keeps_zero || found.doubt.is_some(), "{typed}");
            }
        }
    }
}
