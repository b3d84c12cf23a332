//! What has been typed into each form, kept on the device until it is sent or cleared. One write is
//! under way at a time; what was typed meanwhile is written right after it.

use super::{notices::Notices, retention::Retention};
use crate::{
    browser::store::{self, Shelf, StoreFault},
    catalogue::{self, draft::Draft, operation::Operation},
    domain::activity,
};
use gloo_timers::future::sleep;
use leptos::{prelude::*, task::spawn_local};
use std::{collections::HashMap, time::Duration};

/// How long a draft waits before it is written: what is typed meanwhile goes with it.
const BEHIND: Duration = Duration::from_millis(50);

#[derive(Clone, Copy)]
pub struct Drafts {
    entries: StoredValue<HashMap<&'static str, Entry>>,
    retention: Retention,
    notices: Notices,
}

/// One form's draft. It outlives the form, so that leaving a page loses nothing.
#[derive(Clone, Copy)]
pub struct Entry {
    pub draft: RwSignal<Draft>,
    pub kept: RwSignal<Kept>,
    loaded: StoredValue<bool>,
    writing: StoredValue<bool>,
    /// What this tab last stored, or found.
    stored: StoredValue<Draft>,
    /// Whether what is on the screen was sent and not changed since.
    sent: StoredValue<bool>,
}

/// Whether the device has what is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Empty,
    Writing,
    Yes,
    No,
}

impl Drafts {
    /// Makes an empty entry for every operation, so that all of them belong to the root.
    pub fn new(retention: Retention, notices: Notices) -> Drafts {
        let entries = catalogue::all().map(|operation| {
            let entry = Entry {
                draft: RwSignal::new(Draft::default()),
                kept: RwSignal::new(Kept::Empty),
                loaded: StoredValue::new(false),
                writing: StoredValue::new(false),
                stored: StoredValue::new(Draft::default()),
                sent: StoredValue::new(false),
            };
            (operation.id, entry)
        });
        Drafts { entries: StoredValue::new(entries.collect()), retention, notices }
    }

    /// A draft that is nobody else's and is never stored, as of a record that is being changed. It
    /// ends with whoever made it.
    pub fn loose(draft: Draft) -> Entry {
        Entry {
            draft: RwSignal::new(draft),
            kept: RwSignal::new(Kept::Empty),
            loaded: StoredValue::new(true),
            writing: StoredValue::new(false),
            stored: StoredValue::new(Draft::default()),
            sent: StoredValue::new(false),
        }
    }

    pub fn entry(self, operation: &'static Operation) -> Entry {
        self.entries.with_value(|entries| entries[operation.id])
    }

    /// Fills the draft of an operation with what an earlier visit left.
    pub async fn load(self, operation: &'static Operation) {
        let entry = self.entry(operation);
        if entry.loaded.get_value() {
            return;
        }
        let stored = self.notices.stored(store::get::<Draft>(Shelf::Drafts, operation.id).await).flatten();
        if let (Some(draft), false) = (stored, entry.loaded.get_value()) {
            entry.stored.set_value(draft.clone());
            entry.draft.set(draft);
            entry.kept.set(Kept::Yes);
        }
        entry.loaded.set_value(true);
    }

    /// Puts a draft in place of what was typed, as when a record is opened again.
    pub fn replace(self, operation: &'static Operation, draft: Draft) {
        let entry = self.entry(operation);
        entry.loaded.set_value(true);
        entry.draft.set(draft);
        self.save(operation);
    }

    /// Writes the draft behind the typing.
    pub fn save(self, operation: &'static Operation) {
        let entry = self.entry(operation);
        entry.kept.set(Kept::Writing);
        entry.sent.set_value(false);
        self.write(operation);
    }

    /// Forgets the stored copy of a draft that was sent; the form keeps showing it.
    pub fn sent(self, operation: &'static Operation) {
        self.entry(operation).sent.set_value(true);
        self.write(operation);
    }

    /// Brings the device up to the entry, unless that is under way already.
    fn write(self, operation: &'static Operation) {
        let entry = self.entry(operation);
        if entry.writing.get_value() {
            return;
        }
        entry.writing.set_value(true);
        spawn_local(async move {
            loop {
                let emptied = entry.draft.with_untracked(Draft::is_empty);
                if !entry.sent.get_value() && !emptied {
                    // Not between a key and its showing.
                    sleep(BEHIND).await;
                }
                let (draft, sent) = (entry.draft.get_untracked(), entry.sent.get_value());
                let nothing = sent || draft.is_empty() || self.forbidden(operation);
                let result = if sent {
                    forget(operation, &[draft.clone(), entry.stored.get_value()]).await
                } else if nothing {
                    store::delete(Shelf::Drafts, operation.id).await
                } else {
                    entry.stored.set_value(draft.clone());
                    store::put(Shelf::Drafts, operation.id, &draft).await
                };
                let kept = self.notices.stored(result).is_some();
                let current = entry.sent.get_value() == sent
                    && (sent || entry.draft.with_untracked(|now| *now == draft));
                if current || !kept {
                    entry.writing.set_value(false);
                    entry.kept.set(match (kept, nothing) {
                        (false, _) => Kept::No,
                        (true, true) => Kept::Empty,
                        (true, false) => Kept::Yes,
                    });
                    return;
                }
            }
        });
    }

    /// Whether what is typed here may not be kept.
    fn forbidden(self, operation: &Operation) -> bool {
        !self.retention.keeps() && activity::carries_messages(operation.id)
    }

    /// Removes the stored drafts that carry messages; forms that are open keep what was typed.
    pub async fn forget_messages(self) {
        for operation in catalogue::all().filter(|operation| activity::carries_messages(operation.id)) {
            self.notices.stored(store::delete(Shelf::Drafts, operation.id).await);
        }
    }
}

/// Removes the stored draft if it is one of ours; another tab may have stored a different one since.
async fn forget(operation: &Operation, ours: &[Draft]) -> Result<(), StoreFault> {
    match store::get::<Draft>(Shelf::Drafts, operation.id).await? {
        Some(stored) if !ours.iter().any(|draft| stored.same_texts(draft)) => Ok(()),
        _ => store::delete(Shelf::Drafts, operation.id).await,
    }
}
