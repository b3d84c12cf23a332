//! What the providers list of channels: customers and configs at Kapso, deployments at Rapida. It is kept
//! as long as the page is open, so that the way back shows it at once while it is read again. What was
//! created and lost its answer is in `begun`; what is shown and typed is the page's matter.

mod begun;
mod elsewhere;

pub use begun::{Begun, Settled, settle};
pub use elsewhere::{Elsewhere, elsewhere};

use super::{App, notices::Notices, send};
use crate::{
    browser::{page, settings, store::StoreFault, transport::Abort},
    catalogue::{
        failure::{Failure, FailureKind},
        field::Place,
        operation::Operation,
        reply::text,
    },
    domain::{connection::Connection, listed},
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value as Json;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What is read: a list or one record, and of whom.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    pub operation: &'static Operation,
    /// The value of its path, where it has one.
    subject: StoredValue<String>,
}

impl Source {
    pub fn new(operation: &'static Operation, subject: &str) -> Source {
        Source { operation, subject: StoredValue::new(subject.to_owned()) }
    }

    /// The value of its path; empty where it has none.
    pub fn subject(self) -> String {
        self.subject.try_get_value().unwrap_or_default()
    }
}

/// What is known of one source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    pub rows: Arc<Vec<Json>>,
    /// Pages that were read.
    pub pages: usize,
    /// Whether the provider has more.
    pub more: bool,
    /// Unix milliseconds; `None` until it was read.
    pub read_at: Option<u64>,
    pub reading: bool,
    /// Why the last reading failed.
    pub failure: Option<Failure>,
}

impl Listed {
    /// The ids of all rows, where all were read.
    pub fn ids(&self) -> Option<Vec<String>> {
        let whole = self.read_at.is_some() && !self.more;
        whole.then(|| self.rows.iter().map(|row| text(&row["id"])).collect())
    }
}

/// Connection, operation, and of whom.
type Key = (String, &'static str, String);

#[derive(Clone, Copy)]
pub struct Channels {
    lists: RwSignal<BTreeMap<Key, Listed>>,
    /// Ids of assistants by connection, the last one that was looked at first.
    assistants: RwSignal<BTreeMap<String, Vec<String>>>,
    /// Creations that left from this tab and are waited for.
    leaving: RwSignal<BTreeSet<Key>>,
    /// Creations of this browser that have no answer yet.
    unsettled: RwSignal<Vec<Begun>>,
    notices: Notices,
}

pub const ASSISTANTS: &str = "assistants";
/// Assistants that are remembered for a connection.
const MOST_ASSISTANTS: usize = 20;

impl Channels {
    pub fn new(notices: Notices) -> Channels {
        let unsettled = RwSignal::new(begun::noted());
        begun::listen(unsettled);
        Channels {
            lists: RwSignal::new(BTreeMap::new()),
            assistants: RwSignal::new(settings::get(ASSISTANTS).unwrap_or_default()),
            leaving: RwSignal::new(BTreeSet::new()),
            unsettled,
            notices,
        }
    }

    pub fn listed(self, connection: &str, source: Source) -> Listed {
        self.of(&key(connection, source))
    }

    /// What is known of a source, without asking for it.
    pub fn known(self, connection: &str, operation: &'static Operation, subject: &str) -> Listed {
        self.of(&(connection.to_owned(), operation.id, subject.to_owned()))
    }

    fn of(self, key: &Key) -> Listed {
        self.lists.with(|lists| lists.get(key).cloned().unwrap_or_default())
    }

    fn change(self, key: &Key, change: impl FnOnce(&mut Listed)) {
        self.lists.update(|lists| change(lists.entry(key.clone()).or_default()));
    }

    /// Reads the first page anew; what is known stays until it came.
    pub fn refresh(self, app: App, connection: &Connection, source: Source) {
        self.read(app, connection, source, 1);
    }

    /// Reads the page after those that are known.
    pub fn more(self, app: App, connection: &Connection, source: Source) {
        let pages = untrack(|| self.listed(&connection.id, source)).pages;
        self.read(app, connection, source, pages + 1);
    }

    fn read(self, app: App, connection: &Connection, source: Source, page: usize) {
        let key = key(&connection.id, source);
        if untrack(|| self.listed(&connection.id, source)).reading {
            return;
        }
        self.change(&key, |listed| {
            listed.reading = true;
            listed.failure = None;
        });
        let connection = connection.clone();
        spawn_local(async move {
            let result = one_page(app, &connection, source.operation, &key.2, page).await;
            self.change(&key, |listed| {
                listed.reading = false;
                match result {
                    Ok((rows, more)) => {
                        let known = if page == 1 { &[][..] } else { listed.rows.as_slice() };
                        listed.rows = Arc::new(listed::joined(known, rows));
                        (listed.pages, listed.more) = (page, more);
                        listed.read_at = Some(page::now());
                    }
                    Err(failure) => listed.failure = Some(failure),
                }
            });
        });
    }

    /// Takes a record that is gone out of every list of a connection.
    pub fn gone(self, connection: &str, id: &str) {
        self.lists.update(|lists| {
            for (_, listed) in lists.iter_mut().filter(|((of, _, _), _)| of == connection) {
                if listed.rows.iter().any(|row| text(&row["id"]) == id) {
                    let left = listed.rows.iter().filter(|row| text(&row["id"]) != id);
                    listed.rows = Arc::new(left.cloned().collect());
                }
            }
        });
    }

    /// The assistants that were looked at through a connection.
    pub fn assistants(self, connection: &str) -> Vec<String> {
        self.assistants.with(|all| all.get(connection).cloned().unwrap_or_default())
    }

    /// Remembers an assistant on this device, before the others.
    pub fn remember(self, connection: &str, assistant: &str) {
        self.change_assistants(connection, |known| {
            known.retain(|other| other != assistant);
            known.insert(0, assistant.to_owned());
            known.truncate(MOST_ASSISTANTS);
        });
    }

    pub fn forget(self, connection: &str, assistant: &str) {
        self.change_assistants(connection, |known| known.retain(|other| other != assistant));
    }

    /// Another tab may have remembered one meanwhile, so what is stored is what is changed.
    fn change_assistants(self, connection: &str, change: impl FnOnce(&mut Vec<String>)) {
        let held = || self.assistants.get_untracked();
        let mut all: BTreeMap<String, Vec<String>> = settings::get(ASSISTANTS).unwrap_or_else(held);
        change(all.entry(connection.to_owned()).or_default());
        all.retain(|_, known| !known.is_empty());
        self.kept(settings::put(ASSISTANTS, &all));
        self.assistants.set(all);
    }

    fn kept(self, kept: bool) {
        if !kept {
            self.notices.tell(StoreFault::Blocked.sentence());
        }
    }
}

fn key(connection: &str, source: Source) -> Key {
    // The source may belong to a part of the page that is gone.
    let subject = source.subject();
    (connection.to_owned(), source.operation.id, subject)
}

/// Rows of one page, and whether there are more.
async fn one_page(
    app: App,
    connection: &Connection,
    operation: &'static Operation,
    subject: &str,
    page: usize,
) -> Result<(Vec<Json>, bool), Failure> {
    let named = operation.fields_in(Place::Path).last().map_or("", |field| field.name);
    let request = listed::request(operation, (named, subject), page);
    let answer = send::ask(app, connection.clone(), operation, request, Abort::new()?).await.result?;
    listed::page(operation, &answer, page).ok_or_else(|| Failure::of(FailureKind::Unreadable))
}
