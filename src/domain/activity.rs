//! The history of calls on this device: what is kept of each, and how reads are folded. A record is
//! made of parts that hold no secret, so there is nothing to redact afterwards.

use crate::catalogue::{
    call::Call,
    draft::Draft,
    failure::{CarriedOut, Failure},
    operation::Method,
    reply::Reply,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// How many records of each kind stay on the device.
pub const KEEP: u32 = 2_000;

/// The requests that carry what customers wrote or are written to.
const MESSAGES: &[&str] = &[
    "kapso.list-messages",
    "kapso.mark-as-read",
    "kapso.send-message",
    "kapso.send-standalone",
    "webex.send-text",
];

/// Whether a request, its answer or its draft holds customer messages.
pub fn carries_messages(operation: &str) -> bool {
    MESSAGES.contains(&operation)
}

/// Answers are kept up to this many characters.
const ANSWER: usize = 20_000;

const MINUTE: u64 = 60_000;

/// One call, or the reads of one address in one minute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Sorts by time; for reads the same within one minute and address.
    pub key: String,
    /// Unix milliseconds, of the newest of folded reads.
    pub at: u64,
    /// Label of the connection.
    pub connection: String,
    pub host: String,
    pub operation: String,
    pub method: String,
    /// Path below the base address, with the query.
    pub path: String,
    /// What was typed, to open it again as a form. A draft never stores its secrets.
    pub draft: Draft,
    /// The body that was sent, with secrets masked.
    pub body: Option<Json>,
    pub outcome: Outcome,
    /// Folded reads.
    pub times: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// Left, and no answer was seen. It stays so when the page dies in between.
    Open,
    Succeeded {
        status: u16,
        milliseconds: u32,
        answer: String,
    },
    Failed {
        status: Option<u16>,
        milliseconds: Option<u32>,
        word: String,
        maybe: bool,
        answer: String,
    },
}

impl Record {
    /// A call that is about to leave. `nonce` tells apart what left in the same millisecond.
    pub fn begin(call: &Call, draft: &Draft, connection: &str, host: &str, now: u64, nonce: u32) -> Record {
        let operation = call.operation;
        let path = format!("{}{}", call.path(), call.query());
        let key = if operation.method == Method::Get {
            format!("{:015}-{host}-{path}", now - now % MINUTE)
        } else {
            format!("{now:015}-{nonce:08x}")
        };
        Record {
            key,
            at: now,
            connection: connection.into(),
            host: host.into(),
            operation: operation.id.into(),
            method: operation.method.name().into(),
            path,
            draft: draft.clone(),
            body: call.body().map(|body| body.masked()),
            outcome: Outcome::Open,
            times: 1,
        }
    }

    /// Whether it could change something at the provider.
    pub fn writes(&self) -> bool {
        self.method != "GET"
    }

    /// The same call once its outcome is known.
    pub fn ended(mut self, call: &Call, reply: Option<&Reply>, failure: Option<&Failure>) -> Record {
        let answer = reply
            .map(|reply| reply.pretty(call.operation.provider, false))
            .unwrap_or_default()
            .chars()
            .take(ANSWER)
            .collect();
        let status = reply.map(|reply| reply.status);
        let milliseconds = reply.map(|reply| reply.milliseconds);
        self.outcome = match failure {
            None => Outcome::Succeeded {
                status: status.unwrap_or_default(),
                milliseconds: milliseconds.unwrap_or_default(),
                answer,
            },
            Some(failure) => Outcome::Failed {
                status,
                milliseconds,
                word: failure.word().into(),
                maybe: call.operation.method.writes() && failure.carried_out() == CarriedOut::Maybe,
                answer,
            },
        };
        self
    }

    /// The same without what customers wrote or are written to.
    pub fn without_messages(mut self) -> Record {
        if carries_messages(&self.operation) {
            self.draft = Draft::default();
            self.body = None;
            match &mut self.outcome {
                Outcome::Succeeded { answer, .. } | Outcome::Failed { answer, .. } => answer.clear(),
                Outcome::Open => {}
            }
        }
        self
    }

    /// Takes in an earlier read of the same address and minute.
    pub fn folded(mut self, earlier: Option<&Record>) -> Record {
        if let Some(earlier) = earlier.filter(|earlier| !self.writes() && earlier.key == self.key) {
            self.times += earlier.times;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{self, read};
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn record(id: &str, request: &Json, now: u64) -> (Call, Record) {
        let operation = catalogue::find(id).unwrap();
        let draft = Draft::from_json(operation, request);
        let call = read::draft(operation, &draft).ready().unwrap();
        let record = Record::begin(&call, &draft, "Sandbox", "this page", now, 7);
        (call, record)
    }

    #[test]
    fn reads_of_one_minute_are_one_row() {
        let list = |now| record("kapso.list-customers", &json!({}), now).1;
        let first = list(60_000);
        let second = list(119_999).folded(Some(&first));
        assert_eq!((second.key == first.key, second.times, second.at), (true, 2, 119_999));
        assert_eq!(list(120_000).folded(Some(&second)).times, 1);
    }

    #[test]
    fn writes_are_never_folded() {
        let write = |now| record("kapso.create-customer", &json!({ "customer": { "name": "Ana" } }), now).1;
        assert_eq!(write(60_000).folded(Some(&write(60_000))).times, 1);
    }

    #[test]
    fn messages_are_left_out_where_they_may_not_be_kept() {
        let request = json!({ "conversation_id": "c", "message": { "content": "see you at 3" } });
        let (call, record) = record("kapso.send-message", &request, 1);
        let reply = Reply { status: 201, headers: vec![], body: "see you at 3".into(), milliseconds: 1 };
        let record = record.ended(&call, Some(&reply), None).without_messages();
        assert!(!serde_json::to_string(&record).unwrap().contains("see you"));
        for id in MESSAGES {
            assert!(catalogue::find(id).is_some(), "{id}");
        }
    }
}
