//! Which tab asks: the one that holds the lock of a connection asks for its list and for every conversation
//! that somebody has open, here or in another tab; the others hear from it what it read, and why it could
//! not. Without locks every tab asks for its own, and puts its questions off when it hears an answer.

use super::{App, Freshness, Key, Polling, Reading, Told, desk::Thing};
use crate::{
    browser::{desk::Keep, page, tabs},
    catalogue::{
        failure,
        kapso::{LIST_CONVERSATIONS, LIST_MESSAGES},
    },
    domain::schedule::Pause,
};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Milliseconds for which another tab's word that somebody looks there is believed, and between two
/// such words of this one.
const BELIEVED: f64 = 60_000.0;
const SAID_AGAIN: f64 = 20_000.0;

/// How the asking goes, as the tab that asks tells the others.
#[derive(Serialize, Deserialize)]
pub struct Health {
    connection: String,
    read_at: Option<u64>,
    failure: Option<failure::Told>,
    paused: Option<Pause>,
    /// Whether it is told once more because somebody has come.
    again: bool,
}

impl Polling {
    /// Whether one tab may ask for all: the browser has locks, and what is read is kept where the others
    /// find it. Otherwise each asks for its own.
    fn takes_turns(self) -> bool {
        let keeps = |app: App| untrack(|| app.inbox.keep(app)) == Keep::Device;
        tabs::has_locks() && self.app().is_some_and(keeps)
    }

    /// Whether it is another tab that asks.
    pub(super) fn follows_another(self, connection: &str) -> bool {
        self.takes_turns() && self.with(connection, |desk| !desk.leads)
    }

    pub(super) fn claim(self, connection: &str) {
        let name = format!("switchboard.inbox.{connection}");
        let mine = connection.to_owned();
        if !self.takes_turns() {
            self.with(connection, |desk| desk.leads = true);
            return self.look(connection);
        }
        let claim = tabs::claim(&name, move || {
            let looked_at = self.with(&mine, |desk| {
                desk.leads = desk.watchers > 0;
                desk.leads
            });
            if looked_at {
                self.look(&mine);
            }
        });
        self.with(connection, |desk| desk.claim = Some(claim));
        self.plan(connection);
    }

    /// Gives up the turn, and queues for it again: another tab may do better.
    pub(super) fn step_back(self, connection: &str) {
        if self.takes_turns() {
            self.with(connection, |desk| {
                desk.leads = false;
                desk.timer = None;
                desk.claim = None;
            });
            self.claim(connection);
        }
    }

    /// Another tab read the list.
    pub fn heard(self, connection: &str) {
        self.with(connection, |desk| {
            desk.list.last = Some(page::ticks());
            desk.list.failures = 0;
            desk.list.failure = None;
            desk.list.at_once = false;
        });
        let read = Freshness { read_at: Some(page::now()), failure: None, paused: None };
        self.set_freshness(connection, read);
        self.plan(connection);
    }

    /// Somebody looks in another tab.
    pub fn somebody_looks(self, connection: &str, conversation: Option<&str>) {
        let until = page::ticks() + BELIEVED;
        let (leads, yields) = self.with(connection, |desk| {
            if let Some(conversation) = conversation {
                let thread = desk.threads.entry(conversation.to_owned()).or_default();
                thread.at_once |= thread.elsewhere < page::ticks();
                thread.elsewhere = until;
            }
            (desk.leads, desk.leads && page::document().hidden())
        });
        let yields = yields || leads && self.lacks_a_key(connection);
        if leads && conversation.is_none() {
            self.tell_health(connection, true);
            self.app().inspect(|app| self.tell_readings(*app, connection));
        }
        // A tab that nobody looks at gives up its turn, and so does one that cannot ask.
        if yields && self.takes_turns() { self.step_back(connection) } else { self.plan(connection) }
    }

    /// Whether this tab's own key is what is wrong: each tab has keys of its own.
    pub(super) fn lacks_a_key(self, connection: &str) -> bool {
        let found = self.app().and_then(|app| untrack(|| app.frame.connections.find(connection)));
        let failure = self.freshness_of(connection).failure;
        found.zip(failure).is_some_and(|(connection, failure)| connection.asks_again(&failure))
    }

    /// Somebody pressed a button in another tab.
    pub fn wanted(self, connection: &str) {
        if self.with(connection, |desk| desk.leads && desk.watchers > 0) {
            self.at_once(connection);
        }
    }

    /// Tells the tab that has the turn what is looked at here, now and again.
    pub(super) fn say_who_looks(self, app: App, connection: &str) {
        let now = page::ticks();
        if page::document().hidden() {
            return;
        }
        let (due, threads) = self.with(connection, |desk| {
            let due = desk.said.is_none_or(|said| now - said >= SAID_AGAIN);
            if due {
                desk.said = Some(now);
            }
            let open = desk.threads.iter().filter(|(_, thread)| thread.watchers > 0);
            (due, open.map(|(id, _)| id.clone()).collect::<Vec<_>>())
        });
        if due {
            let looking = |conversation: Option<String>| Told::Looking {
                connection: connection.to_owned(),
                conversation,
            };
            app.inbox.tell(&looking(None));
            threads.into_iter().for_each(|id| app.inbox.tell(&looking(Some(id))));
        }
        let mine = connection.to_owned();
        let timer = Timeout::new(SAID_AGAIN as u32, move || self.plan(&mine));
        self.with(connection, |desk| desk.timer = Some(timer));
    }

    /// Tells the other tabs how the asking goes, if it is this one that asks for them.
    pub(super) fn tell_health(self, connection: &str, again: bool) {
        let Some(app) = self.app().filter(|_| self.takes_turns()) else { return };
        let Freshness { read_at, failure, paused } = self.freshness_of(connection);
        let age = self.with(connection, |desk| desk.list.age());
        app.inbox.tell(&Told::Health(Health {
            connection: connection.to_owned(),
            read_at,
            failure: failure.map(|failure| failure.told(age)),
            paused,
            again,
        }));
    }

    /// Tells the other tabs how the reading of a conversation goes.
    pub(super) fn tell_reading(self, app: App, key: &Key, again: bool) {
        if !self.takes_turns() {
            return;
        }
        let Reading { at, failure } = self.reading_of(key);
        let age = self.with(&key.connection, |desk| desk.threads.get(&key.conversation).map(Thing::age));
        let failure = failure.map(|failure| failure.told(age.unwrap_or_default()));
        app.inbox.tell(&Told::Reading { key: key.clone(), at, failure, again });
    }

    fn tell_readings(self, app: App, connection: &str) {
        let looked_at = self.with(connection, |desk| desk.threads.keys().cloned().collect::<Vec<_>>());
        for conversation in looked_at {
            self.tell_reading(app, &Key::new(connection, &conversation), true);
        }
    }

    /// Takes in how the asking goes in the tab that asks.
    pub fn hear_health(self, told: Health) {
        if !self.follows_another(&told.connection) {
            return;
        }
        let known = self.freshness_of(&told.connection);
        let failure = told.failure.map(|failure| failure.of(&LIST_CONVERSATIONS));
        // What counts down goes on doing so where it is known already.
        let same = told.again && failure.is_some() && known.failure.is_some();
        let failure = if same { known.failure } else { failure };
        let read_at = told.read_at.or(known.read_at);
        self.set_freshness(&told.connection, Freshness { read_at, failure, paused: told.paused });
    }

    /// Takes in when the tab that asks has read a conversation, and why it could not since.
    pub fn hear_reading(self, key: &Key, at: Option<u64>, failure: Option<failure::Told>, again: bool) {
        if !self.follows_another(&key.connection) {
            return;
        }
        let known = self.reading_of(key);
        let failure = failure.map(|failure| failure.of(&LIST_MESSAGES));
        // What counts down goes on doing so where it is known already.
        let same = again && failure.is_some() && known.failure.is_some();
        let failure = if same { known.failure } else { failure };
        self.set_reading(key, Reading { at: at.max(known.at), failure });
    }
}
