//! Conversations on this device: their blocks of messages, the words to search in, and what lists show
//! of them. Where nothing may be kept, or the browser keeps nothing, they last as long as the page.

mod words;

pub use words::find;

use super::store::{Shelf, StoreFault, Transaction};
use crate::domain::thread::{
    book::{Change, Head, id_key, placed, wamid_key},
    entry::{Entry, Place},
    reactions::Reactions,
    summary::Summary,
};
use serde::{Serialize, de::DeserializeOwned};
use std::{cell::RefCell, collections::BTreeMap};

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

    fn block(&self, number: u32) -> String {
        format!("{}\n{number:010}", self.text())
    }

    fn id(&self, id: &str) -> String {
        format!("{}\n{id}", self.text())
    }

    fn reactions(&self) -> String {
        format!("{}\nreactions", self.text())
    }
}

const SHELVES: [Shelf; 5] =
    [Shelf::Conversations, Shelf::Heads, Shelf::Messages, Shelf::Words, Shelf::Places];

thread_local! {
    /// What lasts as long as the page, by the name of the shelf and the key.
    static PAGE: RefCell<BTreeMap<(&'static str, String), String>> = const { RefCell::new(BTreeMap::new()) };
}

/// Where conversations are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    Device,
    Page,
}

/// A transaction on the device, or the page's own memory, which needs none.
enum Desk {
    Device(Transaction),
    Page,
}

impl Desk {
    async fn open(keep: Keep, writing: bool) -> Result<Desk, StoreFault> {
        match (keep, writing) {
            (Keep::Page, _) => Ok(Desk::Page),
            (Keep::Device, true) => Transaction::writing(&SHELVES).await.map(Desk::Device),
            (Keep::Device, false) => Transaction::reading(&SHELVES).await.map(Desk::Device),
        }
    }

    async fn text(&self, shelf: Shelf, key: &str) -> Result<Option<String>, StoreFault> {
        match self {
            Desk::Device(transaction) => transaction.get(shelf, key).await,
            Desk::Page => Ok(PAGE.with_borrow(|page| page.get(&(shelf.name(), key.to_owned())).cloned())),
        }
    }

    async fn texts(&self, entries: &[(Shelf, String)]) -> Result<Vec<Option<String>>, StoreFault> {
        match self {
            Desk::Device(transaction) => transaction.get_each(entries).await,
            Desk::Page => Ok(PAGE.with_borrow(|page| {
                let text = |(shelf, key): &(Shelf, String)| page.get(&(shelf.name(), key.clone())).cloned();
                entries.iter().map(text).collect()
            })),
        }
    }

    async fn get<T: DeserializeOwned>(&self, shelf: Shelf, key: &str) -> Result<Option<T>, StoreFault> {
        Ok(read_back(self.text(shelf, key).await?))
    }

    async fn put_text(&self, shelf: Shelf, key: &str, text: String) -> Result<(), StoreFault> {
        match self {
            Desk::Device(transaction) => transaction.put(shelf, key, &text),
            Desk::Page => {
                PAGE.with_borrow_mut(|page| page.insert((shelf.name(), key.to_owned()), text));
                Ok(())
            }
        }
    }

    async fn put<T: Serialize>(&self, shelf: Shelf, key: &str, value: &T) -> Result<(), StoreFault> {
        let text = serde_json::to_string(value).map_err(|_| StoreFault::Damaged)?;
        self.put_text(shelf, key, text).await
    }

    async fn delete(&self, shelf: Shelf, key: &str) -> Result<(), StoreFault> {
        match self {
            Desk::Device(transaction) => transaction.delete(shelf, key),
            Desk::Page => {
                PAGE.with_borrow_mut(|page| page.remove(&(shelf.name(), key.to_owned())));
                Ok(())
            }
        }
    }

    async fn commit(self) -> Result<(), StoreFault> {
        match self {
            Desk::Device(transaction) => transaction.commit().await,
            Desk::Page => Ok(()),
        }
    }
}

/// What cannot be read is as good as not there: it comes again from the provider.
fn read_back<T: DeserializeOwned>(text: Option<String>) -> Option<T> {
    serde_json::from_str(&text?).ok()
}

/// A conversation as far as it is known before any of its messages is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    pub head: Head,
    pub reactions: Reactions,
    pub summary: Summary,
}

pub async fn open(keep: Keep, key: &Key) -> Result<Opened, StoreFault> {
    let desk = Desk::open(keep, false).await?;
    read(&desk, key).await
}

/// The same with the newest messages, at least so many if there are, in whole blocks.
pub async fn open_at_end(
    keep: Keep,
    key: &Key,
    newest: usize,
) -> Result<(Opened, BTreeMap<u32, Vec<Entry>>), StoreFault> {
    let desk = Desk::open(keep, false).await?;
    let opened = read(&desk, key).await?;
    let blocks = load(&desk, key, opened.head.newest(newest)).await?;
    Ok((opened, blocks))
}

async fn read(desk: &Desk, key: &Key) -> Result<Opened, StoreFault> {
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
    let desk = Desk::open(keep, false).await?;
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

/// Merges messages of an answer, in one transaction, so that two tabs do not lose what the other has
/// written. `complete` tells that the oldest message of all is among them.
pub async fn merge(
    keep: Keep,
    key: &Key,
    incoming: Vec<Entry>,
    complete: bool,
) -> Result<Merged, StoreFault> {
    let desk = Desk::open(keep, true).await?;
    let mut opened = read(&desk, key).await?;
    let ids: Vec<(Shelf, String)> =
        incoming.iter().map(|entry| (Shelf::Places, key.id(&id_key(&entry.place.id)))).collect();
    let places = desk.texts(&ids).await?.into_iter().map(read_back::<Place>);
    let known = incoming.iter().zip(places);
    let known = known.filter_map(|(entry, place)| Some((entry.place.id.clone(), place?))).collect();
    let incoming = placed(incoming, &known);
    let needed = opened.head.needs(&incoming);
    let before = load(&desk, key, needed).await?;
    let change = opened.head.merge(incoming, before);
    for (number, rows) in &change.blocks {
        desk.put(Shelf::Messages, &key.block(*number), rows).await?;
        desk.put_text(Shelf::Words, &key.block(*number), words::of(rows)).await?;
    }
    for (id, place) in &change.ids {
        desk.put(Shelf::Places, &key.id(id), place).await?;
    }
    if opened.reactions.hear(change.blocks.values().flatten()) {
        desk.put(Shelf::Heads, &key.reactions(), &opened.reactions).await?;
    }
    if !change.is_empty() {
        desk.put(Shelf::Heads, &key.text(), &opened.head).await?;
    }
    let newest = opened.head.blocks.last().and_then(|block| change.blocks.get(&block.number));
    let summary = match newest {
        Some(tail) => opened.summary.after(&opened.head, tail),
        None => opened.summary.clone(),
    };
    let summary = Summary { complete: summary.complete || complete, ..summary };
    if summary != opened.summary {
        desk.put(Shelf::Conversations, &key.text(), &summary).await?;
        opened.summary = summary;
    }
    desk.commit().await?;
    Ok(Merged { opened, change })
}

/// Notes that everything up to a place was seen; answers what the list shows then.
pub async fn seen(keep: Keep, key: &Key, to: Place) -> Result<Summary, StoreFault> {
    let desk = Desk::open(keep, true).await?;
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Whether any of them is.
    pub any: bool,
    /// Whether nothing of the conversation is stored at all.
    pub nothing: bool,
}

pub async fn known(keep: Keep, key: &Key, entries: &[Entry]) -> Result<Known, StoreFault> {
    let desk = Desk::open(keep, false).await?;
    let mut any = false;
    for entry in entries {
        any |= desk.text(Shelf::Places, &key.id(&id_key(&entry.place.id))).await?.is_some();
        if any {
            break;
        }
    }
    let head: Option<Head> = desk.get(Shelf::Heads, &key.text()).await?;
    Ok(Known { any, nothing: head.is_none_or(|head| head.is_empty()) })
}

/// Where the message with an id of WhatsApp stands, if it is stored.
pub async fn place_of(keep: Keep, key: &Key, wamid: &str) -> Result<Option<Place>, StoreFault> {
    let desk = Desk::open(keep, false).await?;
    desk.get(Shelf::Places, &key.id(&wamid_key(wamid))).await
}

/// Forgets blocks that are older as a whole than a moment, and whatever leads to them.
pub async fn expire(keep: Keep, key: &Key, before: u64) -> Result<(), StoreFault> {
    let desk = Desk::open(keep, true).await?;
    let mut opened = read(&desk, key).await?;
    let gone = opened.head.expire(before);
    let rows = load(&desk, key, gone.iter().copied()).await?;
    for (number, rows) in &rows {
        desk.delete(Shelf::Messages, &key.block(*number)).await?;
        desk.delete(Shelf::Words, &key.block(*number)).await?;
        for entry in rows {
            desk.delete(Shelf::Places, &key.id(&id_key(&entry.place.id))).await?;
            desk.delete(Shelf::Places, &key.id(&wamid_key(&entry.wamid))).await?;
        }
    }
    if !gone.is_empty() {
        desk.put(Shelf::Heads, &key.text(), &opened.head).await?;
        opened.summary.complete = false;
        desk.put(Shelf::Conversations, &key.text(), &opened.summary).await?;
    }
    desk.commit().await
}

/// What lists show of a connection's conversations, by conversation id.
pub async fn summaries(keep: Keep, connection: &str) -> Result<BTreeMap<String, Summary>, StoreFault> {
    let prefix = format!("{connection}\n");
    let entries: Vec<(String, String)> = match keep {
        Keep::Device => {
            let transaction = Transaction::reading(&[Shelf::Conversations]).await?;
            transaction.entries(Shelf::Conversations, &prefix).await?
        }
        Keep::Page => PAGE.with_borrow(|page| {
            let of = |((shelf, key), text): (&(&str, String), &String)| {
                let fits = *shelf == Shelf::Conversations.name() && key.starts_with(&prefix);
                fits.then(|| (key.clone(), text.clone()))
            };
            page.iter().filter_map(of).collect()
        }),
    };
    let read = |(key, text): (String, String)| {
        Some((key.strip_prefix(&prefix)?.to_owned(), serde_json::from_str(&text).ok()?))
    };
    Ok(entries.into_iter().filter_map(read).collect())
}
