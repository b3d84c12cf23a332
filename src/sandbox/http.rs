//! A request as it arrives and an answer as it leaves: the same inside the page and over HTTP.

use crate::catalogue::{call::decode, provider::Provider};
use serde_json::Value as Json;

/// A request to one provider.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub provider: Provider,
    pub method: String,
    /// Below the provider's base path and still percent-encoded, such as `/deployments/x`.
    pub path: String,
    /// Raw, without `?`.
    pub query: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

/// What becomes of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Answer(Answer),
    /// The connection is closed without an answer.
    Drop,
    /// No answer ever comes.
    Hang,
}

impl Request {
    /// The first header of a name, in any case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The query's names and values, decoded; `+` is a space.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let text = |part: &str| decode(&part.replace('+', " ")).unwrap_or_else(|| part.to_owned());
        self.query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (text(name), text(value)))
            .collect()
    }
}

impl Answer {
    pub(super) fn json(status: u16, body: &Json) -> Answer {
        Answer::of(status, "application/json", body.to_string())
    }

    pub(super) fn of(status: u16, content_type: &str, body: String) -> Answer {
        Answer { status, headers: vec![("Content-Type".into(), content_type.into())], body }
    }

    pub(super) fn empty(status: u16) -> Answer {
        Answer { status, headers: vec![], body: String::new() }
    }

    pub(super) fn with(mut self, name: &str, value: impl ToString) -> Answer {
        self.headers.push((name.into(), value.to_string()));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn queries_are_decoded() {
        let query = "q%5Bname_cont%5D=a+b%26&page=2&&flag";
        let request = Request {
            provider: Provider::Kapso,
            method: "GET".into(),
            path: String::new(),
            query: query.into(),
            headers: vec![("X-API-Key".into(), "k".into())],
            body: String::new(),
        };
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(request.pairs(), [pair("q[name_cont]", "a b&"), pair("page", "2"), pair("flag", "")]);
        assert_eq!(request.header("x-api-key"), Some("k"));
    }
}
