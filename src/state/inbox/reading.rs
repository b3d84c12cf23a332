//! Messages of a conversation: how the provider's pages are read and stored, and how other tabs hear of
//! it. When they are asked for is in `poll`.

use super::{App, Inbox, Told};
use crate::{
    browser::{
        desk::Keep,
        page,
        threads::{self, Key, Known, Merged, Reach},
        transport::{Abort, Age, TIMEOUT},
    },
    catalogue::{
        failure::Failure,
        kapso::{
            LIST_MESSAGES,
            replies::{self, PAGE},
        },
    },
    domain::{connection::Connection, thread::entry::Entry},
    state::send,
};
use leptos::prelude::*;
use serde_json::json;

/// Pages that are read to close a gap between what is stored and what is new.
const MISSED_PAGES: usize = 10;
/// Messages from which on what is stored is let go of, where they were missed at once.
pub const MOST_MISSED: usize = MISSED_PAGES * PAGE;

impl Inbox {
    /// Reads the newest messages of a conversation, and what is missing between them and those that are
    /// stored. They are stored together, so that no gap remains where the reading ends early.
    pub(in crate::state) async fn read_thread(
        self,
        app: App,
        connection: &Connection,
        key: &Key,
        abort: &Abort,
        age: Age,
    ) -> Result<(), Failure> {
        let (before, newest_before) = (self.polling.read_at(key), self.newest_at(key));
        let mut all: Vec<Entry> = vec![];
        for page in 1..=MISSED_PAGES {
            let (entries, last) = self.page(app, connection, key, page, (abort.clone(), age)).await?;
            // What cannot be read from the device is as good as not there.
            let known = threads::known(self.keep(app), key, &entries).await.unwrap_or(Known::NOTHING);
            all.extend(entries);
            if last || known.joined || known.nothing {
                let newest = all.iter().map(|entry| entry.place.at).max();
                if let (Some(before), Some(newest)) = (before, newest.max(newest_before))
                    && Some(newest) != newest_before
                {
                    came_between(app, connection, newest, before);
                }
                self.store(app, key, all, Reach { complete: last, newest: true }).await;
                return Ok(());
            }
        }
        // So much was missed that what is stored is read again when somebody goes back that far.
        self.overtaken.update(|all| {
            all.insert(key.clone());
        });
        while self.notices.stored(threads::expire(self.keep(app), key, u64::MAX).await) == Some(true) {}
        self.store(app, key, all, Reach { complete: false, newest: true }).await;
        Ok(())
    }

    /// When the newest message that is stored was written, by the provider's clock.
    fn newest_at(self, key: &Key) -> Option<u64> {
        self.listings.with_untracked(|all| {
            let summary = all.get(&key.connection)?.summaries.get(&key.conversation)?;
            summary.newest.as_ref().map(|newest| newest.place.at)
        })
    }

    /// Reads a page of older messages and stores it; answers whether there may be more, and how many
    /// were new.
    pub(super) async fn read_older(
        self,
        app: App,
        connection: &Connection,
        key: &Key,
        page: usize,
    ) -> Result<(bool, usize), Failure> {
        let Ok(abort) = Abort::new() else { return Ok((false, 0)) };
        let (entries, last) = self.page(app, connection, key, page, (abort, Age::Fresh)).await?;
        let reach = Reach { complete: last, newest: false };
        Ok((!last, self.store(app, key, entries, reach).await))
    }

    /// Reads the page that a stored message is on, so many messages before the newest, and stores it; answers
    /// whether the message is on it.
    pub(super) async fn read_again(
        self,
        app: App,
        connection: &Connection,
        key: &Key,
        id: &str,
        newer: usize,
    ) -> Result<bool, Failure> {
        let Ok(abort) = Abort::new() else { return Ok(false) };
        let first = newer / PAGE + 1;
        // Messages that came meanwhile may have shifted it to the next.
        for page in [first, first + 1] {
            let (entries, last) = self.page(app, connection, key, page, (abort.clone(), Age::Fresh)).await?;
            let found = entries.iter().any(|entry| entry.place.id == id);
            self.store(app, key, entries, Reach { complete: false, newest: false }).await;
            if found || last {
                return Ok(found);
            }
        }
        Ok(false)
    }

    /// The messages of a page, and whether it is the last.
    async fn page(
        self,
        app: App,
        connection: &Connection,
        key: &Key,
        page: usize,
        (abort, age): (Abort, Age),
    ) -> Result<(Vec<Entry>, bool), Failure> {
        let request = json!({
            "conversation_id": key.conversation, "page": page.to_string(), "per_page": PAGE.to_string()
        });
        let exchange = send::ask_aged(app, connection.clone(), &LIST_MESSAGES, request, abort, age).await;
        let json = exchange.result?;
        let now = page::now();
        let entries = replies::rows(&json).iter().filter_map(|row| Entry::read(row, now)).collect();
        Ok((entries, replies::is_last(&json, page)))
    }

    /// Stores messages; answers how many are new. Where the device takes none, the page does.
    pub(in crate::state) async fn store(
        self,
        app: App,
        key: &Key,
        entries: Vec<Entry>,
        reach: Reach,
    ) -> usize {
        let stored = threads::merge(self.keep(app), key, entries.clone(), reach).await;
        let merged = match stored {
            Ok(merged) => Some(merged),
            Err(fault) => {
                self.notices.stored::<()>(Err(fault));
                self.keep.set_value(Keep::Page);
                threads::merge(Keep::Page, key, entries, reach).await.ok()
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

    /// Whether [`MOST_MISSED`] messages of a conversation or more were missed at once, and nobody has been
    /// told yet.
    pub fn was_overtaken(self, key: &Key) -> bool {
        self.overtaken.with(|all| all.contains(key))
    }

    pub fn told_overtaken(self, key: &Key) {
        self.overtaken.update(|all| {
            all.remove(key);
        });
    }

    /// Tells the other tabs that there is something to read on the device. What lasts only as long as
    /// this page is nothing to them.
    pub(super) fn tell_merged(self, app: App, key: &Key) {
        if untrack(|| self.keep(app)) == Keep::Device {
            self.tell(&Told::Merged(key.clone()));
        }
    }

    /// Another tab has stored messages on the device.
    pub(super) async fn reopened(self, key: &Key) {
        let Some(app) = self.polling.app() else { return };
        if untrack(|| self.keep(app)) == Keep::Device
            && let Ok(opened) = threads::open(Keep::Device, key).await
        {
            self.show(key, Merged { opened, change: Default::default() });
        }
    }
}

/// A message came between two readings, so the provider's clock showed its time between them. That says
/// how far the clocks differ where no answer does; a date that is far from either says nothing.
fn came_between(app: App, connection: &Connection, at: u64, before: u64) {
    let now = page::now();
    if app.clocks.of(connection).about().is_none() && at.abs_diff(now) < threads::WRONG {
        // It may have come while the earlier answer was on its way.
        let from = before.saturating_sub(TIMEOUT.as_millis() as u64);
        app.clocks.hear(connection, at, from, now);
    }
}
