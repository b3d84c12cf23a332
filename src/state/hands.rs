//! What waits for a person. The console finds it out and leaves word of it on the device; the start page
//! shows that word at once.

use super::{App, keys::Shown};
use crate::{
    browser::{page, settings},
    catalogue::provider::Provider,
    domain::{
        channels,
        connection::Connection,
        contact,
        first_steps::Step,
        hand::{self, Hand, Waiting},
        provisioning::Stage,
    },
};
use leptos::{ev, prelude::*, task::spawn_local};
use std::{collections::BTreeSet, time::Duration};

const NAME: &str = "waiting";

/// What changes with time alone, such as a token that ends, is looked at so often.
const LOOK: Duration = Duration::from_secs(20);

#[derive(Clone, Copy)]
pub struct Hands {
    waiting: RwSignal<Waiting>,
    /// Whether it is what the console knows now, not what an earlier visit has left.
    live: RwSignal<bool>,
}

impl Hands {
    /// Takes up what the last visit, or another tab, has left.
    pub fn restore() -> Hands {
        let stored = || settings::get(NAME).unwrap_or_default();
        let hands = Hands { waiting: RwSignal::new(stored()), live: RwSignal::new(false) };
        let storage = window_event_listener(ev::storage, move |event| {
            if settings::is_about(&event, NAME) && !hands.live.get_untracked() {
                hands.waiting.set(stored());
            }
        });
        on_cleanup(move || storage.remove());
        hands
    }

    pub fn all(self) -> Vec<Hand> {
        self.waiting.with(|waiting| waiting.hands.clone())
    }

    /// How many belong to a place or are below it.
    pub fn at(self, place: &str) -> usize {
        self.waiting.with(|waiting| waiting.hands.iter().filter(|hand| hand.is_at(place)).count())
    }

    /// Whether nothing waits and nothing is under way; for whoever asks once.
    pub fn is_idle(self) -> bool {
        self.waiting.with_untracked(Waiting::is_idle)
    }

    /// Finds out from here on. Call it once, in the console.
    pub fn watch(app: App) {
        let hands = app.frame.hands;
        let time = RwSignal::new(0_u32);
        if let Ok(looking) =
            set_interval_with_handle(move || time.update(|count| *count = count.wrapping_add(1)), LOOK)
        {
            on_cleanup(move || looking.clear());
        }
        let found = Memo::new(move |_| {
            time.track();
            (app.numbers.loaded()
                && app.outbox.loaded()
                && app.bulk.loaded()
                && app.frame.connections.loaded())
            .then(|| waiting(app))
        });
        Effect::new(move |_| {
            let Some(waiting) = found.get() else { return };
            hands.live.set(true);
            // A browser that keeps nothing has said so elsewhere.
            settings::put(NAME, &waiting.kept(app.retention.keeps()));
            hands.waiting.set(waiting);
        });
        // What lists call a contact is stored, and told before anybody has opened the inbox.
        Effect::new(move |known: Option<BTreeSet<String>>| {
            let mut known = known.unwrap_or_default();
            if app.frame.connections.loaded() {
                for connection in app.outbox.queues().into_keys().map(|key| key.connection) {
                    if known.insert(connection.clone()) {
                        spawn_local(async move { app.inbox.load(app, &connection).await });
                    }
                }
            }
            known
        });
        Effect::new(move |_| {
            let live = app.numbers.all().into_iter().any(|track| {
                let connection = app.frame.connections.find(&track.connection);
                track.stage() == Stage::Live && connection.is_some_and(|connection| !connection.is_sandbox())
            });
            if live {
                app.frame.steps.reach(Step::GoLive);
            }
        });
    }
}

fn waiting(app: App) -> Waiting {
    let now = page::now();
    let numbers = app.numbers.all();
    let mut hands: Vec<Hand> = numbers.iter().filter_map(Hand::of_number).collect();
    let mut going = numbers.iter().any(hand::is_moving);
    for (key, items) in app.outbox.queues() {
        going |= !items.is_empty();
        let row = app.inbox.conversation(&key);
        let contact =
            row.map(|row| contact::name(&row)).filter(|name| !name.is_empty() && *name != key.conversation);
        let stands = app.outbox.held(&key).is_some_and(|held| held.needs_a_hand());
        hands.extend(Hand::of_queue(&items, stands, contact.as_deref(), now));
    }
    for begun in app.channels.unsettled() {
        let connection = app.frame.connections.find(&begun.connection);
        let creation = channels::Place::of_creation(&begun.operation, &begun.subject);
        hands.extend(connection.zip(creation).map(|(connection, (place, noun))| {
            Hand::of_creation(noun, &connection, place.address(), begun.at)
        }));
    }
    hands.extend(app.bulk.need_a_hand());
    going |= app.bulk.moves();
    for connection in Provider::ALL.into_iter().flat_map(|provider| app.frame.connections.of(provider)) {
        let token = ended(app, &connection, now);
        hands.extend(token.map(|at| Hand::of_token(&connection, at)));
        // What a call has found is newer than what a check did, and a check is made of calls.
        let trouble = app.troubles.of(app, &connection);
        let trouble = trouble.map(|trouble| Hand::of_trouble(&connection, trouble.word(), trouble.since));
        let check = || app.checks.of(&connection).and_then(|check| Hand::of_check(&connection, &check));
        if token.is_none() {
            hands.extend(trouble.or_else(check));
        }
    }
    let mut waiting = Waiting { hands, going };
    waiting.sort();
    waiting
}

/// When the token that was pasted for a connection has ended, if it has.
fn ended(app: App, connection: &Connection, now: u64) -> Option<u64> {
    match app.keys.shown(app, connection) {
        Shown::Text { ends: Some(ends), .. } if ends <= now => Some(ends),
        _ => None,
    }
}
