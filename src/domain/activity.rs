//! The history of calls on this device: what is kept of each, and how reads are folded. A record is
//! made of parts that hold no secret, so there is nothing to redact afterwards.

pub mod calendar;
pub mod ending;
pub mod filter;
pub mod har;
pub mod keeping;
pub mod latency;
pub mod requests;
pub mod scale;
pub mod sheet;
pub mod span;

use crate::{
    catalogue::{
        call::Call,
        draft::Draft,
        failure::{CarriedOut, Failure},
        operation::Method,
        provider::Provider,
        reply::Reply,
    },
    domain::connection::Connection,
};
use ending::Ending;
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

/// Of them, those that bring a message to somebody.
const SENDING: &[&str] = &["kapso.send-message", "kapso.send-standalone", "webex.send-text"];

/// Whether a request, its answer or its draft holds customer messages.
pub fn carries_messages(operation: &str) -> bool {
    MESSAGES.contains(&operation)
}

/// Whether a request brings a message to somebody.
pub fn sends_message(operation: &str) -> bool {
    SENDING.contains(&operation)
}

/// Answers are kept up to this many characters.
const ANSWER: usize = 20_000;

const MINUTE: u64 = 60_000;

/// Of so many folded reads it is kept how each ended; of more, only how many there were.
const FOLDED: usize = 100;

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
    /// Address that the path is below; empty in the sandbox of the page, and in records of before it was kept.
    #[serde(default)]
    pub base: String,
    pub operation: String,
    pub method: String,
    /// Path below the base address, with the query.
    pub path: String,
    /// What was typed, to open it again as a form. A draft never stores its secrets.
    pub draft: Draft,
    /// The body that was sent, with secrets masked.
    pub body: Option<Json>,
    pub outcome: Outcome,
    /// Folded reads, this one among them.
    pub times: u32,
    /// How the earlier ones of folded reads ended, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Earlier>,
}

/// What is left of a read that was folded into a later one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Earlier {
    /// Unix milliseconds.
    pub at: u64,
    pub ending: Ending,
    /// How long its answer took; `None` where none came.
    pub milliseconds: Option<u32>,
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
    pub fn begin(call: &Call, draft: &Draft, connection: &Connection, now: u64, nonce: u32) -> Record {
        let operation = call.operation;
        let host = connection.host();
        let path = format!("{}{}", call.path(), call.query());
        let key = if operation.method == Method::Get {
            format!("{:015}-{host}-{path}", now - now % MINUTE)
        } else {
            format!("{now:015}-{nonce:08x}")
        };
        Record {
            key,
            at: now,
            connection: connection.label.clone(),
            host,
            base: connection.base_url.clone(),
            operation: operation.id.into(),
            method: operation.method.name().into(),
            path,
            draft: draft.clone(),
            body: call.body().map(|body| body.masked()),
            outcome: Outcome::Open,
            times: 1,
            earlier: vec![],
        }
    }

    /// Who was asked; `None` for a request of a provider that this console does not know.
    pub fn provider(&self) -> Option<Provider> {
        Provider::from_id(self.operation.split('.').next()?)
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
    pub fn folded(mut self, earlier: Option<Record>) -> Record {
        if let Some(earlier) = earlier.filter(|earlier| !self.writes() && earlier.key == self.key) {
            let last =
                Earlier { at: earlier.at, ending: earlier.ending(), milliseconds: earlier.milliseconds() };
            self.times = self.times.saturating_add(earlier.times);
            self.earlier = earlier.earlier;
            self.earlier.push(last);
            let over = self.earlier.len().saturating_sub(FOLDED);
            self.earlier.drain(..over);
        }
        self
    }

    /// What is kept once this call has ended: of folded reads another may have begun meanwhile.
    pub fn settled(self, kept: Option<Record>) -> Record {
        let Some(mut kept) = kept else { return self };
        if kept.at == self.at && kept.outcome == Outcome::Open {
            return Record { times: kept.times, earlier: kept.earlier, ..self };
        }
        let open = |one: &&mut Earlier| one.at == self.at && one.ending == Ending::Unanswered;
        if let Some(one) = kept.earlier.iter_mut().find(open) {
            (one.ending, one.milliseconds) = (self.ending(), self.milliseconds());
        }
        kept
    }
}

#[cfg(test)]
pub use tests::sample;

#[cfg(test)]
mod tests;
