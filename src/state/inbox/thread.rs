//! A conversation that is being looked at: its table of contents, and those of its blocks that are near
//! what is shown. What a row looks like and where it stands on the screen is not known here.

use super::App;
use crate::{
    browser::{
        begun,
        desk::Keep,
        threads::{self, Key, Merged, Opened},
    },
    catalogue::{failure::Failure, kapso::replies::PAGE},
    domain::{
        connection::Connection,
        markup,
        outbox::Item,
        thread::{
            body::Body,
            entry::{Entry, Place},
            reactions::Both,
            status::Status,
        },
    },
};
use leptos::{prelude::*, task::spawn_local};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

/// Characters that are shown of a message that is replied to.
const QUOTED: usize = 120;
/// Messages that are read before a conversation is shown: more than a screen has room for.
const NEWEST: usize = 60;
/// Blocks that are kept in memory.
const HELD: usize = 12;

#[derive(Default)]
struct Held {
    blocks: BTreeMap<u32, Arc<Vec<Entry>>>,
    /// Blocks that are being read.
    wanted: BTreeSet<u32>,
}

/// A conversation as it is stored at a moment, as far as it is near what is read.
pub struct Stored {
    keep: Keep,
    opened: Opened,
    blocks: BTreeMap<u32, Vec<Entry>>,
}

#[derive(Clone, Copy)]
pub struct Thread {
    app: App,
    /// Where it is kept; a device that takes nothing more makes way for the page.
    keep: StoredValue<Keep>,
    key: StoredValue<Key>,
    connection: StoredValue<Connection>,
    opened: RwSignal<Arc<Opened>>,
    held: StoredValue<Held>,
    /// Up to where it was seen during this visit.
    seen_to: StoredValue<Option<Place>>,
    /// Up to where it had been read when it was opened.
    read_before: StoredValue<Option<Place>>,
    /// Messages on their way out, which stand below the stored ones.
    pub leaving: RwSignal<Arc<Vec<Item>>>,
    /// Grows with every block that comes or changes.
    pub revision: RwSignal<u32>,
    /// Whether what is stored has been read.
    pub ready: RwSignal<bool>,
    /// Older messages are being read from the provider.
    pub reading_older: RwSignal<bool>,
    /// Why they could not be.
    pub trouble: RwSignal<Option<Failure>>,
}

impl Thread {
    pub fn open(app: App, connection: &Connection, key: Key) -> Thread {
        let keep = untrack(|| app.inbox.keep(app));
        let thread = Thread {
            app,
            keep: StoredValue::new(keep),
            key: StoredValue::new(key.clone()),
            connection: StoredValue::new(connection.clone()),
            opened: RwSignal::new(Arc::default()),
            held: StoredValue::new(Held::default()),
            seen_to: StoredValue::new(None),
            read_before: StoredValue::new(None),
            leaving: RwSignal::new(Arc::default()),
            revision: RwSignal::new(0),
            ready: RwSignal::new(false),
            reading_older: RwSignal::new(false),
            trouble: RwSignal::new(None),
        };
        let stored = begun::begun(async move { threads::open_with(keep, &key, NEWEST, None).await });
        spawn_local(async move {
            // What cannot be read from the device comes from the provider.
            let (opened, blocks) = stored.await.unwrap_or_default();
            let read_before = opened.summary.read_to.clone();
            if thread.opened.try_set(Arc::new(opened)).is_none() {
                thread.read_before.set_value(read_before);
                thread.take_in(blocks);
                thread.ready.try_set(true);
            }
        });
        thread
    }

    pub fn key(self) -> Key {
        self.key.get_value()
    }

    pub fn opened(self) -> Arc<Opened> {
        self.opened.get()
    }

    pub fn opened_untracked(self) -> Arc<Opened> {
        self.opened.get_untracked()
    }

    /// The message in a row, if its block is at hand.
    pub fn entry(self, row: usize) -> Option<Entry> {
        let opened = self.opened.try_get_untracked()?;
        let (position, at) = opened.head.block_at(row)?;
        let number = opened.head.blocks[position].number;
        self.held.with_value(|held| held.blocks.get(&number)?.get(at).cloned())
    }

    /// Whether a message was not seen before it is asked here; it counts as seen from then on.
    pub fn is_news(self, newest: &Place) -> bool {
        let mut news = false;
        self.seen_to.update_value(|seen| {
            news = seen.as_ref().is_none_or(|seen| seen < newest);
            *seen = Some(newest.clone());
        });
        news
    }

    /// The contact's newest message, if nobody has read it yet.
    pub fn newest_unread(self) -> Option<Entry> {
        let rows = self.opened_untracked().head.len();
        let newest = (0..rows).rev().map_while(|row| self.entry(row)).find(|entry| entry.inbound)?;
        (newest.status < Status::Read).then_some(newest)
    }

    pub fn read_before(self) -> Option<Place> {
        self.read_before.get_value()
    }

    /// The row of a message whose block is at hand.
    pub fn row_of(self, place: &Place) -> Option<usize> {
        let opened = self.opened.try_get_untracked()?;
        let position = opened.head.position_of(place)?;
        let number = opened.head.blocks[position].number;
        let at = self.held.with_value(|held| {
            held.blocks.get(&number)?.binary_search_by(|entry| entry.place.cmp(place)).ok()
        })?;
        Some(opened.head.row_of(position) + at)
    }

    /// The row of a message on its way out, by its key; they stand below the stored ones.
    pub fn row_of_leaving(self, key: &str) -> Option<usize> {
        let at = self.leaving.with(|leaving| leaving.iter().position(|item| item.key == key))?;
        Some(self.opened.with(|opened| opened.head.len()) + at)
    }

    /// How many messages there are with those on their way out; -1 while older ones may exist that are not
    /// stored, as ARIA says that nobody knows.
    pub fn size(self) -> String {
        let leaving = self.leaving.with(|leaving| leaving.len());
        self.opened.with(|opened| match opened.summary.complete {
            true => (opened.head.len() + leaving).to_string(),
            false => "-1".to_owned(),
        })
    }

    /// The first row that comes after a message; of one that is not at hand, the first of the next block.
    pub fn first_after(self, place: &Place) -> usize {
        let head = &self.opened_untracked().head;
        let next = || head.position_of(place).map_or(0, |position| head.row_of(position + 1));
        self.row_of(place).map_or_else(next, |row| row + 1)
    }

    /// What stands on a message.
    pub fn reactions(self, wamid: &str) -> Option<Both> {
        self.opened.with(|opened| opened.reactions.on(wamid).cloned())
    }

    /// The words of the message with an id of WhatsApp, if it is stored.
    pub async fn quoted(self, wamid: &str) -> Option<String> {
        let key = self.key.try_get_value()?;
        let place = threads::place_of(self.keep.get_value(), &key, wamid).await.ok().flatten()?;
        let opened = self.opened.try_get_untracked()?;
        let number = opened.head.blocks.get(opened.head.position_of(&place)?)?.number;
        let blocks = threads::blocks(self.keep.get_value(), &key, &[number]).await.ok()?;
        let rows = blocks.get(&number)?;
        let at = rows.binary_search_by(|entry| entry.place.cmp(&place)).ok()?;
        let words = Body::of_message(&rows[at].message()?).words();
        Some(markup::one_line(&words, QUOTED))
    }

    /// The rows of all messages whose words have these, or `None` once that is not wanted any more.
    pub async fn find(self, words: &str, wanted: impl Fn() -> bool) -> Option<Vec<usize>> {
        let (key, opened) = (self.key.try_get_value()?, self.opened.try_get_untracked()?);
        let found = threads::find(self.keep.get_value(), &key, &opened.head.blocks, words, wanted).await;
        found.unwrap_or_else(|_| Some(vec![]))
    }

    /// The first row since a moment; the last where nothing is as new.
    pub async fn row_since(self, at: u64) -> Option<usize> {
        let key = self.key.try_get_value()?;
        let opened = self.opened.try_get_untracked()?;
        let position = opened.head.position_of(&Place { at, id: String::new() })?;
        let number = opened.head.blocks[position].number;
        let blocks = threads::blocks(self.keep.get_value(), &key, &[number]).await.ok()?;
        let before = blocks.get(&number)?.partition_point(|entry| entry.place.at < at);
        Some((opened.head.row_of(position) + before).min(opened.head.len() - 1))
    }

    /// Whether messages before a moment may exist that are not stored.
    pub fn misses_before(self, at: u64) -> bool {
        self.opened.with(|opened| {
            let oldest = opened.head.blocks.first().map(|block| block.first.at);
            !opened.summary.complete && oldest.is_none_or(|oldest| oldest >= at)
        })
    }

    /// Sees to it that these rows, and a block on either side of them, are at hand or on their way.
    pub fn want(self, rows: &Range<usize>) {
        let Some(opened) = self.opened.try_get_untracked() else { return };
        let blocks = &opened.head.blocks;
        let position = |row: usize| opened.head.block_at(row).map(|(position, _)| position);
        let (Some(first), Some(last)) = (position(rows.start), position(rows.end.saturating_sub(1))) else {
            return;
        };
        let near = first.saturating_sub(1)..=(last + 1).min(blocks.len() - 1);
        let mut missing = vec![];
        self.held.update_value(|held| {
            let wanted: Vec<u32> = near.clone().map(|position| blocks[position].number).collect();
            for number in &wanted {
                if !held.blocks.contains_key(number) && held.wanted.insert(*number) {
                    missing.push(*number);
                }
            }
            if held.blocks.len() > HELD {
                held.blocks.retain(|number, _| wanted.contains(number));
            }
        });
        if !missing.is_empty() {
            spawn_local(self.load(missing));
        }
    }

    async fn load(self, numbers: Vec<u32>) {
        let Some(key) = self.key.try_get_value() else { return };
        let blocks = threads::blocks(self.keep.get_value(), &key, &numbers).await.unwrap_or_default();
        self.held.try_update_value(|held| held.wanted.retain(|number| !numbers.contains(number)));
        self.take_in(blocks);
    }

    fn take_in(self, blocks: BTreeMap<u32, Vec<Entry>>) {
        self.held.try_update_value(|held| {
            held.blocks.extend(blocks.into_iter().map(|(number, rows)| (number, Arc::new(rows))));
        });
        self.revision.try_update(|revision| *revision += 1);
    }

    /// Whether all that happened since what is known here is in a merge. It is not where another tab has
    /// stored something.
    pub fn follows(self, merged: &Merged) -> bool {
        let known = self.opened_untracked().head.version;
        let moved = self.keep.get_value() != untrack(|| self.app.inbox.keep(self.app));
        !moved && merged.opened.head.version == known + u64::from(!merged.change.is_empty())
    }

    /// Takes in that messages were stored here.
    pub fn hear(self, merged: &Merged) {
        self.opened.set(Arc::new(merged.opened.clone()));
        self.take_in(merged.change.blocks.clone());
    }

    /// What is stored now of the conversation, with the messages near its end and around a place.
    pub async fn stored(self, around: Option<Place>) -> Option<Stored> {
        let key = self.key.try_get_value()?;
        let keep = untrack(|| self.app.inbox.keep(self.app));
        let (opened, blocks) = threads::open_with(keep, &key, NEWEST, around.as_ref()).await.ok()?;
        Some(Stored { keep, opened, blocks })
    }

    /// Takes that in, unless it is known; answers whether it did.
    pub fn renew(self, Stored { keep, opened, blocks }: Stored) -> bool {
        let Some(known) = self.opened.try_get_untracked() else { return false };
        // Versions count in one place only.
        if keep == self.keep.get_value() && known.head.version >= opened.head.version {
            return false;
        }
        self.keep.set_value(keep);
        self.held.update_value(|held| held.blocks.clear());
        self.opened.set(Arc::new(opened));
        self.take_in(blocks);
        true
    }

    /// Reads a message anew from the provider; answers whether it was found.
    pub async fn read_again(self, place: &Place) -> Result<bool, Failure> {
        let (Some(key), Some(connection)) = (self.key.try_get_value(), self.connection.try_get_value())
        else {
            return Ok(false);
        };
        let newer = self.row_of(place).map(|row| self.opened_untracked().head.len() - 1 - row);
        let Some(newer) = newer else { return Ok(false) };
        self.app.inbox.read_again(self.app, &connection, &key, &place.id, newer).await
    }

    /// Reads older messages than those that are stored.
    pub fn older(self) {
        let opened = self.opened_untracked();
        if opened.summary.complete || opened.head.is_empty() || self.reading_older.get_untracked() {
            return;
        }
        self.reading_older.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            let (Some(key), Some(connection)) = (self.key.try_get_value(), self.connection.try_get_value())
            else {
                return;
            };
            // Messages that came meanwhile have shifted the pages, so one may bring nothing new.
            let first = opened.head.len() / PAGE + 1;
            for page in first..first + 3 {
                match self.app.inbox.read_older(self.app, &connection, &key, page).await {
                    Ok((true, 0)) => {}
                    Ok(_) => break,
                    Err(failure) => {
                        self.trouble.try_set(Some(failure));
                        break;
                    }
                }
            }
            self.reading_older.try_set(false);
        });
    }
}
