//! Templates as they are listed, searched and sent: the sandbox's own, and answers of any shape. What is
//! asked for and what fits is tested in files of their own.

mod asked;
mod filled;

use super::*;
use crate::{
    catalogue::{call::Call, draft::Draft, kapso::SEND_MESSAGE, provider::Provider, read},
    sandbox::{self, Answer, Outcome, Request, World},
};
use proptest::{prelude::*, test_runner::RngSeed};
use serde_json::{Value as Json, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const NOW: u64 = 1_800_000_000_000;

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::with_cases(256)
    }
}

fn ask(world: &mut World, method: &str, path: &str, query: &str, body: &str) -> (u16, Json) {
    let headers = [("X-API-Key", "secret-key-1234"), ("Content-Type", "application/json")];
    let request = Request {
        provider: Provider::Kapso,
        method: method.into(),
        path: path.into(),
        query: query.into(),
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        body: body.into(),
    };
    match sandbox::answer(world, &request, NOW) {
        Outcome::Answer(Answer { status, body, .. }) => (status, serde_json::from_str(&body).unwrap()),
        other => panic!("{other:?}"),
    }
}

fn samples(world: &mut World) -> Vec<Template> {
    let (status, list) = ask(world, "GET", "/whatsapp_templates", "per_page=100", "");
    assert_eq!(status, 200);
    Template::list(&list)
}

fn named<'a>(templates: &'a [Template], name: &str) -> &'a Template {
    templates.iter().find(|template| template.name == name).unwrap()
}

/// A template of nothing but a text, as `content`.
fn of(text: &str) -> Template {
    Template::read(&json!({ "name": "t", "language_code": "en", "content": text })).unwrap()
}

/// A template of these components.
fn made(components: Json) -> Template {
    Template::read(
        &json!({ "name": "t", "language_code": "en", "status": "approved", "components": components }),
    )
    .unwrap()
}

/// The call that sends a message, if the request's own check lets it.
fn call(message: Json) -> Option<Call> {
    let request = json!({ "conversation_id": "c", "message": message });
    read::draft(&SEND_MESSAGE, &Draft::from_json(&SEND_MESSAGE, &request)).ready()
}

/// A value for everything that is asked.
fn plain(template: &Template) -> Values {
    let needs = needs(template);
    let header = match needs.header {
        None => "",
        Some(HeaderNeed::Text(_)) => "Friday",
        Some(HeaderNeed::File(_)) => "https://example.com/file",
    };
    let body = (1..=needs.body.len()).map(|at| format!("value {at}")).collect();
    Values { header: header.into(), filename: "file.pdf".into(), body }
}

#[test]
fn the_samples_are_read_and_sent() {
    let mut world = World::new(sandbox::SEED, NOW);
    let templates = samples(&mut world);
    assert_eq!(templates.len(), 10);
    let (_, conversations) = ask(&mut world, "GET", "/whatsapp_conversations", "per_page=1", "");
    let path = format!(
        "/whatsapp_conversations/{}/whatsapp_messages",
        conversations["data"][0]["id"].as_str().unwrap()
    );
    for template in &templates {
        let (needs, values) = (needs(template), plain(template));
        assert!(needs.can_be_met() && needs.warnings.is_empty(), "{} {needs:?}", template.name);
        assert_eq!(check(template, &values), [], "{}", template.name);
        let sent = call(to_message(template, &values)).unwrap().body().unwrap().revealed();
        assert_eq!(sent, json!({ "message": to_message(template, &values) }), "{}", template.name);
        let (status, answer) = ask(&mut world, "POST", &path, "", &sent.to_string());
        // What is not approved is refused, and for no other reason.
        let expected = if template.is_approved() { 201 } else { 422 };
        assert_eq!(status, expected, "{} {answer}", template.name);
        assert!(template.is_approved() || answer.to_string().contains("132001"), "{answer}");
        if template.is_approved() {
            assert_eq!(answer["data"]["content"], assemble(template, &values).body, "{}", template.name);
        }
    }
}

#[test]
fn answers_of_any_shape_are_read_as_far_as_they_go() {
    for nothing in [
        json!(null),
        json!(7),
        json!("t"),
        json!([]),
        json!({}),
        json!({ "id": null, "name": "" }),
        json!({ "name": { "text": "t" }, "content": "x" }),
    ] {
        assert_eq!(Template::read(&nothing), None, "{nothing}");
    }
    let bare = Template { id: "7".into(), ..Template::default() };
    for odd in [
        json!({ "id": 7 }),
        json!({ "id": "7", "name": null, "components": null, "content": null, "status": null }),
        json!({ "id": "7", "components": {}, "parameter_count": null, "whatsapp_config_ids": null }),
        json!({ "id": "7", "components": "none", "parameter_count": "many", "whatsapp_config_ids": [null, {}] }),
        json!({ "id": "7", "components": [null, 3, "BODY", [], {}, { "type": null }, { "type": "BODY" }] }),
        json!({ "id": "7", "components": [{ "type": "HEADER" }, { "type": "FOOTER", "text": null }] }),
        json!({ "id": "7", "components": [{ "type": "BUTTONS", "buttons": {} }], "parameter_count": -1 }),
        json!({ "id": "7", "components": [{ "type": "BODY", "text": 5.5e300, "example": [[]] }], "content": [] }),
    ] {
        let read = Template::read(&odd).unwrap();
        assert_eq!(read.header, None, "{odd}");
        assert!(read.body.is_empty() || read.body.starts_with("5.5"), "{odd}");
        assert_eq!(Template { body: String::new(), ..read }, bare, "{odd}");
    }
}

#[test]
fn the_text_of_the_component_is_the_one_that_is_filled() {
    let both = json!({ "name": "t", "content": "Kapso: {{1}} {{2}}", "components": [{ "type": "body", "text": "{{1}}" }] });
    assert_eq!(Template::read(&both).unwrap().body, "{{1}}");
    let early = json!({ "name": "t", "content": "Hello {{1}}", "components": {} });
    assert_eq!(Template::read(&early).unwrap().body, "Hello {{1}}");
}

#[test]
fn a_list_is_read_with_or_without_what_is_around_it() {
    let rows = json!([{ "name": "a" }, null, {}, { "id": "b" }]);
    for list in [rows.clone(), json!({ "data": rows, "meta": {} })] {
        assert_eq!(Template::list(&list).len(), 2, "{list}");
    }
    assert_eq!(Template::list(&json!({ "data": null })), []);
}

#[test]
fn a_template_tells_where_it_can_be_sent() {
    let mut template = of("x");
    assert!(!template.is_approved() && template.is_for("any"));
    template.status = "APPROVED".into();
    template.config_ids = vec!["one".into()];
    assert!(template.is_approved() && template.is_for("one") && !template.is_for("other"));
    assert_eq!((template.withheld("one"), template.withheld("")), (None, None));
    let words = template.withheld("other").unwrap();
    assert_eq!(words, "of another number, so it cannot be sent from this one");
    template.status = "rejected".into();
    assert_eq!(template.withheld("one").unwrap(), "rejected, so it cannot be sent");
}

#[test]
fn templates_are_found_by_every_word_the_approved_first() {
    let templates = samples(&mut World::new(sandbox::SEED, NOW));
    let names = |text: &str| {
        let found = search(&templates, text, "");
        found.into_iter().map(|at| templates[at].name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(names("").len(), templates.len());
    assert!(names("  ")[..6].iter().all(|name| named(&templates, name).is_approved()));
    assert_eq!(names("VERANO"), ["oferta_verano"]);
    assert_eq!(names("olá"), ["confirmacao_reserva"]);
    assert_eq!(names("pt_br confirmada"), ["confirmacao_reserva"]);
    assert_eq!(names("card loyalty"), ["loyalty_card"]);
    assert_eq!(names("nowhere"), [""; 0]);
    let ours = named(&templates, "oferta_verano").config_ids[0].clone();
    let first = &templates[search(&templates, "", &ours)[0]];
    assert!(first.is_for(&ours) && !templates[search(&templates, "", "")[0]].is_for(&ours));
}

/// JSON of any shape, with words that mean something here and there.
fn anything() -> impl Strategy<Value = Json> {
    let words = "(HEADER|BODY|FOOTER|BUTTONS|URL|TEXT|IMAGE|\\{\\{1\\}\\}|\\{\\{ ?[a-z]{0,3}|\\PC{0,12})";
    let leaf = prop_oneof![Just(Json::Null), any::<i64>().prop_map(Json::from), words.prop_map(Json::from)];
    let names = "(id|name|components|content|type|format|text|example|buttons|url|body_text|header_text|parameter_count|[a-z]{1,3})";
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            proptest::collection::vec((names, inner), 0..8)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_answer_and_no_value_is_too_much(json in anything(), components in anything(), values in proptest::collection::vec("\\PC{0,9}|\\s{0,9}|(?s).{0,9}", 0..5)) {
        for json in [json, json!({ "name": "t", "components": components.clone() }), json!({ "id": "t", "components": [components] })] {
            let Some(template) = Template::read(&json) else { continue };
            let word = values.first().cloned().unwrap_or_default();
            let values = Values { header: word.clone(), filename: word.clone(), body: values.clone() };
            needs(&template);
            assemble(&template, &values);
            let blocked = check(&template, &values).iter().any(|complaint| complaint.problem.blocks);
            // What is not found here is not found later either.
            prop_assert!(blocked || call(to_message(&template, &values)).is_some());
            search(&[template], &word, &word);
        }
    }
}
