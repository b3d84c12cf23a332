//! A secret reaches the wire and nothing else: not the screen, a history, a stored draft, a copied
//! command or a debug text.

use crate::sample::{Sample, every_field, first_row};
use switchboard::{
    catalogue::{
        all,
        call::Call,
        curl::{self, Shell},
        operation::Operation,
        preview,
        provider::Provider,
        read,
        reply::Reply,
        value::{MASK, Secret},
    },
    domain::{
        activity::{Record, har, sheet},
        connection::Connection,
    },
};

const SECRET: &str = "hunter2-secret";

/// Every operation with secrets, all of them typed in; those of a documented shape are refused for it,
/// which must not show them either.
fn samples(secret: &str) -> Vec<(Sample, usize)> {
    let mut found = vec![];
    for operation in all() {
        let mut sample = Sample::full(operation);
        let mut secrets = 0;
        operation.walk(&mut |path, field| {
            if field.is_secret() {
                secrets += 1;
                sample.set(&first_row(path), secret);
            }
        });
        if secrets > 0 {
            found.push((sample, secrets));
        }
    }
    found
}

fn is_hidden(operation: &Operation, what: &str, text: &str) {
    assert!(!text.contains("hunter2"), "{}: {what} shows it: {text}", operation.id);
}

fn check_texts(sample: &Sample, call: &Call) {
    let operation = sample.operation;
    let body = call.body().expect("secrets stand in bodies");
    is_hidden(operation, "the draft", &format!("{:?}", sample.draft));
    is_hidden(operation, "the stored draft", &serde_json::to_string(&sample.draft).unwrap());
    is_hidden(operation, "the call", &format!("{call:?}"));
    is_hidden(operation, "the values", &format!("{:?} {:#?}", call.values(), body));
    is_hidden(operation, "the masked body", &body.masked().to_string());
    is_hidden(operation, "the preview", &format!("{:?}", preview::lines(&body)));
    is_hidden(operation, "the address", &call.url("https://example.com"));
    is_hidden(operation, "a header", &format!("{:?}", call.headers()));
    let schemes = operation.provider.schemes();
    for scheme in schemes.iter().map(Some).chain([None]) {
        for shell in Shell::ALL {
            is_hidden(operation, "the command", &curl::command(call, "https://example.com", scheme, shell));
            is_hidden(operation, "a variable", &curl::variables(call, scheme).join(" "));
        }
    }
}

#[test]
fn secrets_reach_the_wire_and_nothing_else() {
    let samples = samples(SECRET);
    assert!(samples.len() >= 4);
    for (sample, secrets) in samples {
        let reading = sample.read();
        let call = reading.sketch();
        check_texts(&sample, call);
        is_hidden(sample.operation, "the reading", &format!("{reading:?}"));
        for problem in &reading.problems {
            is_hidden(sample.operation, "a sentence", &problem.sentence());
        }
        let body = call.body().unwrap();
        assert_eq!(body.masked().to_string().matches(MASK).count(), secrets, "{}", sample.operation.id);
        let wire = call.wire("https://example.com", None);
        assert_eq!(wire.body.unwrap().matches(SECRET).count(), secrets, "{}", sample.operation.id);
        assert!(sample.draft.has_secrets());
    }
}

/// Not even where they are no text at all.
#[test]
fn broken_secrets_are_hidden_as_well() {
    for (sample, _) in samples("hunter2\0") {
        let reading = sample.read();
        assert!(reading.ready().is_none());
        check_texts(&sample, reading.sketch());
        is_hidden(sample.operation, "the reading", &format!("{reading:?}"));
    }
}

#[test]
fn secrets_that_arrive_are_hidden_from_debug_texts() {
    for (sample, _) in samples(SECRET) {
        let request = sample.read().sketch().values().revealed();
        let reading = read::json(sample.operation, &request);
        is_hidden(sample.operation, "the reading", &format!("{reading:?}"));
        check_texts(&sample, reading.sketch());
    }
}

#[test]
fn a_stored_draft_has_forgotten_its_secrets() {
    for (sample, _) in samples(SECRET) {
        let stored = serde_json::to_string(&sample.draft).unwrap();
        let again = serde_json::from_str(&stored).unwrap();
        assert!(!switchboard::catalogue::draft::Draft::has_secrets(&again));
        assert_ne!(sample.draft, again);
    }
}

#[test]
fn the_history_keeps_no_secret() {
    for (sample, _) in samples(SECRET) {
        let call = sample.read().sketch().clone();
        let operation = sample.operation;
        for answer in answers(operation.provider) {
            let reply = Reply { status: 200, headers: vec![], body: answer, milliseconds: 1 };
            let connection = Connection::in_page(operation.provider);
            let record =
                Record::begin(&call, &sample.draft, &connection, 1, 2).ended(&call, Some(&reply), None);
            is_hidden(operation, "the record", &serde_json::to_string(&record).unwrap());
            is_hidden(operation, "the record", &format!("{record:?}"));
            // Not even from one that was not stored yet.
            let archive = har::archive([&record].into_iter(), "https://example.com");
            is_hidden(operation, "the archive", &archive.to_string());
            is_hidden(operation, "the table", &sheet::table([&record].into_iter(), "https://example.com"));
            let headers = archive.pointer("/log/entries/0/request/headers").unwrap().as_array().unwrap();
            for scheme in operation.provider.schemes() {
                let carries = |header: &serde_json::Value| {
                    header["name"].as_str().unwrap().eq_ignore_ascii_case(scheme.header)
                };
                assert!(!headers.iter().any(carries), "{}: {headers:?}", operation.id);
            }
        }
    }
}

/// Answers that repeat a secret under its documented key: whole, deep inside, and cut off on the way.
fn answers(provider: Provider) -> Vec<String> {
    let keys = provider.secret_keys().iter();
    keys.flat_map(|key| {
        [
            format!(r#"{{"{key}":"{SECRET}"}}"#),
            format!(r#"{{"data":[{{"a":{{"{key}": "{SECRET}"}}}}]}}"#),
            format!(r#"{{"data":{{"{key}": "{SECRET}", "name":"#),
            format!(r#"{{"data":{{"{key}": "{SECRET}"#),
            format!("{{\"data\":{{\"{key}\"\n: \"a\\\"{SECRET}\\\\\", \"name\":"),
        ]
    })
    .collect()
}

/// The kind decides what is hidden, so the documented secrets have to be of that kind.
#[test]
fn what_is_known_to_be_secret_is_a_secret_field() {
    for (operation, path, field) in every_field() {
        let named = ["access_token", "webhook_verify_token", "pin", "code", "api_key", "password", "secret"];
        assert!(!named.contains(&field.name) || field.is_secret(), "{} {path}", operation.id);
    }
    for provider in Provider::ALL {
        for scheme in provider.schemes() {
            let call = all().find(|operation| operation.provider == provider);
            let call = Sample::least(call.unwrap()).read().ready().unwrap();
            let wire = call.wire("https://example.com", Some((scheme, &Secret::new(SECRET))));
            let carrying: Vec<_> = wire.headers.iter().filter(|(_, text)| text.contains(SECRET)).collect();
            assert_eq!(carrying, [&(scheme.header, format!("{}{SECRET}", scheme.prefix))]);
            assert!(!wire.url.contains(SECRET));
        }
    }
}
