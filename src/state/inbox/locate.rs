//! Whose an address is: a conversation's id says nothing of its connection. The connection in use is
//! asked for an id that is not in its list, and where it does not know it, the others of the provider.

use super::{App, Inbox, Key};
use crate::{
    catalogue::{failure::Failure, provider::Provider},
    domain::connection::Connection,
};
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeMap;

/// What is known of an address whose conversation is in no list.
#[derive(Clone, Debug, PartialEq)]
pub enum Located {
    /// The connection in use is being asked.
    Asking,
    /// It does not know it, so the others are.
    Looking,
    /// Another connection knows it.
    Elsewhere(Connection),
    /// No connection does; those that could not be asked, and why.
    Nowhere(Vec<(Connection, Failure)>),
    /// The connection in use could not tell.
    Failed(Failure),
}

/// What became of each address that was looked for.
#[derive(Clone, Copy)]
pub struct Places(RwSignal<BTreeMap<Key, Located>>);

impl Places {
    pub fn new() -> Places {
        Places(RwSignal::new(BTreeMap::new()))
    }

    fn set(self, key: &Key, located: Option<Located>) {
        self.0.update(|all| match located {
            Some(located) => drop(all.insert(key.clone(), located)),
            None => drop(all.remove(key)),
        });
    }
}

/// Whether the provider does not know what was asked for.
pub fn is_missing(failure: &Failure) -> bool {
    failure.explained.is_some_and(|explained| explained.status == 404)
}

impl Inbox {
    pub fn located(self, key: &Key) -> Option<Located> {
        self.places.0.with(|all| all.get(key).cloned())
    }

    /// Looks for an address, unless that is under way or its result is known; `anew` looks once more.
    pub fn locate(self, app: App, connection: &Connection, key: &Key, anew: bool) {
        let open = match self.places.0.with_untracked(|all| all.get(key).cloned()) {
            None | Some(Located::Failed(_)) => true,
            Some(Located::Elsewhere(_) | Located::Nowhere(_)) => anew,
            Some(Located::Asking | Located::Looking) => false,
        };
        if !open {
            return;
        }
        self.places.set(key, Some(Located::Asking));
        let (connection, key) = (connection.clone(), key.clone());
        spawn_local(async move {
            let located = match self.look_at(app, &connection, &key).await {
                Ok(_) => None,
                Err(failure) if is_missing(&failure) => {
                    self.places.set(&key, Some(Located::Looking));
                    Some(self.elsewhere(app, &connection, &key).await)
                }
                Err(failure) => Some(Located::Failed(failure)),
            };
            self.places.set(&key, located);
        });
    }

    async fn elsewhere(self, app: App, connection: &Connection, key: &Key) -> Located {
        let others = untrack(|| app.frame.connections.of(Provider::Kapso));
        let mut unasked = vec![];
        for other in others.into_iter().filter(|other| other.id != connection.id) {
            match self.look_at(app, &other, &Key::new(&other.id, &key.conversation)).await {
                Ok(_) => return Located::Elsewhere(other),
                Err(failure) if is_missing(&failure) => {}
                Err(failure) => unasked.push((other, failure)),
            }
        }
        Located::Nowhere(unasked)
    }
}
