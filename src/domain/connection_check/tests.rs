use super::*;
use crate::{
    catalogue::kapso::LIST_CUSTOMERS,
    catalogue::reply::{Reply, judge},
    domain::connection::Home,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn kapso() -> Connection {
    Connection {
        id: "own".into(),
        provider: Provider::Kapso,
        label: "Ours".into(),
        base_url: "https://app.kapso.ai/api/v1".into(),
        credential: Credential::Ask,
        scheme: String::new(),
        home: Home::Own,
    }
}

fn failed(kind: FailureKind) -> Result<Json, Failure> {
    Err(Failure::of(kind))
}

fn answered(status: u16, body: &str) -> Result<Json, Failure> {
    judge(&LIST_CUSTOMERS, &Reply { status, headers: vec![], body: body.into(), milliseconds: 1 })
}

#[test]
fn every_outcome_has_its_words() {
    let good = r#"{"data": [], "meta": {}}"#;
    for (result, answers, word) in [
        (answered(200, good), None, "Works"),
        (answered(401, r#"{"error": "Invalid API key"}"#), None, "Key refused"),
        (answered(200, "<h1>It works</h1>"), None, "Not clear"),
        (answered(404, "<h1>Not found</h1>"), None, "Not clear"),
        (failed(FailureKind::Unreachable), Some(true), "Blocked by the browser"),
        (failed(FailureKind::Unreachable), Some(false), "Not reached"),
        // On this site's own address there is nothing that a browser would block.
        (failed(FailureKind::Unreachable), None, "Not reached"),
        (failed(FailureKind::TimedOut { seconds: 30 }), None, "No answer in time"),
        (failed(FailureKind::OutsidePolicy), None, "Address not allowed"),
        (failed(FailureKind::Offline), None, "Offline"),
        (failed(FailureKind::SignInEnded), None, "Sign-in ended"),
        (failed(FailureKind::RelayUnreachable), None, "Relay reaches nobody"),
        (failed(FailureKind::RelayRefused), None, "Refused by the relay"),
        (failed(FailureKind::NoCredential), None, "No key"),
        (failed(FailureKind::VaultLocked), None, "No key"),
        (failed(FailureKind::TokenEnded), None, "Token ended"),
        (failed(FailureKind::Insecure), None, "Page not secure"),
    ] {
        let check = Check::new(&kapso(), 5, &result, answers, Some(12), None);
        assert_eq!(check.word().1, word, "{result:?}");
        let lines = check.lines(&kapso());
        let with_key = matches!(word, "Works" | "Key refused" | "Not clear");
        assert_eq!(lines.len(), 1 + usize::from(with_key), "{result:?}");
        for line in lines {
            assert!(line.what.ends_with('.') && line.why.ends_with('.'), "{line:?}");
        }
    }
}

#[test]
fn nothing_is_said_of_a_key_where_none_is_needed() {
    let sandbox = Connection { credential: Credential::Sandbox, ..kapso() };
    let said = |result| {
        let lines = Check::new(&sandbox, 5, &result, None, None, None).lines(&sandbox);
        lines.into_iter().skip(1).map(|line| (line.mark, line.what)).collect::<Vec<_>>()
    };
    assert_eq!(said(answered(200, "{\"data\": []}")), [(Mark::Good, "No key is needed here.".to_owned())]);
    let other = "This is not the answer of a sandbox.".to_owned();
    assert_eq!(said(answered(401, "{\"error\": \"Invalid API key\"}")), [(Mark::Bad, other.clone())]);
    assert_eq!(said(answered(404, "<h1>Not found</h1>")), [(Mark::Doubtful, other)]);
    assert!(said(failed(FailureKind::Unreachable)).is_empty());
}

#[test]
fn what_was_checked_is_what_counts() {
    let check = Check::new(&kapso(), 5, &failed(FailureKind::Offline), None, None, None);
    assert!(check.is_of(&kapso()));
    assert!(!check.is_of(&Connection { base_url: "/relay/kapso".into(), ..kapso() }));
    let text = serde_json::to_string(&check).unwrap();
    assert_eq!(serde_json::from_str::<Check>(&text).unwrap(), check);
}

#[test]
fn clocks_that_differ_are_told_by_how_much() {
    let said = |ahead| {
        let check = Check::new(&kapso(), 5, &answered(200, "{\"data\": []}"), None, None, Some(ahead));
        check.lines(&kapso()).pop().unwrap().what
    };
    assert_eq!(said(29_000), "The clocks agree to within half a minute.");
    assert_eq!(said(7_200_000), "This computer's clock is 2 hours behind the provider's.");
    assert_eq!(said(-90_000), "This computer's clock is 1 minute ahead of the provider's.");
}
