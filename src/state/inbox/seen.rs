//! What a person has seen of a conversation: noted on this device, and told to the provider, which shows
//! the contact that it was read.

use super::{Inbox, Thread, send};
use crate::{
    browser::{
        page,
        threads::{self, Key, Reach},
        transport::Abort,
    },
    catalogue::{
        failure::{Failure, FailureKind},
        kapso::{MARK_AS_READ, replies},
    },
    domain::{
        connection::Connection,
        schedule,
        thread::entry::{Entry, Place},
    },
    state::App,
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::json;
use std::collections::BTreeMap;

/// How often it is tried by itself to tell the provider, each time after the conversation was read.
const TRIES: u32 = 3;

/// What the provider knows to be read of a conversation; with a message all before it count as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    told: Option<Place>,
    failed: Option<Unmarked>,
}

/// A message that the provider could not be told to be read.
#[derive(Clone, Debug, PartialEq)]
struct Unmarked {
    place: Place,
    tries: u32,
    failure: Failure,
}

pub type AllMarks = RwSignal<BTreeMap<Key, Marks>>;

impl Inbox {
    /// Notes that a person has seen everything of a conversation, here and at the provider.
    pub fn seen(self, app: App, connection: &Connection, thread: Thread) {
        let key = thread.key();
        let opened = thread.opened_untracked();
        let Some(newest) = opened.head.blocks.last().map(|block| block.last.clone()) else { return };
        if opened.summary.read_to.as_ref() >= Some(&newest) || !thread.is_news(&newest) {
            return;
        }
        let unread = thread.newest_unread();
        let connection = connection.clone();
        spawn_local(async move {
            if let Some(summary) = self.notices.stored(threads::seen(self.keep(app), &key, newest).await) {
                self.sum_up(&key, summary);
                self.tell_merged(app, &key);
            }
            if let Some(entry) = unread {
                self.mark(app, connection, key, entry.place, 1).await;
            }
        });
    }

    /// Why the provider could not be told that a conversation was read.
    pub fn not_marked(self, key: &Key) -> Option<Failure> {
        self.marks.with(|all| Some(all.get(key)?.failed.as_ref()?.failure.clone()))
    }

    fn unmarked(self, key: &Key) -> Option<Unmarked> {
        self.marks.with_untracked(|all| all.get(key)?.failed.clone())
    }

    /// Tries it again because somebody wants to.
    pub fn mark_now(self, app: App, connection: &Connection, key: &Key) {
        if let Some(one) = self.unmarked(key) {
            spawn_local(self.mark(app, connection.clone(), key.clone(), one.place, 1));
        }
    }

    /// Tries it again after the conversation could be read, where the failure may be over.
    pub(super) fn mark_again(self, app: App, connection: &Connection, key: &Key) {
        let Some(one) = self.unmarked(key) else { return };
        let throttled = matches!(one.failure.kind, FailureKind::Throttled { .. });
        let offline = one.failure.kind == FailureKind::Offline;
        if one.tries < TRIES && (throttled || offline || schedule::passes(one.failure.kind)) {
            spawn_local(self.mark(app, connection.clone(), key.clone(), one.place, one.tries + 1));
        }
    }

    async fn mark(self, app: App, connection: Connection, key: Key, place: Place, tries: u32) {
        let Ok(abort) = Abort::new() else { return };
        // Nobody is typing because something was read.
        let request = json!({ "id": place.id, "typing_indicator": false });
        match send::ask(app, connection, &MARK_AS_READ, request, abort).await.result {
            Ok(json) => {
                self.marks.update(|all| {
                    let marks = all.entry(key.clone()).or_default();
                    marks.failed.take_if(|failed| failed.place <= place);
                    marks.told = marks.told.take().max(Some(place));
                });
                if let Some(read) = Entry::read(replies::record(&json), page::now()) {
                    self.store(app, &key, vec![read], Reach::default()).await;
                }
            }
            Err(failure) => self.marks.update(|all| {
                let marks = all.entry(key).or_default();
                let newest = marks.told.as_ref().max(marks.failed.as_ref().map(|failed| &failed.place));
                // Where a newer one was told, or failed, that is what counts.
                if newest <= Some(&place) {
                    marks.failed = Some(Unmarked { place, tries, failure });
                }
            }),
        }
    }
}
