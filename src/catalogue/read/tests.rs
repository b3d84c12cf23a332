//! How absence, conditions, groups and evidence play together, over one small request.

use super::*;
use crate::catalogue::{
    field::{Choice, Wire},
    limit::Limit,
    pattern::NOT_BLANK,
    rapida::CREATE_WHATSAPP_DEPLOYMENT,
    rule::{Check, Rule},
};
use serde_json::json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const TEST: Evidence = Evidence::Documented("a test");
const ADVICE: Evidence = Evidence::Inferred("a test");

const KIND: Field =
    Field::choice("kind", "Kind", &[Choice::named("a"), Choice::named("b")], TEST).default("a");

static REQUEST: Operation = Operation {
    id: "test.request",
    path: "/things/{id}",
    fields: &[
        Field::text("id", "ID", TEST).in_path(),
        Field::text("x-id", "Header", TEST).in_header(),
        Field::constant("always", "so", TEST),
        KIND,
        Field::text("if_a", "If A", TEST).required().when("kind", &["a"]),
        Field::integer("if_b", "If B", TEST).required_by(ADVICE).when("kind", &["b"]),
        Field::text("if_filled", "If filled", TEST).when_filled("free"),
        Field::text("free", "Free", TEST)
            .limits(&[Limit::pattern(&NOT_BLANK, ADVICE), Limit::length(1, 3, TEST)]),
        Field::group(
            "group",
            "Group",
            &[
                Field::constant("type", "text", TEST),
                Field::text("must", "Must", TEST).required(),
                Field::toggle("may", "May", Wire::Bool, TEST),
            ],
            TEST,
        ),
        Field::list("list", "List", &Field::text("item", "Item", TEST), TEST),
    ],
    rules: &[Rule::new("free in A", Check::Requires { any_of: &["if_a"], needs: "free" }, ADVICE)],
    ..CREATE_WHATSAPP_DEPLOYMENT
};

fn typed(texts: &[(&str, &str)]) -> Reading {
    let mut typed = Draft::default();
    for (path, text) in texts {
        typed.set(&REQUEST, path, (*text).to_owned());
    }
    draft(&REQUEST, &typed)
}

/// Path, fault and whether it blocks, of every problem.
fn problems(reading: &Reading) -> Vec<(&str, Fault, bool)> {
    reading
        .problems
        .iter()
        .map(|problem| (problem.path.as_str(), problem.fault.clone(), problem.blocks))
        .collect()
}

fn rule(sentence: &str) -> Fault {
    Fault::Rule(sentence.to_owned())
}

#[test]
fn what_is_missing_is_said_in_the_order_of_the_form() {
    let reading = typed(&[]);
    assert_eq!(problems(&reading), [("id", Fault::Missing, true), ("if_a", Fault::Missing, true)]);
    assert_eq!(reading.ready(), None);
    assert_eq!(reading.sketch().path(), "/things/{id}");
}

#[test]
fn conditions_count_defaults_and_drop_what_does_not_belong() {
    let reading = typed(&[("id", "1"), ("kind", "b"), ("if_a", "x"), ("if_filled", "y")]);
    assert_eq!(problems(&reading), [("if_b", Fault::Missing, false)]);
    let body = reading.ready().unwrap().body().unwrap().revealed();
    assert_eq!(body, json!({ "always": "so", "kind": "b" }));
    // What does not belong is not judged either.
    assert_eq!(problems(&typed(&[("id", "1"), ("if_a", "x"), ("if_b", "no number"), ("free", "f")])), []);
}

/// The text of a choice that is nothing but spaces is no text, so the default counts.
#[test]
fn spaces_do_not_change_a_condition() {
    assert_eq!(typed(&[("kind", " ")]), typed(&[]));
    let spaces = typed(&[("id", "1"), ("kind", "  "), ("if_a", "x"), ("free", "f")]);
    let body = spaces.ready().unwrap().body().unwrap().revealed();
    assert_eq!(body, json!({ "always": "so", "if_a": "x", "free": "f" }));
}

#[test]
fn a_group_is_asked_for_only_once_something_is_in_it() {
    let base = [("id", "1"), ("if_a", "x"), ("free", "f")];
    let with = |more: &[(&'static str, &'static str)]| typed(&[&base, more].concat());
    let body = |reading: &Reading| reading.sketch().body().unwrap().revealed();
    assert_eq!(problems(&with(&[])), []);
    assert_eq!(body(&with(&[])).get("group"), None);
    assert_eq!(problems(&with(&[("group.may", "true")])), [("group.must", Fault::Missing, true)]);
    let filled = with(&[("group.must", "m")]);
    assert_eq!(problems(&filled), []);
    assert_eq!(body(&filled)["group"], json!({ "type": "text", "must": "m" }));
    // An empty object that arrives is there, so it has to be complete.
    let request = json!({ "id": "1", "if_a": "x", "free": "f", "group": {} });
    assert_eq!(problems(&json(&REQUEST, &request)), [("group.must", Fault::Missing, true)]);
}

#[test]
fn evidence_decides_what_blocks_but_no_evidence_makes_a_value_of_a_wrong_one() {
    let with = |free| typed(&[("id", "1"), ("if_a", "x"), ("free", free)]);
    let blank = Fault::Shape(NOT_BLANK.sentence);
    assert_eq!(problems(&with("  ")), [("free", blank, false)]);
    assert_eq!(problems(&with("long")), [("free", Fault::TooLong { is: 4, max: 3 }, true)]);
    let reading = typed(&[("id", "1"), ("kind", "b"), ("if_b", "x")]);
    assert_eq!(problems(&reading), [("if_b", Fault::NotPlainNumber, true)]);
}

#[test]
fn rules_come_last_and_not_on_top_of_another_problem() {
    let reading = typed(&[("id", "1"), ("if_a", "x")]);
    assert_eq!(problems(&reading), [("free", rule("Fill this in: “If A” needs it."), false)]);
    assert!(reading.ready().is_some());
}

#[test]
fn rows_have_to_be_filled_whichever_way_they_come() {
    let mut given = Draft::default();
    for (path, text) in [("id", "1"), ("if_a", "x"), ("free", "f"), ("list.0", "a")] {
        given.set(&REQUEST, path, text.into());
    }
    given.add_row("list");
    given.add_row("list");
    let wanted = [("list.1", Fault::EmptyRow, true)];
    assert_eq!(problems(&draft(&REQUEST, &given)), wanted);
    let request = |list: Json| json!({ "id": "1", "if_a": "x", "free": "f", "list": list });
    for hole in [json!(""), json!(null)] {
        assert_eq!(problems(&json(&REQUEST, &request(json!(["a", hole])))), wanted);
    }
    assert_eq!(problems(&json(&REQUEST, &request(json!([])))), []);
    assert_eq!(problems(&json(&REQUEST, &request(json!(null)))), []);
    let wrong = Fault::WrongType { wants: "a list" };
    assert_eq!(problems(&json(&REQUEST, &request(json!("a")))), [("list", wrong, true)]);
}

#[test]
fn places_add_to_what_a_kind_takes() {
    let with = |path: &'static str, text: &'static str| {
        let mut texts = vec![("id", "1"), ("if_a", "x"), ("free", "f")];
        texts.retain(|(other, _)| *other != path);
        texts.push((path, text));
        typed(&texts)
    };
    for dots in [".", ".."] {
        assert_eq!(problems(&with("id", dots)), [("id", Fault::NotPathSegment, true)]);
    }
    assert_eq!(problems(&with("id", "...")), []);
    for text in ["é", "a\nb", "\u{7f}"] {
        assert_eq!(problems(&with("x-id", text)), [("x-id", Fault::NotHeaderText, true)]);
        assert_eq!(problems(&with("if_a", text)), []);
    }
    // Shown as typed, so that the preview does not jump while it is mended.
    assert_eq!(with("id", "..").sketch().values().at("id"), Some(&Value::Unread("..".into())));
}
