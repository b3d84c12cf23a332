//! What is shown, found fault with and sent, once values are there.

use super::*;
use crate::catalogue::whatsapp::{
    HEADER_PARAMETER, HEADER_TEXT, PARAMETER, PARAMETER_ADVICE, PARAMETER_SHAPE,
};
use crate::catalogue::{
    limit::{Bound, Limit},
    problem::{Fault, Problem},
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn body(values: &[&str]) -> Values {
    Values { body: values.iter().map(|value| (*value).to_owned()).collect(), ..Values::default() }
}

fn headed(value: &str) -> Values {
    Values { header: value.into(), ..Values::default() }
}

fn longest(limit: Limit) -> usize {
    match limit.bound {
        Bound::Length { max, .. } => max,
        other => panic!("{other:?}"),
    }
}

fn slots(template: &Template, values: &Values) -> Vec<(Slot, bool)> {
    check(template, values).into_iter().map(|complaint| (complaint.slot, complaint.problem.blocks)).collect()
}

#[test]
fn values_stand_in_the_text_and_gaps_stay_seen() {
    for (text, values, read) in [
        ("Hello {{1}}, on {{2}}.", &["Ana", "Monday"][..], "Hello Ana, on Monday."),
        ("Hello {{1}}, on {{2}}.", &["", "Monday"], "Hello {{1}}, on Monday."),
        ("Hello {{ 1 }}", &[], "Hello {{ 1 }}"),
        ("{{2}} and {{1}}", &["one", "two"], "two and one"),
        ("{{1}} {{2}}", &["{{2}}", "{{1}}"], "{{2}} {{1}}"),
        ("{{b}} {{a}} {{b}}", &["first", "second"], "first second first"),
        ("{{1}", &["x"], "{{1}"),
        ("{{1}}", &["x", "too many"], "x"),
    ] {
        assert_eq!(assemble(&of(text), &body(values)).body, read, "{text}");
    }
}

#[test]
fn the_whole_message_is_assembled() {
    let template = made(json!([
        { "type": "HEADER", "format": "TEXT", "text": "On {{1}}" },
        { "type": "BODY", "text": "Hello {{1}}" },
        { "type": "FOOTER", "text": "Northgate Dental" },
        { "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY", "text": "Yes" }, { "type": "QUICK_REPLY", "text": "No" }] },
    ]));
    let values = Values { header: "Monday".into(), ..body(&["Ana"]) };
    let expected = Assembled {
        header: Some("On Monday".into()),
        body: "Hello Ana".into(),
        footer: Some("Northgate Dental".into()),
        buttons: vec!["Yes".into(), "No".into()],
    };
    assert_eq!(assemble(&template, &values), expected);
    assert_eq!(assemble(&template, &Values::default()).header.as_deref(), Some("On {{1}}"));
    let two = made(json!([{ "type": "HEADER", "format": "TEXT", "text": "{{1}} {{2}}" }]));
    assert_eq!(assemble(&two, &headed("x")).header.as_deref(), Some("{{1}} {{2}}"));
    let file = made(json!([{ "type": "HEADER", "format": "IMAGE" }]));
    assert_eq!(assemble(&file, &headed("https://a.example")).header.as_deref(), Some("https://a.example"));
    assert_eq!(assemble(&file, &headed("")).header, None);
}

#[test]
fn what_is_empty_is_left_out_and_nothing_changes_its_place() {
    let template = of("{{1}} {{2}} {{3}}");
    let named = json!({ "message_type": "template", "template_name": "t", "template_language": "en" });
    let with = |members: Json| {
        let mut message = named.clone();
        message.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        message
    };
    assert_eq!(to_message(&of("plain"), &headed("x")), named);
    assert_eq!(
        to_message(&template, &body(&["a", "", "c", "d"])),
        with(json!({ "template_params": ["a", "", "c"] }))
    );
    let document = made(json!([{ "type": "HEADER", "format": "DOCUMENT" }, { "type": "BODY", "text": "x" }]));
    let file = Values { header: "https://a.example/i.pdf".into(), filename: "i.pdf".into(), body: vec![] };
    let sent = json!({ "header_type": "document", "header_params": "https://a.example/i.pdf", "header_filename": "i.pdf" });
    assert_eq!(to_message(&document, &file), with(sent));
    let image = made(json!([{ "type": "HEADER", "format": "IMAGE" }]));
    let sent = json!({ "header_type": "image", "header_params": "https://a.example/i.pdf" });
    assert_eq!(to_message(&image, &file), with(sent));
    assert_eq!(to_message(&image, &Values { header: String::new(), ..file }), named);
    let keys: Vec<String> =
        to_message(&document, &plain(&document)).as_object().unwrap().keys().cloned().collect();
    let fields = crate::catalogue::find("kapso.send-message").unwrap();
    assert!(keys.iter().all(|key| fields.field(&format!("message.{key}")).is_some()));
}

#[test]
fn what_is_missing_is_said_of_each() {
    let template = made(json!([
        { "type": "HEADER", "format": "DOCUMENT" }, { "type": "BODY", "text": "{{1}} {{2}}" },
    ]));
    let values = body(&["", "there"]);
    let found = check(&template, &values);
    assert!(found.iter().all(|complaint| complaint.problem.fault == Fault::Missing));
    assert_eq!(slots(&template, &values), [(Slot::Header, true), (Slot::Value(0), true)]);
    // The request calls an empty header doubtful and knows nothing of the values.
    let of_request = ["message.template_name", "message.header_params", "message.template_params.0"]
        .map(|path| Problem::warning(path, Fault::EmptyRow, PARAMETER_ADVICE.evidence));
    let corrected: Vec<(String, bool)> = corrected(of_request.into(), found)
        .into_iter()
        .map(|problem| (problem.path, problem.blocks))
        .collect();
    let expected = [(NAME, false), (HEADER, true), ("message.template_params.0", true)];
    assert_eq!(corrected, expected.map(|(path, blocks)| (path.to_owned(), blocks)));
    let nameless = Template { name: String::new(), language: "english".into(), ..of("x") };
    assert_eq!(slots(&nameless, &Values::default()), [(Slot::Template, true), (Slot::Template, true)]);
}

#[test]
fn values_are_held_to_the_requests_own_limits() {
    let template = of("Hello {{1}} and {{2}}");
    let Bound::Pattern(shape) = PARAMETER_SHAPE.bound else { panic!("a pattern") };
    for bad in ["two\nlines", "a\ttab", "five     spaces"] {
        let found = check(&template, &body(&["fine", bad]));
        let found: Vec<_> =
            found.iter().map(|one| (one.slot, one.problem.sentence(), one.problem.blocks)).collect();
        assert_eq!(found, [(Slot::Value(1), shape.sentence.to_owned(), true)], "{bad:?}");
    }
    assert_eq!(slots(&template, &body(&["four    spaces", "🦷"])), []);
    assert_eq!(slots(&template, &body(&["  ", "x"])), [(Slot::Value(0), false)]);
    assert_eq!(slots(&template, &body(&["a\0", "x"])), [(Slot::Value(0), true)]);
    let long = "x".repeat(longest(PARAMETER) + 1);
    assert_eq!(slots(&template, &body(&[&long, "x"]))[0], (Slot::Value(0), true));
}

#[test]
fn the_text_with_its_values_may_be_too_long() {
    let alone = of("{{1}}{{1}}");
    let footed = Template { footer: Some("f".into()), ..alone.clone() };
    let of_length = |length: usize| body(&["x".repeat(length / 2).as_str()]);
    let (advice, most) = (longest(PARAMETER_ADVICE), longest(PARAMETER));
    for (template, length, expected) in [
        (&footed, advice, &[][..]),
        (&footed, advice + 2, &[(Slot::Text, false)]),
        (&footed, advice * 2 + 2, &[(Slot::Value(0), false), (Slot::Text, false)]),
        (&alone, advice + 2, &[]),
        (&alone, most, &[]),
        (&alone, most + 2, &[(Slot::Text, true)]),
    ] {
        assert_eq!(slots(template, &of_length(length)), expected, "{length}");
    }
}

#[test]
fn a_header_is_checked_as_what_it_is() {
    let word = made(json!([{ "type": "HEADER", "text": "On {{1}}" }, { "type": "BODY", "text": "x" }]));
    let rest = longest(HEADER_TEXT) - "On ".len();
    assert_eq!(slots(&word, &headed(&"x".repeat(rest))), []);
    assert_eq!(slots(&word, &headed(&"x".repeat(rest + 1))), [(Slot::Header, false)]);
    assert_eq!(slots(&word, &headed(&"x".repeat(longest(HEADER_PARAMETER) + 1))), [(Slot::Header, false)]);
    assert_eq!(slots(&word, &headed("a\nb")), [(Slot::Header, true)]);
    let file = made(json!([{ "type": "HEADER", "format": "IMAGE" }, { "type": "BODY", "text": "x" }]));
    assert_eq!(slots(&file, &headed("https://example.com/i.png")), []);
    for address in [
        "example.com/i.png",
        "ftp://example.com/i",
        "https://",
        " https://example.com",
        "https://u:p@example.com",
    ] {
        assert_eq!(slots(&file, &headed(address)), [(Slot::Header, true)], "{address}");
    }
}
