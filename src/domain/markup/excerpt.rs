//! A message in short: one line of it for a list, its first lines quoted in an answer. What is left out
//! is shown by an ellipsis, and no sign is cut in two.

use super::{Block, cluster, line_source, parse, plain, source};
use crate::domain::digit;

const ELLIPSIS: &str = "…";

/// How much of a message is quoted: lines, and characters without the marks before the lines.
const QUOTED_LINES: usize = 3;
const QUOTED_CHARACTERS: usize = 200;

/// A message as one line without marks, of at most `most` characters with the ellipsis. Spaces and line
/// breaks in a row are one space; what cannot be seen is left out, save what joins letters and emoji.
pub fn one_line(text: &str, most: usize) -> String {
    let joiner = |c: char| matches!(c, '\u{200C}' | '\u{200D}');
    let seen: String =
        plain(&parse(text)).chars().filter(|c| joiner(*c) || !digit::is_invisible(*c)).collect();
    let words: Vec<&str> = seen.split_whitespace().collect();
    shortened(&words.join(" "), most)
}

/// The same of what somebody says themselves: without the words that they quote, which are not theirs. A
/// message of nothing else is shown as the quote that it is.
pub fn own_line(text: &str, most: usize) -> String {
    let own = one_line(&own(text), most);
    let quotes = own.is_empty() && parse(text).iter().any(|block| matches!(block, Block::Quote(_)));
    match one_line(text, most.saturating_sub(2)) {
        quoted if quotes && !quoted.is_empty() => format!("“{quoted}”"),
        _ => own,
    }
}

/// A message without the lines that it quotes.
pub fn own(text: &str) -> String {
    let blocks: Vec<Block> =
        parse(text).into_iter().filter(|block| !matches!(block, Block::Quote(_))).collect();
    source(&blocks)
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    match most.checked_sub(1) {
        Some(rest) => cluster::beginning(text, rest).trim_end().to_owned() + ELLIPSIS,
        None => String::new(),
    }
}

/// A message as WhatsApp quotes by markup: its first three lines that are not empty, of 200 characters
/// together, each after `> `. Empty for a message of spaces. Marks inside lines stay; a block of code
/// is quoted without its backticks, because they would take the signs of quoting for code.
pub fn quote(text: &str) -> String {
    let mut lines: Vec<String> = vec![];
    let mut left = QUOTED_CHARACTERS;
    let all: Vec<String> = parse(text).iter().flat_map(quotable).collect();
    let mut said = all.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).peekable();
    while let Some(line) = said.next() {
        let last = lines.len() + 1 == QUOTED_LINES || line.chars().count() >= left;
        let short = shortened(line, left);
        left -= short.chars().count();
        // After a space, so that it is no part of an address at the end.
        let more = if last && said.peek().is_some() && !short.ends_with(ELLIPSIS) { " …" } else { "" };
        lines.push(format!("> {short}{more}"));
        if last {
            break;
        }
    }
    let quoted = lines.join("\n");
    // Backticks that were text may be code once the empty lines between them are gone.
    match parse(&quoted).iter().all(|block| matches!(block, Block::Quote(_))) {
        true => quoted,
        false => quoted.replace('`', ""),
    }
}

/// The lines of a block, without what stood before or around them to make it a quote or code.
fn quotable(block: &Block) -> Vec<String> {
    match block {
        Block::Quote(lines) => lines.iter().map(line_source).collect(),
        Block::Code(code) => code.text.lines().map(str::to_owned).collect(),
        Block::Paragraph(_) | Block::List { .. } => block.lines(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_preview_is_one_line_without_marks() {
        for (text, most, line) in [
            ("Hello *there*,\n\n  _you_", 40, "Hello there, you"),
            ("> a\n- b\n1. c\n```d```", 40, "a • b 1. c d"),
            ("snake_case *", 40, "snake_case *"),
            ("\u{200B}\u{202E}a\u{200B} \u{200B} b", 40, "a b"),
            ("Hello there", 11, "Hello there"),
            ("Hello there", 10, "Hello the…"),
            ("Hello there", 7, "Hello…"),
            ("👨\u{200D}👩\u{200D}👧👍🏽", 6, "👨\u{200D}👩\u{200D}👧…"),
            ("👨\u{200D}👩\u{200D}👧👍🏽", 5, "…"),
            ("ab", 1, "…"),
            ("ab", 0, ""),
            (" \n ", 9, ""),
        ] {
            assert_eq!(one_line(text, most), line, "{text:?} {most}");
        }
    }

    #[test]
    fn what_is_quoted_is_not_said_by_who_quotes() {
        for (text, line) in [
            ("> Noted. See you…\n> on *Tuesday*\nyes we can", "yes we can"),
            ("Yes\n> Noted\nand more", "Yes and more"),
            ("> Noted", "“Noted”"),
            ("> Noted\n \n", "“Noted”"),
            ("No quote > here", "No quote > here"),
            ("> \n", ""),
            (" \n ", ""),
            ("```> code```", "> code"),
        ] {
            assert_eq!(own_line(text, 40), line, "{text:?}");
        }
        assert_eq!(own_line("> Hello there", 12), "“Hello the…”");
        assert_eq!(own("> a\n*b*\nc"), "*b*\nc");
    }

    #[test]
    fn the_first_lines_are_quoted() {
        for (text, quoted) in [
            ("Hello", "> Hello"),
            ("*a*\n\nb\n - c", "> *a*\n> b\n> - c"),
            ("a\nb\nc\n\n", "> a\n> b\n> c"),
            ("a\nb\nhttps://c.example\nd", "> a\n> b\n> https://c.example …"),
            ("> a\nb", "> a\n> b"),
            ("```\na\nb\n```\nc", "> a\n> b\n> c"),
            ("a ```\n\n``` b", "> a \n>  b"),
            (" \n", ""),
            ("", ""),
        ] {
            assert_eq!(quote(text), quoted, "{text:?}");
        }
        assert_eq!(quote(&"a".repeat(200)), format!("> {}", "a".repeat(200)));
        assert_eq!(quote(&"a".repeat(201)), format!("> {}…", "a".repeat(199)));
        let two = format!("{}\n{}\nc", "a".repeat(150), "b".repeat(60));
        assert_eq!(quote(&two), format!("> {}\n> {}…", "a".repeat(150), "b".repeat(49)));
    }
}
