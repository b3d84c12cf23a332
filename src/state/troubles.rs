//! Connections that a call has just found wanting: refused keys, addresses that are not reached. It holds
//! until a call goes through, or until the address is another, or the key that was refused. What is not about
//! a key of this tab is there at the next visit.

use super::App;
use crate::{
    browser::settings,
    catalogue::failure::{Failure, FailureKind},
    domain::{connection::Connection, trouble::Trouble},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

const NAME: &str = "troubles";

#[derive(Clone, Copy)]
pub struct Troubles {
    /// By connection.
    found: RwSignal<BTreeMap<String, Trouble>>,
}

impl Troubles {
    /// Takes up what calls of an earlier visit have found.
    pub fn restore() -> Troubles {
        Troubles { found: RwSignal::new(settings::get(NAME).unwrap_or_default()) }
    }

    fn change(self, change: impl FnOnce(&mut BTreeMap<String, Trouble>)) {
        self.found.update(change);
        let lasts = |(_, trouble): &(&String, &Trouble)| trouble.key.is_none();
        // A browser that keeps nothing has told so when the connection was made.
        self.found.with_untracked(|found| {
            settings::put(NAME, &found.iter().filter(lasts).collect::<BTreeMap<_, _>>())
        });
    }

    /// What is wrong with a connection, as far as calls have told.
    pub fn of(self, app: App, connection: &Connection) -> Option<Trouble> {
        let key = app.keys.number(connection);
        self.found.with(|found| {
            let of_it = |trouble: &&Trouble| {
                trouble.base_url == connection.base_url
                    && trouble.key.is_none_or(|refused| key == Some(refused))
            };
            found.get(&connection.id).filter(of_it).cloned()
        })
    }

    /// Takes in how a call through a connection ended.
    pub(super) fn hear<T>(self, app: App, connection: &Connection, result: &Result<T, Failure>, at: u64) {
        let kind = result.as_ref().err().map(|failure| failure.kind);
        match kind {
            // They tell nothing of the connection.
            Some(FailureKind::Offline | FailureKind::TimedOut { .. } | FailureKind::Sandbox) => {}
            Some(
                kind @ (FailureKind::RefusedKey
                | FailureKind::RelayKeyRefused
                | FailureKind::SignInEnded
                | FailureKind::RelayUnreachable
                | FailureKind::RelayRefused
                | FailureKind::OutsidePolicy
                | FailureKind::Unreachable),
            ) => {
                let about_the_key = kind == FailureKind::RefusedKey;
                let key = untrack(|| app.keys.number(connection)).filter(|_| about_the_key);
                let trouble = Trouble { kind, since: at, base_url: connection.base_url.clone(), key };
                let known = self.found.with_untracked(|found| found.get(&connection.id).cloned());
                let same = |known: Trouble| Trouble { since: trouble.since, ..known } == trouble;
                if !known.is_some_and(same) {
                    self.change(|found| drop(found.insert(connection.id.clone(), trouble)));
                }
            }
            _ => {
                if self.found.with_untracked(|found| found.contains_key(&connection.id)) {
                    self.change(|found| drop(found.remove(&connection.id)));
                }
            }
        }
    }
}
