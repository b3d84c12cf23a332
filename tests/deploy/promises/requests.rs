//! What arrives at a provider, and what does not.

use super::OWN_PAGE;
use crate::stack::{Stack, host};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use switchboard::catalogue::{
    all,
    field::Place,
    operation::{Method, Operation},
    provider::Provider,
};

/// An id with everything that some server might decode, join or cut off.
const NASTY: &str = "a%2Fb%20c%3Fd%23e%25f%2B+g.h~i%C3%A9";
const QUERY: &str = "page=2&q%5Bname%5D=a%26b+c%2F..%2Fd";

/// What a browser sends beside what matters, and what nobody should.
const BESIDE: [&str; 13] = [
    "Cookie: _oauth2_proxy=anna; session=1",
    "Origin: https://console.example.com",
    "Referer: https://console.example.com/inbox",
    "User-Agent: Mozilla/5.0",
    "Accept-Language: de",
    "Accept-Encoding: gzip",
    "Cache-Control: no-cache",
    "X-Forwarded-For: 10.1.2.3",
    "X-Forwarded-Host: evil.example",
    "Forwarded: for=10.1.2.3",
    "If-None-Match: \"x\"",
    "X-Other: 1",
    "Traceparent: 00-1-1-01",
];

fn path(operation: &Operation) -> String {
    let fill = |part: &str| if part.starts_with('{') { NASTY.to_owned() } else { part.to_owned() };
    operation.path.split('/').map(fill).collect::<Vec<_>>().join("/")
}

/// Headers as a command line takes them.
fn lines<'a>(headers: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    headers.into_iter().flat_map(|header| ["--header", header]).collect()
}

/// Every documented request, with its address as it was written.
pub fn each_documented_request_arrives(stack: &Stack) {
    let mut options = lines(["content-type: application/json", "x-api-key: k", "authorization: Bearer t"]);
    options.extend(OWN_PAGE);
    for (at, operation) in all().enumerate() {
        let (provider, method, path) = (operation.provider.id(), operation.method.name(), path(operation));
        let mut options = [&options[..], &["--request", method]].concat();
        let has_body = operation.method != Method::Get && operation.fields_in(Place::Body).next().is_some();
        let body = format!("{{\"n\":{at}}}");
        if has_body {
            options.extend(["--data", &body]);
        }
        stack.ask(&options, &format!("/relay/{provider}{path}?{QUERY}"));
        let log = stack.log();
        let arrived = &log[at];
        let told = operation.id;
        assert_eq!(log.len(), at + 1, "{told}: one call arrives");
        assert_eq!((&arrived["method"], &arrived["path"]), (&method.into(), &path.as_str().into()), "{told}");
        assert_eq!(arrived["query"], QUERY, "{told}");
        assert_eq!(arrived["headers"]["host"], host(operation.provider), "{told}");
        let sent = if has_body { body.parse().expect("JSON") } else { Json::Null };
        assert_eq!(arrived["body"], sent, "{told}");
    }
}

/// `credential` is the end of what arrives in place of what was sent, where that is the relay's.
pub fn no_other_header_arrives(stack: &Stack, sign_in: &[&str], credential: Option<&str>) {
    // Every credential to every provider, and what only Rapida documents.
    let mut headers = BESIDE.to_vec();
    headers.extend(["key: sent-key1", "x-api-key: sent-key1", "x-auth-id: me", "x-client-source: sdk"]);
    headers.extend(["accept: application/json", "content-type: application/json"]);
    if sign_in.is_empty() {
        headers.push("authorization: Bearer sent-key1");
    }
    let mut options = lines(headers);
    options.extend(OWN_PAGE);
    options.extend(sign_in);
    options.extend(["--data", "{}"]);
    for provider in Provider::ALL {
        stack.ask(&options, &format!("/relay/{}/anything", provider.id()));
        let log = stack.log();
        let arrived = log.last().expect("it arrived")["headers"].as_object().expect("headers").clone();
        let schemes = provider.schemes().iter().map(|scheme| scheme.header.to_ascii_lowercase());
        let own: BTreeSet<String> = match credential {
            // The relay has one credential for each provider.
            Some(_) => schemes.take(1).collect(),
            None => schemes.collect(),
        };
        let documented = switchboard::catalogue::operations(provider)
            .iter()
            .flat_map(|operation| operation.fields_in(Place::Header))
            .map(|field| field.name.to_owned());
        // The stand-in for the provider's own front end closes its connections.
        let always = ["host", "connection", "user-agent", "accept", "content-type", "content-length"];
        let wanted = own.iter().cloned().chain(documented).chain(always.map(str::to_owned));
        let found: BTreeSet<String> = arrived.keys().cloned().collect();
        assert_eq!(found, wanted.collect(), "{}", provider.name());
        assert_eq!(arrived["user-agent"], "switchboard-relay");
        for header in own {
            assert_eq!(arrived[&header], credential.unwrap_or("key1"), "{}: {header}", provider.name());
        }
    }
}
