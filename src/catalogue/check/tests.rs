//! Each kind of rule over one small request: when it speaks, of which field, and when it keeps silent.

use super::*;
use crate::catalogue::{
    evidence::Evidence,
    field::{Choice, Field},
    rapida::CREATE_WHATSAPP_DEPLOYMENT,
    read,
};
use serde_json::{Value as Json, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const TEST: Evidence = Evidence::Documented("a test");
const SECTION: Field = Field::group(
    "section",
    "Section",
    &[
        Field::text("title", "Title", TEST),
        Field::text("note", "Note", TEST),
        Field::list("rows", "Rows", &Field::text("row", "Row", TEST), TEST),
    ],
    TEST,
);

static REQUEST: Operation = Operation {
    id: "test.rules",
    fields: &[
        Field::choice("kind", "Kind", &[Choice::named("a"), Choice::named("b")], TEST).default("a"),
        Field::text("one", "One", TEST),
        Field::text("two", "Two", TEST),
        Field::text("three", "Three", TEST).when("kind", &["b"]),
        Field::list("sections", "Sections", &SECTION, TEST),
    ],
    ..CREATE_WHATSAPP_DEPLOYMENT
};

/// What a rule says of a request, as path and sentence.
fn says(check: Check, request: Json) -> Vec<(String, String)> {
    let reading = read::json(&REQUEST, &request);
    let problems = super::check(&Rule::new("a rule", check, TEST), &REQUEST, reading.sketch().values());
    problems
        .into_iter()
        .map(|problem| {
            assert!(problem.blocks && problem.evidence == TEST);
            let sentence = problem.sentence();
            (problem.path, sentence)
        })
        .collect()
}

#[track_caller]
fn table(check: Check, rows: &[(Json, &[(&str, &str)])]) {
    for (request, wanted) in rows {
        let wanted: Vec<_> =
            wanted.iter().map(|(path, says)| ((*path).to_owned(), (*says).to_owned())).collect();
        assert_eq!(says(check, request.clone()), wanted, "{request}");
    }
}

fn sections(sections: Json) -> Json {
    json!({ "sections": sections })
}

#[test]
fn exactly_one() {
    table(
        Check::ExactlyOne { of: &["one", "two", "three"] },
        &[
            (json!({}), &[("one", "Give One or Two.")]),
            (json!({ "kind": "b" }), &[("one", "Give One or Two or Three.")]),
            (json!({ "two": "x" }), &[]),
            (json!({ "one": "x", "two": "x" }), &[("two", "Give either One or Two, not both.")]),
            // Three belongs to another kind of request, so it does not count.
            (json!({ "three": "x" }), &[("one", "Give One or Two.")]),
            (json!({ "kind": "b", "three": "x" }), &[]),
        ],
    );
    // None of them belongs to the request: nothing to ask for.
    table(Check::ExactlyOne { of: &["three"] }, &[(json!({}), &[])]);
}

#[test]
fn at_least_one() {
    table(
        Check::AtLeastOne { of: &["one", "two"] },
        &[
            (json!({}), &[("one", "Give at least one of One or Two.")]),
            (json!({ "two": "x" }), &[]),
            (json!({ "one": "x", "two": "x" }), &[]),
        ],
    );
    table(Check::AtLeastOne { of: &["three"] }, &[(json!({}), &[])]);
}

#[test]
fn at_least_one_in_every_row() {
    table(
        Check::AtLeastOneInRow { list: "sections", of: &["title", "note"] },
        &[
            (json!({}), &[]),
            (sections(json!([{ "title": "x" }, { "note": "y" }])), &[]),
            (
                sections(json!([{ "title": "x" }, { "rows": ["r"] }, {}])),
                &[("sections.1.title", "Give Title or Note."), ("sections.2.title", "Give Title or Note.")],
            ),
        ],
    );
}

#[test]
fn unique() {
    let again = |text: &str| format!("Must differ from the others: “{text}” is there already.");
    table(
        Check::Unique { of: "sections.*.title" },
        &[
            (json!({}), &[]),
            (sections(json!([{ "title": "a" }, { "title": "A" }, { "title": "a " }])), &[]),
            (sections(json!([{}, {}])), &[]),
            (
                sections(json!([{ "title": "a" }, { "title": "b" }, { "title": "a" }, { "title": "a" }])),
                &[("sections.2.title", &again("a")), ("sections.3.title", &again("a"))],
            ),
        ],
    );
    // Across the lists of several rows.
    table(
        Check::Unique { of: "sections.*.rows.*" },
        &[(
            sections(json!([{ "rows": ["a", "b"] }, { "rows": ["c", "a"] }])),
            &[("sections.1.rows.1", &again("a"))],
        )],
    );
}

#[test]
fn total() {
    let check = Check::Total { of: "sections.*.rows.*", min: 2, max: 3 };
    table(
        check,
        &[
            (json!({}), &[]),
            (sections(json!([{ "rows": ["a"] }])), &[("sections", "Add at least 2 of rows.")]),
            (sections(json!([{ "rows": ["a"] }, { "rows": ["b"] }])), &[]),
            (sections(json!([{ "rows": ["a", "b"] }, { "rows": ["c"] }])), &[]),
            (
                sections(json!([{ "rows": ["a", "b"] }, { "rows": ["c", "d"] }])),
                &[("sections", "All rows together: at most 3 are allowed; there are 4.")],
            ),
        ],
    );
}

#[test]
fn required_from_so_many_rows() {
    let says = "Fill this in: it is required as soon as there are 2.";
    table(
        Check::RequiredFrom { list: "sections", rows: 2, member: "title" },
        &[
            (json!({}), &[]),
            (sections(json!([{}])), &[]),
            (sections(json!([{ "title": "a" }, {}])), &[("sections.1.title", says)]),
            (sections(json!([{}, {}])), &[("sections.0.title", says), ("sections.1.title", says)]),
            (sections(json!([{ "title": "a" }, { "title": "b" }])), &[]),
        ],
    );
}

#[test]
fn requires() {
    table(
        Check::Requires { any_of: &["one", "three"], needs: "two" },
        &[
            (json!({}), &[]),
            (json!({ "two": "x" }), &[]),
            (json!({ "one": "x" }), &[("two", "Fill this in: “One” needs it.")]),
            (json!({ "one": "x", "two": "y" }), &[]),
            (json!({ "three": "x" }), &[]),
            (json!({ "kind": "b", "three": "x" }), &[("two", "Fill this in: “Three” needs it.")]),
        ],
    );
}

#[test]
fn together() {
    table(
        Check::Together { of: &["one", "two", "three"] },
        &[
            (json!({}), &[]),
            (json!({ "one": "x", "two": "x" }), &[]),
            (json!({ "two": "x" }), &[("one", "Fill this in: “Two” needs it.")]),
            (
                json!({ "kind": "b", "one": "x" }),
                &[("two", "Fill this in: “One” needs it."), ("three", "Fill this in: “One” needs it.")],
            ),
        ],
    );
}

#[test]
fn an_inferred_rule_only_warns() {
    let advice = Evidence::Inferred("a test");
    let rule = Rule::new("a rule", Check::AtLeastOne { of: &["one"] }, advice);
    let problems = super::check(&rule, &REQUEST, &Value::Group(vec![]));
    assert_eq!(problems.len(), 1);
    assert!(!problems[0].blocks);
}
