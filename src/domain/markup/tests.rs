//! What is markup and what stays text, line by line. Any text at all, and texts made to be hard, are in
//! `hostile`; editing and excerpts have tests of their own.

mod hostile;

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn shown(spans: &[Span]) -> String {
    let each = |span: &Span| match span {
        Span::Text(text) => text.clone(),
        Span::Bold(spans) => format!("<b>{}</b>", shown(spans)),
        Span::Italic(spans) => format!("<i>{}</i>", shown(spans)),
        Span::Strike(spans) => format!("<s>{}</s>", shown(spans)),
        Span::Code { text, .. } => format!("<code>{text}</code>"),
        Span::Link { href, text } if href == text => format!("<a>{text}</a>"),
        Span::Link { href, text } => format!("<a={href}>{text}</a>"),
    };
    spans.iter().map(each).collect()
}

/// A tree as text, one block a line: `P`, `Q`, `U`, `O` with its first number, `C`.
fn drawn(text: &str) -> String {
    let lines = |lines: &[Line]| lines.iter().map(|line| shown(line)).collect::<Vec<_>>().join("|");
    let items = |items: &[Item]| items.iter().map(|item| shown(&item.line)).collect::<Vec<_>>().join("|");
    let each = |block: &Block| match block {
        Block::Paragraph(all) => format!("P {}", lines(all)),
        Block::Quote(all) => format!("Q {}", lines(all)),
        Block::List { ordered: None, items: all } => format!("U {}", items(all)),
        Block::List { ordered: Some(first), items: all } => format!("O{first} {}", items(all)),
        Block::Code(code) => format!("C {}", code.text.replace('\n', "|")),
    };
    parse(text).iter().map(each).collect::<Vec<_>>().join("\n")
}

#[test]
fn marks_make_spans() {
    for (text, expected) in [
        ("plain", "plain"),
        ("*bold*", "<b>bold</b>"),
        ("_it_ ~st~", "<i>it</i> <s>st</s>"),
        ("a *b c* d", "a <b>b c</b> d"),
        ("*a* *b*", "<b>a</b> <b>b</b>"),
        ("*a**b*", "<b>a</b><b>b</b>"),
        ("(*a*), “_b_”!", "(<b>a</b>), “<i>b</i>”!"),
        ("*_~x~_*", "<b><i><s>x</s></i></b>"),
        ("*a _b_ c*", "<b>a <i>b</i> c</b>"),
        ("*🦷*", "<b>🦷</b>"),
        ("*ação* ~日本~", "<b>ação</b> <s>日本</s>"),
        ("*a (2*3) b*", "<b>a (2*3) b</b>"),
    ] {
        assert_eq!(drawn(text), format!("P {expected}"), "{text}");
    }
}

#[test]
fn what_is_no_mark_stays_text() {
    for text in [
        "snake_case_name",
        "2*3*4",
        "5 * 3 * 2",
        "x*bold*",
        "*bold*x",
        "日*本*",
        "a * not closed",
        "*not closed",
        "not opened*",
        "*a *",
        "**",
        "****",
        "a * *",
        "__ ~~ ``",
        "``````",
        "``` ```",
        "`",
        "don`t and can`t",
        "# no heading",
        "[text](nowhere)",
        "<b>no HTML</b> &amp;",
        "---",
        "-no item",
        "- ",
        ">no quote",
        "1.no item",
        "1) no item",
        "007. no item",
        "1234567890. no item",
        " - no item",
    ] {
        assert_eq!(parse(text), [Block::Paragraph(vec![vec![Span::Text(text.into())]])], "{text}");
    }
    assert_eq!(drawn("*a\nb*"), "P *a|b*");
}

#[test]
fn marks_in_a_row_and_marks_that_overlap_are_decided() {
    for (text, expected) in [
        ("**a**", "*<b>a</b>*"),
        ("***a***", "**<b>a</b>**"),
        ("*a *b* c*", "<b>a *b</b> c*"),
        ("*a _b* c_", "<b>a _b</b> c_"),
        ("_*a_*", "<i>*a</i>*"),
        ("*_*", "<b>_</b>"),
        ("~a *b~ c*", "<s>a *b</s> c*"),
        ("__init__", "_<i>init</i>_"),
    ] {
        assert_eq!(drawn(text), format!("P {expected}"), "{text}");
    }
}

#[test]
fn code_is_literal() {
    for (text, expected) in [
        ("`*a*`", "P <code>*a*</code>"),
        ("*`a`*", "P <b><code>a</code></b>"),
        ("`a*` b*", "P <code>a*</code> b*"),
        ("`https://a.example`", "P <code>https://a.example</code>"),
        ("`` `a` ``", "P `` <code>a</code> ``"),
        ("see ```*a*``` here", "P see <code>*a*</code> here"),
        ("```a``````b```", "P <code>a</code><code>b</code>"),
        ("```*a*\n- b\n> c```", "C *a*|- b|> c"),
        ("```\na\n\nb\n```", "C a||b"),
        ("a\n```b```\nc", "P a\nC b\nP c"),
        ("a ```b\nc``` d", "P a \nC b|c\nP  d"),
        ("```a\nb```- c\n- d", "C a|b\nP - c\nU d"),
        ("a\n\n```b```\n\nc", "P a|\nC b\nP |c"),
        ("```a```\n```b```", "C a\nC b"),
        ("```a```\n\n```b```", "C a\nP \nC b"),
        ("> ```a```", "Q <code>a</code>"),
        ("```a", "P ```a"),
        ("``````a```", "P ```<code>a</code>"),
    ] {
        assert_eq!(drawn(text), expected, "{text}");
        assert_eq!(source(&parse(text)), text);
    }
}

#[test]
fn lines_make_blocks() {
    for (text, expected) in [
        ("", ""),
        ("\n", "P |"),
        ("a\n\nb", "P a||b"),
        ("> a\n> *b*", "Q a|<b>b</b>"),
        ("> a\n> \n> b\nc", "Q a||b\nP c"),
        ("> > a", "Q > a"),
        ("- a\n* b\nc", "U a|b\nP c"),
        ("* a*", "U a*"),
        ("*a*", "P <b>a</b>"),
        ("1. a\n2. b", "O1 a|b"),
        ("3. a\n3. _b_\n- c", "O3 a|<i>b</i>\nU c"),
        ("0. a", "O0 a"),
        ("999999999. a", "O999999999 a"),
        ("- - a", "U - a"),
    ] {
        assert_eq!(drawn(text), expected, "{text}");
    }
    let [Block::List { items, .. }] = &parse("1. a\n5. b")[..] else { panic!() };
    assert_eq!(items.iter().map(Item::number).collect::<Vec<_>>(), [Some(1), Some(5)]);
    let [Block::List { items, .. }] = &parse("- a")[..] else { panic!() };
    assert_eq!((items[0].number(), items[0].mark.as_str()), (None, "- "));
}

#[test]
fn addresses_are_links() {
    for (text, expected) in [
        ("https://a.example", "<a>https://a.example</a>"),
        ("HTTP://A.example/B", "<a=http://A.example/B>HTTP://A.example/B</a>"),
        ("see https://a.example/x_y_z?q=*1*&r#t.", "see <a>https://a.example/x_y_z?q=*1*&r#t</a>."),
        ("(https://a.example/b)", "(<a>https://a.example/b</a>)"),
        ("https://a.example/b_(c)", "<a>https://a.example/b_(c)</a>"),
        ("“https://a.example”, https://b.example!", "“<a>https://a.example</a>”, <a>https://b.example</a>!"),
        ("*https://a.example*", "<b><a>https://a.example</a></b>"),
        ("*_https://a.example/_*.", "<b><i><a>https://a.example/</a></i></b>."),
        ("_see https://a.example/b._", "<i>see <a>https://a.example/b</a>.</i>"),
        ("https://a.example/id_", "<a>https://a.example/id_</a>"),
        ("https://a.example/_b_", "<a>https://a.example/_b_</a>"),
        ("http://localhost:8080/a", "<a>http://localhost:8080/a</a>"),
        ("https://münchen.example/ü", "<a>https://münchen.example/ü</a>"),
        ("https://a.example。你好", "<a>https://a.example</a>。你好"),
        ("https://a.example，你好", "<a>https://a.example</a>，你好"),
        ("https://a.example/\u{202E}gpj.exe", "<a>https://a.example/</a>\u{202E}gpj.exe"),
        ("https://a.example/https://b.example", "<a>https://a.example/https://b.example</a>"),
        ("https://a.example/@b", "<a>https://a.example/@b</a>"),
        ("https://a.example\u{200B}b", "<a>https://a.example</a>\u{200B}b"),
    ] {
        assert_eq!(drawn(text), format!("P {expected}"), "{text}");
    }
}

#[test]
fn nothing_else_is_a_link() {
    for text in [
        "javascript:alert(1)",
        "javascript://a.example/%0Aalert(1)",
        "data:text/html,x",
        "data://a.example",
        "ftp://a.example",
        "xhttps://a.example",
        "git+https://a.example",
        "https://",
        "https:// a.example",
        "https://.",
        "https:///a",
        "https:a.example",
        "://a.example",
        "https://bank.example@a.example",
        "https://user:word@a.example/b",
        "www.a.example",
        "a@a.example",
    ] {
        assert_eq!(parse(text), [Block::Paragraph(vec![vec![Span::Text(text.into())]])], "{text}");
    }
}

#[test]
fn a_text_without_its_marks() {
    for (text, expected) in
        [("*a* _b_ `c`", "a b c"), ("> a\n- b\n* c\n2. d\n```e\nf```", "a\n• b\n• c\n2. d\ne\nf"), ("", "")]
    {
        assert_eq!(plain(&parse(text)), expected, "{text}");
    }
}
