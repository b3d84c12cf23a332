//! What is being written and what is on its way out, on this device or as long as the page. Each change is
//! one transaction, so two tabs cannot both send a message, and none is lost between two places.

use super::{
    desk::{Desk, Keep},
    store::{Shelf, StoreFault},
    threads::Key,
};
use crate::domain::{
    outbox::{Item, State, pace::Pace},
    written::Written,
};
use std::collections::{BTreeMap, BTreeSet};

const SHELVES: [Shelf; 2] = [Shelf::Outbox, Shelf::Unsent];

pub(super) fn item_key(key: &Key, item: &str) -> String {
    format!("{}\n{item}", key.text())
}

/// Messages have keys after this one; how fast they left lately stands before it.
pub(super) const AFTER_PACES: &str = "\n\u{FFFF}";

/// Sorts before all connections, none of which has an empty id.
fn pace_key(connection: &str) -> String {
    format!("\n{connection}")
}

/// The messages of a conversation that are on their way, in the order in which they were written. Where
/// the device gives none, those of the page remain.
pub async fn queue(key: &Key) -> Vec<Item> {
    entries(&format!("{}\n", key.text())).await
}

/// All messages on their way, by conversation.
pub async fn queues() -> BTreeMap<Key, Vec<Item>> {
    let mut queues: BTreeMap<Key, Vec<Item>> = BTreeMap::new();
    for item in entries("").await {
        queues.entry(Key::new(&item.connection, &item.conversation)).or_default().push(item);
    }
    queues
}

async fn entries(prefix: &str) -> Vec<Item> {
    let mut items: Vec<Item> = vec![];
    for keep in [Keep::Device, Keep::Page] {
        let Ok(desk) = Desk::open(keep, &SHELVES, false).await else { continue };
        let entries = desk.entries(Shelf::Outbox, prefix).await.unwrap_or_default();
        items.extend(entries.iter().filter_map(|(_, text)| serde_json::from_str::<Item>(text).ok()));
    }
    items.sort_by(|a, b| a.key.cmp(&b.key));
    items
}

/// Puts a message into the queue, and what remains in the place of what this tab kept as being written.
pub async fn put(keep: Keep, item: &Item, kept: &Written, rest: &Written) -> Result<(), StoreFault> {
    let key = Key::new(&item.connection, &item.conversation);
    let desk = Desk::open(keep, &SHELVES, true).await?;
    desk.put(Shelf::Outbox, &item_key(&key, &item.key), item).await?;
    keep_written(&desk, &key, kept, rest).await?;
    desk.commit().await
}

/// Lets `change` say what becomes of one message, wherever it is kept, and of the pace of its connection.
/// Answers what `change` does; nothing is written where it leaves both as they were.
pub async fn change<R>(
    key: &Key,
    item: &str,
    change: impl FnOnce(&mut Option<Item>, &mut Pace) -> R,
) -> Result<R, StoreFault> {
    let (place, pace_place) = (item_key(key, item), pace_key(&key.connection));
    let in_page = Desk::Page.text(Shelf::Outbox, &place).await?.is_some();
    let desk = Desk::open(if in_page { Keep::Page } else { Keep::Device }, &SHELVES, true).await?;
    let before: Option<Item> = desk.get(Shelf::Outbox, &place).await?;
    let pace_before: Pace = desk.get(Shelf::Outbox, &pace_place).await?.unwrap_or_default();
    let (mut item, mut pace) = (before.clone(), pace_before.clone());
    let result = change(&mut item, &mut pace);
    if let Some(before) = &before
        && item.as_ref().is_none_or(|item| matches!(item.state, State::Sending(_)))
    {
        pace.note_gone(&before.key);
    }
    match &item {
        _ if item == before => {}
        Some(item) => desk.put(Shelf::Outbox, &place, item).await?,
        None => desk.delete(Shelf::Outbox, &place).await?,
    }
    if pace != pace_before {
        desk.put(Shelf::Outbox, &pace_place, &pace).await?;
    }
    desk.commit().await?;
    Ok(result)
}

/// Whether a message has left already, or was discarded.
pub async fn is_gone(key: &Key, item: &str) -> bool {
    for keep in [Keep::Device, Keep::Page] {
        let Ok(desk) = Desk::open(keep, &SHELVES, false).await else { continue };
        let pace: Option<Pace> =
            desk.get(Shelf::Outbox, &pace_key(&key.connection)).await.unwrap_or_default();
        if pace.is_some_and(|pace| pace.is_gone(item)) {
            return true;
        }
    }
    false
}

/// Takes a message from a device that takes no change of it, to the page. It is never in both.
pub async fn to_page(key: &Key, item: &str) -> Result<(), StoreFault> {
    let place = item_key(key, item);
    let desk = Desk::open(Keep::Device, &SHELVES, true).await?;
    let text = desk.text(Shelf::Outbox, &place).await?;
    desk.delete(Shelf::Outbox, &place).await?;
    desk.commit().await?;
    match text {
        Some(text) => Desk::Page.put_text(Shelf::Outbox, &place, text).await,
        None => Ok(()),
    }
}

/// Takes all that is being written or on its way from the device to the page: the messages are never in
/// both, so no two tabs send one. Answers whose they are.
pub async fn all_to_page() -> Result<BTreeSet<Key>, StoreFault> {
    let desk = Desk::open(Keep::Device, &SHELVES, true).await?;
    let mut taken = vec![];
    for shelf in SHELVES {
        for (place, text) in desk.entries(shelf, "").await? {
            // A pace tells of no message.
            if !place.starts_with('\n') {
                desk.delete(shelf, &place).await?;
                taken.push((shelf, place, text));
            }
        }
    }
    desk.commit().await?;
    let mut keys = BTreeSet::new();
    for (shelf, place, text) in taken {
        // What the page has is newer.
        if Desk::Page.text(shelf, &place).await?.is_none() {
            Desk::Page.put_text(shelf, &place, text).await?;
        }
        let mut parts = place.split('\n');
        if let (Some(connection), Some(conversation)) = (parts.next(), parts.next()) {
            keys.insert(Key::new(connection, conversation));
        }
    }
    Ok(keys)
}

/// What is being written in the conversations of a connection, by conversation id: what was kept last, where
/// several tabs write to one.
pub async fn all_written(keep: Keep, connection: &str) -> Result<BTreeMap<String, Written>, StoreFault> {
    let prefix = format!("{connection}\n");
    let desk = Desk::open(keep, &SHELVES, false).await?;
    let read = |(key, text): (String, String)| {
        let mut all: Vec<Written> = serde_json::from_str(&text).ok()?;
        Some((key.strip_prefix(&prefix)?.to_owned(), all.pop()?))
    };
    Ok(desk.entries(Shelf::Unsent, &prefix).await?.into_iter().filter_map(read).collect())
}

/// Keeps what is being written in the place of what this tab kept before; what another tab writes to the
/// same conversation stays beside it.
pub async fn write(keep: Keep, key: &Key, before: &Written, now: &Written) -> Result<(), StoreFault> {
    let desk = Desk::open(keep, &SHELVES, true).await?;
    keep_written(&desk, key, before, now).await?;
    desk.commit().await
}

async fn keep_written(desk: &Desk, key: &Key, before: &Written, now: &Written) -> Result<(), StoreFault> {
    let mut all: Vec<Written> = desk.get(Shelf::Unsent, &key.text()).await?.unwrap_or_default();
    all.retain(|other| other != before && other != now);
    if !now.is_empty() {
        all.push(now.clone());
    }
    match all.is_empty() {
        true => desk.delete(Shelf::Unsent, &key.text()).await,
        false => desk.put(Shelf::Unsent, &key.text(), &all).await,
    }
}
