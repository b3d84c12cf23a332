//! What a template asks for, and what it is told that it asks for something else.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn asked(text: &str) -> Vec<String> {
    needs(&of(text)).body.iter().map(|placeholder| placeholder.key.to_string()).collect()
}

#[test]
fn each_placeholder_is_asked_once_in_the_order_of_sending() {
    for (text, keys) in [
        ("", &[][..]),
        ("Hello", &[]),
        ("{{1}}", &["{{1}}"]),
        ("{{2}} before {{1}}, {{2}} again", &["{{1}}", "{{2}}"]),
        ("{{ 1 }} {{01}}", &["{{1}}"]),
        (
            "{{10}}{{9}}{{8}}{{7}}{{6}}{{5}}{{4}}{{3}}{{2}}{{1}}",
            &["{{1}}", "{{2}}", "{{3}}", "{{4}}", "{{5}}", "{{6}}", "{{7}}", "{{8}}", "{{9}}", "{{10}}"],
        ),
        ("{{second}} {{first}} {{second}}", &["{{second}}", "{{first}}"]),
        ("{{größe_2}}", &["{{größe_2}}"]),
        ("{{{1}}}", &["{{1}}"]),
        ("{{a{{1}}b}}", &["{{1}}"]),
        ("{{1", &[]),
        ("{{1}", &[]),
        ("{{}} {{ }} {{a b}} {{a-b}} {1} }}{{", &[]),
    ] {
        assert_eq!(asked(text), keys, "{text}");
        assert!(needs(&of(text)).can_be_met(), "{text}");
    }
}

#[test]
fn what_leaves_the_order_unknown_is_said() {
    for (text, sentence) in [
        (
            "{{1}} {{name}}",
            "The text mixes numbered and named placeholders, so the order of the values is unknown.",
        ),
        ("{{1}} {{3}}", "The text has {{3}} but not {{2}}, so the order of the values is unknown."),
        ("{{2}}", "The text has {{2}} but not {{1}}, so the order of the values is unknown."),
        ("{{0}} {{1}}", "The text has {{0}} but not {{1}}, so the order of the values is unknown."),
        (
            "{{4294967295}}",
            "The text has {{4294967295}} but not {{1}}, so the order of the values is unknown.",
        ),
    ] {
        let needs = needs(&of(text));
        assert_eq!(needs.problems, [sentence], "{text}");
        assert!(!needs.can_be_met());
    }
    let untold = Template { parameter_count: Some(2), ..of("") };
    assert_eq!(needs(&untold).problems.len(), 1);
    assert!(needs(&of("{{name}}")).is_named() && !needs(&of("{{1}}")).is_named());
}

#[test]
fn a_count_that_disagrees_is_a_warning() {
    let counted = |count: u64, components: Json| {
        let template = Template { parameter_count: Some(count), ..made(components) };
        let needs = needs(&template);
        assert!(needs.can_be_met());
        needs.warnings
    };
    let body = json!({ "type": "BODY", "text": "{{1}} {{2}}" });
    let header = json!({ "type": "HEADER", "format": "TEXT", "text": "{{1}}" });
    assert_eq!(counted(2, json!([body])), [""; 0]);
    assert_eq!(
        counted(3, json!([body])),
        [
            "Kapso counts 3 values for this template, and its text has 2. WhatsApp refuses another number of values than it counts itself."
        ]
    );
    for (count, warnings) in [(1, 1), (2, 0), (3, 0), (4, 1)] {
        assert_eq!(counted(count, json!([header, body])).len(), warnings, "{count}");
    }
}

#[test]
fn headers_ask_for_a_word_or_a_file() {
    let header = |json: Json| needs(&made(json!([json, { "type": "BODY", "text": "x" }])));
    for (format, medium) in
        [("IMAGE", Medium::Image), ("video", Medium::Video), ("Document", Medium::Document)]
    {
        let needs = header(json!({ "type": "header", "format": format }));
        assert_eq!(needs.header, Some(HeaderNeed::File(medium)), "{format}");
        assert!(needs.can_be_met());
    }
    for text in [json!("Plain"), json!(null), json!(""), json!("{{")] {
        assert!(header(json!({ "type": "HEADER", "format": "TEXT", "text": text })).is_nothing());
    }
    let word = header(
        json!({ "type": "HEADER", "text": "On {{day}}, {{day}}", "example": { "header_text_named_params": [{ "param_name": "day", "example": "Monday" }] } }),
    );
    let asked = Placeholder { key: Key::of("day"), example: "Monday".into() };
    assert_eq!(word.header, Some(HeaderNeed::Text(asked)));
}

#[test]
fn what_the_request_cannot_carry_is_said() {
    let unsupported = |json: Json| needs(&made(json!([json, { "type": "BODY", "text": "x" }]))).unsupported;
    for (component, words) in [
        (json!({ "type": "HEADER", "format": "LOCATION" }), "the type LOCATION"),
        (json!({ "type": "HEADER", "format": "GIF", "text": "{{1}}" }), "the type GIF"),
        (json!({ "type": "HEADER", "format": "TEXT", "text": "{{1}} {{2}}" }), "takes 2 values"),
        (json!({ "type": "CAROUSEL", "cards": [] }), "the type CAROUSEL"),
        (json!({ "type": "ORDER_DETAILS", "text": "{{1}}" }), "the type ORDER_DETAILS"),
        (
            json!({ "type": "BUTTONS", "buttons": [{ "type": "URL", "text": "Track", "url": "https://example.com/{{1}}" }] }),
            "“Track” takes the end of its address",
        ),
        (
            json!({ "type": "BUTTONS", "buttons": [{ "type": "copy_code", "text": "Copy" }] }),
            "“Copy” takes a code",
        ),
    ] {
        let sentences = unsupported(component.clone());
        assert_eq!(sentences.len(), 1, "{component}");
        assert!(sentences[0].contains(words), "{sentences:?}");
    }
    let harmless = json!({ "type": "BUTTONS", "buttons": [
        { "type": "QUICK_REPLY", "text": "Yes" }, { "type": "URL", "text": "Open", "url": "https://example.com" },
        { "type": "PHONE_NUMBER", "text": "Call" }, null, "x"
    ] });
    for component in [harmless, json!({ "type": "SOMETHING_NEW", "text": "plain" })] {
        assert_eq!(unsupported(component.clone()), [""; 0], "{component}");
    }
}

#[test]
fn samples_of_the_review_stand_beside_what_is_asked() {
    let examples = |example: Json, text: &str| {
        let template = made(json!([{ "type": "BODY", "text": text, "example": example }]));
        needs(&template).body.into_iter().map(|placeholder| placeholder.example).collect::<Vec<_>>()
    };
    assert_eq!(
        examples(json!({ "body_text": [["Ana", "Monday"]] }), "{{2}} {{1}} {{3}}"),
        ["Ana", "Monday", ""]
    );
    assert_eq!(examples(json!({ "body_text": ["Ana", "Monday"] }), "{{1}} {{2}}"), ["Ana", "Monday"]);
    let named = json!({ "body_text_named_params": [{ "param_name": "b", "example": "B" }, { "param_name": "a", "example": 1 }, null] });
    assert_eq!(examples(named, "{{a}} {{b}} {{c}}"), ["1", "B", ""]);
    assert_eq!(examples(json!([]), "{{1}}"), [""]);
}

#[test]
fn ten_thousand_placeholders_are_asked_for() {
    let text: String = (1..=10_000).rev().map(|number| format!("{{{{{number}}}}} ")).collect();
    let template = of(&text);
    let needs = needs(&template);
    assert_eq!((needs.body.len(), needs.problems.len()), (10_000, 0));
    let values = Values { body: vec!["x".into(); 10_000], ..Values::default() };
    assert_eq!(assemble(&template, &values).body, "x ".repeat(10_000));
    assert_eq!(needs.body[9_999].key, Key::Number(10_000));
    assert_eq!(asked(&"{{".repeat(100_000)), [""; 0]);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_pieces_are_the_text(text in "([{} 1a_ß\\n]|\\{\\{ ?[1-3n] ?\\}\\}){0,40}") {
        let written: String = pieces(&text).into_iter().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Gap { written, .. } => written,
        }).collect();
        prop_assert_eq!(written, text);
    }
}
