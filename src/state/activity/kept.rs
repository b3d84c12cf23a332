//! The history as a page shows it: read once, and then only what is new, for there may be thousands of
//! calls. What is looked at of it is the page's matter.

use super::{Activity, SHELVES, key};
use crate::{
    browser::{
        page,
        store::{StoreFault, Transaction},
    },
    domain::activity::Record,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

/// Calls change until their answer has come; none is waited for as long as this. Milliseconds.
const UNDER_WAY: u64 = 10 * 60_000;
/// So many records are understood at a time, so that the page answers in between.
const AT_A_TIME: usize = 250;

/// Newest first; those that did not change are the same ones after every reading.
pub type Records = Vec<Arc<Record>>;

#[derive(Clone, Copy)]
pub struct Kept {
    activity: Activity,
    /// `None` until it was read.
    pub records: RwSignal<Option<Result<Records, StoreFault>>>,
    reading: StoredValue<Reading>,
}

#[derive(Clone, Copy, Default)]
struct Reading {
    under_way: bool,
    /// Something came while it was.
    again: bool,
    /// When the last one began, in Unix milliseconds.
    at: u64,
    /// What had been removed by then.
    removed: Option<u32>,
}

impl Kept {
    /// Begins to read, and follows what comes for as long as the page is there.
    pub fn follow(activity: Activity) -> Kept {
        let kept =
            Kept { activity, records: RwSignal::new(None), reading: StoredValue::new(Reading::default()) };
        Effect::new(move |_| {
            activity.changed.track();
            activity.removed.track();
            spawn_local(kept.catch_up());
        });
        kept
    }

    /// The page may go at any moment: then nothing of this is there any more.
    async fn catch_up(self) {
        let free = self.reading.try_update_value(|reading| {
            reading.again = reading.under_way;
            !std::mem::replace(&mut reading.under_way, true)
        });
        let mut more = free == Some(true);
        while more {
            let Some(since) = self.since() else { return };
            let read = read(since).await;
            if self.records.try_update(|records| take_in(records, since, read)).is_none() {
                return;
            }
            more = self.reading.try_update_value(|reading| {
                reading.under_way = reading.again;
                std::mem::take(&mut reading.again)
            }) == Some(true);
        }
    }

    /// From when on it is read: from the first, where anything may have been removed.
    fn since(self) -> Option<u64> {
        let removed = self.activity.removed.try_get_untracked()?;
        let failed = self.records.try_with_untracked(|records| !matches!(records, Some(Ok(_))))?;
        self.reading.try_update_value(|reading| {
            let all = failed || reading.removed != Some(removed);
            let since = if all { 0 } else { reading.at.saturating_sub(UNDER_WAY) };
            (reading.at, reading.removed) = (page::now(), Some(removed));
            since
        })
    }
}

async fn read(since: u64) -> Result<Vec<Record>, StoreFault> {
    let transaction = Transaction::reading(&SHELVES).await?;
    let mut texts = vec![];
    for shelf in SHELVES {
        texts.extend(transaction.entries_after(shelf, &key(since), u32::MAX).await?);
    }
    let mut records = Vec::with_capacity(texts.len());
    for (at, (_, text)) in texts.into_iter().enumerate() {
        if at > 0 && at % AT_A_TIME == 0 {
            TimeoutFuture::new(0).await;
        }
        // One that cannot be read is left out.
        records.extend(serde_json::from_str::<Record>(&text));
    }
    Ok(records)
}

/// Puts what was read in the place of what was there of the same time.
fn take_in(
    records: &mut Option<Result<Records, StoreFault>>,
    since: u64,
    read: Result<Vec<Record>, StoreFault>,
) {
    let read = match read {
        Ok(read) => read,
        Err(fault) => return *records = Some(Err(fault)),
    };
    let before = match records.take() {
        Some(Ok(before)) => before,
        _ => vec![],
    };
    let from = key(since);
    let (recent, mut all): (Records, Records) = before.into_iter().partition(|record| record.key > from);
    let known: std::collections::HashMap<&str, &Arc<Record>> =
        recent.iter().map(|record| (record.key.as_str(), record)).collect();
    all.extend(read.into_iter().map(|record| match known.get(record.key.as_str()) {
        Some(known) if ***known == record => Arc::clone(known),
        _ => Arc::new(record),
    }));
    all.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.key.cmp(&a.key)));
    *records = Some(Ok(all));
}
