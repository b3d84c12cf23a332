//! WhatsApp's own markup as a tree of blocks and spans, for a page to make elements of. Nothing here is
//! HTML and nothing is escaped: every string of the tree is text to be shown as it is.
//!
//! Each node knows what it consumed, so that [`source`] gives back the text that was parsed, sign for
//! sign: spans know their marks, items and code the text that stood for them, and a line break stands
//! between any two lines and blocks except at code, which holds the line breaks around it.
//!
//! The rules are deduced from how the app behaves; Meta documents the marks alone. Ours rather than a
//! parser of Markdown, which has other marks, other nesting, and no way back to the text.

mod cluster;
mod edit;
mod excerpt;
mod fence;
mod inline;
mod link;

pub use edit::toggle;
pub use excerpt::{one_line, own, own_line, quote};
use fence::Fence;

/// What stands on one line. Its spans are at most four deep: no mark stands inside itself.
pub type Line = Vec<Span>;

/// A part of a message that has lines of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Lines one below the other; one without spans is empty.
    Paragraph(Vec<Line>),
    /// The same after `> `.
    Quote(Vec<Line>),
    /// `ordered` is the number of the first item, where items are numbered.
    List {
        ordered: Option<u32>,
        items: Vec<Item>,
    },
    Code(CodeBlock),
}

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What stood before it: `- `, `* ` or `12. `.
    pub mark: String,
    pub line: Line,
}

impl Item {
    /// Its own number, which need not follow the one before; 0 to 999,999,999.
    pub fn number(&self) -> Option<u32> {
        self.mark.strip_suffix(". ")?.parse().ok()
    }
}

/// Text between three backticks that has its lines for itself; `open` and `close` are the backticks
/// with the line breaks that are not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeBlock {
    pub open: &'static str,
    pub text: String,
    pub close: &'static str,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    Text(String),
    /// `*bold*`
    Bold(Line),
    /// `_italic_`
    Italic(Line),
    /// `~struck~`
    Strike(Line),
    /// `mark` is one backtick or three.
    Code {
        mark: &'static str,
        text: String,
    },
    /// `href` is http or https with a host and nothing before an `@`; it is `text` with its scheme in
    /// small letters, and holds no sign that turns the direction of reading. Its host may be of any script.
    Link {
        href: String,
        text: String,
    },
}

/// Any text has a tree: what is no markup is text. The time it takes grows with the length alone.
pub fn parse(text: &str) -> Vec<Block> {
    let mut blocks = vec![];
    let mut at = 0;
    for fence in fence::fences(text).into_iter().filter(|fence| fence.is_block(text)) {
        let Fence { start, end, .. } = fence;
        let inner = fence.inner(text);
        // The line break before is this block's, unless another block has taken it.
        let (before, breaks) = match text[at..start].strip_suffix('\n') {
            Some(before) => (before, true),
            None => (&text[at..start], false),
        };
        if at < start {
            lines(before, begins_line(text, at), &mut blocks);
        }
        let shown = inner.strip_prefix('\n').unwrap_or(inner);
        let open = edge(breaks, shown.len() < inner.len());
        let (shown, closes) = shown.strip_suffix('\n').map_or((shown, false), |shown| (shown, true));
        let followed = text[end..].starts_with('\n');
        blocks.push(Block::Code(CodeBlock { open, text: shown.to_owned(), close: edge(closes, followed) }));
        at = end + usize::from(followed);
    }
    if at < text.len() {
        lines(&text[at..], begins_line(text, at), &mut blocks);
    }
    blocks
}

/// Three backticks with a line break before and after them.
const fn edge(before: bool, after: bool) -> &'static str {
    match (before, after) {
        (false, false) => "```",
        (true, false) => "\n```",
        (false, true) => "```\n",
        (true, true) => "\n```\n",
    }
}

fn begins_line(text: &str, at: usize) -> bool {
    at == 0 || text[..at].ends_with('\n')
}

/// The lines of a text without blocks of code; `whole` says that it begins at the beginning of a line.
fn lines(text: &str, whole: bool, blocks: &mut Vec<Block>) {
    let first = blocks.len();
    for (index, line) in text.split('\n').enumerate() {
        let prefix = if whole || index > 0 { Prefix::of(line) } else { Prefix::None };
        let (mark, rest) = line.split_at(prefix.length());
        let spans = inline::spans(rest);
        // Lines of one kind that follow each other are one block.
        let last = if blocks.len() > first { blocks.last_mut() } else { None };
        let item = |line: Line| Item { mark: mark.to_owned(), line };
        match (prefix, last) {
            (Prefix::None, Some(Block::Paragraph(lines))) => lines.push(spans),
            (Prefix::Quote, Some(Block::Quote(lines))) => lines.push(spans),
            (Prefix::Bullet, Some(Block::List { ordered: None, items })) => items.push(item(spans)),
            (Prefix::Number { .. }, Some(Block::List { ordered: Some(_), items })) => items.push(item(spans)),
            (Prefix::None, _) => blocks.push(Block::Paragraph(vec![spans])),
            (Prefix::Quote, _) => blocks.push(Block::Quote(vec![spans])),
            (Prefix::Bullet | Prefix::Number { .. }, _) => {
                let item = item(spans);
                blocks.push(Block::List { ordered: item.number(), items: vec![item] });
            }
        }
    }
}

/// What a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prefix {
    None,
    Quote,
    Bullet,
    Number { digits: usize },
}

/// A number of more digits may not fit its type.
const MOST_DIGITS: usize = 9;

impl Prefix {
    fn of(line: &str) -> Prefix {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        // A leading zero would not be shown.
        let counts = (1..=MOST_DIGITS).contains(&digits) && (digits == 1 || !line.starts_with('0'));
        let says_something = |from: usize| !line[from..].trim().is_empty();
        match line.as_bytes() {
            [b'>', b' ', ..] => Prefix::Quote,
            [b'-' | b'*', b' ', ..] if says_something(2) => Prefix::Bullet,
            _ if counts && line[digits..].starts_with(". ") && says_something(digits + 2) => {
                Prefix::Number { digits }
            }
            _ => Prefix::None,
        }
    }

    /// In bytes, which are all ASCII.
    const fn length(self) -> usize {
        match self {
            Prefix::None => 0,
            Prefix::Quote | Prefix::Bullet => 2,
            Prefix::Number { digits } => digits + 2,
        }
    }
}

/// The text as it is shown: without marks, with a dot before the items of a list without numbers.
pub fn plain(blocks: &[Block]) -> String {
    let shown = |line: &Line| line.iter().map(Span::plain).collect::<String>();
    let lines: Vec<String> = blocks
        .iter()
        .flat_map(|block| match block {
            Block::Paragraph(lines) | Block::Quote(lines) => lines.iter().map(shown).collect(),
            Block::List { ordered: Some(_), items } => {
                items.iter().map(|item| item.mark.clone() + &shown(&item.line)).collect()
            }
            Block::List { ordered: None, items } => {
                items.iter().map(|item| "• ".to_owned() + &shown(&item.line)).collect()
            }
            Block::Code(code) => vec![code.text.clone()],
        })
        .collect();
    lines.join("\n")
}

/// The text that was parsed.
pub fn source(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut after_code = true;
    for block in blocks {
        let is_code = matches!(block, Block::Code(_));
        if !after_code && !is_code {
            text.push('\n');
        }
        after_code = is_code;
        text.push_str(&block.lines().join("\n"));
    }
    text
}

impl Block {
    /// What was parsed as this, line by line; code is taken as one.
    fn lines(&self) -> Vec<String> {
        match self {
            Block::Paragraph(lines) => lines.iter().map(line_source).collect(),
            Block::Quote(lines) => lines.iter().map(|line| format!("> {}", line_source(line))).collect(),
            Block::List { items, .. } => {
                items.iter().map(|item| item.mark.clone() + &line_source(&item.line)).collect()
            }
            Block::Code(CodeBlock { open, text, close }) => vec![format!("{open}{text}{close}")],
        }
    }
}

fn line_source(line: &Line) -> String {
    line.iter().map(Span::source).collect()
}

impl Span {
    fn plain(&self) -> String {
        match self {
            Span::Text(text) | Span::Code { text, .. } | Span::Link { text, .. } => text.clone(),
            Span::Bold(spans) | Span::Italic(spans) | Span::Strike(spans) => {
                spans.iter().map(Span::plain).collect()
            }
        }
    }

    fn source(&self) -> String {
        match self {
            Span::Text(text) | Span::Link { text, .. } => text.clone(),
            Span::Bold(spans) => format!("*{}*", line_source(spans)),
            Span::Italic(spans) => format!("_{}_", line_source(spans)),
            Span::Strike(spans) => format!("~{}~", line_source(spans)),
            Span::Code { mark, text } => format!("{mark}{text}{mark}"),
        }
    }
}

#[cfg(test)]
mod tests;
