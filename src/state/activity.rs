//! The history of calls, on this device: written before a call leaves and again when it ended, as long
//! as the person wants one. Nothing else reads it: sending, numbers and conversations do without.

mod kept;

pub use crate::domain::activity::keeping::Keeping;
pub use kept::Kept;

use super::notices::Notices;
use crate::{
    browser::{
        page, settings,
        store::{self, Shelf, StoreFault, Transaction},
        tabs::Channel,
    },
    domain::activity::{KEEP, Record},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{ev, prelude::*, task::spawn_local};

/// The setting that holds it.
pub const NAME: &str = "history";
/// Other tabs hear by it that something changed, or was removed.
const CHANNEL: &str = "switchboard.history";
const CHANGED: &str = "changed";
const REMOVED: &str = "removed";
const SHELVES: [Shelf; 2] = [Shelf::Writes, Shelf::Reads];
/// Milliseconds until what has become too old is removed again.
const EXPIRY: u32 = 60 * 60 * 1000;

#[derive(Clone, Copy)]
pub struct Activity {
    /// Counts up with every call, for pages that show the history.
    pub changed: RwSignal<u32>,
    /// Counts up when calls, or parts of them, were removed.
    pub removed: RwSignal<u32>,
    keeping: RwSignal<Keeping>,
    others: StoredValue<Option<Channel>, LocalStorage>,
    notices: Notices,
}

impl Activity {
    /// Takes up the choice of an earlier visit, and every change in another tab.
    pub fn restore(notices: Notices) -> Activity {
        let stored = || settings::get(NAME).unwrap_or_default();
        let [changed, removed] = std::array::from_fn(|_| RwSignal::new(0));
        let hear = move |told: String| {
            // The console may be gone while its page still is there.
            (if told == REMOVED { removed } else { changed }).try_update(|count: &mut u32| *count += 1);
        };
        let others = StoredValue::new_local(Channel::open(CHANNEL, hear));
        let activity = Activity { changed, removed, keeping: RwSignal::new(stored()), others, notices };
        let storage = window_event_listener(ev::storage, move |event| {
            if settings::is_about(&event, NAME) {
                activity.take_up(stored());
            }
        });
        on_cleanup(move || storage.remove());
        spawn_local(async move {
            loop {
                activity.expire().await;
                TimeoutFuture::new(EXPIRY).await;
            }
        });
        activity
    }

    /// Whether calls are noted, and for how long.
    pub fn keeping(self) -> Keeping {
        self.keeping.get()
    }

    pub fn choose(self, keeping: Keeping) {
        self.take_up(keeping);
        if !settings::put(NAME, &keeping) {
            self.notices.tell(
                "This browser does not let the page store anything: your choice is gone when the tab closes.",
            );
        }
    }

    fn take_up(self, keeping: Keeping) {
        self.keeping.set(keeping);
        spawn_local(self.expire());
    }

    /// Removes what is older than the person wants it to be.
    async fn expire(self) {
        let Some(keeping) = self.keeping.try_get_untracked() else { return };
        let Some(before) = keeping.stay.before(page::now()) else { return };
        let result = async {
            let transaction = Transaction::writing(&SHELVES).await?;
            let mut removed = 0;
            for shelf in SHELVES {
                removed += transaction.delete_before(shelf, &key(before)).await?;
            }
            transaction.commit().await?;
            Ok(removed)
        };
        if self.notices.stored(result.await).is_some_and(|removed| removed > 0) {
            self.tell_removed();
        }
    }

    /// Notes a call that is about to leave; it reads as *no answer seen* until it is noted again.
    pub async fn begin(self, record: &Record) {
        if !self.keeping.get_untracked().on {
            return;
        }
        let shelf = shelf(record);
        let result = async {
            let transaction = Transaction::writing(&[shelf]).await?;
            let earlier = read(transaction.get(shelf, &record.key).await?);
            put(&transaction, shelf, &record.clone().folded(earlier))?;
            transaction.trim(shelf, KEEP).await?;
            transaction.commit().await
        };
        self.notices.stored(result.await);
        self.tell_changed();
    }

    /// Notes how it ended. A call that was noted as it left is ended also where the history was switched
    /// off meanwhile, so that it does not read as one without an answer.
    pub async fn end(self, record: &Record) {
        let on = self.keeping.get_untracked().on;
        let shelf = shelf(record);
        let result = async {
            let transaction = Transaction::writing(&[shelf]).await?;
            let kept: Option<Record> = read(transaction.get(shelf, &record.key).await?);
            if on || kept.is_some() {
                put(&transaction, shelf, &record.clone().settled(kept))?;
            }
            transaction.commit().await
        };
        self.notices.stored(result.await);
        self.tell_changed();
    }

    /// Takes out of the history what customers wrote or were written to.
    pub async fn forget_messages(self) {
        for shelf in SHELVES {
            let result = async {
                for record in store::all::<Record>(shelf).await? {
                    let bare = record.clone().without_messages();
                    if bare != record {
                        store::put(shelf, &bare.key, &bare).await?;
                    }
                }
                Ok(())
            };
            self.notices.stored(result.await);
        }
        self.tell_removed();
    }

    pub async fn clear(self) {
        for shelf in SHELVES {
            self.notices.stored(store::clear(shelf).await);
        }
        self.tell_removed();
    }

    fn tell_changed(self) {
        self.changed.update(|count| *count += 1);
        self.tell(CHANGED);
    }

    fn tell_removed(self) {
        self.removed.update(|count| *count += 1);
        self.tell(REMOVED);
    }

    fn tell(self, what: &str) {
        self.others.with_value(|others| {
            if let Some(others) = others {
                others.tell(what);
            }
        });
    }
}

fn shelf(record: &Record) -> Shelf {
    if record.writes() { Shelf::Writes } else { Shelf::Reads }
}

/// What the keys of all calls from a moment on come after.
fn key(at: u64) -> String {
    format!("{at:015}")
}

/// A record that cannot be read is as good as none.
fn read(text: Option<String>) -> Option<Record> {
    serde_json::from_str(&text?).ok()
}

fn put(transaction: &Transaction, shelf: Shelf, record: &Record) -> Result<(), StoreFault> {
    let text = serde_json::to_string(record).map_err(|_| StoreFault::Damaged)?;
    transaction.put(shelf, &record.key, &text)
}
