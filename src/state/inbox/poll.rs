//! Who asks for conversations, and when: the tab that holds the lock of a connection asks for its list
//! and for every conversation that somebody has open, here or in another tab; the others hear from it.
//! Without locks every tab asks for its own, and puts its questions off when it hears an answer.

use super::{App, Key, Told};
use crate::{
    browser::{
        page,
        tabs::{self, Claim},
        transport::Abort,
    },
    catalogue::failure::{Failure, FailureKind},
    domain::{
        freshness::{self, Due, Situation},
        schedule::{Budget, Pause},
    },
};
use gloo_timers::callback::Timeout;
use leptos::{ev, prelude::*, task::spawn_local};
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
    /// Whether another tab asks.
    pub elsewhere: bool,
}

/// One thing that is asked for.
#[derive(Default)]
struct Thing {
    /// How many parts of this page look at it.
    watchers: u32,
    /// Ticks until which another tab is believed to look at it.
    elsewhere: f64,
    /// Ticks of the last answer or failure.
    last: Option<f64>,
    failures: u32,
    failure: Option<Failure>,
    reading: bool,
    /// Whether it is to be asked for at once.
    at_once: bool,
    /// The conversation's `last_active_at` when it was last asked for.
    moved: Option<u64>,
}

#[derive(Default)]
struct Desk {
    watchers: u32,
    claim: Option<Claim>,
    leads: bool,
    list: Thing,
    threads: HashMap<String, Thing>,
    timer: Option<Timeout>,
    said: Option<f64>,
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

/// Listens to what makes a question due: somebody comes back, the network does, a key was entered.
pub fn watch(app: App) {
    let polling = app.inbox.polling;
    polling.inner.update_value(|inner| {
        inner.app = Some(app);
        inner.touched = page::ticks();
    });
    let seen = leptos::leptos_dom::helpers::window_event_listener_untyped(
        "visibilitychange",
        move |_: ev::Event| {
            if page::document().hidden() { polling.plan_all() } else { polling.look_all() }
        },
    );
    let online = window_event_listener(ev::online, move |_| polling.look_all());
    let offline = window_event_listener(ev::offline, move |_| polling.plan_all());
    let touched = ["pointerdown", "keydown"].map(|name| {
        leptos::leptos_dom::helpers::window_event_listener_untyped(name, move |_: ev::Event| {
            polling.touched()
        })
    });
    on_cleanup(move || {
        seen.remove();
        online.remove();
        offline.remove();
        touched.into_iter().for_each(|listener| listener.remove());
    });
    Effect::new(move |_| {
        app.frame.connections.track_keys();
        polling.retry_refused();
    });
}

impl super::Inbox {
    /// Keeps a list, and a conversation of it, up to date for as long as this is kept.
    pub fn follow(self, connection: &str, conversation: Option<&str>) -> Follow {
        self.polling.follow(connection, conversation)
    }

    pub fn freshness(self, connection: &str) -> Freshness {
        self.polling.freshness.with(|all| all.get(connection).cloned().unwrap_or_default())
    }

    /// Why the newest messages of a conversation could not be read.
    pub fn trouble(self, key: &Key) -> Option<Failure> {
        self.polling.troubles.with(|all| all.get(key).cloned())
    }

    /// Asks at once for everything of a connection that is looked at.
    pub fn refresh(self, connection: &str) {
        self.polling.at_once(connection);
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

    fn app(self) -> Option<App> {
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
            desk.list.watchers += 1;
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
            desk.list.watchers = desk.list.watchers.saturating_sub(1);
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

    fn claim(self, connection: &str) {
        let name = format!("switchboard.inbox.{connection}");
        let mine = connection.to_owned();
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
            for thing in std::iter::once(&mut desk.list).chain(desk.threads.values_mut()) {
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
            for thing in std::iter::once(&mut desk.list).chain(desk.threads.values_mut()) {
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
            desk.list.elsewhere = until;
            if let Some(conversation) = conversation {
                let thread = desk.threads.entry(conversation.to_owned()).or_default();
                thread.at_once |= thread.elsewhere < page::ticks();
                thread.elsewhere = until;
            }
            desk.leads && page::document().hidden() && tabs::has_locks()
        });
        if yields {
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
        if self.with(connection, |desk| !desk.leads && tabs::has_locks()) {
            return self.say_who_looks(app, connection);
        }
        let (wait, paused) = self.with(connection, |desk| {
            desk.timer = None;
            desk.threads.retain(|_, thread| thread.is_looked_at(now) || thread.reading);
            let open = desk.threads.values().filter(|thread| thread.is_looked_at(now)).count();
            let pace = freshness::thread_pace(open);
            let mut soonest = desk.list.due(freshness::LIST, now, idle);
            for thread in desk.threads.values().filter(|thread| thread.is_looked_at(now)) {
                soonest = sooner(soonest, thread.due(pace, now, idle));
            }
            match soonest {
                Due::In(wait) => (Some(wait), None),
                Due::Paused(pause) => (None, Some(pause)),
            }
        });
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
        self.freshness.update(|all| all.entry(connection.to_owned()).or_default().elsewhere = true);
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
        let thread = self.with(connection, |desk| {
            let open = desk.threads.values().filter(|thread| thread.is_looked_at(now)).count();
            let pace = freshness::thread_pace(open);
            let ready = |due: Due| matches!(due, Due::In(wait) if wait < 1.0);
            let first = desk
                .threads
                .iter_mut()
                .filter(|(_, thread)| thread.is_looked_at(now) && !thread.reading)
                .find(|(_, thread)| ready(thread.due(pace, now, idle)));
            let list = ready(desk.list.due(freshness::LIST, now, idle)) && !desk.list.reading;
            match first {
                // What somebody reads comes before the list, unless the list was never read.
                Some((id, thread)) if desk.list.last.is_some() || !list => {
                    thread.reading = true;
                    Some(Some(id.clone()))
                }
                _ if list => {
                    desk.list.reading = true;
                    Some(None)
                }
                _ => None,
            }
        });
        let mine = connection.to_owned();
        match thread {
            None => self.plan(connection),
            Some(None) => spawn_local(async move {
                let result = app.inbox.read_list(app, &asked, 1, abort).await;
                self.list_answered(app, &mine, result.err());
            }),
            Some(Some(id)) => {
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
        let known =
            self.freshness.with_untracked(|all| all.get(connection).map(|one| (one.paused, one.elsewhere)));
        if known != Some((paused, false)) {
            self.freshness.update(|all| {
                let known = all.entry(connection.to_owned()).or_default();
                known.paused = paused;
                known.elsewhere = false;
            });
        }
    }
}

impl Thing {
    fn is_looked_at(&self, now: f64) -> bool {
        self.watchers > 0 || self.elsewhere > now
    }

    fn due(&self, pace: f64, now: f64, idle: bool) -> Due {
        // While an answer is awaited nothing else is.
        if self.reading {
            return Due::In(pace);
        }
        // A provider that asked to wait is not asked sooner, whoever comes back.
        let throttled = |failure: &Failure| matches!(failure.kind, FailureKind::Throttled { .. });
        let at_once = self.at_once && !self.failure.as_ref().is_some_and(throttled);
        let age = if at_once { None } else { self.last.map(|last| now - last) };
        freshness::due(
            pace,
            &Situation {
                age,
                failures: self.failures,
                failure: self.failure.as_ref(),
                hidden: page::document().hidden(),
                idle,
                offline: !page::is_online(),
            },
        )
    }

    fn answered(&mut self, failure: Option<Failure>) {
        self.reading = false;
        self.at_once = false;
        self.last = Some(page::ticks());
        self.failures = if failure.is_some() { self.failures + 1 } else { 0 };
        self.failure = failure;
    }
}

fn sooner(one: Due, other: Due) -> Due {
    match (one, other) {
        (Due::In(a), Due::In(b)) => Due::In(a.min(b)),
        (Due::In(a), Due::Paused(_)) | (Due::Paused(_), Due::In(a)) => Due::In(a),
        (paused, _) => paused,
    }
}
