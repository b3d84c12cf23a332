//! What each provider answers to the request that checks a connection, and what it leaves as it was.

use super::{NOW, full, request};
use crate::{
    catalogue::{
        failure::Failure,
        probe::{self, Verdict},
        provider::Provider,
        reply::{Reply, judge},
    },
    sandbox::{Request, World},
};
use serde_json::Value as Json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The request as it leaves, with a key.
fn check(provider: Provider, key: &str) -> Request {
    let call = probe::call(provider);
    let scheme = &provider.schemes()[0];
    let query: String = call.query().trim_start_matches('?').into();
    let body = call.body().map(|body| body.revealed());
    let plain = request(provider, call.operation.method.name(), &call.path(), body.as_ref());
    let headers = plain
        .headers
        .into_iter()
        .map(|(name, value)| {
            let is_key = name == scheme.header;
            (name, if is_key { format!("{}{key}", scheme.prefix) } else { value })
        })
        .collect();
    Request { query, headers, ..plain }
}

fn answered(provider: Provider, request: &Request) -> Result<Json, Failure> {
    let answer = full(&mut World::new(crate::sandbox::SEED, NOW), request, NOW);
    let reply = Reply { status: answer.status, headers: vec![], body: answer.body, milliseconds: 1 };
    judge(probe::operation(provider), &reply)
}

#[test]
fn a_good_key_and_a_refused_one_are_told_apart() {
    for provider in Provider::ALL {
        let good = match provider {
            Provider::Webex => Verdict::Probably,
            _ => Verdict::Accepted,
        };
        let verdict = |key: &str| probe::judge(provider, &answered(provider, &check(provider, key)));
        assert_eq!(verdict("any-key"), good, "{}", provider.name());
        assert_eq!(verdict("refused"), Verdict::Refused, "{}", provider.name());
    }
}

#[test]
fn nothing_comes_of_it() {
    for provider in Provider::ALL {
        let mut world = World::new(crate::sandbox::SEED, NOW);
        let seen = |world: &World| {
            let mut seen = serde_json::to_value(world).unwrap();
            // Ids of requests, and the calls of this minute.
            seen.as_object_mut().unwrap().remove("drawn");
            seen["kapso"].as_object_mut().unwrap().remove("calls");
            seen
        };
        let before = seen(&world);
        full(&mut world, &check(provider, "any-key"), NOW);
        assert_eq!(seen(&world), before, "{}", provider.name());
    }
}

#[test]
fn an_answer_of_something_else_says_nothing_of_the_key() {
    for provider in Provider::ALL {
        for (status, body) in
            [(404, "<h1>Not found</h1>"), (502, "Bad gateway"), (200, "<p>"), (403, ""), (404, "{}")]
        {
            let reply = Reply { status, headers: vec![], body: body.into(), milliseconds: 1 };
            let result = judge(probe::operation(provider), &reply);
            assert_eq!(
                probe::judge(provider, &result),
                Verdict::Unclear,
                "{} {status} {body}",
                provider.name()
            );
        }
    }
}
