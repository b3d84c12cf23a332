//! Each provider's way of saying yes and no, and what becomes of answers that are neither.

use super::*;
use crate::catalogue::{all, find, operation::Explained};
use serde_json::json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn reply(status: u16, body: impl ToString) -> Reply {
    Reply { status, headers: vec![], body: body.to_string(), milliseconds: 1 }
}

/// The JSON of a success.
fn accepted(id: &str, status: u16, body: impl ToString) -> Option<Json> {
    judge(find(id).unwrap(), &reply(status, body)).ok()
}

#[track_caller]
fn failed(id: &str, status: u16, body: impl ToString) -> Failure {
    judge(find(id).unwrap(), &reply(status, body)).unwrap_err()
}

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(path, says)| ((*path).to_owned(), (*says).to_owned())).collect()
}

#[test]
fn vonage_problem_details_with_both_hosts() {
    for host in ["https://developer.nexmo.com/api-errors", "https://developer.vonage.com/api-errors/whatsapp"]
    {
        let problem = json!({
            "type": format!("{host}#not-found"), "title": "Not Found",
            "detail": "Deployment could not be found", "instance": "bf0ca0bf927b3b52e3cb03217e1a1ddf"
        });
        let failure = failed("vonage.get-deployment", 404, &problem);
        assert_eq!(failure.kind, FailureKind::Refused);
        assert_eq!(
            *failure.said,
            Said {
                code: "not-found".into(),
                title: "Not Found".into(),
                detail: "Deployment could not be found".into(),
                trace: "bf0ca0bf927b3b52e3cb03217e1a1ddf".into(),
                fields: vec![],
            }
        );
        assert_eq!(failure.explained.unwrap().code, "not-found");
    }
}

#[test]
fn vonage_names_parameters_in_an_array_or_an_object() {
    let row = json!({ "name": "about", "reason": "Must be at most 139 characters" });
    let other = json!({ "name": "email", "reason": "Must be an e-mail address" });
    let problem = |parameters: Json| {
        json!({
            "type": "https://developer.vonage.com/api-errors#unprocessable-profile-update",
            "title": "Unprocessable", "invalid_parameters": parameters
        })
    };
    let said = |parameters| failed("vonage.update-profile", 422, problem(parameters)).said.fields;
    let about = ("about", "Must be at most 139 characters");
    assert_eq!(said(json!([row, other])), fields(&[about, ("email", "Must be an e-mail address")]));
    assert_eq!(said(row), fields(&[about]));
    assert_eq!(said(json!("about")), fields(&[]));
    assert_eq!(said(Json::Null), fields(&[]));
}

#[test]
fn a_documented_error_points_at_its_field_unless_the_provider_did() {
    let problem = |more: Json| {
        let mut problem = json!({ "type": "x#number-in-use", "title": "In use", "detail": "Taken by d-1" });
        problem.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        failed("vonage.create-deployment", 409, problem).said.fields
    };
    assert_eq!(problem(json!({})), fields(&[("number", "Taken by d-1")]));
    let named = json!({ "invalid_parameters": [{ "name": "waba_id", "reason": "No" }] });
    assert_eq!(problem(named), fields(&[("waba_id", "No")]));
}

#[test]
fn kapso_errors_and_maps_of_reasons() {
    let failure =
        failed("kapso.get-customer", 404, json!({ "error": "Not found", "message": "No customer" }));
    assert_eq!((failure.said.title.as_str(), failure.said.detail.as_str()), ("Not found", "No customer"));
    assert_eq!(failure.explained.unwrap().status, 404);
    let map =
        json!({ "error": "Invalid", "errors": { "name": ["is short", "is blank"], "token": "is bad" } });
    let failure = failed("kapso.create-whatsapp-config", 422, map);
    let wanted = [("whatsapp_config.name", "is short is blank"), ("whatsapp_config.token", "is bad")];
    assert_eq!(failure.said.fields, fields(&wanted));
    // The platform's own code in the text says more than the status.
    let window = json!({ "error": "Failed", "message": "(#131047) Re-engagement message" });
    let failure = failed("kapso.send-message", 422, window);
    assert_eq!(failure.said.code, "131047");
    assert_eq!(failure.explained.unwrap().code, "131047");
    // An object under `error` is not of this envelope.
    let success = json!({ "data": { "error": null } });
    assert_eq!(accepted("kapso.get-customer", 200, &success), Some(success));
}

#[test]
fn webex_says_no_in_an_array_or_an_object_and_with_any_status() {
    let row = |code: Json| json!({ "code": code, "description": "Not accepted", "transid": "t-1" });
    for code in [json!("7003"), json!(7003)] {
        for response in
            [row(code.clone()), json!([row(code.clone())]), json!([row(json!("1001")), row(code)])]
        {
            for status in [200, 400] {
                let failure = failed("webex.send-text", status, json!({ "response": response }));
                assert_eq!(failure.said.code, "7003", "{response}");
                assert_eq!(
                    (failure.said.detail.as_str(), failure.said.trace.as_str()),
                    ("Not accepted", "t-1")
                );
                assert_eq!(failure.explained.unwrap().code, "7003");
                assert_eq!(failure.kind, FailureKind::Refused);
            }
        }
    }
    for code in [json!("1001"), json!(1001)] {
        for response in [row(code.clone()), json!([row(code.clone())]), json!([row(code.clone()), row(code)])]
        {
            assert!(
                accepted("webex.send-text", 200, json!({ "response": response })).is_some(),
                "{response}"
            );
        }
    }
}

#[test]
fn an_error_after_which_nobody_knows_is_no_refusal() {
    use crate::catalogue::failure::CarriedOut;
    let webex = |code: &str| json!({ "response": { "code": code, "description": "?", "transid": "1" } });
    // Documented as to be looked at, or not documented and in an answer that went well.
    for (status, code) in [(400, "7006"), (400, "7010"), (200, "7011"), (400, "7200"), (200, "7999")] {
        let failure = failed("webex.send-text", status, webex(code));
        assert_eq!(failure.carried_out(), CarriedOut::Maybe, "{status} {code}");
    }
    for (status, code) in [(200, "7004"), (400, "7301"), (400, "7999")] {
        let failure = failed("webex.send-text", status, webex(code));
        assert_eq!(failure.carried_out(), CarriedOut::No, "{status} {code}");
    }
    let kapso = json!({ "error": "Conflict", "message": "The request is in progress" });
    for status in [200, 408, 425, 500] {
        let failure = failed("kapso.send-message", status, kapso.clone());
        assert_eq!(failure.carried_out(), CarriedOut::Maybe, "{status}");
    }
    let failure = failed("kapso.send-message", 422, kapso);
    assert_eq!(failure.carried_out(), CarriedOut::No);
    let sent = json!({ "data": { "id": "m1" }, "error": "" });
    assert!(accepted("kapso.send-message", 200, &sent).is_some());
}

#[test]
fn of_a_pair_the_value_is_masked_where_its_key_names_a_credential() {
    let pairs = json!({ "data": { "whatsappOptions": [
        { "key": "API-Key", "value": "s3cr3t" }, { "key": "template", "value": "welcome" }
    ] } });
    let mut masked = pairs.clone();
    assert!(mask(&mut masked, Provider::Rapida));
    let text = masked.to_string();
    assert!(!text.contains("s3cr3t") && text.contains("welcome") && text.contains("API-Key"), "{text}");
}

#[test]
fn rapida_errors_as_object_text_or_flag() {
    let id = "rapida.create-whatsapp-deployment";
    let error =
        json!({ "errorCode": 1008006, "errorMessage": "bad idealTimeout", "humanMessage": "Try again" });
    let body = json!({ "code": 400, "success": false, "error": error });
    for status in [200, 400] {
        let failure = failed(id, status, &body);
        assert_eq!(failure.kind, FailureKind::Refused, "{status}");
        let said = &failure.said;
        let words = (said.code.as_str(), said.title.as_str(), said.detail.as_str());
        assert_eq!(words, ("1008006", "bad idealTimeout", "Try again"));
        assert_eq!(said.fields, fields(&[("idealTimeout", "Try again")]));
        assert_eq!(failure.explained.unwrap().field, "idealTimeout");
    }
    let text = failed(id, 401, json!({ "error": "Invalid authentication credentials" }));
    assert_eq!(text.kind, FailureKind::RefusedKey);
    assert_eq!(text.said.title, "Invalid authentication credentials");
    assert!(text.explained.is_some());
    let flag = failed(id, 200, json!({ "code": 200, "success": false }));
    assert_eq!((flag.kind, *flag.said), (FailureKind::Refused, Said::default()));
    let success = json!({ "code": 200, "success": true, "data": {}, "error": null });
    assert_eq!(accepted(id, 200, &success), Some(success));
}

/// The documented code decides what kind it is, not an HTTP status of 200.
#[test]
fn a_code_with_a_status_of_its_own_outweighs_the_http_status() {
    let error = |code: &str| json!({ "success": false, "error": { "errorCode": code } });
    let kind = |code| failed("rapida.create-whatsapp-deployment", 200, error(code)).kind;
    assert_eq!(kind("1008002"), FailureKind::RefusedKey);
    assert_eq!(kind("1008005"), FailureKind::ProviderError);
    assert_eq!(kind("1008001"), FailureKind::Refused);
}

#[test]
fn answers_that_are_no_json() {
    let page = "<html><title>502 Bad Gateway</title></html>";
    for id in
        ["vonage.get-profile", "kapso.send-message", "webex.send-text", "rapida.create-whatsapp-deployment"]
    {
        for (status, body, kind) in [
            (200, page, FailureKind::Unreadable),
            (200, "", FailureKind::Unreadable),
            (200, "{\"data\":", FailureKind::Unreadable),
            (201, "OK", FailureKind::Unreadable),
            (502, page, FailureKind::ProviderError),
            (500, "", FailureKind::ProviderError),
            (401, page, FailureKind::RefusedKey),
            (403, page, FailureKind::Refused),
            (404, "", FailureKind::Refused),
            (429, page, FailureKind::Throttled { seconds: None }),
        ] {
            let failure = failed(id, status, body);
            assert_eq!((failure.kind, *failure.said), (kind, Said::default()), "{id} {status} {body}");
        }
    }
}

#[test]
fn an_empty_answer_is_a_success_where_nothing_is_documented_to_come() {
    for id in ["vonage.delete-deployment", "kapso.delete-config", "vonage.delete-sticker"] {
        for (status, body) in [(204, ""), (200, ""), (200, " \r\n")] {
            assert_eq!(accepted(id, status, body), Some(Json::Null), "{id} {status} {body:?}");
        }
        assert_eq!(accepted(id, 200, "{}"), Some(json!({})));
        assert_eq!(failed(id, 200, "<html>").kind, FailureKind::Unreadable);
    }
}

#[test]
fn throttling_with_and_without_a_time() {
    let seconds = |value: Option<&str>| {
        let headers = value.map(|value| ("retry-after".to_owned(), value.to_owned())).into_iter().collect();
        let reply = Reply { headers, ..reply(429, json!({ "error": "Too many requests" })) };
        judge(find("kapso.list-messages").unwrap(), &reply).unwrap_err().kind
    };
    assert_eq!(seconds(Some("7")), FailureKind::Throttled { seconds: Some(7) });
    assert_eq!(seconds(Some(" 60 ")), FailureKind::Throttled { seconds: Some(60) });
    for unusable in [None, Some("Wed, 21 Oct 2026 07:28:00 GMT"), Some("-1"), Some("1.5"), Some("")] {
        assert_eq!(seconds(unusable), FailureKind::Throttled { seconds: None }, "{unusable:?}");
    }
}

#[test]
fn throttling_until_a_moment_of_the_providers_own_clock() {
    let seconds = |until: &str, date: &str| {
        let headers = vec![("retry-after".into(), until.into()), ("date".into(), date.into())];
        let reply = Reply { headers, ..reply(429, json!({ "error": "Too many requests" })) };
        judge(find("kapso.list-messages").unwrap(), &reply).unwrap_err().kind
    };
    let date = "Wed, 21 Oct 2026 07:28:00 GMT";
    for (until, wanted) in [
        ("Wed, 21 Oct 2026 07:28:45 GMT", Some(45)),
        ("Thu, 22 Oct 2026 07:28:00 GMT", Some(86_400)),
        ("Wednesday, 21-Oct-26 07:29:00 GMT", Some(60)),
        ("Wed, 21 Oct 2026 07:00:00 GMT", Some(0)),
        ("Wed, 21 Oct 2026 25:00:00 GMT", None),
    ] {
        assert_eq!(seconds(until, date), FailureKind::Throttled { seconds: wanted }, "{until}");
    }
    assert_eq!(seconds(date, "yesterday"), FailureKind::Throttled { seconds: None });
}

#[test]
fn long_numbers_keep_every_digit() {
    let body =
        r#"{"id":2227823180112723968,"big":123456789012345678901234567890,"small":0.10000000000000000001}"#;
    let reply = reply(200, body);
    for reveal in [false, true] {
        let pretty = reply.pretty(Provider::Rapida, reveal);
        for number in
            [": 2227823180112723968,", ": 123456789012345678901234567890,", ": 0.10000000000000000001\n"]
        {
            assert!(pretty.contains(number), "{pretty}");
        }
    }
    let json = accepted("rapida.get-whatsapp-deployment", 200, body).unwrap();
    assert_eq!(json["id"].to_string(), "2227823180112723968");
    assert_eq!(json["big"].to_string(), "123456789012345678901234567890");
}

#[test]
fn secrets_are_masked_at_any_depth_until_asked_for() {
    for (provider, key) in [
        (Provider::Vonage, "api_key"),
        (Provider::Vonage, "pin"),
        (Provider::Kapso, "access_token"),
        (Provider::Kapso, "webhook_verify_token"),
    ] {
        for body in [
            json!({ key: "hunter2" }),
            json!([[{ "a": { key: "hunter2" } }, { key: "hunter2" }]]),
            json!({ key: { key: "hunter2" } }),
            json!({ "data": [{ "rows": [{ key: "hunter2", "name": "kept" }] }] }),
        ] {
            let reply = reply(200, &body);
            let masked = reply.pretty(provider, false);
            assert!(!masked.contains("hunter2") && masked.contains(MASK), "{masked}");
            assert_eq!(masked.contains("kept"), body.to_string().contains("kept"));
            assert_eq!(serde_json::from_str::<Json>(&reply.pretty(provider, true)).unwrap(), body);
            assert!(reply.has_secrets(provider));
        }
        let number = reply(200, json!({ key: 123_456 }));
        assert!(number.has_secrets(provider) && !number.pretty(provider, false).contains("123456"));
        for empty in [json!({ key: "" }), json!({ key: null }), json!({ "name": key }), json!({})] {
            assert!(!reply(200, &empty).has_secrets(provider), "{empty}");
            assert!(!reply(200, &empty).pretty(provider, false).contains(MASK), "{empty}");
        }
        // Another provider's word is no secret.
        assert!(!reply(200, json!({ key: "x" })).has_secrets(Provider::Webex));
    }
}

/// An answer that was cut off is shown as it came, and a secret may stand right before the cut.
#[test]
fn secrets_are_masked_in_what_is_no_json() {
    for (body, masked) in [
        (r#"{"access_token":"hunter2","#, r#"{"access_token":"••••••","#),
        (r#"{"access_token":"hunt"#, r#"{"access_token":"••••••"#),
        (r#"{"access_token" : "a\"hunter2\\", "b":"#, r#"{"access_token" : "••••••", "b":"#),
        (
            r#"[{"access_token":"hunter2"},{"access_token":"hunter2"},{"webhook_verify_token":"hunter2"}"#,
            r#"[{"access_token":"••••••"},{"access_token":"••••••"},{"webhook_verify_token":"••••••"}"#,
        ),
        (r#"{"access_token":null,"b":"c"#, r#"{"access_token":null,"b":"c"#),
        (r#"{"a":"access_token","b":"c"#, r#"{"a":"access_token","b":"c"#),
        ("<html>access_token</html>", "<html>access_token</html>"),
        (r#""access_token""#, r#""access_token""#),
        (r#"x "access_token""#, r#"x "access_token""#),
    ] {
        let reply = reply(200, body);
        assert_eq!(reply.pretty(Provider::Kapso, false), masked);
        assert_eq!(reply.pretty(Provider::Kapso, true), body);
        assert_eq!(reply.has_secrets(Provider::Kapso), body != masked, "{body}");
    }
}

/// A body in which the provider says this error.
fn envelope(provider: Provider, error: &Explained) -> Json {
    match provider {
        Provider::Vonage => json!({ "type": format!("https://x#{}", error.code), "title": "An error" }),
        Provider::Kapso => json!({ "error": "An error", "message": "No more is said" }),
        Provider::Webex => json!({ "response": { "code": error.code, "description": "An error" } }),
        Provider::Rapida if error.code.is_empty() => json!({ "error": "An error" }),
        Provider::Rapida => json!({ "success": false, "error": { "errorCode": error.code } }),
    }
}

#[test]
fn every_documented_error_is_explained() {
    let mut found = 0;
    for operation in all() {
        let common = errors::common(operation.provider).iter();
        for error in operation.errors.iter().chain(common.clone()) {
            let status = if error.status == 0 { 400 } else { error.status };
            let body = envelope(operation.provider, error).to_string();
            let explained = judge(operation, &reply(status, body)).unwrap_err().explained;
            // The operation's own words win over its provider's.
            let same = |other: &&Explained| other.code == error.code && other.status == error.status;
            let wanted = operation.errors.iter().chain(common.clone()).find(same);
            assert_eq!(explained, wanted, "{} {error:?}", operation.id);
            found += 1;
        }
        for (at, error) in operation.errors.iter().enumerate() {
            let twice = |other: &Explained| other.code == error.code && other.status == error.status;
            assert!(!operation.errors[..at].iter().any(twice), "{} {error:?}", operation.id);
        }
    }
    assert!(found > 600, "{found}");
}

#[test]
fn an_answer_does_not_repeat_the_secrets_of_its_request() {
    let reply = Reply {
        status: 400,
        headers: vec![],
        body: r#"{"reason":"'123456' is wrong","id":"x1234567","auth":"Bearer hunter2secret"}"#.into(),
        milliseconds: 1,
    };
    let secrets = [Secret::new("123456"), Secret::new("hunter2secret"), Secret::new("is")];
    let body = reply.without(&secrets.iter().collect::<Vec<_>>()).body;
    assert_eq!(body, r#"{"reason":"'••••••' is wrong","id":"x1234567","auth":"Bearer ••••••"}"#);
}

#[test]
fn nobody_is_told_to_look_what_a_reading_did() {
    let broken = json!({"error": "Internal server error", "message": "An unexpected error occurred."});
    let read = failed("kapso.list-notes", 500, &broken);
    assert_eq!(read.next_for_read(), "Try again in a moment.");
    assert!(failed("kapso.create-note", 500, &broken).next().contains("before you send again"));
    // What is said of one error alone holds for readings as well.
    let missing = failed("kapso.get-conversation", 404, json!({"error": "Conversation not found"}));
    assert_eq!(missing.next_for_read(), missing.next());
}
