//! What all four providers share: routes, keys and repeatability here, the errors and the commands in
//! files of their own. What one provider does is tested beside it.

mod commands;
mod errors;
mod probe;

use super::*;
use crate::catalogue::{
    field::{Field, Kind, Place},
    operation::Operation,
    read,
};
use serde_json::{Value as Json, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// 2026-11-20T11:00:00Z, in the middle of a minute.
pub(super) const NOW: u64 = 1_795_172_400_000 + 30_000;

pub(super) fn request(provider: Provider, method: &str, path: &str, body: Option<&Json>) -> Request {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let scheme = &provider.schemes()[0];
    let mut headers = vec![(scheme.header.to_owned(), format!("{}secret-key-1234", scheme.prefix))];
    if body.is_some() {
        headers.push(("Content-Type".into(), "application/json".into()));
    }
    Request {
        provider,
        method: method.into(),
        path: path.into(),
        query: query.into(),
        headers,
        body: body.map(Json::to_string).unwrap_or_default(),
    }
}

pub(super) fn full(world: &mut World, request: &Request, now: u64) -> Answer {
    match answer(world, request, now) {
        Outcome::Answer(answer) => answer,
        other => panic!("{other:?}"),
    }
}

/// Status and body of a call such as `("GET", "/deployments", None)`.
pub(super) fn call(
    world: &mut World,
    provider: Provider,
    (method, path, body): (&str, &str, Option<Json>),
    now: u64,
) -> (u16, Json) {
    let answer = full(world, &request(provider, method, path, body.as_ref()), now);
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

pub(super) fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

/// A value that passes the check of a field.
fn value(field: &Field) -> Json {
    match field.kind {
        Kind::Integer => json!(field.example.parse::<i64>().unwrap_or(1)),
        Kind::Decimal => json!(1.5),
        Kind::Toggle(_) => json!(true),
        Kind::Choice(choices) if field.example.is_empty() => json!(choices[0].value),
        Kind::Constant(value) => json!(value),
        Kind::List(item) => json!([value(item)]),
        Kind::Group(members) => required(members),
        Kind::Phone(_) => json!("+447700900123"),
        Kind::Url if field.example.is_empty() => json!("https://example.com/a.png"),
        Kind::Email if field.example.is_empty() => json!("a@example.com"),
        Kind::Digits if field.example.is_empty() => json!("1"),
        _ if field.example.is_empty() => json!("x"),
        _ => json!(field.example),
    }
}

fn required(fields: &[Field]) -> Json {
    let mut object = json!({});
    for field in fields {
        let always = matches!(field.when, crate::catalogue::field::When::Always);
        if (field.required.is_some() && always) || matches!(field.kind, Kind::Constant(_)) {
            object[field.name] = value(field);
        }
    }
    object
}

/// The least that an operation takes, with one value put at a path.
pub(super) fn example(operation: &'static Operation, path: &str, put_value: &str) -> Request {
    let mut values = required(operation.fields);
    if operation.id == "webex.send-text" {
        values["destination"] = json!([{"waid": ["447700900000"]}]);
    }
    if operation.id.starts_with("kapso.send") && path != "message.content" {
        values["message"]["content"] = "Hello".into();
    }
    if path == "message.template_name" {
        values["message"]["message_type"] = "template".into();
        values["message"]["template_language"] = "en".into();
    }
    put(operation, &mut values, path, put_value);
    assert!(read::json(operation, &values).ready().is_some(), "{} {path} {values}", operation.id);
    built(operation, &values)
}

fn put(operation: &Operation, values: &mut Json, path: &str, text: &str) {
    if path.is_empty() {
        return;
    }
    let whole = matches!(operation.field(path).map(|field| field.kind), Some(Kind::Integer));
    let json = if whole { json!(text.parse::<i64>().unwrap_or(0)) } else { json!(text) };
    let mut at = values;
    for part in path.split('.') {
        at = &mut at[part];
    }
    *at = json;
}

/// The request through the same code that the page uses.
pub(super) fn built(operation: &'static Operation, values: &Json) -> Request {
    let call = read::json(operation, values).ready().expect("valid");
    let scheme = &operation.provider.schemes()[0];
    let secret = crate::catalogue::value::Secret::new("secret-key-1234");
    let wire = call.wire("", Some((scheme, &secret)));
    let (path, query) = wire.url.split_once('?').unwrap_or((&wire.url, ""));
    Request {
        provider: operation.provider,
        method: wire.method.into(),
        path: path.into(),
        query: query.into(),
        headers: wire.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        body: wire.body.unwrap_or_default(),
    }
}

#[test]
fn unknown_addresses_are_answered_in_the_providers_shape_and_logged() {
    let mut world = World::new(1, NOW);
    let (status, body) = call(&mut world, Provider::Vonage, ("GET", "/nowhere", None), NOW);
    assert_eq!((status, &body["title"]), (404, &json!("Not Found")));
    let (status, body) = call(&mut world, Provider::Kapso, ("DELETE", "/customers", None), NOW);
    assert_eq!((status, body), (404, json!({"error": "Resource not found"})));
    assert_eq!(call(&mut world, Provider::Webex, ("GET", "/messaging", None), NOW).0, 404);
    assert_eq!(call(&mut world, Provider::Rapida, ("POST", "/create-phone-deployment", None), NOW).0, 404);
    let entries = log(&world, 0);
    assert_eq!(entries.as_array().map(Vec::len), Some(4));
    assert_eq!(entries[1]["operation"], Json::Null);
    assert_eq!(entries[1]["status"], 404);
}

#[test]
fn keys_are_asked_for_and_one_word_is_refused() {
    for (provider, path, missing, refused) in [
        (Provider::Vonage, "/deployments", "#unauthorized", "#unauthorized"),
        (Provider::Kapso, "/customers", "API key is missing", "Invalid API key"),
        (Provider::Webex, "/messaging", "\"7002\"", "\"7001\""),
        (
            Provider::Rapida,
            "/get-whatsapp-deployment/1",
            "\"1013001\"",
            "{\"error\":\"Invalid authentication credentials\"}",
        ),
    ] {
        let mut world = World::new(1, NOW);
        let method = if provider == Provider::Webex { "POST" } else { "GET" };
        let body = (method == "POST").then(|| json!({}));
        for (key, words) in [("", missing), ("refused", refused)] {
            let mut request = request(provider, method, path, body.as_ref());
            request.headers[0] =
                (request.headers[0].0.to_uppercase(), format!("{}{key}", provider.schemes()[0].prefix));
            let answer = full(&mut world, &request, NOW);
            assert_eq!(answer.status, 401, "{provider:?}");
            assert!(answer.body.contains(words), "{provider:?} {}", answer.body);
        }
    }
    // A token beside a key wins, with or without its word.
    let mut world = World::new(1, NOW);
    let mut both = request(Provider::Webex, "POST", "/messaging", Some(&json!({})));
    both.headers.push(("Authorization".into(), "bearer refused".into()));
    assert!(full(&mut world, &both, NOW).body.contains("7001"));
}

/// A few calls of every kind, as texts.
fn script(world: &mut World) -> Vec<String> {
    let mut answers = vec![];
    let mut at = NOW;
    for operation in catalogue::all() {
        at += 777;
        answers.push(format!("{:?}", answer(world, &example(operation, "", ""), at)));
    }
    answers
}

#[test]
fn the_same_seed_and_calls_give_the_same_answers() {
    let (mut one, mut two, mut other) = (World::new(9, NOW), World::new(9, NOW), World::new(10, NOW));
    let answers = script(&mut one);
    assert_eq!(answers, script(&mut two));
    assert_ne!(answers, script(&mut other));
}

#[test]
fn a_world_survives_writing_and_reading() {
    let mut world = World::new(u64::MAX, NOW);
    script(&mut world);
    let commands = json!({
        "speed": 2.5, "conversation": {"messages": 50},
        "faults": [{"operation": "vonage.verify", "when": "after", "answer": {"status": 418, "headers": {"a": "b"}}}],
    });
    control(&mut world, &commands, NOW).expect("state");
    let written = serde_json::to_string(&world).expect("written");
    let mut read: World = serde_json::from_str(&written).expect("read");
    assert_eq!(serde_json::to_string(&read).expect("written"), written);
    assert_eq!(log(&read, 0), json!([]));
    assert_eq!(script(&mut read), script(&mut world));
    assert!(written.len() < 200_000, "{}", written.len());
}

#[test]
fn places_of_fields_are_told_apart() {
    // A body member does not stand in for a path or header field of the same name.
    let mut world = World::new(1, NOW);
    let body = json!({"deployment_id": "elsewhere", "code": "674639"});
    let (status, _) =
        call(&mut world, Provider::Vonage, ("POST", "/deployments/nope/verify", Some(body)), NOW);
    assert_eq!(status, 404);
    assert!(catalogue::all().flat_map(|operation| operation.fields_in(Place::Path)).count() > 20);
}

#[test]
fn only_a_world_is_read_as_one() {
    let mut world = World::new(SEED, NOW);
    world.code = "000000".into();
    let text = serde_json::to_string(&world).unwrap();
    // As a file brings it, which is read as any JSON first.
    let moved = serde_json::from_str::<Json>(&text).unwrap().to_string();
    assert_eq!(World::read(&moved).map(|world| serde_json::to_string(&world).unwrap()), Some(text));
    for text in ["", "{}", r#"{"a":1}"#, r#"{"seed":1}"#, "[]", "null"] {
        assert!(World::read(text).is_none(), "{text}");
    }
}
