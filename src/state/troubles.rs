//! Connections that a call has just found wanting: refused keys, addresses that are not reached. It holds
//! until a call goes through, or until the key or the address is another.

use super::App;
use crate::{
    catalogue::failure::{Failure, FailureKind},
    domain::connection::Connection,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// In the few words that lists use.
    pub word: &'static str,
    /// When it was found first, in Unix milliseconds.
    pub since: u64,
    base_url: String,
    key: Option<u32>,
}

#[derive(Clone, Copy, Default)]
pub struct Troubles {
    /// By connection.
    found: RwSignal<BTreeMap<String, Trouble>>,
}

impl Troubles {
    /// What is wrong with a connection, as far as calls have told.
    pub fn of(self, app: App, connection: &Connection) -> Option<Trouble> {
        let key = app.keys.number(connection);
        self.found.with(|found| {
            let of_it = |trouble: &&Trouble| trouble.base_url == connection.base_url && trouble.key == key;
            found.get(&connection.id).filter(of_it).cloned()
        })
    }

    /// Takes in how a call through a connection ended.
    pub(super) fn hear<T>(self, app: App, connection: &Connection, result: &Result<T, Failure>, at: u64) {
        match result.as_ref().map_err(|failure| failure.kind) {
            // They tell nothing of the connection.
            Err(FailureKind::Offline | FailureKind::TimedOut { .. } | FailureKind::Sandbox) => {}
            Err(
                FailureKind::RefusedKey
                | FailureKind::RelayKeyRefused
                | FailureKind::SignInEnded
                | FailureKind::RelayUnreachable
                | FailureKind::RelayRefused
                | FailureKind::Unreachable,
            ) => {
                let word = result.as_ref().err().map(Failure::word).unwrap_or_default();
                let key = untrack(|| app.keys.number(connection));
                let trouble = Trouble { word, since: at, base_url: connection.base_url.clone(), key };
                let known = self.found.with_untracked(|found| found.get(&connection.id).cloned());
                let same = |known: Trouble| Trouble { since: trouble.since, ..known } == trouble;
                if !known.is_some_and(same) {
                    self.found.update(|found| drop(found.insert(connection.id.clone(), trouble)));
                }
            }
            _ => {
                if self.found.with_untracked(|found| found.contains_key(&connection.id)) {
                    self.found.update(|found| drop(found.remove(&connection.id)));
                }
            }
        }
    }
}
