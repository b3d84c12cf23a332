//! What a person does to a number, once: an earlier request whose outcome is unknown is found out first,
//! and one whose answer was lost is found out afterwards, before anything is offered again.

use super::{App, Key, is_missing};
use crate::{
    browser::transport::Abort,
    catalogue::{
        failure::{CarriedOut, Failure, FailureKind},
        operation::Operation,
        vonage::{self, State, replies::Deployment},
    },
    domain::{
        connection::Connection,
        ledger::{Act, GRACE, Ledger, Outcome},
        provisioning::Event,
        settlement,
    },
    state::send,
};
use gloo_timers::future::sleep;
use leptos::{prelude::Set, task::spawn_local};
use serde_json::{Value as Json, json};
use std::time::Duration;

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
    let Ok(abort) = Abort::new() else { return Acted::Refused(Failure::of(FailureKind::Unreachable)) };
    let exchange = send::ask(app, connection.clone(), operation, request, abort).await;
    match exchange.result {
        // Nothing was sent: what became of the one before is found out first.
        Err(Failure { kind: FailureKind::Unsettled, .. }) => find_out(app, connection, key, act).await,
        Err(failure) if failure.carried_out() == CarriedOut::Maybe => {
            find_out(app, connection, key, act).await
        }
        Err(failure) => Acted::Refused(failure),
        Ok(_) => Acted::Done,
    }
}

/// Reads the state, which settles what is unknown; again after a moment where the provider may still be
/// at work.
pub async fn find_out(app: App, connection: &Connection, key: &Key, act: Act) -> Acted {
    for _ in 0..TRIES {
        let Ok(abort) = Abort::new() else { break };
        let request = json!({ "deployment_id": key.id });
        let exchange = send::ask(app, connection.clone(), &vonage::GET_DEPLOYMENT, request, abort).await;
        let after = match exchange.result {
            Ok(json) => match Deployment::read(&json) {
                Some(deployment) => Some(deployment.state),
                None => return Acted::Unknown(Failure::of(FailureKind::Unreadable)),
            },
            Err(failure) if is_missing(&failure) => None,
            Err(failure) => return Acted::Unknown(failure),
        };
        settle(app, connection, key, after.as_ref(), exchange.at).await;
        let ledger = app.attempts.of(connection, &key.id).await;
        if ledger.unsettled(act).is_none() {
            let newest = ledger.entries.iter().rfind(|entry| entry.act == act);
            return Acted::Settled(newest.map_or(Outcome::NeverKnown, |entry| entry.outcome.clone()));
        }
        sleep(Duration::from_millis(GRACE)).await;
    }
    Acted::Unknown(Failure::of(FailureKind::Unsettled))
}

/// How often it is read before nothing more is said than that it is not known.
const TRIES: usize = 2;

/// Settles whatever is unknown about a deployment by the state that a question of `asked` was answered
/// with; `None` for *not found*. Where it was asked too soon to tell, it is asked again in a moment.
pub async fn settle(app: App, connection: &Connection, key: &Key, after: Option<&State>, asked: u64) {
    let mut too_soon = false;
    let ledger: Ledger = app.attempts.of(connection, &key.id).await;
    for act in [Act::Verify, Act::Resend, Act::Delete] {
        let Some(entry) = ledger.unsettled(act).filter(|entry| entry.connection == connection.id) else {
            continue;
        };
        let track = app.numbers.get_untracked(key);
        let before = track.as_ref().and_then(|track| track.state_at(entry.at));
        let outcome = settlement::settle(act, before, after);
        if !entry.may_be_settled(&outcome, asked) {
            too_soon = true;
            continue;
        }
        // It may have been sent, so the wait for it begins anew.
        if let (Act::Resend, Outcome::NeverKnown | Outcome::Accepted { .. }) = (act, &outcome) {
            app.numbers.step(key, &Event::CodeResent { method: &entry.method });
        }
        app.attempts.settle(connection, &key.id, act, &outcome, asked).await;
        app.numbers.settled.set(Some((key.clone(), act, outcome)));
    }
    if too_soon {
        let key = key.clone();
        spawn_local(async move {
            sleep(Duration::from_millis(GRACE)).await;
            app.numbers.ask_now(&key);
        });
    }
}

/// What was found out about a start.
#[derive(Clone, Debug, PartialEq)]
pub enum Started {
    Known(Outcome),
    /// The provider's list does not tell.
    Untold,
    /// It left by another connection, by its name: only there it can be found.
    Elsewhere(String),
}

/// Finds out whether a number was started, by the provider's list; fails where that cannot be read.
pub async fn settle_start(app: App, connection: &Connection, subject: &str) -> Result<Started, Failure> {
    let ledger = app.attempts.of(connection, subject).await;
    if let Some(entry) = ledger.unsettled(Act::Create)
        && entry.connection != connection.id
    {
        let other = app.frame.connections.find(&entry.connection);
        return Ok(Started::Elsewhere(other.map_or(entry.connection.clone(), |other| other.label)));
    }
    let known: Vec<&str> = ledger.deployments().collect();
    for _ in 0..TRIES {
        let exchange =
            send::ask(app, connection.clone(), &vonage::LIST_DEPLOYMENTS, json!({}), Abort::new()?).await;
        let list = exchange.result?;
        let Some(outcome) = settlement::settle_start(subject, &list, &known) else { break };
        if let Outcome::Accepted { deployment } = &outcome
            && let Some(found) = Deployment::list(&list).iter().find(|one| one.id == *deployment)
        {
            app.numbers.add(connection, found);
        }
        app.attempts.settle(connection, subject, Act::Create, &outcome, exchange.at).await;
        if app.attempts.of(connection, subject).await.unsettled(Act::Create).is_none() {
            return Ok(Started::Known(outcome));
        }
        sleep(Duration::from_millis(GRACE)).await;
    }
    Ok(Started::Untold)
}
