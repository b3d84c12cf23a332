//! Data on this device, in IndexedDB: drafts, activity, numbers, attempts,
//! conversations, the sandbox's world. Values are JSON text.
//! Every function answers a `Result`, because storage can be blocked, full or held by another tab.

mod transaction;

pub use transaction::{Measured, Transaction};

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams};
use serde::{Serialize, de::DeserializeOwned};
use std::{cell::RefCell, rc::Rc};

const NAME: &str = "switchboard";
const VERSION: u32 = 6;

/// One kind of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// By operation id.
    Drafts,
    /// Calls that could change something, by a key that sorts by time.
    Writes,
    /// Calls that only read, folded by address and minute.
    Reads,
    /// One entry.
    World,
    /// Numbers that are known here, by connection and deployment id.
    Numbers,
    /// What was spent, by number or deployment id.
    Attempts,
    /// Conversations as lists show them, by connection and conversation.
    Conversations,
    /// Tables of contents of conversations, by the same.
    Heads,
    /// Blocks of messages, by the same and their number.
    Messages,
    /// The words of those blocks, to be searched.
    Words,
    /// Where messages stand, by conversation and id.
    Places,
    /// What is being written, by connection and conversation.
    Unsent,
    /// Messages on their way out, by the same and a key that sorts by time.
    Outbox,
    /// Replies to be used again, by their id.
    Replies,
    /// How much was asked lately, for all tabs together.
    Rations,
    /// Keys, sealed with a passphrase: one entry.
    Vault,
    /// Settings that an import has yet to bring in: one entry.
    Incoming,
    /// Messages to many, and where each of them stands, by their id.
    Batches,
    /// Their requests, by that id and a number.
    Parts,
}

impl Shelf {
    pub const ALL: [Shelf; 19] = [
        Shelf::Drafts,
        Shelf::Writes,
        Shelf::Reads,
        Shelf::World,
        Shelf::Numbers,
        Shelf::Attempts,
        Shelf::Conversations,
        Shelf::Heads,
        Shelf::Messages,
        Shelf::Words,
        Shelf::Places,
        Shelf::Unsent,
        Shelf::Outbox,
        Shelf::Replies,
        Shelf::Rations,
        Shelf::Vault,
        Shelf::Incoming,
        Shelf::Batches,
        Shelf::Parts,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Shelf::Drafts => "drafts",
            Shelf::Writes => "writes",
            Shelf::Reads => "reads",
            Shelf::World => "world",
            Shelf::Numbers => "numbers",
            Shelf::Attempts => "attempts",
            Shelf::Conversations => "conversations",
            Shelf::Heads => "heads",
            Shelf::Messages => "messages",
            Shelf::Words => "words",
            Shelf::Places => "places",
            Shelf::Unsent => "unsent",
            Shelf::Outbox => "outbox",
            Shelf::Replies => "replies",
            Shelf::Rations => "rations",
            Shelf::Vault => "vault",
            Shelf::Incoming => "incoming",
            Shelf::Batches => "batches",
            Shelf::Parts => "parts",
        }
    }
}

/// Why data could not be stored or read.
#[derive(Clone, Debug, PartialEq)]
pub enum StoreFault {
    /// The browser offers no storage here, as in some private windows.
    Blocked,
    Full,
    /// The data is there but cannot be understood.
    Damaged,
}

impl StoreFault {
    pub fn sentence(&self) -> &'static str {
        match self {
            StoreFault::Blocked => {
                "This browser does not let the page store anything: drafts and activity are gone when the tab closes."
            }
            StoreFault::Full => {
                "The browser's storage is full: what you type now is gone when the tab closes."
            }
            StoreFault::Damaged => "Some stored data could not be read and was left out.",
        }
    }
}

type Held = Rc<RefCell<Option<Rc<Database>>>>;

thread_local! {
    static DATABASE: Held = Held::default();
}

async fn database() -> Result<Rc<Database>, StoreFault> {
    let held = DATABASE.with(Rc::clone);
    if let Some(database) = held.borrow().as_ref() {
        return Ok(database.clone());
    }
    let factory = Factory::new().map_err(|_| StoreFault::Blocked)?;
    let mut request = factory.open(NAME, Some(VERSION)).map_err(|_| StoreFault::Blocked)?;
    request.on_upgrade_needed(|event| {
        let Ok(database) = event.database() else { return };
        let existing = database.store_names();
        for shelf in Shelf::ALL {
            if !existing.iter().any(|name| name == shelf.name()) {
                // A store that could not be made shows as `Blocked` at its first use.
                drop(database.create_object_store(shelf.name(), ObjectStoreParams::new()));
            }
        }
    });
    let mut database = match request.await {
        Ok(database) => database,
        // A newer build in another tab has made it newer. What this one uses is still in it.
        Err(error) if format!("{error:?}").contains("VersionError") => {
            let newer = factory.open(NAME, None).map_err(|_| StoreFault::Blocked)?;
            newer.await.map_err(|_| StoreFault::Blocked)?
        }
        Err(_) => return Err(StoreFault::Blocked),
    };
    // Somebody else has opened it meanwhile. One that is open and let go of would block whoever wants to
    // remove it or make it newer.
    if let Some(first) = held.borrow().as_ref() {
        database.close();
        return Ok(first.clone());
    }
    // Another tab wants a newer version or an erasure: let go, and open again at the next use.
    let held_by_event = held.clone();
    database.on_version_change(move |event| {
        if let Ok(database) = event.database() {
            database.close();
        }
        // Not from within its own event: that would take the listener away while it runs.
        let closed = held_by_event.borrow_mut().take();
        wasm_bindgen_futures::spawn_local(async move { drop(closed) });
    });
    let database = Rc::new(database);
    held.borrow_mut().replace(database.clone());
    Ok(database)
}

fn fault(error: idb::Error) -> StoreFault {
    if format!("{error:?}").contains("Quota") { StoreFault::Full } else { StoreFault::Blocked }
}

/// A database that was closed under us is opened once more at the next use.
fn lost(error: idb::Error) -> StoreFault {
    if let Some(database) = DATABASE.with(|held| held.borrow_mut().take()) {
        database.close();
    }
    fault(error)
}

pub async fn get<T: DeserializeOwned>(shelf: Shelf, key: &str) -> Result<Option<T>, StoreFault> {
    let text = Transaction::reading(&[shelf]).await?.get(shelf, key).await?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| StoreFault::Damaged)).transpose()
}

pub async fn put<T: Serialize>(shelf: Shelf, key: &str, value: &T) -> Result<(), StoreFault> {
    let text = serde_json::to_string(value).map_err(|_| StoreFault::Damaged)?;
    let transaction = Transaction::writing(&[shelf]).await?;
    transaction.put(shelf, key, &text)?;
    transaction.commit().await
}

pub async fn delete(shelf: Shelf, key: &str) -> Result<(), StoreFault> {
    let transaction = Transaction::writing(&[shelf]).await?;
    transaction.delete(shelf, key)?;
    transaction.commit().await
}

pub async fn clear(shelf: Shelf) -> Result<(), StoreFault> {
    let transaction = Transaction::writing(&[shelf]).await?;
    transaction.clear(shelf).await?;
    transaction.commit().await
}

/// Every value of a shelf in the order of its keys; entries that cannot be read are left out.
pub async fn all<T: DeserializeOwned>(shelf: Shelf) -> Result<Vec<T>, StoreFault> {
    let texts = Transaction::reading(&[shelf]).await?.values(shelf).await?;
    Ok(texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
}

/// Keys of a shelf that begin with a text, with their values.
pub async fn entries(shelf: Shelf, prefix: &str) -> Result<Vec<(String, String)>, StoreFault> {
    Transaction::reading(&[shelf]).await?.entries(shelf, prefix).await
}

/// Removes the oldest entries until `keep` are left.
pub async fn trim(shelf: Shelf, keep: u32) -> Result<(), StoreFault> {
    let transaction = Transaction::writing(&[shelf]).await?;
    transaction.trim(shelf, keep).await?;
    transaction.commit().await
}

/// Reads an entry, lets `change` make a new one of it, and writes that in the same transaction.
pub async fn change<R>(
    shelf: Shelf,
    key: &str,
    change: impl FnOnce(Option<String>) -> (String, R),
) -> Result<R, StoreFault> {
    let transaction = Transaction::writing(&[shelf]).await?;
    let (after, result) = change(transaction.get(shelf, key).await?);
    transaction.put(shelf, key, &after)?;
    transaction.commit().await?;
    Ok(result)
}
