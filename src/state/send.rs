//! The one way out: a call leaves through a connection, is noted in the history, and comes back as a
//! reply or a failure.

use super::{App, activity::Activity};
use crate::{
    browser::{
        page, sandbox,
        transport::{self, Abort},
    },
    catalogue::{
        call::Call,
        draft::Draft,
        failure::{Failure, FailureKind},
        operation::Operation,
        read,
        reply::{self, Reply},
        value::Secret,
    },
    domain::{
        activity::Record,
        connection::{Connection, Home},
        ledger::{Doubt, NotNow, Outcome, Spend},
    },
};
use serde_json::Value as Json;

/// How a call ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// What came back, if anything did.
    pub reply: Option<Reply>,
    pub result: Result<Json, Failure>,
    /// Unix milliseconds.
    pub at: u64,
}

/// Sends a call that somebody ordered, and notes it. `draft` is what it was made from, to open it again as
/// a form; `doubt` what to do where the same was sent before and nobody knows what became of it.
pub async fn send(
    app: App,
    connection: Connection,
    call: Call,
    draft: Draft,
    abort: Abort,
    doubt: Doubt,
) -> Exchange {
    app.inbox.leaves(&connection, call.operation);
    carry(app, connection, call, draft, abort, doubt).await
}

async fn carry(
    app: App,
    connection: Connection,
    call: Call,
    draft: Draft,
    abort: Abort,
    doubt: Doubt,
) -> Exchange {
    let at = page::now();
    let nonce = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    let record = Record::begin(&call, &draft, &connection.label, &connection.host(), at, nonce);
    let credential = match may_leave(app, &connection) {
        Ok(credential) => credential,
        Err(failure) => return Exchange { reply: None, result: Err(failure), at },
    };
    let spend = Spend::of(&call);
    let leaving = match &spend {
        None => None,
        Some(spend) => match app.attempts.begin(&connection, spend, (at, nonce), doubt).await {
            Ok(leaving) => Some((leaving, spend.act)),
            Err(not_now) => {
                let kind = match not_now {
                    NotNow::UnderWay => FailureKind::UnderWay,
                    NotNow::Unsettled => FailureKind::Unsettled,
                };
                return Exchange { reply: None, result: Err(Failure::of(kind)), at };
            }
        },
    };
    app.note(&record, Activity::begin).await;
    let scheme = connection.scheme();
    let reply = match (&credential, connection.home) {
        (Some(secret), Home::Page) => sandbox::send(&call, scheme, secret).await,
        (secret, _) => {
            let wire = call.wire(&connection.base_url, secret.as_ref().map(|secret| (scheme, secret)));
            transport::send(wire, &abort).await
        }
    };
    let (reply, result) = match reply {
        Ok(reply) => {
            if let Some(told) = reply.date() {
                app.clocks.hear(&connection, told, at, page::now());
            }
            let mut secrets = call.values().secrets();
            // The word that sandboxes take is no secret.
            secrets.extend(credential.as_ref().filter(|_| !connection.is_sandbox()));
            let reply = reply.without(&secrets);
            let result = reply::judge(call.operation, &reply);
            (Some(reply), result)
        }
        Err(failure) => (None, Err(failure)),
    };
    if let Some((leaving, act)) = leaving {
        app.attempts.end(leaving, Outcome::of(act, &result)).await;
    }
    app.numbers.hear(app, &connection, &call, &draft, &result, at);
    if let Some(reply) = &reply {
        app.inbox.hear(&connection, reply, result.as_ref().err());
    }
    app.note(&record.ended(&call, reply.as_ref(), result.as_ref().err()), Activity::end).await;
    Exchange { reply, result, at }
}

/// Sends a request that a page makes by itself, given as JSON with the fields of every place at its top.
/// What only reads waits for its turn where a provider's requests are counted.
pub async fn ask(
    app: App,
    connection: Connection,
    operation: &'static Operation,
    request: Json,
    abort: Abort,
) -> Exchange {
    let draft = Draft::from_json(operation, &request);
    match read::draft(operation, &draft).ready() {
        Some(call) => match app.inbox.turn(&connection, operation).await {
            Ok(()) => carry(app, connection, call, draft, abort, Doubt::FindOut).await,
            Err(failure) => Exchange { reply: None, result: Err(failure), at: page::now() },
        },
        // An id that no address can carry, such as `..`.
        None => {
            let result = Err(Failure::of(FailureKind::Refused));
            Exchange { reply: None, result, at: page::now() }
        }
    }
}

/// The credential to send, or why nothing can leave; what cannot leave is not noted as a call.
fn may_leave(app: App, connection: &Connection) -> Result<Option<Secret>, Failure> {
    if connection.home != Home::Page {
        transport::may_leave(&connection.base_url)?;
    }
    app.frame.connections.credential(connection)
}

impl App {
    /// Notes a call in the history, as far as it may be kept.
    async fn note(self, record: &Record, step: impl AsyncFn(Activity, &Record)) {
        if self.retention.keeps() {
            step(self.activity, record).await;
        } else {
            step(self.activity, &record.clone().without_messages()).await;
        }
    }
}
