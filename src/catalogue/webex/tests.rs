//! Bodies of the documentation sent as they stand there, and what blocks or only warns.

use super::{
    super::{draft::Draft, read},
    *,
};
use serde_json::{Value as Json, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn minimal() -> Json {
    json!({
        "deliverychannel": "whatsapp",
        "appid": "a_000000000000000000",
        "destination": [{ "waid": ["447700900000"] }],
        "channels": { "OTT-Messaging": { "wa": { "type": "text", "text": { "body": "Hello" } } } }
    })
}

fn with(path: &str, value: Json) -> Json {
    let mut request = minimal();
    match request.pointer_mut(path) {
        Some(place) => *place = value,
        None => request[&path[1..]] = value,
    }
    request
}

/// Paths of what blocks and of what only warns.
fn problems(request: &Json) -> (Vec<String>, Vec<String>) {
    let (blocking, warning): (Vec<_>, Vec<_>) =
        read::json(&SEND_TEXT, request).problems.into_iter().partition(|problem| problem.blocks);
    let paths = |problems: Vec<super::super::problem::Problem>| {
        problems.into_iter().map(|problem| problem.path).collect()
    };
    (paths(blocking), paths(warning))
}

#[test]
fn documented_bodies_are_sent_as_documented() {
    let full = json!({
        "deliverychannel": "whatsapp",
        "appid": "a_000000000000000000",
        "destination": [
            { "waid": ["447700900000", "IN.2149"], "correlationid": "one" },
            { "bsuid": ["US.1"] }
        ],
        "channels": { "OTT-Messaging": { "wa": {
            "type": "text",
            "text": { "body": "This is a whatsapp message" },
            "preview_url": "true",
            "identity_key_hash": "hash"
        } } },
        "options": {
            "trackClicks": "true", "shortenLinks": "true", "domain": "https://s.imiconnect.co",
            "tag1": "tag1", "tag2": "tag2", "allowFallbackURL": "false"
        },
        "correlationid": "reference", "callbackData": "data",
        "notifyurl": "https://example.com/receipts", "notifyurlAuthId": "TNPBXKT09U"
    });
    for body in [minimal(), full] {
        assert_eq!(read::json(&SEND_TEXT, &body).problems, []);
        let reading = read::draft(&SEND_TEXT, &Draft::from_json(&SEND_TEXT, &body));
        assert_eq!(reading.problems, []);
        assert_eq!(reading.ready().unwrap().body().unwrap().revealed(), body);
    }
}

#[test]
fn a_recipient_needs_a_number_or_a_user_id() {
    let (blocking, _) = problems(&with("/destination/0", json!({ "correlationid": "one" })));
    assert_eq!(blocking, ["destination.0.waid"]);
    assert_eq!(problems(&with("/destination", json!([]))).0, ["destination"]);
}

#[test]
fn unusual_numbers_only_warn() {
    for (number, fits) in [
        ("447700900000", true),
        ("+447700900000", true),
        ("IN.2149aB", true),
        ("44 7700 900000", false),
        ("123456", false),
        ("IN.", false),
        ("in.2149", false),
    ] {
        let (blocking, warning) = problems(&with("/destination/0/waid/0", json!(number)));
        assert_eq!((blocking.len(), warning.is_empty()), (0, fits), "{number}");
    }
}

#[test]
fn a_thousand_recipients_fit_in_one_request() {
    let rows = |count| json!(vec![json!({ "waid": ["447700900000"] }); count]);
    assert_eq!(problems(&with("/destination", rows(1000))), (vec![], vec![]));
    assert_eq!(problems(&with("/destination", rows(1001))).0, ["destination"]);
    let one_row = json!([{ "waid": vec!["447700900000"; 1001] }]);
    assert_eq!(problems(&with("/destination", one_row)), (vec![], vec!["destination".to_owned()]));
}

#[test]
fn link_options_need_a_domain() {
    let (blocking, _) = problems(&with("/options", json!({ "shortenLinks": "true" })));
    assert_eq!(blocking, ["options.domain"]);
}

#[test]
fn references_are_measured_in_bytes() {
    assert_eq!(problems(&with("/correlationid", json!("é".repeat(25)))), (vec![], vec![]));
    assert_eq!(problems(&with("/correlationid", json!("é".repeat(26)))).0, ["correlationid"]);
}

#[test]
fn a_receipts_address_has_no_space_around_it() {
    assert_eq!(problems(&with("/notifyurl", json!(" https://example.com"))).0, ["notifyurl"]);
}

#[test]
fn every_address_ends_where_the_path_begins() {
    for base in BASES {
        assert!(base.url.ends_with("/resources/v1"), "{}", base.url);
    }
}
