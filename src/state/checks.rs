//! Checks of connections: made on request, remembered until the connection is another.

use super::{
    App,
    send::{self, Order},
};
use crate::{
    browser::{
        page, settings,
        transport::{self, Abort},
    },
    catalogue::{
        failure::{Failure, FailureKind},
        probe,
    },
    domain::{
        connection::{Connection, Home},
        connection_check::Check,
        ledger::Doubt,
    },
};
use leptos::{prelude::*, task::spawn_local};
use std::collections::{BTreeMap, BTreeSet};

const KNOWN: &str = "checks";

#[derive(Clone, Copy)]
pub struct Checks {
    /// By connection.
    known: RwSignal<BTreeMap<String, Check>>,
    running: RwSignal<BTreeSet<String>>,
}

impl Checks {
    /// Takes up what was found before.
    pub fn restore() -> Checks {
        Checks {
            known: RwSignal::new(settings::get(KNOWN).unwrap_or_default()),
            running: RwSignal::new(BTreeSet::new()),
        }
    }

    /// What the last check of a connection found, if it is still the same connection.
    pub fn of(self, connection: &Connection) -> Option<Check> {
        self.known.with(|known| known.get(&connection.id).filter(|check| check.is_of(connection)).cloned())
    }

    /// What was found counts no more.
    pub fn forget(self, connection: &Connection) {
        if self.known.with_untracked(|known| known.contains_key(&connection.id)) {
            self.known.update(|known| drop(known.remove(&connection.id)));
            self.keep();
        }
    }

    fn keep(self) {
        // A browser that keeps nothing has told so when the connection was made.
        self.known.with_untracked(|known| settings::put(KNOWN, known));
    }

    pub fn is_running(self, connection: &Connection) -> bool {
        self.running.with(|running| running.contains(&connection.id))
    }

    /// Checks a connection; once at a time.
    pub fn start(self, app: App, connection: Connection) {
        let began = self.running.try_update(|running| running.insert(connection.id.clone()));
        if began != Some(true) {
            return;
        }
        spawn_local(async move {
            let check = check(app, &connection).await;
            self.known.update(|known| drop(known.insert(connection.id.clone(), check)));
            self.running.update(|running| running.retain(|id| *id != connection.id));
            self.keep();
        });
    }
}

async fn check(app: App, connection: &Connection) -> Check {
    let (call, draft) = (probe::call(connection.provider), probe::draft(connection.provider));
    let Ok(abort) = Abort::new() else {
        let result = Err(Failure::of(FailureKind::Unreachable));
        return Check::new(connection, page::now(), &result, None, None, None);
    };
    let exchange =
        send::send(app, Order { connection: connection.clone(), call, draft, abort, doubt: Doubt::FindOut })
            .await;
    let unread = exchange.result.as_ref().is_err_and(|failure| failure.kind == FailureKind::Unreachable);
    // Only another host's answers are kept from a page.
    let answers = match unread && connection.home != Home::Page {
        true => transport::answers(&connection.base_url).await,
        false => None,
    };
    let milliseconds = exchange.reply.as_ref().map(|reply| reply.milliseconds);
    let ahead = exchange.reply.as_ref().and_then(|_| app.clocks.of(connection).about());
    Check::new(connection, exchange.at, &exchange.result, answers, milliseconds, ahead)
}
