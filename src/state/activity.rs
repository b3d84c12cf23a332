//! The history of calls, on this device: written before a call leaves and again when it ended.

use super::notices::Notices;
use crate::{
    browser::store::{self, Shelf, StoreFault},
    domain::activity::{KEEP, Record},
};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Activity {
    /// Counts up with every change, for pages that show the history.
    pub changed: RwSignal<u32>,
    notices: Notices,
}

impl Activity {
    pub fn new(notices: Notices) -> Activity {
        Activity { changed: RwSignal::new(0), notices }
    }

    /// Notes a call that is about to leave; it reads as *no answer seen* until it is noted again.
    pub async fn begin(self, record: &Record) {
        let shelf = shelf(record);
        let result = async {
            let earlier = store::get::<Record>(shelf, &record.key).await?;
            store::put(shelf, &record.key, &record.clone().folded(earlier.as_ref())).await?;
            store::trim(shelf, KEEP).await
        };
        self.notices.stored(result.await);
        self.changed.update(|count| *count += 1);
    }

    /// Notes how it ended.
    pub async fn end(self, record: &Record) {
        let shelf = shelf(record);
        let result = async {
            let begun = store::get::<Record>(shelf, &record.key).await?;
            let times = begun.map_or(record.times, |begun| begun.times);
            store::put(shelf, &record.key, &Record { times, ..record.clone() }).await
        };
        self.notices.stored(result.await);
        self.changed.update(|count| *count += 1);
    }

    /// All that is kept, newest first.
    pub async fn all(self) -> Result<Vec<Record>, StoreFault> {
        let mut records: Vec<Record> = store::all(Shelf::Writes).await?;
        records.extend(store::all::<Record>(Shelf::Reads).await?);
        records.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.key.cmp(&a.key)));
        Ok(records)
    }

    /// Takes out of the history what customers wrote or were written to.
    pub async fn forget_messages(self) {
        for shelf in [Shelf::Writes, Shelf::Reads] {
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
        self.changed.update(|count| *count += 1);
    }

    pub async fn clear(self) {
        for shelf in [Shelf::Writes, Shelf::Reads] {
            self.notices.stored(store::clear(shelf).await);
        }
        self.changed.update(|count| *count += 1);
    }
}

fn shelf(record: &Record) -> Shelf {
    if record.writes() { Shelf::Writes } else { Shelf::Reads }
}
