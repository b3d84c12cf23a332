//! Following numbers: each is asked for at its own pace, by one tab, for as long as somebody looks. The
//! tab that holds a number's lock asks; the others hear from it. Without locks every tab asks, and puts
//! its next question off whenever it hears an answer from another.

mod one;

use super::{App, Key, Numbers, Told};
use crate::{
    browser::{page, tabs, transport::Abort},
    catalogue::{failure::Failure, vonage},
    domain::{
        provisioning::{Stage, Track},
        schedule::{Budget, Next, Pause},
    },
    state::send,
};
use gloo_timers::callback::Timeout;
use leptos::{ev, prelude::*, task::spawn_local};
use one::One;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};

/// Milliseconds within which an answer is new enough when somebody comes back to the tab.
const FRESH: f64 = 3_000.0;

/// How the asking goes, for the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Health {
    /// Why the last question had no usable answer.
    pub failure: Option<Failure>,
    pub asking: Asking,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Asking {
    /// Another tab asks.
    #[default]
    Elsewhere,
    Now,
    /// Milliseconds of pause between this question and the next.
    Every(u64),
    Paused(Pause),
    /// Nothing changes any more.
    Done,
}

#[derive(Default)]
struct Inner {
    app: Option<App>,
    ones: HashMap<Key, One>,
    budget: Budget,
    questions: u32,
    /// Ticks of what this tab read, by whatever way.
    read: HashMap<Key, f64>,
}

#[derive(Clone, Copy)]
pub struct Following {
    inner: StoredValue<Inner, LocalStorage>,
    health: RwSignal<BTreeMap<Key, Health>>,
}

/// Follows a number until it is dropped.
pub struct Follow {
    following: Following,
    key: Key,
}

impl Drop for Follow {
    fn drop(&mut self) {
        self.following.leave(&self.key);
    }
}

impl Numbers {
    /// Follows every number that may still change, for as long as the present owner lives.
    pub fn follow_moving(app: App) {
        let numbers = app.numbers;
        let follows: StoredValue<HashMap<Key, Follow>> = StoredValue::new(HashMap::new());
        Effect::new(move |_| {
            let moving = |track: &&Track| !matches!(track.stage(), Stage::Live | Stage::Failed | Stage::Gone);
            // Nobody can be asked before it is known through which connection.
            if !app.frame.connections.loaded() {
                return;
            }
            let keys: Vec<Key> = numbers.all().iter().filter(moving).map(Key::of).collect();
            follows.update_value(|follows| {
                follows.retain(|key, _| keys.contains(key));
                for key in keys {
                    follows.entry(key.clone()).or_insert_with(|| numbers.follow(&key));
                }
            });
        });
        on_cleanup(move || drop(follows.try_update_value(std::mem::take)));
    }
}

/// Listens to what makes a question due: somebody comes back, the network does, a key was entered.
pub fn watch(app: App) {
    let following = app.numbers.following;
    following.inner.update_value(|inner| inner.app = Some(app));
    let seen = move |_: ev::Event| {
        if page::document().hidden() {
            following.each(Following::plan)
        } else {
            following.each(Following::look)
        }
    };
    let seen = leptos::leptos_dom::helpers::window_event_listener_untyped("visibilitychange", seen);
    let online = window_event_listener(ev::online, move |_| following.each(Following::wake));
    let offline = window_event_listener(ev::offline, move |_| following.each(Following::plan));
    on_cleanup(move || {
        seen.remove();
        online.remove();
        offline.remove();
    });
    Effect::new(move |_| {
        app.keys.track();
        following.each(Following::retry_refused);
    });
}

impl Following {
    pub fn new() -> Following {
        Following { inner: StoredValue::new_local(Inner::default()), health: RwSignal::new(BTreeMap::new()) }
    }

    pub fn health(self, key: &Key) -> Health {
        self.health.with(|health| health.get(key).cloned().unwrap_or_default())
    }

    /// Follows a number; it is asked for at once where it is this tab's turn.
    pub fn follow(self, key: &Key) -> Follow {
        let read = self.inner.with_value(|inner| inner.read.get(key).copied());
        let first = self.with(key, |one| {
            one.watchers += 1;
            // What was read to find the number is not read again at once.
            one.last = one.last.or(read.filter(|read| page::ticks() - read < FRESH));
            one.watchers == 1
        });
        if first {
            self.claim(key);
            if !page::document().hidden() && !self.leads(key) {
                self.look(key);
            }
        }
        Follow { following: self, key: key.clone() }
    }

    /// Notes that this tab has read a number.
    pub fn was_read(self, key: &Key) {
        self.inner.update_value(|inner| {
            inner.read.insert(key.clone(), page::ticks());
        });
    }

    fn leave(self, key: &Key) {
        let mut gone = false;
        self.inner.update_value(|inner| {
            let Some(one) = inner.ones.get_mut(key) else { return };
            one.watchers = one.watchers.saturating_sub(1);
            if one.watchers == 0
                && let Some(one) = inner.ones.remove(key)
            {
                one.reading.inspect(Abort::now);
                gone = true;
            }
        });
        if gone {
            // The page may be gone with everything.
            self.health.try_update(|health| health.remove(key));
        }
    }

    fn claim(self, key: &Key) {
        let name = format!("switchboard.follow.{}", key.text());
        let mine = key.clone();
        let claim = tabs::claim(&name, move || {
            // Somebody may have stopped looking while it was waited for.
            if self.is_followed(&mine) {
                self.with(&mine, |one| one.leads = true);
                self.look(&mine);
            }
        });
        self.with(key, |one| one.claim = Some(claim));
    }

    fn is_followed(self, key: &Key) -> bool {
        self.inner.with_value(|inner| inner.ones.contains_key(key))
    }

    fn leads(self, key: &Key) -> bool {
        self.inner.with_value(|inner| inner.ones.get(key).is_some_and(|one| one.leads))
    }

    fn with<R>(self, key: &Key, change: impl FnOnce(&mut One) -> R) -> R {
        let mut result = None;
        self.inner.update_value(|inner| result = Some(change(inner.ones.entry(key.clone()).or_default())));
        result.expect("the closure above ran: the value lives as long as the page")
    }

    fn each(self, then: impl Fn(Following, &Key)) {
        let keys: Vec<Key> = self.inner.with_value(|inner| inner.ones.keys().cloned().collect());
        for key in keys {
            then(self, &key);
        }
    }

    /// Somebody looks: asks unless the last answer is new, or asks for the turn.
    fn look(self, key: &Key) {
        if !self.leads(key) {
            if let Some(app) = self.app() {
                app.numbers.tell(&Told::Looking(key.clone()));
            }
            return;
        }
        let fresh = self.with(key, |one| one.last.is_some_and(|last| page::ticks() - last < FRESH));
        if fresh { self.plan(key) } else { self.wake(key) }
    }

    /// Somebody looks in another tab: a tab that nobody looks at gives up its turn.
    pub fn yield_to_whoever_looks(self, key: &Key) {
        if self.leads(key) && page::document().hidden() && tabs::has_locks() {
            self.with(key, |one| {
                one.leads = false;
                one.timer = None;
                one.claim = None;
            });
            self.tell_health(key, Asking::Elsewhere);
            self.claim(key);
        }
    }

    /// Another tab told what it read.
    pub fn heard(self, key: &Key) {
        if self.is_followed(key) {
            self.with(key, |one| {
                one.heard = true;
                one.last = Some(page::ticks());
                one.failures = 0;
                one.failure = None;
            });
            self.plan(key);
        }
    }

    /// What is known of a number has changed.
    pub fn changed(self, key: &Key) {
        if self.is_followed(key) {
            self.plan(key);
        }
    }

    fn retry_refused(self, key: &Key) {
        let refused =
            self.with(key, |one| one.failure.as_ref().is_some_and(|failure| failure.kind.is_about_the_key()));
        if refused {
            self.wake(key);
        }
    }

    /// Asks at once, if it is this tab's turn.
    fn wake(self, key: &Key) {
        if self.leads(key) {
            self.set_timer(key, 0);
        }
    }

    /// Asks at once, whosever turn it is: somebody pressed a button.
    pub fn ask_now(self, key: &Key) {
        if self.is_followed(key) {
            self.ask(key);
        }
    }

    /// Sets the next question by what is known.
    fn plan(self, key: &Key) {
        let Some(track) = self.app().and_then(|app| app.numbers.get_untracked(key)) else { return };
        if !self.leads(key) {
            return self.tell_health(key, Asking::Elsewhere);
        }
        if self.with(key, |one| one.reading.is_some()) {
            return;
        }
        let (next, last, heard) = self.with(key, |one| (one.next(&track), one.last, one.heard));
        self.with(key, |one| one.timer = None);
        match next {
            Next::In(wait) => {
                // Where nobody takes turns, whoever heard an answer lets its asker go first again.
                let wait = if heard && !tabs::has_locks() { wait + wait / 4 } else { wait };
                let passed = last.map_or(0.0, |last| page::ticks() - last).max(0.0) as u64;
                self.tell_health(key, Asking::Every(wait));
                self.set_timer(key, wait.saturating_sub(passed));
            }
            Next::Paused(pause) => self.tell_health(key, Asking::Paused(pause)),
            Next::Never => self.tell_health(key, Asking::Done),
        }
    }

    fn set_timer(self, key: &Key, wait: u64) {
        let mine = key.clone();
        let ring = move || {
            let mut wait = 0.0;
            self.inner.update_value(|inner| wait = inner.budget.take(page::ticks()));
            if wait < 1.0 {
                return self.ask(&mine);
            }
            let later = mine.clone();
            self.hold_timer(&mine, Timeout::new(wait as u32, move || self.ask(&later)));
        };
        let wait = u32::try_from(wait).unwrap_or(u32::MAX);
        self.hold_timer(key, Timeout::new(wait, ring));
    }

    fn hold_timer(self, key: &Key, timer: Timeout) {
        self.with(key, |one| one.timer = Some(timer));
    }

    fn ask(self, key: &Key) {
        let Some(app) = self.app() else { return };
        let Some(connection) = untrack(|| app.frame.connections.find(&key.connection)) else {
            return self.tell_health(key, Asking::Paused(Pause::Refused));
        };
        let Ok(abort) = Abort::new() else { return };
        let mut question = 0;
        self.inner.update_value(|inner| {
            inner.questions += 1;
            question = inner.questions;
        });
        let free = self.with(key, |one| {
            let free = one.reading.is_none();
            if free {
                one.timer = None;
                one.reading = Some(abort.clone());
                one.question = question;
            }
            free
        });
        if !free {
            return;
        }
        self.tell_health(key, Asking::Now);
        let key = key.clone();
        spawn_local(async move {
            let request = json!({ "deployment_id": key.id });
            let exchange = send::ask(app, connection, &vonage::GET_DEPLOYMENT, request, abort).await;
            // Nobody may be looking any more, or somebody anew, who asks for themselves.
            if self.is_followed(&key) && self.with(&key, |one| one.question == question) {
                self.with(&key, |one| one.answered(&exchange));
                self.plan(&key);
            }
        });
    }

    fn app(self) -> Option<App> {
        self.inner.with_value(|inner| inner.app)
    }

    fn tell_health(self, key: &Key, asking: Asking) {
        let failure = self.with(key, |one| one.failure.clone());
        let health = Health { failure, asking };
        if self.health.with_untracked(|known| known.get(key) != Some(&health)) {
            self.health.update(|known| drop(known.insert(key.clone(), health)));
        }
    }
}
