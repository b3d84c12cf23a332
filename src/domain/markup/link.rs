//! Addresses of the web in a line of text, and where they end. No other scheme than http and https is
//! ever a link, and nothing is opened here.
//!
//! Ours rather than `linkify`, which takes every sign beyond ASCII for a part of an address, so that one
//! before `。` or a wide space does not end there.

use crate::domain::digit;
use std::ops::Range;

const SCHEMES: [&str; 2] = ["https", "http"];
const SEPARATOR: &str = "://";

/// The addresses in a text, in its order, as places in it.
pub fn links(text: &str) -> Vec<Range<usize>> {
    let mut links: Vec<Range<usize>> = vec![];
    for (separator, _) in text.match_indices(SEPARATOR) {
        let from = links.last().map_or(0, |link| link.end);
        // An address inside an address is a part of it.
        if separator >= from
            && let Some(link) = link(text, from, separator)
        {
            links.push(link);
        }
    }
    links
}

/// What a link leads to: its text with the scheme in small letters.
pub fn href(text: &str) -> String {
    match text.split_once(SEPARATOR) {
        Some((scheme, rest)) => scheme.to_ascii_lowercase() + SEPARATOR + rest,
        None => text.to_owned(),
    }
}

fn link(text: &str, from: usize, separator: usize) -> Option<Range<usize>> {
    let before = &text[from..separator];
    let is_scheme = |scheme: &&&str| {
        let tail = before.len().checked_sub(scheme.len()).and_then(|at| before.get(at..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(scheme))
    };
    let start = separator - SCHEMES.iter().find(is_scheme)?.len();
    // `xhttps://` and `git+https://` are other schemes.
    if text[from..start].ends_with(|c: char| c.is_alphanumeric() || c == '+') {
        return None;
    }
    let host = separator + SEPARATOR.len();
    let authority = text[host..].split(|c| ends(c) || matches!(c, '/' | '?' | '#' | '\\')).next()?;
    // What stands before an @ is read as the host by people, and is not.
    if !authority.starts_with(char::is_alphanumeric) || authority.contains('@') {
        return None;
    }
    let length = text[host..].find(ends).unwrap_or(text.len() - host);
    Some(start..host + trimmed(&text[host..host + length], |_| false).len())
}

/// Signs that no address goes on with: spaces, quotes and brackets around it, the punctuation of
/// scripts that put no space after it, and what cannot be seen, save what joins letters.
fn ends(c: char) -> bool {
    let joins = matches!(c, '\u{200C}' | '\u{200D}');
    c.is_whitespace()
        || c.is_control()
        || (digit::is_invisible(c) && !joins)
        || matches!(c, '<' | '>' | '"' | '`' | '|' | '«' | '»' | '“' | '”' | '„' | '‘' | '’' | '…')
        || matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '！' | '（' | '）' | '，' | '：' | '；' | '？')
}

/// An address without the punctuation of the sentence around it, and without marks at its end that
/// belong to the sentence too.
pub fn trimmed(address: &str, is_mark: impl Fn(char) -> bool) -> &str {
    let count = |bracket: char| address.matches(bracket).count();
    let pairs = [('(', ')'), ('[', ']'), ('{', '}')];
    let mut surplus = pairs.map(|(open, close)| count(close).saturating_sub(count(open)));
    let mut end = address.len();
    while let Some(last) = address[..end].chars().next_back() {
        let bracket = pairs.iter().position(|(_, close)| *close == last);
        match bracket {
            Some(pair) if surplus[pair] > 0 => surplus[pair] -= 1,
            None if is_mark(last) || ".,:;!?*'([{".contains(last) => {}
            _ => break,
        }
        end -= last.len_utf8();
    }
    &address[..end]
}
