//! What is asked for, for whom, and how that goes: whoever shows a connection's list or a conversation
//! follows it here. Which tab asks is in `lead`, when it asks in `ask`, what makes it ask sooner in `watch`.

mod ask;
mod desk;
mod lead;
mod watch;

pub use lead::Health;
pub use watch::watch;

use super::{App, Key, Told};
use crate::{
    browser::page,
    catalogue::failure::Failure,
    domain::{freshness, schedule::Pause},
};
use desk::{Desk, Moment};
use leptos::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// How the asking for a connection's conversations goes, in whichever tab asks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Freshness {
    /// When the list was last read, in Unix milliseconds.
    pub read_at: Option<u64>,
    pub failure: Option<Failure>,
    pub paused: Option<Pause>,
}

/// How the reading of a conversation's newest messages goes, in whichever tab reads.
#[derive(Clone, Debug, Default, PartialEq)]
struct Reading {
    /// When they were last read, in Unix milliseconds.
    at: Option<u64>,
    /// Why they could not be since.
    failure: Option<Failure>,
}

#[derive(Default)]
struct Inner {
    app: Option<App>,
    desks: HashMap<String, Desk>,
    touched: f64,
}

#[derive(Clone, Copy)]
pub struct Polling {
    inner: StoredValue<Inner, LocalStorage>,
    freshness: RwSignal<BTreeMap<String, Freshness>>,
    readings: RwSignal<BTreeMap<Key, Reading>>,
}

/// Follows a connection's list, and one of its conversations if one is named, until it is dropped.
pub struct Follow {
    polling: Polling,
    connection: String,
    conversation: Option<String>,
}

impl Drop for Follow {
    fn drop(&mut self) {
        self.polling.leave(&self.connection, self.conversation.as_deref());
    }
}

impl Polling {
    pub fn new() -> Polling {
        Polling {
            inner: StoredValue::new_local(Inner::default()),
            freshness: RwSignal::new(BTreeMap::new()),
            readings: RwSignal::new(BTreeMap::new()),
        }
    }

    pub fn app(self) -> Option<App> {
        self.inner.with_value(|inner| inner.app)
    }

    fn with<R>(self, connection: &str, change: impl FnOnce(&mut Desk) -> R) -> R {
        let mut result = None;
        self.inner.update_value(|inner| {
            result = Some(change(inner.desks.entry(connection.to_owned()).or_default()));
        });
        result.expect("the closure above ran: the value lives as long as the page")
    }

    fn is_looked_at(self, connection: &str) -> bool {
        self.inner.with_value(|inner| inner.desks.get(connection).is_some_and(|desk| desk.watchers > 0))
    }

    fn moment(self, connection: &str) -> Moment {
        let ticks = page::ticks();
        let (app, touched) = self.inner.with_value(|inner| (inner.app, inner.touched));
        let quota = app.and_then(|app| untrack(|| app.inbox.quota(connection)));
        Moment { ticks, idle: ticks - touched > freshness::IDLE, quota }
    }

    fn follow(self, connection: &str, conversation: Option<&str>) -> Follow {
        let first = self.with(connection, |desk| {
            desk.watchers += 1;
            if let Some(conversation) = conversation {
                let thread = desk.threads.entry(conversation.to_owned()).or_default();
                thread.watchers += 1;
                // The tab that asks hears of it at once.
                desk.said = None;
            }
            desk.watchers == 1
        });
        if first {
            self.claim(connection);
        } else {
            self.look(connection);
        }
        Follow {
            polling: self,
            connection: connection.to_owned(),
            conversation: conversation.map(str::to_owned),
        }
    }

    fn leave(self, connection: &str, conversation: Option<&str>) {
        self.with(connection, |desk| {
            desk.watchers = desk.watchers.saturating_sub(1);
            if let Some(thread) = conversation.and_then(|conversation| desk.threads.get_mut(conversation)) {
                thread.watchers = thread.watchers.saturating_sub(1);
            }
            // What is under way goes on: its answer is stored, whoever looks then.
            if desk.watchers == 0 {
                desk.timer = None;
                desk.leads = false;
                desk.claim = None;
            }
        });
    }

    /// Somebody looks: what is not new is asked for at once, by whoever has the turn.
    fn look(self, connection: &str) {
        let now = page::ticks();
        self.with(connection, |desk| {
            for thing in desk.things() {
                let is_new = thing.last.is_some_and(|last| now - last < freshness::FRESH);
                thing.at_once |= !is_new && !thing.reading;
            }
        });
        self.plan(connection);
    }

    /// Has everything read anew: it is no longer kept where it was.
    pub fn renew(self) {
        self.inner.update_value(|inner| {
            inner.desks.values_mut().flat_map(Desk::things).for_each(|thing| thing.last = None);
        });
        self.look_all();
    }

    fn each(self, then: impl Fn(Polling, &str)) {
        let looked_at = |inner: &Inner| {
            let desks = inner.desks.iter().filter(|(_, desk)| desk.watchers > 0);
            desks.map(|(connection, _)| connection.clone()).collect::<Vec<_>>()
        };
        for connection in self.inner.with_value(looked_at) {
            then(self, &connection);
        }
    }

    fn freshness_of(self, connection: &str) -> Freshness {
        untrack(|| self.freshness.with(|all| all.get(connection).cloned().unwrap_or_default()))
    }

    fn set_freshness(self, connection: &str, now: Freshness) {
        if self.freshness_of(connection) != now {
            self.freshness.update(|all| drop(all.insert(connection.to_owned(), now)));
        }
    }

    /// One conversation is asked for at once, if it is looked at.
    fn at_once_thread(self, key: &Key) {
        self.with(&key.connection, |desk| {
            // The tab that asks hears of it at once.
            desk.said = None;
            if let Some(thread) = desk.threads.get_mut(&key.conversation) {
                thread.at_once = true;
            }
        });
        self.plan(&key.connection);
    }

    /// When a conversation's newest messages were last read, in Unix milliseconds.
    pub fn read_at(self, key: &Key) -> Option<u64> {
        self.reading_of(key).at
    }

    fn reading_of(self, key: &Key) -> Reading {
        self.readings.with_untracked(|all| all.get(key).cloned().unwrap_or_default())
    }

    fn set_reading(self, key: &Key, now: Reading) {
        if self.reading_of(key) != now {
            self.readings.update(|all| drop(all.insert(key.clone(), now)));
        }
    }
}
