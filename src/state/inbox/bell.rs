//! Tells a person who is looking elsewhere that a contact wrote. A notification names the contact and
//! never the words: it stands on locked and shared screens, and the system keeps it where nothing that
//! is erased or forbidden here reaches.

use super::{App, Inbox, Key};
use crate::{
    browser::{
        notify, page, settings,
        transport::{Abort, Age},
    },
    catalogue::{call, kapso::replies::Conversation},
    domain::{
        connection::Connection,
        contact,
        thread::{news::News, summary::Summary},
    },
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value as Json;
use std::collections::BTreeMap;

pub const SETTING: &str = "inbox-notify";
/// Conversations that are read after one look at the list: the rest are told of later.
const MOST_READ: usize = 5;

/// What is new at each connection.
#[derive(Clone, Copy)]
pub struct Bell(StoredValue<BTreeMap<String, News>>);

impl Bell {
    pub fn new() -> Bell {
        Bell(StoredValue::new(BTreeMap::new()))
    }
}

impl Inbox {
    /// Whether somebody wants to be told.
    pub fn rings() -> bool {
        settings::get(SETTING).unwrap_or(false)
    }

    /// Answers whether the browser kept it.
    pub fn let_ring(wanted: bool) -> bool {
        settings::put(SETTING, &wanted)
    }

    /// Takes in the newest rows of a list, and reads what may be news to somebody who does not look.
    pub(super) fn ring(self, app: App, connection: &Connection, rows: &[Json]) {
        let looking = !page::document().hidden() || !Inbox::rings();
        let active = |row: Conversation| Some((row.id, row.last_active_at?));
        let rows: Vec<_> = rows.iter().filter_map(Conversation::read).filter_map(active).collect();
        let mut moved = vec![];
        self.bell.0.update_value(|all| {
            moved = all.entry(connection.id.clone()).or_default().listed(&rows, looking);
        });
        for id in moved.into_iter().take(MOST_READ) {
            let key = Key::new(&connection.id, &id);
            // What is open somewhere is read anyway.
            if !self.polling.has_reader(&key) {
                spawn_local(self.read_behind(app, connection.clone(), key));
            }
        }
    }

    async fn read_behind(self, app: App, connection: Connection, key: Key) {
        let Ok(abort) = Abort::new() else { return };
        // Where it fails, the list still shows that something moved there, and the history of calls why
        // nobody was told.
        drop(self.read_thread(app, &connection, &key, &abort, Age::Shared).await);
    }

    /// Takes in what is stored of a conversation now, and tells of it if it is news.
    pub(super) fn chime(self, key: &Key, summary: &Summary) {
        let last = summary.last_inbound.as_ref().map(|place| place.at);
        let mut news = false;
        self.bell.0.update_value(|all| {
            news = all.get_mut(&key.connection).is_some_and(|one| one.read(&key.conversation, last));
        });
        if news && summary.unread > 0 {
            let row = untrack(|| self.conversation(key)).unwrap_or_default();
            let name = contact::name(&row);
            let who = if name.is_empty() { "A contact" } else { &name };
            let place = page::place(&format!("/inbox/{}", call::encode(&key.conversation)));
            notify::show_leading(who, "A new message in Switchboard.", &key.text(), place);
        }
    }
}
