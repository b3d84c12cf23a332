//! Phone numbers as people type and paste them: into country code and number, into one row of digits,
//! and for reading. Which countries there are is in `country`, what a provider asks in `catalogue`.

mod whole;

pub use whole::{Doubt, Whole, whole};

use super::{
    country::{by_dialling_code, dialling_code_of},
    digit,
};

/// The fewest and the most digits of a number with its country code. 15 is the limit of ITU-T E.164;
/// shorter numbers than 7 are not reached from abroad.
const FEWEST: usize = 7;
const MOST: usize = 15;

/// A zero that is dialled inside the country alone, as people mark it.
const ZERO: &str = "(0)";

/// An international number in two parts, both of ASCII digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    pub country_code: String,
    pub number: String,
}

/// Takes apart a number that says its country: `+44 7700 900000`, `0044 7700 900000`,
/// `+44 (0)7700-900000`, `tel:+447700900000`. `None` for everything else.
pub fn split(pasted: &str) -> Option<Split> {
    split_kept(&essential(pasted)?)
}

/// The same for what is essential of it.
fn split_kept(kept: &str) -> Option<Split> {
    let (before, after) = match kept.split_once(ZERO) {
        Some((before, after)) => (unbracketed(before), Some(unbracketed(after))),
        None => (unbracketed(kept), None),
    };
    let digits = before.strip_prefix('+').or_else(|| before.strip_prefix("00"))?;
    let country_code = dialling_code_of(digits)?;
    let whole = match after {
        // A zero in brackets after the code is for calls inside the country, except in some countries.
        Some(after) if digits == country_code && !keeps_zero(country_code) => format!("{digits}{after}"),
        Some(after) => format!("{digits}0{after}"),
        None => digits.to_owned(),
    };
    let number = &whole[country_code.len()..];
    (is_digits(&whole) && (FEWEST..=MOST).contains(&whole.len()))
        .then(|| Split { country_code: country_code.into(), number: number.into() })
}

/// A pasted number as it is seen, without what is put around it.
fn seen(pasted: &str) -> String {
    let seen: String = pasted.chars().filter(|c| !digit::is_invisible(*c)).collect();
    let seen = seen.trim();
    let number = match seen.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => &seen[4..],
        _ => seen,
    };
    without_decimals(number).to_owned()
}

/// `447700900000` for `447700900000.0`: programs that take a number for an amount write it so, and nobody
/// writes a whole number as one group with zeros after it.
fn without_decimals(number: &str) -> &str {
    let Some((whole, "0" | "00")) = number.rsplit_once(['.', ',']) else { return number };
    let digits = whole.strip_prefix('+').unwrap_or(whole);
    if is_digits(digits) && digits.len() >= FEWEST { whole } else { number }
}

/// The digits, plus signs and round brackets of a pasted number in ASCII; `None` when something stands
/// there that no number has.
fn essential(pasted: &str) -> Option<String> {
    marks(&seen(pasted))
}

/// The same for a number as it is seen.
fn marks(seen: &str) -> Option<String> {
    let mut kept = String::new();
    for c in seen.chars() {
        match (c, digit::decimal(c)) {
            (_, Some(digit)) => kept.push(digit),
            ('+' | '＋', _) => kept.push('+'),
            ('(' | '（', _) => kept.push('('),
            (')' | '）', _) => kept.push(')'),
            _ if digit::is_separator(c) => {}
            _ => return None,
        }
    }
    Some(kept)
}

fn unbracketed(kept: &str) -> String {
    kept.replace(['(', ')'], "")
}

/// A national number as ASCII digits alone. A text that holds more than digits and separators comes
/// back unchanged, so that the check of the field says what is wrong with it.
pub fn digits(typed: &str) -> String {
    let kept = typed.chars().filter(|c| !digit::is_separator(*c)).map(digit::decimal);
    kept.collect::<Option<String>>().unwrap_or_else(|| typed.to_owned())
}

/// The whole number as E.164 writes it, such as `+447700900000`.
pub fn e164(country_code: &str, number: &str) -> Option<String> {
    let whole = format!("{country_code}{number}");
    let fits = is_country_code(country_code)
        && !number.is_empty()
        && is_digits(number)
        && (FEWEST..=MOST).contains(&whole.len());
    fits.then(|| format!("+{whole}"))
}

/// For reading: `+44 770 090 0000`. The groups are of three or four digits, not those of the country;
/// a part that is missing or is no number stays as it is.
pub fn display(country_code: &str, number: &str) -> String {
    let code = match is_country_code(country_code) {
        true => format!("+{country_code}"),
        false => country_code.to_owned(),
    };
    let number = if is_digits(number) { grouped(number) } else { number.to_owned() };
    format!("{code} {number}").trim().to_owned()
}

/// Groups of three from the left; one or two of four at the end where the digits do not divide by three.
fn grouped(digits: &str) -> String {
    let fours = digits.len() % 3;
    if digits.len() < 6 {
        return digits.to_owned();
    }
    let (threes, rest) = digits.split_at(digits.len() - 4 * fours);
    let mut groups: Vec<&str> = vec![];
    for (mut part, size) in [(threes, 3), (rest, 4)] {
        while !part.is_empty() {
            let (group, after) = part.split_at(size);
            groups.push(group);
            part = after;
        }
    }
    groups.join(" ")
}

/// What looks wrong about a number, though it can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The number begins with its country code once more; `mended` is the number without it.
    CodeTwice {
        country_code: String,
        mended: String,
    },
    /// Digits of country code and number together.
    TooShort {
        digits: usize,
    },
    TooLong {
        digits: usize,
    },
    UnknownCode {
        country_code: String,
    },
}

impl Warning {
    pub fn sentence(&self) -> String {
        match self {
            Warning::CodeTwice { country_code, mended } => code_twice(country_code, mended),
            Warning::TooShort { digits } => format!(
                "Country code and number have {digits} digits together. An international number has {FEWEST} at the least: some digits may be missing."
            ),
            Warning::TooLong { digits } => format!(
                "Country code and number have {digits} digits together. An international number has {MOST} at the most."
            ),
            Warning::UnknownCode { country_code } => {
                format!("{country_code} is not a known country code.")
            }
        }
    }

    /// The number that should stand there instead, where that is known.
    pub fn mended(&self) -> Option<String> {
        match self {
            Warning::CodeTwice { mended, .. } => Some(mended.clone()),
            _ => None,
        }
    }
}

fn code_twice(country_code: &str, mended: &str) -> String {
    format!(
        "The number seems to begin with the country code {country_code} again. Without it, the number is {mended}."
    )
}

/// A number as a provider wrote it, grouped for the eye where it is one; as it stands otherwise.
pub fn shown(number: &str) -> String {
    let plain = digits(number.trim());
    match split(&format!("+{}", plain.trim_start_matches('+'))) {
        Some(whole) => display(&whole.country_code, &whole.number),
        None => number.to_owned(),
    }
}

/// The number that somebody looks for, as E.164 writes it: a text of enough digits with or without a
/// plus. One that begins with a zero does not say its country, so nobody can be asked for it.
pub fn sought(typed: &str) -> Option<String> {
    sought_kept(&essential(typed)?)
}

/// The same for what is essential of it.
fn sought_kept(kept: &str) -> Option<String> {
    if let Some(whole) = split_kept(kept).or_else(|| split_kept(&format!("+{kept}"))) {
        return e164(&whole.country_code, &whole.number);
    }
    let number = kept.strip_prefix('+').or_else(|| kept.strip_prefix("00")).unwrap_or(kept);
    let number = unbracketed(number);
    let fits = is_digits(&number) && (FEWEST..=MOST).contains(&number.len()) && !number.starts_with('0');
    fits.then(|| format!("+{number}"))
}

/// The ASCII digits of a number in whatever spelling, to be compared with others.
pub fn bare(number: &str) -> String {
    number.chars().filter_map(digit::decimal).collect()
}

/// The digits of a text that may be a part of a number; `None` where it has anything that no number has.
pub fn part(typed: &str) -> Option<String> {
    let whole = sought(typed).or_else(|| essential(typed))?;
    Some(bare(&whole)).filter(|digits| !digits.is_empty())
}

/// Warnings about two parts that the fields themselves find nothing wrong with; a missing part and one
/// that is no number are for the field to say.
pub fn warnings(country_code: &str, number: &str) -> Vec<Warning> {
    if !is_country_code(country_code) {
        return vec![];
    }
    let mut warnings = vec![];
    if dialling_code_of(country_code) != Some(country_code) {
        warnings.push(Warning::UnknownCode { country_code: country_code.into() });
    }
    if number.is_empty() || !is_digits(number) {
        return warnings;
    }
    let digits = country_code.len() + number.len();
    match without_code(country_code, number) {
        Some(mended) => {
            warnings.push(Warning::CodeTwice { country_code: country_code.into(), mended: mended.into() });
        }
        None if digits < FEWEST => warnings.push(Warning::TooShort { digits }),
        None if digits > MOST => warnings.push(Warning::TooLong { digits }),
        None => {}
    }
    warnings
}

/// The rest of a number that says its country code again. Many a real number begins with the digits of
/// its code, such as Italian mobiles with 39, so the length decides.
fn without_code<'a>(country_code: &str, number: &'a str) -> Option<&'a str> {
    let country = by_dialling_code(country_code).next()?;
    let (abroad, international) = match number.strip_prefix("00") {
        Some(international) => (true, international),
        None => (false, number),
    };
    let rest = international.strip_prefix(country_code)?;
    let mended = if keeps_zero(country_code) { rest } else { rest.strip_prefix('0').unwrap_or(rest) };
    let doubled = abroad || country.doubles(country_code.len() + mended.len());
    (doubled && e164(country_code, mended).is_some()).then_some(mended)
}

fn keeps_zero(country_code: &str) -> bool {
    by_dialling_code(country_code).any(|country| country.keeps_zero)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_country_code(text: &str) -> bool {
    (1..=3).contains(&text.len()) && is_digits(text) && !text.starts_with('0')
}

#[cfg(test)]
mod tests;
