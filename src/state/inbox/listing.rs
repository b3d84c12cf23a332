//! The list of a connection's conversations: what is stored of it, what the provider answers, and how the
//! two become one. When it is asked for is in `poll`.

use super::{App, Inbox, PAGE, Told};
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
            replies::{self, Conversation},
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
