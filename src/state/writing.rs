//! What is being written in each conversation, kept on the device behind the typing. It belongs to its
//! conversation: going elsewhere and back, or a reload, loses none of it.

use super::{
    App,
    drafts::{Drafts, Entry},
    notices::Notices,
};
use crate::{
    browser::{desk::Keep, outbox, threads::Key},
    catalogue::draft::Draft,
    domain::written::{Quote, Written},
};
use gloo_timers::future::sleep;
use leptos::{prelude::*, task::spawn_local};
use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

/// How long it waits before it is written down: what is typed meanwhile goes with it.
const BEHIND: Duration = Duration::from_millis(250);

#[derive(Clone, Copy)]
pub struct Writings {
    all: StoredValue<HashMap<Key, Writing>>,
    /// One line of each, for lists.
    previews: RwSignal<BTreeMap<Key, String>>,
    /// What they belong to, so that they outlive the pages that show them.
    owner: StoredValue<Option<Owner>>,
    /// Whether the device did not take what was written last.
    refused: StoredValue<bool>,
    notices: Notices,
}

/// What is being written in one conversation.
#[derive(Clone, Copy)]
pub struct Writing {
    pub entry: Entry,
    pub quote: RwSignal<Option<Quote>>,
    /// Whether what an earlier visit left is in it.
    pub loaded: RwSignal<bool>,
    keeping: StoredValue<bool>,
    /// What this tab found or kept last.
    pub kept: StoredValue<Written>,
}

impl Writing {
    pub fn written(self) -> Written {
        Written { draft: self.entry.draft.get(), quote: self.quote.get() }
    }

    pub fn written_untracked(self) -> Written {
        untrack(|| self.written())
    }

    fn set(self, written: Written) {
        self.entry.draft.set(written.draft);
        self.quote.set(written.quote);
    }
}

impl Writings {
    pub fn new(notices: Notices) -> Writings {
        Writings {
            all: StoredValue::new(HashMap::new()),
            previews: RwSignal::new(BTreeMap::new()),
            owner: StoredValue::new(Owner::current()),
            refused: StoredValue::new(false),
            notices,
        }
    }

    /// What is being written in a conversation; it fills itself with what an earlier visit left.
    pub fn of(self, app: App, key: &Key) -> Writing {
        if let Some(writing) = self.all.with_value(|all| all.get(key).copied()) {
            return writing;
        }
        let make = || Writing {
            entry: Drafts::loose(Draft::default()),
            quote: RwSignal::new(None),
            loaded: RwSignal::new(false),
            keeping: StoredValue::new(false),
            kept: StoredValue::new(Written::default()),
        };
        let writing = match self.owner.get_value() {
            Some(owner) => owner.with(make),
            None => make(),
        };
        self.all.update_value(|all| {
            all.insert(key.clone(), writing);
        });
        let key = key.clone();
        spawn_local(async move {
            let keep = untrack(|| app.inbox.keep(app));
            let stored = outbox::all_written(keep, &key.connection).await;
            let stored = self.notices.stored(stored).and_then(|mut all| all.remove(&key.conversation));
            // Whoever typed before it was read goes first.
            if let Some(stored) = stored.filter(|_| writing.written_untracked().is_empty()) {
                writing.kept.set_value(stored.clone());
                writing.set(stored);
            }
            writing.loaded.set(true);
        });
        writing
    }

    /// Learns what is unfinished in the conversations of a connection.
    pub async fn load(self, keep: Keep, connection: &str) {
        let all = self.notices.stored(outbox::all_written(keep, connection).await).unwrap_or_default();
        self.previews.update(|previews| {
            for (conversation, written) in all {
                previews.entry(Key::new(connection, &conversation)).or_insert_with(|| written.preview());
            }
        });
    }

    /// One line of what is unfinished in a conversation.
    pub fn preview(self, key: &Key) -> Option<String> {
        self.previews.with(|all| all.get(key).cloned())
    }

    /// Whether anything is unfinished.
    pub fn is_any(self) -> bool {
        self.all.with_value(|all| all.values().any(|writing| !writing.written_untracked().is_empty()))
    }

    /// Whether the device did not take what was written last.
    pub fn is_refused(self) -> bool {
        self.refused.get_value()
    }

    /// What is not on the device yet: where, what was kept of it, and what it is.
    pub fn unkept(self) -> Vec<(Key, Written, Written)> {
        let unkept = |(key, writing): (&Key, &Writing)| {
            let (kept, now) = (writing.kept.get_value(), writing.written_untracked());
            (kept != now).then(|| (key.clone(), kept, now))
        };
        self.all.with_value(|all| all.iter().filter_map(unkept).collect())
    }

    /// Keeps what was written, behind the typing.
    pub fn save(self, app: App, key: &Key) {
        let writing = self.of(app, key);
        if writing.keeping.get_value() {
            return;
        }
        writing.keeping.set_value(true);
        let key = key.clone();
        spawn_local(async move {
            loop {
                // Not between a key and its showing.
                sleep(BEHIND).await;
                let written = writing.written_untracked();
                let keep = untrack(|| app.inbox.keep(app));
                let before = writing.kept.get_value();
                writing.kept.set_value(written.clone());
                let kept = self.notices.stored(outbox::write(keep, &key, &before, &written).await).is_some();
                self.refused.set_value(!kept);
                // Unless it was sent off meanwhile, what the device has is what it had.
                if !kept && writing.kept.get_value() == written {
                    writing.kept.set_value(before);
                }
                // The lists are drawn anew when the typing rests.
                if !kept || writing.written_untracked() == written {
                    self.note(&key, &written);
                    break;
                }
            }
            writing.keeping.set_value(false);
        });
    }

    fn note(self, key: &Key, written: &Written) {
        let preview = (!written.is_empty()).then(|| written.preview());
        if self.previews.with_untracked(|all| all.get(key).cloned()) != preview {
            self.previews.update(|all| match preview {
                Some(preview) => drop(all.insert(key.clone(), preview)),
                None => drop(all.remove(key)),
            });
        }
    }

    /// Puts what remains in the place of what was sent off; answers what this tab had kept.
    pub fn sent(self, key: &Key, writing: Writing, rest: Written) -> Written {
        let kept = writing.kept.get_value();
        writing.kept.set_value(rest.clone());
        self.note(key, &rest);
        writing.set(rest);
        kept
    }
}
