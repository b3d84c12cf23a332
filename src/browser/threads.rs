//! Conversations on this device: their blocks of messages, the words to search in, and what lists show
//! of them. Where nothing may be kept, or the browser keeps nothing, they last as long as the page.

mod expiry;
mod words;

pub use expiry::{aged, expire, forget};
pub use words::find;

use super::{
    desk::{Desk, Keep, read_back},
    page,
    store::{Shelf, StoreFault},
};
use crate::domain::thread::{
    book::{Change, Head, id_key, placed, wamid_key},
    entry::{Entry, Place},
    reactions::Reactions,
    summary::Summary,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A date that is so many milliseconds ahead of this device is wrong, whosever clock it is.
pub const WRONG: u64 = 24 * 60 * 60 * 1_000;

/// Which conversation of which connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize)]
pub struct Key {
    pub connection: String,
    pub conversation: String,
}

impl Key {
    pub fn new(connection: &str, conversation: &str) -> Key {
        Key { connection: connection.to_owned(), conversation: conversation.to_owned() }
    }

    pub fn text(&self) -> String {
        format!("{}\n{}", self.connection, self.conversation)
    }

    pub(super) fn block(&self, number: u32) -> String {
        format!("{}\n{number:010}", self.text())
    }

    fn id(&self, id: &str) -> String {
        format!("{}\n{id}", self.text())
    }

    fn reactions(&self) -> String {
        format!("{}\nreactions", self.text())
    }
}

pub(super) const SHELVES: [Shelf; 5] =
    [Shelf::Conversations, Shelf::Heads, Shelf::Messages, Shelf::Words, Shelf::Places];

/// A conversation as far as it is known before any of its messages is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    pub head: Head,
    pub reactions: Reactions,
    pub summary: Summary,
}

pub async fn open(keep: Keep, key: &Key) -> Result<Opened, StoreFault> {
    let desk = Desk::open(keep, &SHELVES, false).await?;
    read(&desk, key).await
}

/// The same with the newest messages, at least so many if there are, and those around a place, in whole
/// blocks.
pub async fn open_with(
    keep: Keep,
    key: &Key,
    newest: usize,
    around: Option<&Place>,
) -> Result<(Opened, BTreeMap<u32, Vec<Entry>>), StoreFault> {
    let desk = Desk::open(keep, &SHELVES, false).await?;
    let opened = read(&desk, key).await?;
    let mut numbers: BTreeSet<u32> = opened.head.newest(newest).into_iter().collect();
    numbers.extend(around.into_iter().flat_map(|place| opened.head.around(place)));
    let blocks = load(&desk, key, numbers).await?;
    Ok((opened, blocks))
}

pub(super) async fn read(desk: &Desk, key: &Key) -> Result<Opened, StoreFault> {
    let entries =
        [(Shelf::Heads, key.text()), (Shelf::Heads, key.reactions()), (Shelf::Conversations, key.text())];
    let texts: Result<[Option<String>; 3], _> = desk.texts(&entries).await?.try_into();
    let [head, reactions, summary] = texts.map_err(|_| StoreFault::Damaged)?;
    Ok(Opened {
        head: read_back(head).unwrap_or_default(),
        reactions: read_back(reactions).unwrap_or_default(),
        summary: read_back(summary).unwrap_or_default(),
    })
}

/// The messages of some blocks, by their numbers. One that is lost is left out.
pub async fn blocks(keep: Keep, key: &Key, numbers: &[u32]) -> Result<BTreeMap<u32, Vec<Entry>>, StoreFault> {
    let desk = Desk::open(keep, &SHELVES, false).await?;
    load(&desk, key, numbers.iter().copied()).await
}

async fn load(
    desk: &Desk,
    key: &Key,
    numbers: impl IntoIterator<Item = u32>,
) -> Result<BTreeMap<u32, Vec<Entry>>, StoreFault> {
    let numbers: Vec<u32> = numbers.into_iter().collect();
    let entries: Vec<(Shelf, String)> =
        numbers.iter().map(|number| (Shelf::Messages, key.block(*number))).collect();
    let texts = desk.texts(&entries).await?;
    let read = |(number, text): (u32, Option<String>)| Some((number, read_back(text)?));
    Ok(numbers.into_iter().zip(texts).filter_map(read).collect())
}

/// A conversation after messages of an answer were merged into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    pub opened: Opened,
    pub change: Change,
}

/// How far messages of an answer reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Whether the oldest message of all is among them.
    pub complete: bool,
    /// Whether they are the newest of all, with nothing missing between them and what is stored.
    pub newest: bool,
}

/// Merges messages of an answer, in one transaction, so that two tabs do not lose what the other has
/// written.
pub async fn merge(keep: Keep, key: &Key, incoming: Vec<Entry>, reach: Reach) -> Result<Merged, StoreFault> {
    let desk = Desk::open(keep, &SHELVES, true).await?;
    let merged = merge_at(&desk, key, incoming, reach).await?;
    desk.commit().await?;
    Ok(merged)
}

/// The same within a transaction over the shelves of conversations.
pub(super) async fn merge_at(
    desk: &Desk,
    key: &Key,
    incoming: Vec<Entry>,
    reach: Reach,
) -> Result<Merged, StoreFault> {
    let mut opened = read(desk, key).await?;
    // A date from the future tells nothing of how far the reading goes: all that will come is before it.
    let soon = page::now().saturating_add(WRONG);
    let newest = incoming.iter().map(|entry| &entry.place).filter(|place| place.at < soon).max();
    let newest = newest.filter(|_| reach.newest).cloned();
    let ids: Vec<(Shelf, String)> =
        incoming.iter().map(|entry| (Shelf::Places, key.id(&id_key(&entry.place.id)))).collect();
    let places = desk.texts(&ids).await?.into_iter().map(read_back::<Place>);
    let known = incoming.iter().zip(places);
    let known = known.filter_map(|(entry, place)| Some((entry.place.id.clone(), place?))).collect();
    let incoming = placed(incoming, &known);
    let needed = opened.head.needs(&incoming);
    let before = load(desk, key, needed).await?;
    let change = opened.head.merge(incoming, before);
    for (number, rows) in &change.blocks {
        desk.put(Shelf::Messages, &key.block(*number), rows).await?;
        desk.put_text(Shelf::Words, &key.block(*number), words::of(rows)).await?;
    }
    for (id, place) in &change.ids {
        desk.put(Shelf::Places, &key.id(id), place).await?;
    }
    let heard = opened.reactions.hear(change.blocks.values().flatten());
    let loose = opened.reactions.loose();
    let came: BTreeSet<&String> = change.ids.iter().map(|(id, _)| id).collect();
    let mut stored: Vec<&str> = vec![];
    for target in &loose {
        let id = wamid_key(target);
        // One that was stored before is looked up when something is said of it.
        if came.contains(&id) || heard && desk.text(Shelf::Places, &key.id(&id)).await?.is_some() {
            stored.push(target);
        }
    }
    if opened.reactions.place(stored, true) || heard {
        desk.put(Shelf::Heads, &key.reactions(), &opened.reactions).await?;
    }
    if !change.is_empty() {
        desk.put(Shelf::Heads, &key.text(), &opened.head).await?;
    }
    let summary = opened.summary.after(&opened.head, &change.blocks);
    let summary = Summary {
        complete: summary.complete || reach.complete,
        joined: newest.max(summary.joined),
        ..summary
    };
    if summary != opened.summary {
        desk.put(Shelf::Conversations, &key.text(), &summary).await?;
        opened.summary = summary;
    }
    Ok(Merged { opened, change })
}

/// Notes that everything up to a place was seen; answers what the list shows then.
pub async fn seen(keep: Keep, key: &Key, to: Place) -> Result<Summary, StoreFault> {
    let desk = Desk::open(keep, &SHELVES, true).await?;
    let Opened { head, mut summary, .. } = read(&desk, key).await?;
    let last = head.blocks.last().map(|block| block.number);
    let tail = load(&desk, key, last).await?.into_values().next().unwrap_or_default();
    let before = summary.clone();
    summary.read(to, &head, &tail);
    if summary != before {
        desk.put(Shelf::Conversations, &key.text(), &summary).await?;
    }
    desk.commit().await?;
    Ok(summary)
}

/// What is stored of some messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Whether nothing is missing between them and what is.
    pub joined: bool,
    /// Whether nothing of the conversation is stored at all.
    pub nothing: bool,
}

impl Known {
    pub const NOTHING: Known = Known { joined: false, nothing: true };
}

pub async fn known(keep: Keep, key: &Key, entries: &[Entry]) -> Result<Known, StoreFault> {
    let desk = Desk::open(keep, &SHELVES, false).await?;
    let Opened { head, summary, .. } = read(&desk, key).await?;
    let joined = match summary.joins(entries) {
        Some(joined) => joined,
        // An older console did not note how far it had read.
        None => {
            let mut any = false;
            for entry in entries {
                any |= desk.text(Shelf::Places, &key.id(&id_key(&entry.place.id))).await?.is_some();
                if any {
                    break;
                }
            }
            any
        }
    };
    Ok(Known { joined, nothing: head.is_empty() })
}

/// The messages since a moment of the provider's time, as far as they are stored.
pub async fn since(keep: Keep, key: &Key, at: u64) -> Result<Vec<Entry>, StoreFault> {
    let desk = Desk::open(keep, &SHELVES, false).await?;
    let head: Head = desk.get(Shelf::Heads, &key.text()).await?.unwrap_or_default();
    let newer = head.blocks.iter().rev().take_while(|block| block.last.at >= at);
    let blocks = load(&desk, key, newer.map(|block| block.number)).await?;
    Ok(blocks.into_values().flatten().filter(|entry| entry.place.at >= at).collect())
}

/// When messages were made, by Kapso's ids, in their order.
pub async fn times(keep: Keep, key: &Key, ids: &[String]) -> Result<Vec<Option<u64>>, StoreFault> {
    let desk = Desk::open(keep, &SHELVES, false).await?;
    let places: Vec<(Shelf, String)> = ids.iter().map(|id| (Shelf::Places, key.id(&id_key(id)))).collect();
    let read = |text: Option<String>| read_back::<Place>(text).map(|place| place.at);
    Ok(desk.texts(&places).await?.into_iter().map(read).collect())
}

/// Where the message with an id of WhatsApp stands, if it is stored.
pub async fn place_of(keep: Keep, key: &Key, wamid: &str) -> Result<Option<Place>, StoreFault> {
    let desk = Desk::open(keep, &SHELVES, false).await?;
    desk.get(Shelf::Places, &key.id(&wamid_key(wamid))).await
}

/// What lists show of a connection's conversations, by conversation id.
pub async fn summaries(keep: Keep, connection: &str) -> Result<BTreeMap<String, Summary>, StoreFault> {
    let prefix = format!("{connection}\n");
    let desk = Desk::open(keep, &[Shelf::Conversations], false).await?;
    let read = |(key, text): (String, String)| {
        Some((key.strip_prefix(&prefix)?.to_owned(), serde_json::from_str(&text).ok()?))
    };
    Ok(desk.entries(Shelf::Conversations, &prefix).await?.into_iter().filter_map(read).collect())
}
