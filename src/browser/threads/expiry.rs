//! Messages that leave the device: those that are too old, a block at a time, or all of them. When and
//! why is not decided here.

use super::{Desk, Keep, Key, SHELVES, load, read, words};
use crate::{
    browser::store::{Shelf, StoreFault, Transaction},
    domain::thread::book::{Head, id_key, wamid_key},
};

/// Tables of contents that are looked at in one go.
const MOST: u32 = 50;

impl Key {
    /// The conversation whose table of contents has this key; `None` for what else is kept beside them.
    pub(in crate::browser) fn of_head(text: &str) -> Option<Key> {
        let mut parts = text.split('\n');
        let key = Key::new(parts.next()?, parts.next()?);
        parts.next().is_none().then_some(key)
    }
}

/// Some conversations on the device that have messages older than a moment, beginning after a key of this
/// shelf; with the key to go on from, `None` at the end.
pub async fn aged(before: u64, after: &str) -> Result<(Vec<Key>, Option<String>), StoreFault> {
    let transaction = Transaction::reading(&[Shelf::Heads]).await?;
    let some = transaction.entries_after(Shelf::Heads, after, MOST).await?;
    let is_aged = |text: &str| {
        // What cannot be read is replaced when it is read anew.
        serde_json::from_str::<Head>(text).is_ok_and(|head| head.expiring(before).is_some())
    };
    let old = some.iter().filter(|(_, text)| is_aged(text));
    let keys = old.filter_map(|(key, _)| Key::of_head(key)).collect();
    Ok((keys, some.last().map(|(key, _)| key.clone())))
}

/// Forgets the messages of a conversation that are older than a moment, those of one block; answers
/// whether there were any, so that there may be more. That there was a conversation, and when, stays for lists.
pub async fn expire(keep: Keep, key: &Key, before: u64) -> Result<bool, StoreFault> {
    let desk = Desk::open(keep, &SHELVES, true).await?;
    let mut opened = read(&desk, key).await?;
    let Some(number) = opened.head.expiring(before) else { return Ok(false) };
    let rows = load(&desk, key, [number]).await?.remove(&number).unwrap_or_default();
    let expired = opened.head.expire(before, rows);
    if expired.kept.is_empty() {
        desk.delete(Shelf::Messages, &key.block(number)).await?;
        desk.delete(Shelf::Words, &key.block(number)).await?;
    } else {
        desk.put(Shelf::Messages, &key.block(number), &expired.kept).await?;
        desk.put_text(Shelf::Words, &key.block(number), words::of(&expired.kept)).await?;
    }
    for entry in &expired.gone {
        desk.delete(Shelf::Places, &key.id(&id_key(&entry.place.id))).await?;
        if !entry.wamid.is_empty() {
            desk.delete(Shelf::Places, &key.id(&wamid_key(&entry.wamid))).await?;
        }
    }
    desk.put(Shelf::Heads, &key.text(), &opened.head).await?;
    opened.reactions.expire(before);
    opened.reactions.place(expired.gone.iter().map(|entry| entry.wamid.as_str()), false);
    desk.put(Shelf::Heads, &key.reactions(), &opened.reactions).await?;
    if opened.head.is_empty() {
        opened.summary.forget_words();
    }
    opened.summary.complete = false;
    desk.put(Shelf::Conversations, &key.text(), &opened.summary).await?;
    desk.commit().await?;
    Ok(true)
}

/// Removes every conversation from the device.
pub async fn forget() -> Result<(), StoreFault> {
    let transaction = Transaction::writing(&SHELVES).await?;
    for shelf in SHELVES {
        transaction.clear(shelf).await?;
    }
    transaction.commit().await
}
