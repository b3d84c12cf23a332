//! A conversation's own record: the provider's row as it came, what an answer about it alone says, and
//! the conversations that are asked for by a number or a status. Its messages are not read here.

use super::{
    App, Inbox, Key, Told,
    listing::{ListPart, Listing},
    send,
};
use crate::{
    browser::{page, transport::Abort},
    catalogue::{
        failure::{Failure, FailureKind},
        kapso::{
            GET_CONVERSATION, LIST_CONVERSATIONS,
            replies::{self, Conversation, ENDED, PAGE},
        },
    },
    domain::{connection::Connection, outbox::Item, phone},
};
use leptos::prelude::*;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

#[derive(Clone, Copy)]
pub struct Beside {
    rows: RwSignal<BTreeMap<Key, Json>>,
    /// When the last answer about one conversation alone came, in Unix milliseconds.
    told_at: StoredValue<BTreeMap<Key, u64>>,
}

impl Beside {
    pub fn new() -> Beside {
        Beside { rows: RwSignal::new(BTreeMap::new()), told_at: StoredValue::new(BTreeMap::new()) }
    }

    /// Keeps rows of a list that was asked for at `asked`; answers those that nothing has overtaken: what
    /// was on its way while a conversation was changed still tells the old state.
    pub fn listed(self, connection: &str, rows: &[Json], asked: u64) -> Vec<Conversation> {
        let key = |row: &Conversation| Key::new(connection, &row.id);
        let current = |row: &Conversation| {
            self.told_at.with_value(|told| told.get(&key(row)).is_none_or(|at| *at <= asked))
        };
        let read = rows.iter().filter_map(|json| Some((Conversation::read(json)?, json)));
        let read: Vec<_> = read.filter(|(row, _)| current(row)).collect();
        self.rows.update(|all| all.extend(read.iter().map(|(row, json)| (key(row), (*json).clone()))));
        read.into_iter().map(|(row, _)| row).collect()
    }
}

impl Inbox {
    /// What the provider said of a conversation, as it came.
    pub fn said_of(self, key: &Key) -> Option<Json> {
        self.beside.rows.with(|rows| rows.get(key).cloned())
    }

    /// Takes in an answer about one conversation, which replaces what was known of it.
    pub fn take_row(self, key: &Key, json: &Json) {
        if Conversation::read(json).is_some_and(|row| row.id == key.conversation) {
            self.hear_row(key, json);
            self.tell(&Told::Row { key: key.clone(), row: json.clone() });
        }
    }

    /// This tab or another one was told about one conversation.
    pub(super) fn hear_row(self, key: &Key, json: &Json) {
        let now = page::now();
        self.take_rows(&key.connection, std::slice::from_ref(json), 0, false, now);
        self.beside.told_at.update_value(|told| {
            told.insert(key.clone(), now);
        });
    }

    /// Asks for one conversation alone.
    pub async fn look_at(
        self,
        app: App,
        connection: &Connection,
        key: &Key,
    ) -> Result<Conversation, Failure> {
        let request = json!({ "conversation_id": key.conversation });
        let exchange = send::ask(app, connection.clone(), &GET_CONVERSATION, request, Abort::new()?).await;
        let json = exchange.result?;
        self.take_row(key, replies::record(&json));
        // An answer about something else says nothing of this one.
        let row = Conversation::read(replies::record(&json)).filter(|row| row.id == key.conversation);
        row.ok_or_else(|| Failure::of(FailureKind::Unreadable))
    }

    /// The conversation that a message begins, or goes on with: the one of its number, and of its config
    /// where it names one, that was active last; an ended one only where none is active.
    pub(in crate::state) async fn begun_by(
        self,
        app: App,
        connection: &Connection,
        item: &Item,
    ) -> Result<Option<Key>, Failure> {
        let all = self.with_number(app, connection, item.recipient()).await?;
        // What is not named may be it.
        let config = item.config();
        let fits =
            |row: &&Conversation| config.is_empty() || row.config_id.is_empty() || row.config_id == config;
        let newest = all.iter().filter(fits).max_by_key(|row| (!row.is_ended(), row.last_active_at));
        Ok(newest.map(|row| Key::new(&connection.id, &row.id)))
    }

    /// When the contact of a conversation last wrote in any conversation with the same number of the business, by
    /// the provider's clock, as far as it is stored here: WhatsApp's window is one for all of them.
    pub fn last_heard(self, key: &Key) -> Option<u64> {
        self.listings.with(|all| {
            let Listing { rows, summaries, .. } = all.get(&key.connection)?;
            let row = rows.iter().find(|row| row.id == key.conversation)?;
            let number = phone::bare(&row.phone_number);
            let same = |other: &&Conversation| {
                other.config_id == row.config_id
                    && !number.is_empty()
                    && phone::bare(&other.phone_number) == number
            };
            let heard =
                rows.iter().filter(same).filter_map(|other| summaries.get(&other.id)?.last_inbound.as_ref());
            heard.map(|place| place.at).max()
        })
    }

    /// The conversations with a number that are known here.
    pub(in crate::state) fn known_with_number(self, connection: &str, number: &str) -> Vec<Key> {
        let wanted = phone::bare(number);
        self.listings.with_untracked(|all| {
            let rows = all.get(connection).map(|listing| listing.rows.as_slice()).unwrap_or_default();
            let with_number = rows.iter().filter(|row| phone::bare(&row.phone_number) == wanted);
            with_number.map(|row| Key::new(connection, &row.id)).collect()
        })
    }

    /// Asks for the conversations with a number, which join those that are known; answers which they are.
    pub async fn with_number(
        self,
        app: App,
        connection: &Connection,
        number: &str,
    ) -> Result<Vec<Conversation>, Failure> {
        let request = json!({ "q[phone_number_eq]": number, "per_page": PAGE.to_string() });
        let json = self.filtered(app, connection, request).await?;
        let rows = replies::rows(&json).iter().filter_map(Conversation::read);
        // The filter is documented nowhere, so it may be passed over.
        let wanted = phone::bare(number);
        Ok(rows.filter(|row| phone::bare(&row.phone_number) == wanted).collect())
    }

    /// Reads the next page of the conversations that have ended.
    pub async fn more_ended(self, app: App, connection: &Connection) -> Result<(), Failure> {
        let page = self.listings.with_untracked(|all| all.get(&connection.id).map_or(0, |one| one.ended)) + 1;
        let request = json!({
            "q[status_eq]": ENDED, "page": page.to_string(), "per_page": PAGE.to_string()
        });
        let json = self.filtered(app, connection, request).await?;
        self.keep_rows(app, &connection.id, ListPart::Ended(page), replies::rows(&json)).await;
        self.listings.update(|all| {
            let listing = all.entry(connection.id.clone()).or_default();
            listing.ended = listing.ended.max(page);
            listing.ended_complete |= replies::is_last(&json, page);
        });
        Ok(())
    }

    async fn filtered(self, app: App, connection: &Connection, request: Json) -> Result<Json, Failure> {
        let asked = page::now();
        let exchange = send::ask(app, connection.clone(), &LIST_CONVERSATIONS, request, Abort::new()?).await;
        let json = exchange.result?;
        self.take_rows(&connection.id, replies::rows(&json), 0, false, asked);
        Ok(json)
    }
}
