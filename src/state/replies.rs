//! Saved replies on this device, for all conversations. What one may be is `domain::saved_reply`'s matter.

use super::notices::Notices;
use crate::{
    browser::store::{self, Shelf},
    domain::saved_reply::{STORED_BY, SavedReply},
};
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone, Copy)]
pub struct Replies {
    all: RwSignal<Vec<SavedReply>>,
    loaded: StoredValue<bool>,
    notices: Notices,
}

impl Replies {
    pub fn new(notices: Notices) -> Replies {
        Replies { all: RwSignal::new(vec![]), loaded: StoredValue::new(false), notices }
    }

    /// Reads them once.
    pub fn load(self) {
        if self.loaded.get_value() {
            return;
        }
        self.loaded.set_value(true);
        spawn_local(async move {
            let stored =
                self.notices.stored(store::get::<Vec<SavedReply>>(Shelf::Replies, STORED_BY).await).flatten();
            if let Some(stored) = stored.filter(|_| self.all.with_untracked(Vec::is_empty)) {
                self.all.set(stored);
            }
        });
    }

    pub fn all(self) -> Vec<SavedReply> {
        self.all.get()
    }

    /// Puts others in the place of all; the device follows.
    pub fn replace(self, replies: Vec<SavedReply>) {
        self.all.set(replies.clone());
        spawn_local(async move {
            self.notices.stored(store::put(Shelf::Replies, STORED_BY, &replies).await);
        });
    }

    /// Adds one, or changes the one of the same id.
    pub fn put(self, reply: SavedReply) {
        let mut all = self.all.get_untracked();
        match all.iter_mut().find(|known| known.id == reply.id) {
            Some(known) => *known = reply,
            None => all.push(reply),
        }
        self.replace(all);
    }

    pub fn remove(self, id: &str) {
        let mut all = self.all.get_untracked();
        all.retain(|reply| reply.id != id);
        self.replace(all);
    }
}
