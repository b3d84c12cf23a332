//! What the relay itself says no to, in its one word, and that nothing of it arrives anywhere.

use super::{LIST, OWN_PAGE};
use crate::{
    answer::{Answer, refused},
    stack::Stack,
};

/// What every answer of the relay carries.
fn is_kept_nowhere(answer: &Answer, told: &str) {
    assert_eq!(answer.header("cache-control").as_deref(), Some("no-store"), "{told}");
    assert_eq!(answer.header("x-content-type-options").as_deref(), Some("nosniff"), "{told}");
    assert!(
        answer.header("content-security-policy").is_some_and(|policy| policy.contains("sandbox")),
        "{told}"
    );
    assert_eq!(
        answer.header("connection").as_deref(),
        Some("close"),
        "{told}: a browser repeats on a kept one"
    );
}

pub fn paths_and_methods(stack: &Stack) {
    for path in [
        "/relay/kapso/../x",
        "/relay/kapso/a/../b",
        "/relay/kapso/a/..",
        "/relay/kapso/./a",
        "/relay/kapso/%2e%2e/x",
        "/relay/kapso/.%2E/x",
        "/relay/kapso/a/%2e/b",
        "/relay/kapso/a%2F..%2Fb",
        "/relay/kapso/a%2f%2E%2e%2f..%2f..%2fb",
        "/relay/kapso/..%5Cb",
        "/relay/kapso/../../index.html",
        "/relay/vonage/../kapso/x",
        "/relay/other/x",
        "/relay/kapsoo/x",
        "/relay/",
        "/relay/kapso",
        "/relay/%6bapso/x",
    ] {
        let answer = stack.ask(&OWN_PAGE, path);
        assert_eq!(answer.refusal(), refused(400, "path"), "{path}");
        is_kept_nowhere(&answer, path);
    }
    for (method, path) in [
        ("PUT", LIST),
        ("OPTIONS", LIST),
        ("HEAD", LIST),
        ("GET", "/relay/webex/messages"),
        ("DELETE", "/relay/rapida/x"),
        ("PATCH", "/relay/rapida/x"),
    ] {
        let method_option: &[&str] = if method == "HEAD" { &["--head"] } else { &["--request", method] };
        let answer = stack.ask(&[method_option, &OWN_PAGE].concat(), path);
        assert_eq!(answer.refusal(), refused(405, "method"), "{method} {path}");
        is_kept_nowhere(&answer, method);
    }
    assert!(stack.log().is_empty(), "nothing was relayed: {:?}", stack.log());
}

/// The provider cannot be reached, or is not proved to be itself.
pub fn unreachable(stack: &Stack) {
    let answer = stack.ask(&[&OWN_PAGE[..], &["--header", "x-api-key: key1"]].concat(), LIST);
    assert_eq!(answer.refusal(), refused(502, "unreachable"), "{}", answer.body());
    assert!(answer.body().contains("Nothing was sent"), "{}", answer.body());
    is_kept_nowhere(&answer, "unreachable");
    assert!(stack.log().is_empty(), "nothing arrived");
}
