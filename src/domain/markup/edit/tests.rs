//! Marks put on and taken off, with the selection a text field has before and after.

use super::*;
use proptest::{prelude::*, test_runner::RngSeed};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A text with `[` and `]` where its selection begins and ends, as text and places.
fn read(drawn: &str) -> (String, usize, usize) {
    let text = drawn.replace(['[', ']'], "");
    let start = units(drawn.split('[').next().unwrap());
    let end = units(drawn.split(']').next().unwrap()) - 1;
    (text, start, end)
}

fn draw((text, start, end): (String, usize, usize)) -> String {
    let (start, end) = (place(&text, start), place(&text, end));
    format!("{}[{}]{}", &text[..start], &text[start..end], &text[end..])
}

fn toggled(drawn: &str, mark: char) -> String {
    let (text, start, end) = read(drawn);
    draw(toggle(&text, start, end, mark))
}

#[test]
fn a_selection_gets_marks_and_loses_them_again() {
    for (before, after) in [
        ("a [b] c", "a *[b]* c"),
        ("[a]", "*[a]*"),
        ("🦷 [🦷 b] 🦷", "🦷 *[🦷 b]* 🦷"),
        ("a[]", "a*[]*"),
        ("[]", "*[]*"),
        ("[a_b]", "*[a_b]*"),
        ("_[a]_", "_*[a]*_"),
        ("- [a]", "- *[a]*"),
    ] {
        assert_eq!(toggled(before, '*'), after, "{before}");
        assert_eq!(toggled(after, '*'), before, "{after}");
    }
}

#[test]
fn marks_stand_where_they_work() {
    for (before, after) in [
        ("a[ b ]c", "a *[b]* c"),
        ("[*a*]", "[a]"),
        ("[*a* b *c*]", "*[*a* b *c*]*"),
        ("[- a]", "- *[a]*"),
        ("[> a]", "> *[a]*"),
        ("[10. a]", "10. *[a]*"),
        ("x [- a]", "x *[- a]*"),
        ("[  ]a", "*[]*  a"),
        ("[- ]", "*[-]* "),
        ("[> ]", "*[]*> "),
        ("[a\nb]", "[*a*\n*b*]"),
        ("[- a\n- b ]", "- [*a*\n- *b*] "),
        ("[a\n\n*b*]", "[*a*\n\n*b*]"),
        ("[*a*\n\n*b*]", "[a\n\nb]"),
        ("*[a*\n*b]*", "*[*a**\n**b*]*"),
    ] {
        assert_eq!(toggled(before, '*'), after, "{before:?}");
    }
    for mark in ['_', '~', '`'] {
        assert_eq!(toggled("[a]", mark), format!("{mark}[a]{mark}"));
        assert_eq!(toggled(&format!("[{mark}a{mark}]"), mark), "[a]");
    }
}

#[test]
fn places_of_any_kind_are_taken() {
    assert_eq!(toggle("ab", 2, 0, '*'), ("*ab*".into(), 1, 3));
    assert_eq!(toggle("ab", 99, 99, '*'), ("ab**".into(), 3, 3));
    // Inside of a surrogate pair.
    assert_eq!(toggle("🦷", 1, 2, '*'), ("*🦷*".into(), 1, 3));
    assert_eq!(toggle("🦷", 1, 1, '*'), ("**🦷".into(), 1, 1));
    assert_eq!(toggle("ab", 0, 1, 'x'), ("ab".into(), 0, 1));
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
    fn any_text_is_taken(text in "[*_~`a \n>🦷é.1-]{0,24}|(?s).{0,20}", start in 0..30usize, end in 0..30usize, which in 0..4usize) {
        let mark = MARKS[which];
        let (written, from, to) = toggle(&text, start, end, mark);
        prop_assert!(from <= to && to <= units(&written));
        let without = |text: &str| text.replace(mark, "");
        prop_assert_eq!(without(&written), without(&text));
    }

    /// In a text that begins with a letter, because a line may turn out to be an item without its marks;
    /// and with single marks, because of two in a row the outer ones are still around it.
    #[test]
    fn twice_on_one_line_is_as_before(text in "x[*_~`a >🦷é.1-]{0,16}", start in 0..20usize, end in 0..20usize, which in 0..4usize) {
        let mark = MARKS[which];
        prop_assume!(!text.contains(&format!("{mark}{mark}")));
        let (once, from, to) = toggle(&text, start, end, mark);
        prop_assert_eq!(toggle(&once, from, to, mark).0, text);
    }
}
