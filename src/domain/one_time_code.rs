//! The one-time code in what a person types or pastes, be it a whole text message. It is found, never
//! guessed: sending a wrong code costs one of few attempts.

use super::digit;
use std::fmt;

/// Digits of a one-time code of WhatsApp.
const LENGTH: usize = 6;

/// What was found. A code is text, for it may begin with zeros.
#[derive(Clone, PartialEq, Eq)]
pub enum Code {
    Empty,
    Six(String),
    /// Nothing but digits, fewer than six.
    Few {
        digits: usize,
    },
    /// Nothing but digits, more than six.
    Many {
        digits: usize,
    },
    /// Two or more different codes, in their order.
    Two(Vec<String>),
    /// A text without a code of six digits.
    Letters,
}

/// A code is a secret: it is not written to a log.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Code::Empty => write!(f, "Empty"),
            Code::Six(_) => write!(f, "Six(••••••)"),
            Code::Few { digits } => write!(f, "Few({digits})"),
            Code::Many { digits } => write!(f, "Many({digits})"),
            Code::Two(codes) => write!(f, "Two({} codes)", codes.len()),
            Code::Letters => write!(f, "Letters"),
        }
    }
}

impl Code {
    /// Why it is refused; `None` for a code.
    pub fn sentence(&self) -> Option<String> {
        match self {
            Code::Six(_) => None,
            Code::Empty => Some("Fill in the code from the text message or the call.".into()),
            Code::Few { digits: 1 } => Some("This is 1 digit; the code has six.".into()),
            Code::Few { digits } => Some(format!("These are {digits} digits; the code has six.")),
            Code::Many { digits } => Some(format!("These are {digits} digits; the code has only six.")),
            Code::Two(codes) => Some(format!(
                "There is more than one code of six digits: {}. Fill in the right one.",
                codes.join(", ")
            )),
            Code::Letters => {
                Some("There is no code of six digits in this text. Fill in only the six digits.".into())
            }
        }
    }
}

/// Reads `123456`, `123-456`, `123 456` and messages with one such group. Groups that are part of a
/// longer row of digits, such as a phone number, are no codes.
pub fn read(typed: &str) -> Code {
    let seen: Vec<char> =
        typed.chars().filter(|c| !digit::is_invisible(*c)).map(|c| digit::decimal(c).unwrap_or(c)).collect();
    if seen.iter().all(|c| c.is_whitespace()) {
        return Code::Empty;
    }
    let mut codes: Vec<String> = vec![];
    for code in rows(&seen).iter().flat_map(Row::codes) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    match codes.as_slice() {
        [] => without_code(&seen),
        [code] => Code::Six(code.clone()),
        _ => Code::Two(codes),
    }
}

fn without_code(seen: &[char]) -> Code {
    let digits: String = seen.iter().filter(|c| c.is_ascii_digit()).collect();
    if digits.is_empty() || !seen.iter().all(|c| c.is_ascii_digit() || digit::is_separator(*c)) {
        return Code::Letters;
    }
    match digits.len() {
        LENGTH => Code::Six(digits),
        digits if digits < LENGTH => Code::Few { digits },
        digits => Code::Many { digits },
    }
}

/// Groups of digits that belong together, as those of a phone number do.
#[derive(Default)]
struct Row {
    groups: Vec<String>,
    /// Between two groups stands one space or hyphen and nothing else.
    tight: bool,
    /// A plus sign stands before it: a phone number.
    plus: bool,
}

impl Row {
    fn codes(&self) -> Vec<String> {
        let lengths: Vec<usize> = self.groups.iter().map(String::len).collect();
        match lengths.as_slice() {
            _ if self.plus => vec![],
            [3, 3] if self.tight => vec![self.groups.concat()],
            all if all.iter().all(|length| *length == LENGTH) => self.groups.clone(),
            _ => vec![],
        }
    }
}

fn rows(seen: &[char]) -> Vec<Row> {
    let mut rows: Vec<Row> = vec![];
    let mut between = String::new();
    for digits in seen.chunk_by(|one, next| one.is_ascii_digit() == next.is_ascii_digit()) {
        let text: String = digits.iter().collect();
        if !digits[0].is_ascii_digit() {
            between = text;
            continue;
        }
        match rows.last_mut() {
            Some(row) if joins(&between) => {
                row.tight &= is_link(&between);
                row.groups.push(text);
            }
            _ => {
                let plus = between.ends_with(['+', '＋']);
                rows.push(Row { groups: vec![text], tight: true, plus });
            }
        }
    }
    rows
}

/// Whether groups of digits with this between them are one row. A line break, an opening bracket and a
/// full stop with a space end a row.
fn joins(between: &str) -> bool {
    between.chars().count() <= 3
        && !between.contains(['\n', '\r', '(', '（', '['])
        && !between.contains(". ")
        && between.chars().all(digit::is_separator)
}

/// What stands between the halves of a code: one space or hyphen.
fn is_link(between: &str) -> bool {
    let mut marks = between.chars();
    let first = marks.next();
    first.is_some_and(|c| c.is_whitespace() || digit::is_hyphen(c)) && marks.next().is_none()
}

#[cfg(test)]
mod tests;
