//! What comes back from a provider, and what does not.

use super::{LIST, OWN_PAGE};
use crate::stack::Stack;
use serde_json::{Value as Json, json};
use switchboard::domain::for_it::ANSWER_HEADERS;

fn spoilt(answer: Json) -> Json {
    json!({"faults": [{"operation": "kapso.list-conversations", "times": 1, "when": "before", "answer": answer}]})
}

fn list(stack: &Stack, sign_in: &[&str]) -> crate::answer::Answer {
    stack.ask(&[&OWN_PAGE[..], &["--header", "x-api-key: k"], sign_in].concat(), LIST)
}

pub fn its_own_headers_and_nothing_that_acts_on_the_site(stack: &Stack, sign_in: &[&str]) {
    let headers = json!({
        "Date": "Tue, 01 Jan 2030 00:00:00 GMT",
        "Retry-After": "17",
        "X-RateLimit-Limit": "100",
        "X-RateLimit-Remaining": "0",
        "X-Request-Id": "abc",
        "Content-Type": "application/json; charset=utf-8",
        "Set-Cookie": "evil=1",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Expose-Headers": "*",
        "Relay-Refusal": "sign-in",
        "WWW-Authenticate": "Basic realm=x",
        "Cache-Control": "public, max-age=600",
        "Expires": "Tue, 01 Jan 2030 00:00:00 GMT",
        "ETag": "\"x\"",
        "Clear-Site-Data": "\"*\"",
        "Strict-Transport-Security": "max-age=0",
        "Service-Worker-Allowed": "/",
        "Refresh": "0; url=https://evil.example",
    });
    for status in [200, 401, 429, 502] {
        stack.control(&spoilt(json!({"status": status, "headers": headers, "body": "{\"error\":\"no\"}"})));
        let answer = list(stack, sign_in);
        assert_eq!((answer.status(), answer.body().as_str()), (status, "{\"error\":\"no\"}"));
        for name in ANSWER_HEADERS {
            assert_eq!(answer.header(name).as_deref(), headers[name].as_str(), "{status}: {name}");
        }
        for (name, value) in [
            ("x-request-id", "abc"),
            ("cache-control", "no-store"),
            ("strict-transport-security", "max-age=31536000"),
            ("x-content-type-options", "nosniff"),
            ("connection", "close"),
        ] {
            assert_eq!(answer.header(name).as_deref(), Some(value), "{status}: {name}");
        }
        for name in [
            "set-cookie",
            "access-control-allow-origin",
            "access-control-allow-credentials",
            "access-control-expose-headers",
            "relay-refusal",
            "www-authenticate",
            "expires",
            "etag",
            "clear-site-data",
            "service-worker-allowed",
            "refresh",
        ] {
            assert_eq!(answer.header(name), None, "{status}: {name}");
        }
    }
}

/// A call that was lost on its way back may have been carried out: it carries no word of the relay.
pub fn a_lost_answer_is_not_called_unreached(stack: &Stack, sign_in: &[&str]) {
    let before = stack.log().len();
    stack.control(&spoilt(json!("drop")));
    let answer = list(stack, sign_in);
    assert_eq!((answer.status(), answer.header("relay-refusal")), (502, None));
    assert!(answer.body().contains("may have been carried out"), "{}", answer.body());
    assert_eq!(stack.log().len(), before + 1, "it was asked once");
}

pub fn a_slow_answer_is_not_called_unreached(stack: &Stack) {
    stack.control(&spoilt(json!("hang")));
    let answer = list(stack, &[]);
    assert_eq!((answer.status(), answer.header("relay-refusal")), (504, None));
    assert!(answer.body().contains("may have been carried out"), "{}", answer.body());
    assert_eq!(stack.log().len(), 1, "it was asked once");
}
