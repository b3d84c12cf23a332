//! The list of a connection's conversations: what is stored of it, what the provider answers, and how the
//! two become one. When it is asked for is in `poll`.

use super::{App, Inbox, Told};
use crate::{
    browser::{
        desk::Keep,
        page,
        store::{self, Shelf, StoreFault},
        threads,
        transport::{Abort, Age},
    },
    catalogue::{
        failure::Failure,
        kapso::{
            LIST_CONVERSATIONS,
            replies::{self, Conversation, PAGE},
        },
    },
    domain::{connection::Connection, thread::summary::Summary},
    state::send,
};
use leptos::prelude::*;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

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

impl Inbox {
    /// Shows what an earlier visit left.
    pub async fn load(self, app: App, connection: &str) {
        let keep = self.keep(app);
        let stored = match keep {
            Keep::Device => {
                self.notices.stored(store::entries(Shelf::Heads, &list_key(connection, None)).await)
            }
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
                let parts = stored.unwrap_or_default().into_iter();
                let rows = parts.filter_map(|(_, text)| serde_json::from_str::<Vec<Json>>(&text).ok());
                let mut rows: Vec<Json> = rows.flatten().collect();
                // Where a conversation is in several parts, the one that was read last knows best.
                rows.sort_by_key(|row| Conversation::read(row).and_then(|row| row.last_active_at));
                merge_rows(&mut listing.rows, self.beside.listed(connection, &rows, 0).into_iter());
            }
        });
    }

    /// Reads a page of the list; answers whether it could.
    pub(super) async fn read_list(
        self,
        app: App,
        connection: &Connection,
        page: usize,
        abort: Abort,
    ) -> Result<(), Failure> {
        let request = json!({ "page": page.to_string(), "per_page": PAGE.to_string() });
        let asked = page::now();
        let exchange =
            send::ask_aged(app, connection.clone(), &LIST_CONVERSATIONS, request, abort, Age::Shared).await;
        let json = exchange.result?;
        let (rows, complete) = (replies::rows(&json), replies::is_last(&json, page));
        self.take_rows(&connection.id, rows, page, complete, asked);
        if page == 1 {
            self.ring(app, connection, rows);
            let (id, all) = (connection.id.clone(), rows.to_vec());
            self.tell(&Told::Listed { connection: id, rows: all, complete, asked });
        }
        self.keep_rows(app, &connection.id, ListPart::All(page), rows).await;
        Ok(())
    }

    /// Stores what a page of the provider's list said, for the next visit and for reading offline.
    pub(super) async fn keep_rows(self, app: App, connection: &str, part: ListPart, rows: &[Json]) {
        if self.keep(app) == Keep::Device {
            let stored = store::put(Shelf::Heads, &list_key(connection, Some(part)), &rows).await;
            self.notices.stored(stored);
        }
    }

    /// Reads the next page of the list.
    pub async fn more(self, app: App, connection: &Connection) -> Result<(), Failure> {
        let page = self.listings.with_untracked(|all| all.get(&connection.id).map_or(0, |one| one.pages)) + 1;
        let Ok(abort) = Abort::new() else { return Ok(()) };
        self.read_list(app, connection, page, abort).await
    }

    /// Takes in rows that were asked for at a moment; page 0 is none of the whole list.
    pub(super) fn take_rows(self, connection: &str, rows: &[Json], page: usize, complete: bool, asked: u64) {
        let rows = self.beside.listed(connection, rows, asked);
        self.listings.update(|all| {
            let listing = all.entry(connection.to_owned()).or_default();
            merge_rows(&mut listing.rows, rows.into_iter());
            listing.pages = listing.pages.max(page);
            // The first page tells that there is no more only where it is the only one.
            listing.complete |= complete;
        });
    }
}

/// A page of the provider's list, or of its list of those that have ended.
#[derive(Clone, Copy)]
pub(super) enum ListPart {
    All(usize),
    Ended(usize),
}

/// Where a part of a list is stored; without one, what all of them begin with. An older console stored the
/// first page under that alone.
fn list_key(connection: &str, part: Option<ListPart>) -> String {
    let all = format!("{connection}\u{2}list");
    match part {
        None => all,
        Some(ListPart::All(page)) => format!("{all}\u{2}{page}"),
        Some(ListPart::Ended(page)) => format!("{all}\u{2}ended {page}"),
    }
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
