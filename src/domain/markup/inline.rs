//! One line of text into spans. Lines know nothing of each other: no mark crosses a line break.
//!
//! Linear however many marks stand open: no mark opens inside itself, so that at most three are open
//! at a time, and each sign is moved at most once for each of them.

use super::{
    Line, Span,
    fence::{self, Fence},
    link,
};
use std::ops::Range;

/// The marks that may stand inside each other.
const MARKS: [char; 3] = ['*', '_', '~'];
const TICK: &str = "`";

/// The spans of a line; none for an empty one.
pub fn spans(line: &str) -> Line {
    let mut tree = Tree::new(line);
    for piece in pieces(line) {
        match piece {
            Piece::Text(range) => tree.text(range),
            Piece::Code(mark, range) => {
                let text = line[range.start + mark.len()..range.end - mark.len()].to_owned();
                tree.push(Span::Code { mark, text });
            }
            Piece::Link(range) => tree.link(range),
        }
    }
    tree.finish()
}

/// The one mark that encloses all of a text, which is on one line.
pub fn enclosing(text: &str) -> Option<char> {
    match spans(text).as_slice() {
        [Span::Bold(_)] => Some('*'),
        [Span::Italic(_)] => Some('_'),
        [Span::Strike(_)] => Some('~'),
        [Span::Code { mark: TICK, .. }] => Some('`'),
        _ => None,
    }
}

/// What a line is made of before marks are looked at, as places in it. All of it is in one of them.
enum Piece {
    Text(Range<usize>),
    Code(&'static str, Range<usize>),
    Link(Range<usize>),
}

fn pieces(line: &str) -> Vec<Piece> {
    let whole = vec![Piece::Text(0..line.len())];
    let fenced = split(whole, Piece::code(Fence::mark()), |range| {
        fence::fences(&line[range]).into_iter().map(|fence| fence.start..fence.end).collect()
    });
    let ticked = split(fenced, Piece::code(TICK), |range| ticks(line, range));
    split(ticked, Piece::Link, |range| link::links(&line[range]))
}

impl Piece {
    fn code(mark: &'static str) -> impl Fn(Range<usize>) -> Piece {
        move |range| Piece::Code(mark, range)
    }
}

/// Takes out of each text what is found in it; the places found count from the beginning of the text.
fn split(
    pieces: Vec<Piece>,
    piece: impl Fn(Range<usize>) -> Piece,
    find: impl Fn(Range<usize>) -> Vec<Range<usize>>,
) -> Vec<Piece> {
    let mut parts = vec![];
    for part in pieces {
        let Piece::Text(text) = part else {
            parts.push(part);
            continue;
        };
        let mut at = text.start;
        for found in find(text.clone()) {
            let (start, end) = (text.start + found.start, text.start + found.end);
            parts.push(Piece::Text(at..start));
            parts.push(piece(start..end));
            at = end;
        }
        parts.push(Piece::Text(at..text.end));
    }
    parts
}

/// Code between single backticks. One that stays open to the end had nothing that closes it, so the
/// text need not be looked at again.
fn ticks(line: &str, text: Range<usize>) -> Vec<Range<usize>> {
    let mut found = vec![];
    let mut open = None;
    for (at, _) in line[text.clone()].match_indices(TICK) {
        match open {
            Some(start) if closes(line, text.start + at, '`') => {
                found.push(start..at + TICK.len());
                open = None;
            }
            None if opens(line, text.start + at, '`') => open = Some(at),
            _ => {}
        }
    }
    found
}

/// Whether a mark can open: the last of its kind in a row, no space behind it, no letter or digit before it.
fn opens(line: &str, at: usize, mark: char) -> bool {
    let next = line[at + mark.len_utf8()..].chars().next();
    next.is_some_and(|next| !next.is_whitespace() && next != mark)
        && !line[..at].ends_with(char::is_alphanumeric)
}

/// Whether a mark can close: the first of its kind in a row, no space before it, no letter or digit behind it.
fn closes(line: &str, at: usize, mark: char) -> bool {
    let previous = line[..at].chars().next_back();
    previous.is_some_and(|previous| !previous.is_whitespace() && previous != mark)
        && !line[at + mark.len_utf8()..].starts_with(char::is_alphanumeric)
}

/// A line while it is read: what stands outside all marks, then what stands in each open one.
struct Tree<'a> {
    line: &'a str,
    outside: Line,
    open: Vec<(char, Line)>,
}

impl<'a> Tree<'a> {
    fn new(line: &'a str) -> Tree<'a> {
        Tree { line, outside: vec![], open: vec![] }
    }

    fn text(&mut self, range: Range<usize>) {
        let line = self.line;
        let mut at = range.start;
        for (index, mark) in line[range.clone()].match_indices(MARKS) {
            let (mark_at, behind) = (range.start + index, range.start + index + mark.len());
            if self.mark(mark_at, at) {
                at = behind;
            }
        }
        self.push_text(&line[at..range.end]);
    }

    /// Takes the mark that stands at a place, after the text from `from` on; `false` where it is text itself.
    fn mark(&mut self, at: usize, from: usize) -> bool {
        let line = self.line;
        let Some(mark) = line[at..].chars().next() else { return false };
        let depth = self.depth(mark);
        match depth {
            Some(depth) if closes(line, at, mark) => {
                self.push_text(&line[from..at]);
                self.close(depth);
            }
            None if opens(line, at, mark) => {
                self.push_text(&line[from..at]);
                self.open.push((mark, vec![]));
            }
            _ => return false,
        }
        true
    }

    /// A link leaves to the marks around it what closes them, however well it fits an address.
    fn link(&mut self, range: Range<usize>) {
        let line = self.line;
        let text = link::trimmed(&line[range.clone()], |mark| self.depth(mark).is_some());
        let end = range.start + text.len();
        self.push(Span::Link { href: link::href(text), text: text.to_owned() });
        self.text(end..range.end);
    }

    fn depth(&self, mark: char) -> Option<usize> {
        self.open.iter().position(|(open, _)| *open == mark)
    }

    /// Closes the mark at a depth. Those that were opened inside it and not closed are text.
    fn close(&mut self, depth: usize) {
        while self.open.len() > depth + 1 {
            self.give_up();
        }
        if let Some((mark, spans)) = self.open.pop() {
            self.push(match mark {
                '*' => Span::Bold(spans),
                '_' => Span::Italic(spans),
                _ => Span::Strike(spans),
            });
        }
    }

    /// The innermost open mark is text, and what stands in it belongs to the mark around it.
    fn give_up(&mut self) {
        if let Some((mark, spans)) = self.open.pop() {
            self.push_text(mark.encode_utf8(&mut [0; 4]));
            for span in spans {
                self.push(span);
            }
        }
    }

    fn push(&mut self, span: Span) {
        match span {
            Span::Text(text) => self.push_text(&text),
            span => self.innermost().push(span),
        }
    }

    fn push_text(&mut self, text: &str) {
        match self.innermost().last_mut() {
            _ if text.is_empty() => {}
            Some(Span::Text(before)) => before.push_str(text),
            _ => self.innermost().push(Span::Text(text.to_owned())),
        }
    }

    fn innermost(&mut self) -> &mut Line {
        self.open.last_mut().map_or(&mut self.outside, |(_, spans)| spans)
    }

    fn finish(mut self) -> Line {
        while !self.open.is_empty() {
            self.give_up();
        }
        self.outside
    }
}
