//! What a person does to a number, once: an earlier request whose outcome is unknown is found out first,
//! and one whose answer was lost is found out afterwards, before anything is offered again.

use super::{App, Key, is_missing};
use crate::{
    browser::transport::Abort,
    catalogue::{
        failure::{Failure, FailureKind},
        operation::Operation,
        vonage::{self, State, replies::Deployment},
    },
    domain::{
        connection::Connection,
        ledger::{Act, Ledger, Outcome},
        provisioning::Event,
        settlement,
    },
    state::send,
};
use leptos::prelude::Set;
use serde_json::{Value as Json, json};

/// What became of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Acted {
    Done,
    Refused(Failure),
    /// No answer came, or had come to an earlier one, and this is what was found out.
    Settled(Outcome),
    /// No answer came, and the state could not be read since.
    Unknown(Failure),
}

/// Verifies a code, asks for another or deletes.
pub async fn act(
    app: App,
    connection: &Connection,
    key: &Key,
    act: Act,
    operation: &'static Operation,
    request: Json,
) -> Acted {
    if app.attempts.of(connection, &key.id).await.unsettled(act).is_some() {
        return find_out(app, connection, key, act).await;
    }
    let Ok(abort) = Abort::new() else { return Acted::Refused(Failure::of(FailureKind::Unreachable)) };
    let exchange = send::ask(app, connection.clone(), operation, request, abort).await;
    match (&exchange.result, Outcome::of(&exchange.result)) {
        (_, Outcome::Unknown) => find_out(app, connection, key, act).await,
        (Err(failure), _) => Acted::Refused(failure.clone()),
        (Ok(_), _) => Acted::Done,
    }
}

/// Reads the state, which settles what is unknown.
pub async fn find_out(app: App, connection: &Connection, key: &Key, act: Act) -> Acted {
    let Ok(abort) = Abort::new() else { return Acted::Unknown(Failure::of(FailureKind::Unreachable)) };
    let request = json!({ "deployment_id": key.id });
    let exchange = send::ask(app, connection.clone(), &vonage::GET_DEPLOYMENT, request, abort).await;
    match exchange.result {
        Ok(json) => {
            let after = Deployment::read(&json).map(|deployment| deployment.state);
            settle(app, connection, key, after.as_ref()).await;
        }
        Err(failure) if is_missing(&failure) => settle(app, connection, key, None).await,
        Err(failure) => return Acted::Unknown(failure),
    }
    let ledger = app.attempts.of(connection, &key.id).await;
    let newest = ledger.entries.iter().rfind(|entry| entry.act == act);
    Acted::Settled(newest.map_or(Outcome::NeverKnown, |entry| entry.outcome.clone()))
}

/// Settles whatever is unknown about a deployment by the state that was read; `None` for *not found*.
pub async fn settle(app: App, connection: &Connection, key: &Key, after: Option<&State>) {
    let ledger: Ledger = app.attempts.of(connection, &key.id).await;
    for act in [Act::Verify, Act::Resend, Act::Delete] {
        let Some(entry) = ledger.unsettled(act) else { continue };
        let track = app.numbers.get_untracked(key);
        let before = track.as_ref().and_then(|track| track.state_at(entry.at));
        let outcome = settlement::settle(act, before, after);
        // It may have been sent, so the wait for it begins anew.
        if let (Act::Resend, Outcome::NeverKnown | Outcome::Accepted { .. }) = (act, &outcome) {
            app.numbers.step(key, &Event::CodeResent { method: &entry.method });
        }
        app.attempts.settle(connection, &key.id, act, outcome.clone()).await;
        app.numbers.settled.set(Some((key.clone(), act, outcome)));
    }
}

/// Finds out whether a number was started, by the provider's list; fails where that cannot be read.
pub async fn settle_start(app: App, connection: &Connection, subject: &str) -> Result<Outcome, Failure> {
    let abort = Abort::new()?;
    let exchange = send::ask(app, connection.clone(), &vonage::LIST_DEPLOYMENTS, json!({}), abort).await;
    let listed = Deployment::list(&exchange.result?);
    let outcome = settlement::settle_start(subject, &listed);
    if let Outcome::Accepted { deployment } = &outcome
        && let Some(found) = listed.iter().find(|one| one.id == *deployment)
    {
        app.numbers.add(connection, found);
    }
    app.attempts.settle(connection, subject, Act::Create, outcome.clone()).await;
    Ok(outcome)
}
