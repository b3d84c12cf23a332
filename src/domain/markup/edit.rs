//! Marks put around a selection of a text field and taken away again. Places come and go in UTF-16
//! code units, as a text field counts them; inside they are places in the text.

use super::{Prefix, inline};
use std::ops::Range;

const MARKS: [char; 4] = ['*', '_', '~', '`'];

/// Puts `*`, `_`, `~` or a backtick around a selection, or takes them away where they are around it or
/// just inside it. Marks cannot touch spaces nor cross lines: spaces at the edges stay outside, and each
/// line gets its own, behind what makes it a quote or an item. With nothing selected, a pair is put
/// around the caret. Returns the text and the selection to be set. Places may be in any order and
/// beyond the text; for any other mark nothing changes.
pub fn toggle(
    text: &str,
    selection_start: usize,
    selection_end: usize,
    mark: char,
) -> (String, usize, usize) {
    let (one, other) = (place(text, selection_start), place(text, selection_end));
    let selected = one.min(other)..one.max(other);
    if !MARKS.contains(&mark) {
        return (text.to_owned(), units(&text[..selected.start]), units(&text[..selected.end]));
    }
    let parts = parts(text, selected.clone());
    let (text, selected) = match parts.as_slice() {
        [] => around_caret(text, selected.start, mark),
        [part] => one_part(text, part.clone(), mark),
        parts => many_parts(text, parts, mark),
    };
    let (start, end) = (units(&text[..selected.start]), units(&text[..selected.end]));
    (text, start, end)
}

fn around_caret(text: &str, at: usize, mark: char) -> (String, Range<usize>) {
    let (before, after) = text.split_at(at);
    match (before.strip_suffix(mark), after.strip_prefix(mark)) {
        (Some(before), Some(after)) => (format!("{before}{after}"), before.len()..before.len()),
        _ => {
            let caret = at + mark.len_utf8();
            (format!("{before}{mark}{mark}{after}"), caret..caret)
        }
    }
}

/// What was selected stays selected, so that the same again takes the marks away.
fn one_part(text: &str, part: Range<usize>, mark: char) -> (String, Range<usize>) {
    let (outer, inner) = match marked(text, &part, mark) {
        Some((outer, inner)) => (outer, text[inner].to_owned()),
        None => (part.clone(), format!("{mark}{}{mark}", &text[part.clone()])),
    };
    let before = &text[..outer.start];
    let added = if outer == part && inner.len() > part.len() { mark.len_utf8() } else { 0 };
    let selected = before.len() + added..before.len() + inner.len() - added;
    (format!("{before}{inner}{}", &text[outer.end..]), selected)
}

/// Marks go away where all parts have them; else those without get them. All of it stays selected.
fn many_parts(text: &str, parts: &[Range<usize>], mark: char) -> (String, Range<usize>) {
    let all = parts.iter().all(|part| marked(text, part, mark).is_some());
    let mut written = String::new();
    let (mut at, mut start) = (0, None);
    for part in parts {
        let (outer, inner) = match marked(text, part, mark) {
            Some((outer, inner)) if all => (outer, text[inner].to_owned()),
            Some((outer, _)) => (outer.clone(), text[outer].to_owned()),
            None => (part.clone(), format!("{mark}{}{mark}", &text[part.clone()])),
        };
        written.push_str(&text[at..outer.start]);
        start.get_or_insert(written.len());
        written.push_str(&inner);
        at = outer.end;
    }
    let selected = start.unwrap_or_default()..written.len();
    written.push_str(&text[at..]);
    (written, selected)
}

/// A part with its marks and without them, where it has any: around it, or as its first and last sign.
fn marked(text: &str, part: &Range<usize>, mark: char) -> Option<(Range<usize>, Range<usize>)> {
    let width = mark.len_utf8();
    let Range { start, end } = *part;
    if text[..start].ends_with(mark) && text[end..].starts_with(mark) {
        return Some((start - width..end + width, start..end));
    }
    (inline::enclosing(&text[start..end]) == Some(mark)).then(|| (start..end, start + width..end - width))
}

/// The lines of a selection as marks can enclose them; none where it has nothing to be seen.
fn parts(text: &str, selected: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = vec![];
    let mut start = selected.start;
    for line in text[selected].split('\n') {
        let begins = start == 0 || text[..start].ends_with('\n');
        let prefix = if begins { Prefix::of(line).length() } else { 0 };
        let rest = &line[prefix..];
        let trimmed = rest.trim();
        if !trimmed.is_empty() {
            let from = start + prefix + (rest.len() - rest.trim_start().len());
            parts.push(from..from + trimmed.len());
        }
        start += line.len() + 1;
    }
    parts
}

/// The place in a text that a text field means; inside of a character, where it begins.
fn place(text: &str, units: usize) -> usize {
    let mut passed = 0;
    for (at, c) in text.char_indices() {
        passed += c.len_utf16();
        if passed > units {
            return at;
        }
    }
    text.len()
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests;
