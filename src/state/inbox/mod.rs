//! Conversations and what is written in them, as this device knows them. Who asks the provider, and
//! when, is in `poll`; a conversation that is being looked at is a [`Thread`].

mod bell;
mod beside;
mod expiry;
mod jotted;
mod locate;
mod poll;
mod rows;
mod seen;
mod thread;
mod turns;

pub use jotted::Jotted;
pub use locate::{Located, is_missing};
pub use poll::{Follow, Freshness};
pub use rows::Rows;
pub use thread::Thread;

use super::{App, notices::Notices, send};
use crate::{
    browser::{
        desk::Keep,
        page,
        store::{self, Shelf, StoreFault},
        tabs::Channel,
        threads::{self, Key, Known, Merged},
        transport::Abort,
    },
    catalogue::{
        failure::{self, Failure},
        kapso::{
            LIST_CONVERSATIONS, LIST_MESSAGES,
            replies::{self, Conversation},
        },
    },
    domain::{
        connection::Connection,
        freshness::Quota,
        thread::{entry::Entry, summary::Summary},
    },
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::{collections::BTreeMap, sync::Arc};

/// Rows of a page, the most that Kapso gives at once.
pub const PAGE: usize = 100;
/// Pages that are read to close a gap between what is stored and what is new.
const MOST_MISSED: usize = 10;

/// The conversations of one connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Newest first.
    pub rows: Vec<Conversation>,
    /// What is stored here of each, by its id.
    pub summaries: BTreeMap<String, Summary>,
    /// Pages of the provider's list that were read; 0 while only what is stored is shown.
    pub pages: usize,
    /// Whether the provider's list has no more.
    pub complete: bool,
    /// The same of its list of those that have ended.
    pub ended: usize,
    pub ended_complete: bool,
}

/// A number to know it by, which conversation it is about, and what it does.
type Listener = (u32, Key, Callback<Arc<Merged>>);

#[derive(Clone, Copy)]
pub struct Inbox {
    listings: RwSignal<BTreeMap<String, Listing>>,
    /// Who shows a conversation and wants to hear what is stored of it.
    listeners: StoredValue<Vec<Listener>>,
    polling: poll::Polling,
    turns: turns::Turns,
    unmarked: seen::AllUnmarked,
    channel: StoredValue<Option<Channel>, LocalStorage>,
    keep: StoredValue<Keep>,
    notices: Notices,
    beside: beside::Beside,
    places: locate::Places,
    bell: bell::Bell,
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
    /// Why it could not read a conversation, if it could not; `again` because somebody has come.
    Trouble { key: Key, failure: Option<failure::Told>, again: bool },
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
            unmarked: RwSignal::new(BTreeMap::new()),
            channel: StoredValue::new_local(None),
            keep: StoredValue::new(Keep::Device),
            notices,
            beside: beside::Beside::new(),
            places: locate::Places::new(),
            bell: bell::Bell::new(),
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
            Told::Trouble { key, failure, again } => self.polling.hear_trouble(&key, failure, again),
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

    /// Shows what an earlier visit left.
    pub async fn load(self, app: App, connection: &str) {
        let keep = self.keep(app);
        let stored = match keep {
            Keep::Device => self
                .notices
                .stored(store::get::<Vec<Json>>(Shelf::Heads, &list_key(connection)).await)
                .flatten(),
            Keep::Page => None,
        };
        let summaries = threads::summaries(keep, connection).await;
        if summaries == Err(StoreFault::Blocked) {
            self.keep.set_value(Keep::Page);
        }
        let summaries = self.notices.stored(summaries).unwrap_or_default();
        self.listings.update(|all| {
            let listing = all.entry(connection.to_owned()).or_default();
            listing.summaries.extend(summaries);
            if listing.pages == 0 {
                let rows = stored.unwrap_or_default();
                merge_rows(&mut listing.rows, self.beside.listed(connection, &rows, 0).into_iter());
            }
        });
    }

    /// Reads a page of the list; answers whether it could.
    async fn read_list(
        self,
        app: App,
        connection: &Connection,
        page: usize,
        abort: Abort,
    ) -> Result<(), Failure> {
        let request = json!({ "page": page.to_string(), "per_page": PAGE.to_string() });
        let asked = page::now();
        let exchange = send::ask(app, connection.clone(), &LIST_CONVERSATIONS, request, abort).await;
        let json = exchange.result?;
        let (rows, _) = replies::page(&json);
        let complete = rows.len() < PAGE;
        self.take_rows(&connection.id, rows, page, complete, asked);
        if page == 1 {
            self.ring(app, connection, rows);
            let (id, all) = (connection.id.clone(), rows.to_vec());
            self.tell(&Told::Listed { connection: id, rows: all, complete, asked });
            if self.keep(app) == Keep::Device {
                let stored = store::put(Shelf::Heads, &list_key(&connection.id), &rows).await;
                self.notices.stored(stored);
            }
        }
        Ok(())
    }

    /// Reads the next page of the list.
    pub async fn more(self, app: App, connection: &Connection) -> Result<(), Failure> {
        let page = self.listings.with_untracked(|all| all.get(&connection.id).map_or(0, |one| one.pages)) + 1;
        let Ok(abort) = Abort::new() else { return Ok(()) };
        self.read_list(app, connection, page, abort).await
    }

    /// Takes in rows that were asked for at a moment; page 0 is none of the whole list.
    fn take_rows(self, connection: &str, rows: &[Json], page: usize, complete: bool, asked: u64) {
        let rows = self.beside.listed(connection, rows, asked);
        self.listings.update(|all| {
            let listing = all.entry(connection.to_owned()).or_default();
            merge_rows(&mut listing.rows, rows.into_iter());
            listing.pages = listing.pages.max(page);
            // The first page tells that there is no more only where it is the only one.
            listing.complete |= complete;
        });
    }

    /// Reads the newest messages of a conversation, and what is missing between them and those that are
    /// stored. They are stored together, so that no gap remains where the reading ends early.
    pub(in crate::state) async fn read_thread(
        self,
        app: App,
        connection: &Connection,
        key: &Key,
        abort: &Abort,
    ) -> Result<(), Failure> {
        let mut all = vec![];
        for page in 1..=MOST_MISSED {
            let (entries, last) = self.page(app, connection, key, page, abort.clone()).await?;
            // What cannot be read from the device is as good as not there.
            let known = threads::known(self.keep(app), key, &entries).await.unwrap_or(Known::NOTHING);
            all.extend(entries);
            if last || known.any || known.nothing {
                self.store(app, key, all, last).await;
                return Ok(());
            }
        }
        // So much was missed that what is stored is read again when somebody goes back that far.
        while self.notices.stored(threads::expire(self.keep(app), key, u64::MAX).await) == Some(true) {}
        self.store(app, key, all, false).await;
        Ok(())
    }

    /// Reads a page of older messages and stores it; answers whether there may be more, and how many
    /// were new.
    async fn read_older(
        self,
        app: App,
        connection: &Connection,
        key: &Key,
        page: usize,
    ) -> Result<(bool, usize), Failure> {
        let Ok(abort) = Abort::new() else { return Ok((false, 0)) };
        let (entries, last) = self.page(app, connection, key, page, abort).await?;
        Ok((!last, self.store(app, key, entries, last).await))
    }

    /// The messages of a page, and whether it is the last.
    async fn page(
        self,
        app: App,
        connection: &Connection,
        key: &Key,
        page: usize,
        abort: Abort,
    ) -> Result<(Vec<Entry>, bool), Failure> {
        let request = json!({
            "conversation_id": key.conversation, "page": page.to_string(), "per_page": PAGE.to_string()
        });
        let exchange = send::ask(app, connection.clone(), &LIST_MESSAGES, request, abort).await;
        let json = exchange.result?;
        let (rows, _) = replies::page(&json);
        let now = page::now();
        Ok((rows.iter().filter_map(|row| Entry::read(row, now)).collect(), rows.len() < PAGE))
    }

    /// Stores messages; answers how many are new. Where the device takes none, the page does.
    pub(in crate::state) async fn store(
        self,
        app: App,
        key: &Key,
        entries: Vec<Entry>,
        complete: bool,
    ) -> usize {
        let stored = threads::merge(self.keep(app), key, entries.clone(), complete).await;
        let merged = match stored {
            Ok(merged) => Some(merged),
            Err(fault) => {
                self.notices.stored::<()>(Err(fault));
                self.keep.set_value(Keep::Page);
                threads::merge(Keep::Page, key, entries, complete).await.ok()
            }
        };
        let Some(merged) = merged else { return 0 };
        let news = merged.change.added.len();
        let told = !merged.change.is_empty();
        self.show(key, merged);
        if told {
            self.tell_merged(app, key);
        }
        news
    }

    /// Tells the other tabs that there is something to read on the device. What lasts only as long as
    /// this page is nothing to them.
    fn tell_merged(self, app: App, key: &Key) {
        if untrack(|| self.keep(app)) == Keep::Device {
            self.tell(&Told::Merged(key.clone()));
        }
    }

    /// Another tab has stored messages on the device.
    async fn reopened(self, key: &Key) {
        let Some(app) = self.polling.app() else { return };
        if untrack(|| self.keep(app)) == Keep::Device
            && let Ok(opened) = threads::open(Keep::Device, key).await
        {
            self.show(key, Merged { opened, change: Default::default() });
        }
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

fn list_key(connection: &str) -> String {
    format!("{connection}\u{2}list")
}

/// Newer rows replace those of the same id; the most recently active come first.
fn merge_rows(rows: &mut Vec<Conversation>, newer: impl Iterator<Item = Conversation>) {
    for row in newer {
        match rows.iter_mut().find(|known| known.id == row.id) {
            Some(known) => *known = row,
            None => rows.push(row),
        }
    }
    rows.sort_by(|a, b| b.last_active_at.cmp(&a.last_active_at).then_with(|| a.id.cmp(&b.id)));
}
