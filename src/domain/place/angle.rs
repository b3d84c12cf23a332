//! Two coordinates in a text that holds nothing else. What can be read in two ways is not read at all:
//! a message must not lead to a place that nobody meant.

use crate::domain::digit;

/// In characters; no spelling of two coordinates is longer.
const LONGEST: usize = 120;

/// Latitude and longitude in degrees, not checked for their range.
pub fn pair(text: &str) -> Option<(f64, f64)> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let text: String = text.trim().chars().map(usual).collect();
    let mut found: Option<(f64, f64)> = None;
    for (left, right, separator) in splits(&text) {
        let Some(pair) = both(left, right, separator) else { continue };
        if found.is_some_and(|other| other != pair) {
            return None;
        }
        found = Some(pair);
    }
    found
}

/// Digits, signs and separators of other scripts and widths as ASCII has them.
fn usual(c: char) -> char {
    match c {
        _ if digit::is_hyphen(c) => '-',
        _ if c.is_whitespace() => ' ',
        '，' | '、' | '،' => ',',
        '；' | '؛' => ';',
        '．' | '٫' => '.',
        '＋' => '+',
        '\u{BA}' | '\u{2DA}' => '°',
        '′' | '’' | '‘' | 'ʹ' | '´' | '`' => '\'',
        '″' | '”' | '“' | 'ʺ' => '"',
        _ => digit::decimal(c).unwrap_or(c),
    }
}

/// Every way to take a text apart, with what stands between the two: one separator and its space, or
/// nothing after the letter of a direction.
fn splits(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    text.char_indices().filter_map(|(at, c)| {
        let after = &text[at + c.len_utf8()..];
        match c {
            ',' | ';' | '/' | ' ' => {
                let right = after.trim_start();
                Some((&text[..at], right, &text[at..text.len() - right.len()]))
            }
            _ if direction(c).is_some() => Some((&text[..at + c.len_utf8()], after, "")),
            _ => None,
        }
    })
}

fn both(left: &str, right: &str, separator: &str) -> Option<(f64, f64)> {
    let (one, other) = (angle(left)?, angle(right)?);
    // `51,5072` is one number in half of the world, and `51 30` may be degrees and minutes.
    let apart = separator.starts_with(';') || (separator.starts_with(',') && separator.len() > 1);
    if !apart && one.is_whole && other.is_whole && !other.signed {
        return None;
    }
    match (one.axis, other.axis) {
        (None, None) | (Some(Axis::Latitude), Some(Axis::Longitude)) => Some((one.degrees, other.degrees)),
        (Some(Axis::Longitude), Some(Axis::Latitude)) => Some((other.degrees, one.degrees)),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    Latitude,
    Longitude,
}

struct Angle {
    degrees: f64,
    axis: Option<Axis>,
    signed: bool,
    /// A number without decimals and nothing else.
    is_whole: bool,
}

/// The axis of the letter of a direction, and whether it counts backwards.
fn direction(c: char) -> Option<(Axis, bool)> {
    match c.to_ascii_uppercase() {
        'N' => Some((Axis::Latitude, false)),
        'S' => Some((Axis::Latitude, true)),
        'E' => Some((Axis::Longitude, false)),
        'W' => Some((Axis::Longitude, true)),
        _ => None,
    }
}

fn angle(text: &str) -> Option<Angle> {
    let text = text.trim();
    let first = text.chars().next().and_then(direction);
    let last = text.chars().next_back().and_then(direction);
    // A letter of a direction is one byte long.
    let (direction, body) = match (first, last) {
        (Some(_), Some(_)) => return None,
        (Some(_), None) => (first, &text[1..]),
        (None, Some(_)) => (last, &text[..text.len() - 1]),
        (None, None) => (None, text),
    };
    let body = body.trim();
    let unsigned = body.strip_prefix(['-', '+']);
    if unsigned.is_some() && direction.is_some() {
        return None;
    }
    let size = degrees(unsigned.unwrap_or(body))?;
    let backwards = direction.map_or(body.starts_with('-'), |(_, backwards)| backwards);
    Some(Angle {
        degrees: if backwards { -size } else { size },
        axis: direction.map(|(axis, _)| axis),
        signed: unsigned.is_some(),
        is_whole: direction.is_none() && unsigned.unwrap_or(body).bytes().all(|byte| byte.is_ascii_digit()),
    })
}

/// Degrees, or degrees and minutes, or all three; only the last of them has decimals.
fn degrees(text: &str) -> Option<f64> {
    let mut rest = text;
    let mut degrees = 0.0;
    for (marks, parts) in [(["°", "°"], 1.0), (["'", "'"], 60.0), (["\"", "''"], 3600.0)] {
        let (value, has_decimals, after) = number(rest)?;
        if parts > 1.0 && value >= 60.0 {
            return None;
        }
        degrees += value / parts;
        let after = after.trim_start();
        let Some(behind) = marks.iter().find_map(|mark| after.strip_prefix(mark)) else {
            // A number alone is in degrees.
            return (after.is_empty() && rest.len() == text.len()).then_some(degrees);
        };
        rest = behind.trim_start();
        if rest.is_empty() || has_decimals {
            break;
        }
    }
    rest.is_empty().then_some(degrees)
}

/// The number a text begins with, whether it has decimals, and the rest. Point and comma are the same.
fn number(text: &str) -> Option<(f64, bool, &str)> {
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(0);
    let decimals = match text.as_bytes().get(whole) {
        Some(b'.' | b',') => digits(whole + 1),
        _ => 0,
    };
    let length = if decimals > 0 { whole + 1 + decimals } else { whole };
    let value = text[..length].replace(',', ".").parse().ok()?;
    (whole > 0).then_some((value, decimals > 0, &text[length..]))
}
