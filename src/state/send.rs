//! The one way out: a call leaves through a connection, is noted in the history, and comes back as a
//! reply or a failure.

use super::{App, activity::Activity};
use crate::{
    browser::{
        page, sandbox,
        transport::{self, Abort, Age},
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
        connection::{Connection, Credential, Home},
        first_steps,
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

/// A call that is to leave.
pub struct Order {
    pub connection: Connection,
    pub call: Call,
    /// What it was made from, to open it again as a form.
    pub draft: Draft,
    pub abort: Abort,
    /// What to do where the same was sent before and nobody knows what became of it.
    pub doubt: Doubt,
}

/// Sends a call that somebody ordered, and notes it.
pub async fn send(app: App, order: Order) -> Exchange {
    app.inbox.leaves(&order.connection, order.call.operation);
    carry(app, order, Age::Fresh).await
}

async fn carry(app: App, order: Order, age: Age) -> Exchange {
    let Order { connection, call, draft, abort, doubt } = order;
    let at = page::now();
    let nonce = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    let record = Record::begin(&call, &draft, &connection, at, nonce);
    let credential = match may_leave(app, &connection).await {
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
    let (mut reply, mut result) = exchange(app, &connection, &call, credential, (&abort, age)).await;
    let refused = result.as_ref().is_err_and(|failure| failure.kind == FailureKind::RefusedKey);
    // Refused for its key, it was not carried out; by the provider's clock the next token is a good one.
    if refused
        && app.keys.was_early_or_late(app, &connection)
        && let Ok(credential) = app.keys.credential(app, &connection).await
    {
        (reply, result) = exchange(app, &connection, &call, credential, (&abort, age)).await;
    }
    if let Some((leaving, act)) = leaving {
        app.attempts.end(leaving, Outcome::of(act, &result)).await;
    }
    app.troubles.hear(app, &connection, &result, at);
    if result.is_ok()
        && let Some(step) = first_steps::done_with(call.operation, connection.is_sandbox())
    {
        app.frame.steps.reach(step);
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
    ask_aged(app, connection, operation, request, abort, Age::Fresh).await
}

/// The same, for a reading that may be as old as that.
pub async fn ask_aged(
    app: App,
    connection: Connection,
    operation: &'static Operation,
    request: Json,
    abort: Abort,
    age: Age,
) -> Exchange {
    let draft = Draft::from_json(operation, &request);
    match read::draft(operation, &draft).ready() {
        Some(call) => match app.inbox.turn(&connection, operation).await {
            Ok(()) => {
                let order = Order { connection, call, draft, abort, doubt: Doubt::FindOut };
                carry(app, order, age).await
            }
            Err(failure) => Exchange { reply: None, result: Err(failure), at: page::now() },
        },
        // An id that no address can carry, such as `..`.
        None => {
            let result = Err(Failure::of(FailureKind::Refused));
            Exchange { reply: None, result, at: page::now() }
        }
    }
}

/// What comes back of a call that leaves with a credential, and what it means.
async fn exchange(
    app: App,
    connection: &Connection,
    call: &Call,
    credential: Option<Secret>,
    (abort, age): (&Abort, Age),
) -> (Option<Reply>, Result<Json, Failure>) {
    let (at, scheme) = (page::now(), connection.scheme());
    let reply = match (&credential, connection.home) {
        (Some(secret), Home::Page) => sandbox::send(call, scheme, secret).await,
        (secret, _) => {
            let wire = call.wire(&connection.base_url, secret.as_ref().map(|secret| (scheme, secret)));
            transport::send(wire, abort, age).await
        }
    };
    match reply {
        Ok(reply) => {
            if let Some(told) = reply.date() {
                // An answer that was shared tells the time at which it was made.
                app.clocks.hear(connection, told, at.saturating_sub(age.milliseconds()), page::now());
            }
            let mut secrets = call.values().secrets();
            // The word that sandboxes take is no secret.
            secrets.extend(credential.as_ref().filter(|_| !connection.is_sandbox()));
            let reply = reply.without(&secrets);
            let result =
                reply::judge(call.operation, &reply).map_err(|failure| of_relay(connection, failure));
            (Some(reply), result)
        }
        Err(failure) => (None, Err(failure)),
    }
}

/// Where a relay adds the key, nobody here can enter another: either the provider refused the relay's, or
/// what stands before the relay wants a sign-in.
fn of_relay(connection: &Connection, failure: Failure) -> Failure {
    if connection.credential != Credential::Relay || failure.kind != FailureKind::RefusedKey {
        return failure;
    }
    let kind = match failure.said.code.is_empty() && failure.said.title.is_empty() {
        true => FailureKind::SignInEnded,
        false => FailureKind::RelayKeyRefused,
    };
    Failure { kind, explained: None, ..failure }
}

/// The credential to send, or why nothing can leave; what cannot leave is not noted as a call.
async fn may_leave(app: App, connection: &Connection) -> Result<Option<Secret>, Failure> {
    if connection.home != Home::Page {
        transport::may_leave(&connection.base_url)?;
    }
    app.keys.credential(app, connection).await
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
