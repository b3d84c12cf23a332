//! Conversations beyond those that are known here: the next page of the provider's list, or of those that
//! have ended where the list shows only these.

use super::filter::{Filter, Which};
use crate::{catalogue::failure::Failure, domain::connection::Connection, state::App};
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone, Copy)]
pub struct Older {
    app: App,
    filter: Filter,
    connection: StoredValue<Connection>,
    pub reading: RwSignal<bool>,
    /// Why they could not be read.
    pub trouble: RwSignal<Option<Failure>>,
}

impl Older {
    pub fn new(app: App, filter: Filter, connection: &Connection) -> Older {
        Older {
            app,
            filter,
            connection: StoredValue::new(connection.clone()),
            reading: RwSignal::new(false),
            trouble: RwSignal::new(None),
        }
    }

    /// Whether the provider may have more of what is shown.
    pub fn beyond(self) -> bool {
        let ended = self.filter.which.get() == Which::Ended;
        self.filter
            .listing
            .with(|listing| listing.pages > 0 && !listing.complete && !(ended && listing.ended_complete))
    }

    /// Shows the conversations of another status. Of the newest of all, few may have ended, so those are
    /// asked for by themselves.
    pub fn choose(self, which: &str) {
        let which = Which::ALL.into_iter().find(|one| one.id() == which).unwrap_or(Which::Active);
        self.filter.which.set(which);
        self.trouble.set(None);
        let unread = self.filter.listing.with_untracked(|listing| listing.ended == 0);
        if which == Which::Ended && unread && untrack(|| self.beyond()) {
            self.read();
        }
    }

    /// What is known already is drawn first; then more is read.
    pub fn more(self) {
        let known = untrack(|| self.filter.has_undrawn());
        self.filter.draw_more();
        if !known && untrack(|| self.beyond()) {
            self.read();
        }
    }

    fn read(self) {
        if self.reading.get_untracked() {
            return;
        }
        self.reading.set(true);
        let ended = self.filter.which.get_untracked() == Which::Ended;
        spawn_local(async move {
            let Some(connection) = self.connection.try_get_value() else { return };
            let inbox = self.app.inbox;
            let read = match ended {
                true => inbox.more_ended(self.app, &connection).await,
                false => inbox.more(self.app, &connection).await,
            };
            self.trouble.try_set(read.err());
            self.reading.try_set(false);
        });
    }
}
