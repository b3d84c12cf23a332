//! The placeholders in a template's text, `{{1}}` or `{{name}}`, and the text between them. What is put
//! in their place is for `fill`.

use std::fmt;

/// What stands between the brackets.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    Number(u32),
    Name(String),
}

impl Key {
    pub fn of(word: &str) -> Key {
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        match word.parse() {
            Ok(number) if digits => Key::Number(number),
            _ => Key::Name(word.to_owned()),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Number(number) => write!(f, "{{{{{number}}}}}"),
            Key::Name(name) => write!(f, "{{{{{name}}}}}"),
        }
    }
}

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece<'a> {
    Text(&'a str),
    /// A placeholder, and how it is written.
    Gap {
        key: Key,
        written: &'a str,
    },
}

/// The text in pieces, which together are the text again. A name is of letters, digits and underscores,
/// more than WhatsApp takes; brackets around anything else are text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = vec![];
    let (mut done, mut at) = (0, 0);
    while let Some(found) = text[at..].find("{{") {
        let start = at + found;
        let Some((key, written)) = gap(&text[start..]) else {
            at = start + 1;
            continue;
        };
        if done < start {
            pieces.push(Piece::Text(&text[done..start]));
        }
        pieces.push(Piece::Gap { key, written });
        done = start + written.len();
        at = done;
    }
    if done < text.len() {
        pieces.push(Piece::Text(&text[done..]));
    }
    pieces
}

/// The placeholder that a text begins with.
fn gap(text: &str) -> Option<(Key, &str)> {
    let inside = text.strip_prefix("{{")?.trim_start();
    let end = inside.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
    let (word, after) = inside.split_at(end);
    let rest = after.trim_start().strip_prefix("}}")?;
    (!word.is_empty()).then(|| (Key::of(word), &text[..text.len() - rest.len()]))
}
