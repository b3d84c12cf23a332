//! What was received: the last 10,000 calls, without credentials. It is not part of the persisted
//! world, because it belongs to whoever is watching, not to the providers.

use super::http::{Outcome, Request};
use crate::catalogue::operation::Operation;
use serde_json::{Map, Value as Json, json};
use std::collections::VecDeque;

const KEPT: usize = 10_000;

#[derive(Clone, Debug, Default)]
pub(super) struct Log {
    entries: VecDeque<Json>,
    received: u64,
}

impl Log {
    pub(super) fn add(&mut self, request: &Request, operation: Option<&Operation>, outcome: &Outcome) {
        self.received += 1;
        let status = match outcome {
            Outcome::Answer(answer) => Some(answer.status),
            Outcome::Drop | Outcome::Hang => None,
        };
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(json!({
            "n": self.received,
            "operation": operation.map(|operation| operation.id),
            "method": request.method,
            "path": request.path,
            "query": request.query,
            "headers": headers(request),
            "body": body(&request.body),
            "status": status,
        }));
    }

    /// The entries numbered above `after`, oldest first.
    pub(super) fn after(&self, after: u64) -> Json {
        let oldest = self.received - self.entries.len() as u64;
        let skip = usize::try_from(after.saturating_sub(oldest)).unwrap_or(usize::MAX);
        Json::Array(self.entries.iter().skip(skip).cloned().collect())
    }
}

/// Names in lower case; a credential is told by its last four characters.
fn headers(request: &Request) -> Json {
    let mut headers = Map::new();
    for (name, value) in &request.headers {
        let secret = request.provider.schemes().iter().any(|scheme| scheme.header.eq_ignore_ascii_case(name));
        let shown = if secret { last_four(value) } else { value.clone() };
        headers.insert(name.to_ascii_lowercase(), shown.into());
    }
    Json::Object(headers)
}

fn last_four(text: &str) -> String {
    let length = text.chars().count();
    text.chars().skip(length.saturating_sub(4)).collect()
}

fn body(text: &str) -> Json {
    if text.is_empty() { Json::Null } else { serde_json::from_str(text).unwrap_or_else(|_| text.into()) }
}
