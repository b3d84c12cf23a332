//! Conversations and what is written in them, as this device knows them. Who asks the provider, and
//! when, is in `poll`; a conversation that is being looked at is a [`Thread`].

mod bell;
mod beside;
mod expiry;
mod jotted;
mod listing;
mod locate;
mod poll;
mod reading;
mod rows;
mod seen;
mod thread;
mod turns;

pub use bell::SETTING as RINGS;
pub use jotted::Jotted;
pub use listing::Listing;
pub use locate::{Located, is_missing};
pub use poll::{Follow, Freshness};
pub use reading::MOST_MISSED;
pub use rows::Rows;
pub use thread::Thread;

use super::{App, notices::Notices, send};
use crate::{
    browser::{
        desk::Keep,
        tabs::Channel,
        threads::{Key, Merged},
    },
    catalogue::{failure, kapso::replies::Conversation},
    domain::{freshness::Quota, thread::summary::Summary},
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A number to know it by, which conversation it is about, and what it does.
type Listener = (u32, Key, Callback<Arc<Merged>>);

#[derive(Clone, Copy)]
pub struct Inbox {
    listings: RwSignal<BTreeMap<String, Listing>>,
    /// Who shows a conversation and wants to hear what is stored of it.
    listeners: StoredValue<Vec<Listener>>,
    polling: poll::Polling,
    turns: turns::Turns,
    marks: seen::AllMarks,
    channel: StoredValue<Option<Channel>, LocalStorage>,
    keep: StoredValue<Keep>,
    notices: Notices,
    beside: beside::Beside,
    places: locate::Places,
    bell: bell::Bell,
    /// Conversations of which so much was missed that what was stored of them is read anew.
    overtaken: RwSignal<BTreeSet<Key>>,
    notepad: jotted::Notepad,
}

/// What one tab tells the others.
#[derive(Serialize, Deserialize)]
enum Told {
    /// A list was read again: its rows, as they came.
    Listed {
        connection: String,
        rows: Vec<Json>,
        complete: bool,
        /// When it was asked for, in Unix milliseconds.
        asked: u64,
    },
    /// One conversation was told about alone.
    Row { key: Key, row: Json },
    /// Messages of a conversation were stored.
    Merged(Key),
    /// Somebody looks there: at a connection's list, and perhaps at one conversation of it.
    Looking { connection: String, conversation: Option<String> },
    /// Somebody wants to know what is new now.
    Wanted { connection: String },
    /// How the asking goes in the tab that asks.
    Health(poll::Health),
    /// When it has read a conversation, in Unix milliseconds, and why it could not since; `again` because
    /// somebody has come.
    Reading { key: Key, at: Option<u64>, failure: Option<failure::Told>, again: bool },
    /// What the provider still takes, and for how many milliseconds.
    Quota { connection: String, quota: Quota },
    /// A question has left a tab that can store nothing.
    Asked,
}

const CHANNEL: &str = "switchboard.inbox";

impl Inbox {
    pub fn new(notices: Notices) -> Inbox {
        Inbox {
            listings: RwSignal::new(BTreeMap::new()),
            listeners: StoredValue::new(vec![]),
            polling: poll::Polling::new(),
            turns: turns::Turns::new(),
            marks: RwSignal::new(BTreeMap::new()),
            channel: StoredValue::new_local(None),
            keep: StoredValue::new(Keep::Device),
            notices,
            beside: beside::Beside::new(),
            places: locate::Places::new(),
            bell: bell::Bell::new(),
            overtaken: RwSignal::new(BTreeSet::new()),
            notepad: jotted::Notepad::new(),
        }
    }

    /// Listens to the other tabs from here on.
    pub fn start(app: App) {
        let inbox = app.inbox;
        let hear = move |text: String| {
            if let Ok(told) = serde_json::from_str(&text) {
                inbox.told(told);
            }
        };
        inbox.channel.set_value(Channel::open(CHANNEL, hear));
        poll::watch(app);
        inbox.clear_away(app);
    }

    fn told(self, told: Told) {
        match told {
            Told::Listed { connection, rows, complete, asked } => {
                self.take_rows(&connection, &rows, 1, complete, asked);
                self.polling.heard(&connection);
            }
            Told::Row { key, row } => self.hear_row(&key, &row),
            Told::Merged(key) => spawn_local(async move { self.reopened(&key).await }),
            Told::Looking { connection, conversation } => {
                self.polling.somebody_looks(&connection, conversation.as_deref());
            }
            Told::Wanted { connection } => self.polling.wanted(&connection),
            Told::Health(health) => self.polling.hear_health(health),
            Told::Reading { key, at, failure, again } => self.polling.hear_reading(&key, at, failure, again),
            Told::Quota { connection, quota } => self.quota_told(&connection, quota),
            Told::Asked => self.asked_elsewhere(),
        }
    }

    fn tell(self, told: &Told) {
        self.channel.with_value(|channel| {
            if let (Some(channel), Ok(text)) = (channel, serde_json::to_string(told)) {
                channel.tell(&text);
            }
        });
    }

    /// Where messages may be kept: on the device, unless the site or the person forbids it or the browser
    /// cannot.
    pub fn keep(self, app: App) -> Keep {
        if app.retention.keeps() { self.keep.get_value() } else { Keep::Page }
    }

    pub fn listing(self, connection: &str) -> Listing {
        self.listings.with(|all| all.get(connection).cloned().unwrap_or_default())
    }

    pub fn conversation(self, key: &Key) -> Option<Conversation> {
        self.listings.with(|all| {
            let rows = &all.get(&key.connection)?.rows;
            rows.iter().find(|row| row.id == key.conversation).cloned()
        })
    }

    /// Hears whatever is stored of a conversation, for as long as the present owner lives.
    pub fn listen(self, key: &Key, hear: impl Fn(Arc<Merged>) + Send + Sync + 'static) {
        let mut id = 0;
        self.listeners.update_value(|all| {
            id = all.last().map_or(0, |(last, ..)| last + 1);
            all.push((id, key.clone(), Callback::new(hear)));
        });
        on_cleanup(move || {
            self.listeners.try_update_value(|all| all.retain(|(other, ..)| *other != id));
        });
    }

    fn sum_up(self, key: &Key, summary: Summary) {
        self.listings.update(|all| {
            let listing = all.entry(key.connection.clone()).or_default();
            listing.summaries.insert(key.conversation.clone(), summary);
        });
    }

    /// Lets everybody see what is stored now.
    fn show(self, key: &Key, merged: Merged) {
        self.sum_up(key, merged.opened.summary.clone());
        self.chime(key, &merged.opened.summary);
        let merged = Arc::new(merged);
        let listeners = self.listeners.get_value().into_iter().filter(|(_, other, _)| other == key);
        listeners.for_each(|(_, _, hear)| hear.run(merged.clone()));
    }
}
