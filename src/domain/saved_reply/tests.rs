//! Replies filled, checked, written to a file and read back; and every way in which a file can be wrong.

use super::*;
use proptest::{prelude::*, test_runner::RngSeed};
use serde_json::json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const LONGEST_TEXT: usize = 4096;

fn reply(id: &str, title: &str, text: &str) -> SavedReply {
    SavedReply { id: id.into(), title: title.into(), text: text.into() }
}

fn values() -> Values {
    let some = |text: &str| Some(text.to_owned());
    Values {
        name: some("Ada Lovelace"),
        phone: some("+44 20 7946 0958"),
        date: some("10 May"),
        ..Values::default()
    }
}

#[test]
fn placeholders_are_filled() {
    for (text, expected) in [
        ("Hello {name}!", "Hello Ada Lovelace!"),
        ("{first_name}, {first_name}: {phone}, {date}", "Ada, Ada: +44 20 7946 0958, 10 May"),
        ("{name}{name}", "Ada LovelaceAda Lovelace"),
        ("{{name}}", "{Ada Lovelace}"),
        ("{nobody} {Name} { name } {", "{nobody} {Name} { name } {"),
        ("{na{name}", "{naAda Lovelace"),
        ("🦷 {name", "🦷 {name"),
        ("", ""),
    ] {
        assert_eq!(fill(text, &values()), Filled { text: expected.into(), missing: vec![] }, "{text}");
    }
}

#[test]
fn what_has_no_value_stays_and_is_named_once() {
    let filled = fill("{time} {business} {time} {name}", &values());
    assert_eq!(filled.text, "{time} {business} {time} Ada Lovelace");
    assert_eq!(filled.missing, ["Time of day", "Name of your business"]);
    let blank = Values { name: Some(" \n".into()), ..Values::default() };
    assert_eq!(fill("{name} {first_name}", &blank).missing, ["Name", "First name"]);
    assert_eq!(fill("{first_name}", &Values::default()).missing, ["First name"]);
}

#[test]
fn a_customer_cannot_write_more_than_a_name() {
    let named = |name: &str| Values { name: Some(name.into()), ..values() };
    assert_eq!(fill("Hi {name}.", &named("{phone}")).text, "Hi {phone}.");
    assert_eq!(fill("Hi {name}.", &named("Ada\n\n> x")).text, "Hi Ada > x.");
    assert_eq!(fill("Hi {first_name}.", &named("✨ Ada L.")).text, "Hi Ada.");
    assert_eq!(fill("Hi {first_name}.", &named("✨")).missing, ["First name"]);
    let own = Values { first_name: Some("Countess".into()), ..values() };
    assert_eq!(fill("Hi {first_name}.", &own).text, "Hi Countess.");
}

#[test]
fn every_placeholder_is_told_apart() {
    for (index, placeholder) in Placeholder::ALL.into_iter().enumerate() {
        assert_eq!(fill(placeholder.slot(), &Values::default()).missing, [placeholder.label()]);
        for other in &Placeholder::ALL[..index] {
            assert!(other.slot() != placeholder.slot() && other.label() != placeholder.label());
        }
    }
}

#[test]
fn limits_are_kept_to_the_character() {
    let sound = |title: usize, text: usize| reply("a", &"ü".repeat(title), &"🦷".repeat(text)).problems();
    assert_eq!(sound(1, 1), []);
    assert_eq!(sound(LONGEST_TITLE, LONGEST_TEXT), []);
    assert_eq!(sound(0, 0), [ReplyProblem::NoTitle, ReplyProblem::NoText]);
    assert_eq!(
        sound(LONGEST_TITLE + 1, LONGEST_TEXT + 1),
        [
            ReplyProblem::LongTitle { is: LONGEST_TITLE + 1 },
            ReplyProblem::LongText { is: LONGEST_TEXT + 1, max: LONGEST_TEXT }
        ]
    );
    assert_eq!(reply("a", " ", "\n").problems(), [ReplyProblem::NoTitle, ReplyProblem::NoText]);
    for problem in sound(0, 0).into_iter().chain(sound(61, 4097)) {
        assert!(problem.sentence().ends_with('.'));
        assert_eq!(problem.is_of_title(), problem.sentence().contains("title"));
    }
}

#[test]
fn the_file_is_as_documented() {
    let text = export(&[reply("a", "Hours", "We open at 9.\n{name}")]);
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        file,
        json!({
            "switchboard": "saved-replies",
            "version": 1,
            "replies": [{ "id": "a", "title": "Hours", "text": "We open at 9.\n{name}" }]
        })
    );
    assert!(text.starts_with("{\n  \"switchboard\"") && text.ends_with("}\n"));
    assert_eq!(import(&format!("\u{FEFF}{text}")), Ok(vec![reply("a", "Hours", "We open at 9.\n{name}")]));
    assert_eq!(import(&export(&[])), Ok(vec![]));
}

fn refused(entries: serde_json::Value) -> String {
    import(&json!({ "switchboard": "saved-replies", "version": 1, "replies": entries }).to_string())
        .unwrap_err()
        .sentence()
}

#[test]
fn a_file_that_is_wrong_says_why() {
    for (text, problem) in [
        ("", ImportProblem::NotJson),
        ("Hello", ImportProblem::NotJson),
        ("{\"switchboard\": \"saved-replies\"", ImportProblem::NotJson),
        ("[]", ImportProblem::OtherKind),
        ("null", ImportProblem::OtherKind),
        ("{\"version\": 1, \"replies\": []}", ImportProblem::OtherKind),
        ("{\"switchboard\": \"drafts\", \"version\": 1, \"replies\": []}", ImportProblem::OtherKind),
        ("{\"switchboard\": \"saved-replies\", \"replies\": []}", ImportProblem::OtherKind),
        ("{\"switchboard\": \"saved-replies\", \"version\": 0, \"replies\": []}", ImportProblem::OtherKind),
        ("{\"switchboard\": \"saved-replies\", \"version\": 2, \"replies\": 5}", ImportProblem::Newer),
        ("{\"switchboard\": \"saved-replies\", \"version\": 1}", ImportProblem::NoList),
        ("{\"switchboard\": \"saved-replies\", \"version\": 1, \"replies\": {}}", ImportProblem::NoList),
    ] {
        assert_eq!(import(text), Err(problem.clone()), "{text}");
        assert!(problem.sentence().ends_with('.'));
    }
    assert_eq!(import(&"[".repeat(65_536)), Err(ImportProblem::NotJson));
}

#[test]
fn an_entry_that_is_wrong_is_named() {
    let good = json!({ "id": "a", "title": "A", "text": "a", "more": 1 });
    let long = |length: usize| "x".repeat(length);
    for (entry, sentence) in [
        (json!("b"), "Reply 2 is not a reply with an id, a title and a text."),
        (json!({ "title": "B", "text": "b" }), "Reply 2 has no id."),
        (json!({ "id": " ", "title": "B", "text": "b" }), "Reply 2 has no id."),
        (json!({ "id": 2, "title": "B", "text": "b" }), "Reply 2 has no id."),
        (json!({ "id": "b", "text": "b" }), "Reply 2 has no title."),
        (json!({ "id": "b", "title": "", "text": "b" }), "Reply 2 has no title."),
        (json!({ "id": "b", "title": "B", "text": null }), "Reply 2 has no text."),
        (json!({ "id": "b", "title": "B", "text": "\n" }), "Reply 2 has no text."),
        (json!({ "id": "a", "title": "B", "text": "b" }), "Reply 2 has the same id as reply 1."),
        (
            json!({ "id": long(101), "title": "B", "text": "b" }),
            "Reply 2 has an id of 101 characters; 100 are allowed.",
        ),
        (
            json!({ "id": "b", "title": long(61), "text": "b" }),
            "Reply 2 has a title of 61 characters; 60 are allowed.",
        ),
        (
            json!({ "id": "b", "title": "B", "text": long(4097) }),
            "Reply 2 has a text of 4097 characters; 4096 are allowed.",
        ),
    ] {
        assert_eq!(refused(json!([good, entry, "c"])), sentence);
    }
    let many: Vec<_> = (0..=MOST_REPLIES).map(|_| good.clone()).collect();
    assert_eq!(refused(json!(many)), "These would be 501 replies; there can be 500 at the most.");
}

#[test]
fn a_file_joins_what_is_there() {
    let existing = [reply("a", "A", "a"), reply("b", "B", "b")];
    let imported = [
        reply("c", "C", "c"),
        reply("b", "B", "new"),
        reply("d", "A", "a"),
        reply("e", "A", "other"),
        reply("f", "C", "c"),
    ];
    let merged = merge(&existing, &imported).unwrap();
    assert_eq!(
        merged,
        [reply("a", "A", "a"), reply("b", "B", "new"), reply("c", "C", "c"), reply("e", "A", "other")]
    );
    assert_eq!(merge(&merged, &imported).unwrap(), merged);
    assert_eq!(merge(&existing, &[]).unwrap(), existing);
    let numbered = |from: usize, to: usize| -> Vec<SavedReply> {
        (from..to).map(|n| reply(&n.to_string(), &n.to_string(), "x")).collect()
    };
    assert_eq!(merge(&numbered(0, 250), &numbered(250, MOST_REPLIES)).unwrap().len(), MOST_REPLIES);
    assert_eq!(
        merge(&numbered(0, 250), &numbered(250, MOST_REPLIES + 1)),
        Err(ImportProblem::TooMany { is: MOST_REPLIES + 1 })
    );
}

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::with_cases(256)
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_exported_is_imported(texts in prop::collection::vec(("(?s).{0,70}", "(?s).{0,40}"), 0..8)) {
        let replies: Vec<SavedReply> = texts
            .iter()
            .enumerate()
            .map(|(index, (title, text))| reply(&index.to_string(), title, text))
            .filter(|reply| reply.problems().is_empty())
            .collect();
        prop_assert_eq!(import(&export(&replies)), Ok(replies));
    }

    #[test]
    fn any_text_is_filled_and_read(text in "[{}a-z_ ]{0,30}|\\{(name|time|first_name)\\}.{0,9}|(?s).{0,40}") {
        let filled = fill(&text, &Values::default());
        prop_assert_eq!(filled.text, text.as_str());
        prop_assert!(import(&text).is_err());
    }
}
