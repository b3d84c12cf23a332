//! When this tab asks, and what becomes of the answer. Whether it may is decided in `lead`, and each
//! question waits for its turn where it leaves.

use super::{App, Freshness, Key, Polling, Reading, desk::What};
use crate::{
    browser::{
        page,
        transport::{Abort, Age},
    },
    catalogue::failure::{Failure, FailureKind},
    domain::{
        connection::Connection,
        freshness::{self, Due},
        schedule::Pause,
    },
};
use gloo_timers::callback::Timeout;
use leptos::{prelude::*, task::spawn_local};

impl Polling {
    pub(super) fn look_all(self) {
        self.each(|polling, connection| polling.look(connection));
    }

    pub(super) fn plan_all(self) {
        self.each(|polling, connection| polling.plan(connection));
    }

    pub(super) fn touched(self) {
        let mut was_idle = false;
        self.inner.update_value(|inner| {
            was_idle = page::ticks() - inner.touched > freshness::IDLE;
            inner.touched = page::ticks();
        });
        if was_idle {
            self.look_all();
        }
    }

    pub(super) fn retry_refused(self) {
        self.each(|polling, connection| {
            let refused = |failure: &Failure| failure.kind.is_about_the_key();
            let any = polling.with(connection, |desk| {
                desk.things().any(|thing| thing.failure.as_ref().is_some_and(refused))
            });
            if any || polling.freshness_of(connection).failure.as_ref().is_some_and(refused) {
                polling.at_once(connection);
            }
        });
    }

    /// Asks for everything that is looked at, or has the tab that has the turn do so.
    pub(super) fn at_once(self, connection: &str) {
        self.with(connection, |desk| {
            for thing in desk.things() {
                thing.at_once = true;
                thing.failure.take_if(|failure| !matches!(failure.kind, FailureKind::Throttled { .. }));
            }
        });
        if self.follows_another(connection)
            && let Some(app) = self.app()
        {
            // Somebody who presses a button is somebody who looks.
            self.with(connection, |desk| desk.said = None);
            app.inbox.tell(&super::Told::Wanted { connection: connection.to_owned() });
        }
        self.plan(connection);
    }

    /// Sets the timer for whatever is due first.
    pub fn plan(self, connection: &str) {
        let Some(app) = self.app().filter(|_| self.is_looked_at(connection)) else { return };
        if self.follows_another(connection) {
            return self.say_who_looks(app, connection);
        }
        let now = self.moment(connection);
        let soonest = self.with(connection, |desk| {
            desk.timer = None;
            desk.soonest(&now)
        });
        match soonest {
            Due::Paused(pause) => self.pause(connection, Some(pause)),
            Due::In(wait) => {
                self.pause(connection, None);
                let mine = connection.to_owned();
                let wait = wait.clamp(0.0, f64::from(u32::MAX / 2)) as u32;
                let timer = Timeout::new(wait, move || self.ask(&mine));
                self.with(connection, |desk| desk.timer = Some(timer));
            }
        }
    }

    /// Asks for the one thing that is due first.
    fn ask(self, connection: &str) {
        let Some(app) = self.app() else { return };
        let Some(asked) = untrack(|| app.frame.connections.find(connection)) else { return };
        let Ok(abort) = Abort::new() else { return };
        let now = self.moment(connection);
        match self.with(connection, |desk| desk.take(&now)) {
            None => {}
            Some(What::List) => spawn_local(async move {
                let failure = app.inbox.read_list(app, &asked, 1, abort).await.err();
                self.list_answered(app, &asked, failure);
            }),
            Some(What::Thread(id)) => {
                let key = Key::new(connection, &id);
                let active_at = untrack(|| app.inbox.conversation(&key)).and_then(|row| row.last_active_at);
                spawn_local(async move {
                    let failure = app.inbox.read_thread(app, &asked, &key, &abort, Age::Shared).await.err();
                    self.thread_answered(app, &asked, &key, active_at, failure);
                });
            }
        }
        // Several things may be due at once.
        self.plan(connection);
    }

    fn thread_answered(
        self,
        app: App,
        connection: &Connection,
        key: &Key,
        active_at: Option<u64>,
        failure: Option<Failure>,
    ) {
        self.with(&connection.id, |desk| {
            if let Some(thread) = desk.threads.get_mut(&key.conversation) {
                thread.answered(failure.clone());
                thread.moved = thread.moved.max(active_at);
            }
        });
        if failure.is_none() {
            app.inbox.mark_again(app, connection, key);
        }
        let at = if failure.is_none() { Some(page::now()) } else { self.reading_of(key).at };
        self.set_reading(key, Reading { at, failure });
        self.tell_reading(app, key, false);
        self.plan(&connection.id);
    }

    fn list_answered(self, app: App, connection: &Connection, failure: Option<Failure>) {
        let id = &connection.id;
        let rows = untrack(|| app.inbox.listing(id).rows);
        self.with(id, |desk| {
            desk.list.answered(failure.clone());
            desk.moved(&rows);
        });
        let before = self.freshness_of(id);
        let Some(failure) = failure else {
            // The others hear of it with the rows.
            let now = Freshness { read_at: Some(page::now()), failure: None, ..before };
            self.set_freshness(id, now);
            return self.plan(id);
        };
        self.set_freshness(id, Freshness { failure: Some(failure), ..before });
        self.tell_health(id, false);
        if self.lacks_a_key(id) { self.step_back(id) } else { self.plan(id) }
    }

    fn pause(self, connection: &str, paused: Option<Pause>) {
        let before = self.freshness_of(connection);
        if before.paused != paused {
            self.set_freshness(connection, Freshness { paused, ..before });
            self.tell_health(connection, false);
        }
    }
}
