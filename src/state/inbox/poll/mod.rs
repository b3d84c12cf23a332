//! Who asks for conversations, and when: the tab that holds the lock of a connection asks for its list
//! and for every conversation that somebody has open, here or in another tab; the others hear from it.
//! Without locks every tab asks for its own, and puts its questions off when it hears an answer.

mod desk;
mod watch;

pub use watch::watch;

use super::{App, Keep, Key, Told};
use crate::{
    browser::{page, tabs, transport::Abort},
    catalogue::failure::{Failure, FailureKind},
    domain::{
        freshness::{self, Due},
        schedule::{Budget, Pause},
    },
};
use desk::{Desk, What};
use gloo_timers::callback::Timeout;
use leptos::{prelude::*, task::spawn_local};
use std::collections::{BTreeMap, HashMap};

/// Milliseconds for which another tab's word that somebody looks there is believed, and between two
/// such words of this one.
const BELIEVED: f64 = 60_000.0;
const SAID_AGAIN: f64 = 20_000.0;

/// How the asking for a connection's conversations goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Freshness {
    /// When the list was last read, in Unix milliseconds.
    pub read_at: Option<u64>,
    pub failure: Option<Failure>,
    pub paused: Option<Pause>,
}

#[derive(Default)]
struct Inner {
    app: Option<App>,
    desks: HashMap<String, Desk>,
    budget: Budget,
    touched: f64,
}

#[derive(Clone, Copy)]
pub struct Polling {
    inner: StoredValue<Inner, LocalStorage>,
    freshness: RwSignal<BTreeMap<String, Freshness>>,
    /// Why conversations could not be read the last time.
    troubles: RwSignal<BTreeMap<Key, Failure>>,
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
            troubles: RwSignal::new(BTreeMap::new()),
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

    fn follow(self, connection: &str, conversation: Option<&str>) -> Follow {
        let first = self.with(connection, |desk| {
            desk.watchers += 1;
            if let Some(conversation) = conversation {
                let thread = desk.threads.entry(conversation.to_owned()).or_default();
                thread.watchers += 1;
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

    /// Whether one tab may ask for all: the browser has locks, and what is read is kept where the others
    /// find it. Otherwise each asks for its own.
    fn takes_turns(self) -> bool {
        let keeps = |app: App| untrack(|| app.inbox.keep(app)) == Keep::Device;
        tabs::has_locks() && self.app().is_some_and(keeps)
    }

    fn claim(self, connection: &str) {
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

    /// Somebody looks: what is not new is asked for at once, by whoever has the turn.
    fn look(self, connection: &str) {
        let now = page::ticks();
        self.with(connection, |desk| {
            for thing in desk.things() {
                thing.at_once |= thing.last.is_none_or(|last| now - last >= freshness::FRESH);
            }
        });
        self.plan(connection);
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

    fn look_all(self) {
        self.each(|polling, connection| polling.look(connection));
    }

    fn plan_all(self) {
        self.each(|polling, connection| polling.plan(connection));
    }

    fn touched(self) {
        let mut was_idle = false;
        self.inner.update_value(|inner| {
            was_idle = page::ticks() - inner.touched > freshness::IDLE;
            inner.touched = page::ticks();
        });
        if was_idle {
            self.look_all();
        }
    }

    fn retry_refused(self) {
        self.each(|polling, connection| {
            let refused = polling.with(connection, |desk| {
                let refused = |failure: &Failure| {
                    matches!(failure.kind, FailureKind::RefusedKey | FailureKind::NoCredential)
                };
                desk.list.failure.as_ref().is_some_and(refused)
            });
            if refused {
                polling.at_once(connection);
            }
        });
    }

    fn at_once(self, connection: &str) {
        self.with(connection, |desk| {
            for thing in desk.things() {
                thing.at_once = true;
                thing.failure.take_if(|failure| !matches!(failure.kind, FailureKind::Throttled { .. }));
            }
        });
        if self.with(connection, |desk| !desk.leads) {
            // Whoever has the turn asks; somebody who presses a button is somebody who looks.
            self.with(connection, |desk| desk.said = None);
        }
        self.plan(connection);
    }

    /// One conversation is asked for at once, if it is looked at.
    fn at_once_thread(self, key: &Key) {
        self.with(&key.connection, |desk| {
            if let Some(thread) = desk.threads.get_mut(&key.conversation) {
                thread.at_once = true;
            }
        });
        self.plan(&key.connection);
    }

    /// Another tab read the list.
    pub fn heard(self, connection: &str) {
        self.with(connection, |desk| {
            desk.list.last = Some(page::ticks());
            desk.list.failures = 0;
            desk.list.failure = None;
            desk.list.at_once = false;
        });
        self.tell(connection, Some(page::now()));
        self.plan(connection);
    }

    /// Somebody looks in another tab.
    pub fn somebody_looks(self, connection: &str, conversation: Option<&str>) {
        let until = page::ticks() + BELIEVED;
        let yields = self.with(connection, |desk| {
            if let Some(conversation) = conversation {
                let thread = desk.threads.entry(conversation.to_owned()).or_default();
                thread.at_once |= thread.elsewhere < page::ticks();
                thread.elsewhere = until;
            }
            desk.leads && page::document().hidden()
        });
        if yields && self.takes_turns() {
            // A tab that nobody looks at gives up its turn, and queues for it again.
            self.with(connection, |desk| {
                desk.leads = false;
                desk.timer = None;
                desk.claim = None;
            });
            self.claim(connection);
        } else {
            self.plan(connection);
        }
    }

    /// Sets the timer for whatever is due first.
    fn plan(self, connection: &str) {
        let Some(app) = self.app() else { return };
        let now = page::ticks();
        let idle = now - self.inner.with_value(|inner| inner.touched) > freshness::IDLE;
        if self.with(connection, |desk| desk.watchers == 0) {
            return;
        }
        if self.takes_turns() && self.with(connection, |desk| !desk.leads) {
            return self.say_who_looks(app, connection);
        }
        let soonest = self.with(connection, |desk| {
            desk.timer = None;
            desk.soonest(now, idle)
        });
        let (wait, paused) = match soonest {
            Due::In(wait) => (Some(wait), None),
            Due::Paused(pause) => (None, Some(pause)),
        };
        self.pause(connection, paused);
        if let Some(wait) = wait {
            let mine = connection.to_owned();
            let timer =
                Timeout::new(wait.clamp(0.0, f64::from(u32::MAX / 2)) as u32, move || self.ring(&mine));
            self.with(connection, |desk| desk.timer = Some(timer));
        }
    }

    /// Tells the tab that has the turn what is looked at here, now and again.
    fn say_who_looks(self, app: App, connection: &str) {
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

    /// Asks for what is due, as far as the budget allows.
    fn ring(self, connection: &str) {
        let mut wait = 0.0;
        self.inner.update_value(|inner| wait = inner.budget.take(page::ticks()));
        if wait >= 1.0 {
            let mine = connection.to_owned();
            let timer = Timeout::new(wait as u32, move || self.ask(&mine));
            self.with(connection, |desk| desk.timer = Some(timer));
        } else {
            self.ask(connection);
        }
    }

    /// Waits until another question fits into the budget.
    pub async fn turn(self) {
        let mut wait = 0.0;
        self.inner.update_value(|inner| wait = inner.budget.take(page::ticks()));
        if wait >= 1.0 {
            gloo_timers::future::TimeoutFuture::new(wait as u32).await;
        }
    }

    /// Asks for the one thing that is due first.
    fn ask(self, connection: &str) {
        let Some(app) = self.app() else { return };
        let Some(asked) = untrack(|| app.frame.connections.find(connection)) else { return };
        let Ok(abort) = Abort::new() else { return };
        let now = page::ticks();
        let idle = now - self.inner.with_value(|inner| inner.touched) > freshness::IDLE;
        let what = self.with(connection, |desk| desk.take(now, idle));
        let mine = connection.to_owned();
        match what {
            None => self.plan(connection),
            Some(What::List) => spawn_local(async move {
                let result = app.inbox.read_list(app, &asked, 1, abort).await;
                self.list_answered(app, &mine, result.err());
            }),
            Some(What::Thread(id)) => {
                let key = Key::new(connection, &id);
                let active_at = untrack(|| app.inbox.conversation(&key)).and_then(|row| row.last_active_at);
                spawn_local(async move {
                    let failure = app.inbox.read_thread(app, &asked, &key, &abort).await.err();
                    self.with(&mine, |desk| {
                        if let Some(thread) = desk.threads.get_mut(&id) {
                            thread.answered(failure.clone());
                            thread.moved = active_at;
                        }
                    });
                    if self.troubles.with_untracked(|all| all.get(&key).cloned()) != failure {
                        self.troubles.update(|all| match failure {
                            Some(failure) => drop(all.insert(key, failure)),
                            None => drop(all.remove(&key)),
                        });
                    }
                    self.plan(&mine);
                });
            }
        }
        // Several things may be due at once.
        if self.with(connection, |desk| desk.timer.is_some()) {
            self.plan(connection);
        }
    }

    fn list_answered(self, app: App, connection: &str, failure: Option<Failure>) {
        let fine = failure.is_none();
        let rows = untrack(|| app.inbox.listing(connection).rows);
        self.with(connection, |desk| {
            desk.list.answered(failure.clone());
            for row in &rows {
                if let Some(thread) = desk.threads.get_mut(&row.id) {
                    thread.at_once |= thread.last.is_some() && thread.moved < row.last_active_at;
                }
            }
        });
        if fine {
            self.tell(connection, Some(page::now()));
        } else {
            self.freshness.update(|all| all.entry(connection.to_owned()).or_default().failure = failure);
        }
        self.plan(connection);
    }

    fn tell(self, connection: &str, read_at: Option<u64>) {
        self.freshness.update(|all| {
            let known = all.entry(connection.to_owned()).or_default();
            known.read_at = read_at.or(known.read_at);
            known.failure = None;
        });
    }

    fn pause(self, connection: &str, paused: Option<Pause>) {
        if self.freshness.with_untracked(|all| all.get(connection).map(|one| one.paused)) != Some(paused) {
            self.freshness.update(|all| all.entry(connection.to_owned()).or_default().paused = paused);
        }
    }
}
