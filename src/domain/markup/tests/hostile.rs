//! That no sign is lost and no promise broken whatever is written, and that texts made to be hard take no
//! longer than others. What a certain text means is not asked here.

use super::super::*;
use proptest::{prelude::*, test_runner::RngSeed};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Texts of the largest size that are made to be hard.
fn bombs() -> Vec<String> {
    const SIZE: usize = 65_536;
    let units = [
        "*",
        "* ",
        " *",
        "*a",
        "*a ",
        "_*~",
        "*_~x",
        "*_~*_~ ",
        "~*a_ ",
        "`",
        "` `",
        "`a ",
        "a` ",
        "```",
        "```a",
        "``` ",
        "```\n",
        "> ",
        "> \n",
        "- a\n",
        "- ",
        "1",
        "1. a\n",
        "1. ",
        "\n",
        " ",
        "🦷",
        "👨\u{200D}",
        "\u{200B}",
        "\u{202E}",
        "\u{301}",
        "a\u{301}",
        "http://",
        "http://a@",
        "http://a/(",
        "http://a_",
        "://",
        "http://a*_~",
        "https://a.b/?",
        "((((",
        "http",
        "a:",
        "🇬",
    ];
    let mut bombs: Vec<String> = units.iter().map(|unit| unit.repeat(SIZE / unit.len())).collect();
    let half = |unit: &str| unit.repeat(SIZE / 2 / unit.len());
    for (before, after) in
        [("*a ", " b*"), ("_*~x", "y~*_"), ("`a ", "`"), ("(", ")"), ("http://a_", "_*"), ("*_~", "~_*")]
    {
        bombs.push(half(before) + &half(after));
        bombs.push(format!("*_~http://a.example/{}{}", half(before), half(after)));
    }
    bombs
}

#[test]
fn a_bomb_does_not_go_off() {
    for bomb in bombs() {
        let blocks = parse(&bomb);
        assert!(source(&blocks) == bomb, "{}", &bomb[..12.min(bomb.len())]);
        assert!(blocks.iter().all(|block| depth(block) <= DEEPEST));
        assert!(one_line(&bomb, 80).chars().count() <= 80);
        assert!(quote(&bomb).chars().count() <= 220);
        let units = bomb.encode_utf16().count();
        for mark in ['*', '`'] {
            assert!(toggle(&bomb, 0, units, mark).0.len() >= bomb.len() / 2);
        }
    }
}

#[test]
fn a_message_of_emoji_is_text() {
    let text = "🦷".repeat(4_096);
    assert_eq!(parse(&text), [Block::Paragraph(vec![vec![Span::Text(text.clone())]])]);
    assert_eq!(one_line(&text, 10), "🦷".repeat(9) + "…");
}

const DEEPEST: usize = 4;

fn depth(block: &Block) -> usize {
    fn deep(spans: &[Span]) -> usize {
        let each = |span: &Span| match span {
            Span::Bold(inner) | Span::Italic(inner) | Span::Strike(inner) => 1 + deep(inner),
            _ => 1,
        };
        spans.iter().map(each).max().unwrap_or(0)
    }
    match block {
        Block::Paragraph(lines) | Block::Quote(lines) => lines.iter().map(|line| deep(line)).max(),
        Block::List { items, .. } => items.iter().map(|item| deep(&item.line)).max(),
        Block::Code(_) => None,
    }
    .unwrap_or(0)
}

fn lines_of(block: &Block) -> Vec<&Line> {
    match block {
        Block::Paragraph(lines) | Block::Quote(lines) => lines.iter().collect(),
        Block::List { items, .. } => items.iter().map(|item| &item.line).collect(),
        Block::Code(_) => vec![],
    }
}

/// Whether spans are as they are promised: links safe, nothing empty, texts in one piece, no line break.
fn sound(spans: &[Span]) -> bool {
    let joined = spans.windows(2).all(|pair| !matches!(pair, [Span::Text(_), Span::Text(_)]));
    joined
        && spans.iter().all(|span| match span {
            Span::Text(text) => !text.is_empty() && !text.contains('\n'),
            Span::Bold(inner) | Span::Italic(inner) | Span::Strike(inner) => {
                !inner.is_empty() && sound(inner)
            }
            Span::Code { text, .. } => !text.trim().is_empty() && !text.contains('\n'),
            Span::Link { href, text } => {
                let host = href.strip_prefix("https://").or_else(|| href.strip_prefix("http://"));
                host.is_some_and(|host| host.starts_with(char::is_alphanumeric))
                    && href.eq_ignore_ascii_case(text)
                    && !href.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"' || c == '<')
            }
        })
}

fn texts() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "*",
        "_",
        "~",
        "`",
        "```",
        "*",
        "_",
        " ",
        " ",
        "\n",
        "\n",
        "> ",
        "- ",
        "* ",
        "1. ",
        "12. ",
        "a",
        "bc",
        "9",
        ".",
        "é",
        "日",
        "🦷",
        "e\u{301}",
        "\u{200D}",
        "\u{202E}",
        "https://a.example/",
        "http://",
        "://",
        "@",
        "(",
        ")",
        "javascript:",
        "\r",
        "\t",
        "\u{3000}",
    ]);
    let marked = prop::collection::vec(parts, 0..40).prop_map(|parts| parts.concat());
    prop_oneof![4 => marked, 1 => any::<String>(), 1 => "(?s).{0,60}"]
}

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::with_cases(2_000)
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_sign_is_lost(text in texts()) {
        prop_assert_eq!(source(&parse(&text)), text);
    }

    #[test]
    fn every_tree_is_sound(text in texts()) {
        for block in parse(&text) {
            prop_assert!(depth(&block) <= DEEPEST);
            prop_assert!(lines_of(&block).into_iter().all(|line| sound(line)), "{:?}", block);
        }
    }

    #[test]
    fn what_is_shown_is_what_was_written_without_marks(text in texts()) {
        let plain = plain(&parse(&text));
        let mut rest = text.chars();
        for c in plain.chars().filter(|c| *c != '•' && *c != '\n') {
            prop_assert!(c == ' ' || rest.any(|other| other == c), "{:?}", plain);
        }
    }

    #[test]
    fn a_preview_is_one_line_that_fits(text in texts(), most in 0..30usize) {
        let line = one_line(&text, most);
        prop_assert!(line.chars().count() <= most);
        prop_assert!(line.trim() == line && !line.contains(['\n', '\r', '\t']) && !line.contains("  "));
    }

    #[test]
    fn a_quote_is_read_as_a_quote(text in texts(), times in 1..9usize) {
        let text = text.repeat(times);
        let quoted = quote(&text);
        prop_assert!(quoted.lines().count() <= 3 && quoted.chars().count() <= 220);
        let blocks = parse(&quoted);
        prop_assert!(blocks.len() <= 1 && blocks.iter().all(|block| matches!(block, Block::Quote(_))));
        prop_assert_eq!(quoted.is_empty(), plain(&parse(&text)).trim().is_empty(), "{:?}", quoted);
    }
}
