//! The key at the relay: who may use it, and what a page of another site cannot do with it.

use super::{LIST, OWN_PAGE};
use crate::{answer::refused, stack::Stack};

/// A forged request, and a body that a form of another site could send. `person` is signed in.
pub fn a_forged_request_is_refused(stack: &Stack, person: &[&str]) {
    let json = ["--header", "content-type: application/json", "--data", "{}"];
    for from in ["cross-site", "same-site", "none", ""] {
        let header = format!("sec-fetch-site: {from}");
        for (body, told) in [(&json[..], "a write"), (&[], "a read")] {
            let mut options = [person, body].concat();
            if !from.is_empty() {
                options.extend(["--header", &header]);
            }
            let answer = stack.ask(&options, LIST);
            assert_eq!(answer.refusal(), refused(403, "cross-site"), "{told} from “{from}”");
        }
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] {
        let header = format!("content-type:{kind}");
        let options = [person, &OWN_PAGE, &["--header", &header, "--data", "{}"]].concat();
        assert_eq!(stack.ask(&options, LIST).refusal(), refused(415, "not-json"), "“{kind}”");
        let chunked = [&options[..], &["--header", "transfer-encoding: chunked"]].concat();
        // Caddy finds out only while it reads whether there are any.
        let in_pieces = stack.ask(&chunked, LIST);
        let too_large = kind.is_empty() && in_pieces.status() == 413;
        assert!(too_large || in_pieces.refusal() == refused(415, "not-json"), "“{kind}” in pieces");
    }
    assert!(stack.log().is_empty(), "nothing was relayed");
    for kind in ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=utf-8"] {
        let header = format!("content-type: {kind}");
        let options = [person, &OWN_PAGE, &["--header", &header, "--data", "{}"]].concat();
        assert_eq!(stack.ask(&options, "/relay/kapso/x").header("relay-refusal"), None, "{kind}");
    }
    // Some documented writes have no body.
    let empty = [person, &OWN_PAGE, &["--request", "PATCH"]].concat();
    assert_eq!(stack.ask(&empty, "/relay/kapso/x").header("relay-refusal"), None);
    assert_eq!(stack.log().len(), 4);
}

/// `nobody` are ways of not being signed in.
pub fn an_ended_sign_in_is_said(stack: &Stack, person: &[&str], nobody: &[&[&str]]) {
    for who in nobody {
        let answer = stack.ask(&[*who, &OWN_PAGE].concat(), LIST);
        assert_eq!(answer.refusal(), refused(401, "sign-in"), "{who:?}");
        assert_eq!(answer.header("location"), None, "the relay never leads elsewhere");
        assert_eq!(answer.header("www-authenticate"), None, "no window over the page");
        assert_eq!(answer.header("cache-control").as_deref(), Some("no-store"));
    }
    assert!(stack.log().is_empty(), "nothing was relayed");
    assert_eq!(stack.ask(&[person, &OWN_PAGE].concat(), LIST).status(), 200);
}
