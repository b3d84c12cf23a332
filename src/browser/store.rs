//! Data on this device, in IndexedDB: drafts, activity, numbers, attempts, the sandbox's world. Values are JSON text.
//! Every function answers a `Result`, because storage can be blocked, full or held by another tab.

use idb::{Database, DatabaseEvent, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode};
use serde::{Serialize, de::DeserializeOwned};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsValue;

const NAME: &str = "switchboard";
const VERSION: u32 = 2;

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
}

impl Shelf {
    pub const ALL: [Shelf; 6] =
        [Shelf::Drafts, Shelf::Writes, Shelf::Reads, Shelf::World, Shelf::Numbers, Shelf::Attempts];

    const fn name(self) -> &'static str {
        match self {
            Shelf::Drafts => "drafts",
            Shelf::Writes => "writes",
            Shelf::Reads => "reads",
            Shelf::World => "world",
            Shelf::Numbers => "numbers",
            Shelf::Attempts => "attempts",
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
    let mut database = request.await.map_err(|_| StoreFault::Blocked)?;
    // Another tab wants a newer version or an erasure: let go, and open again at the next use.
    let held_by_event = held.clone();
    database.on_version_change(move |event| {
        if let Ok(database) = event.database() {
            database.close();
        }
        held_by_event.borrow_mut().take();
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
    DATABASE.with(|held| held.borrow_mut().take());
    fault(error)
}

/// The text of an entry.
async fn read(shelf: Shelf, key: &str) -> Result<Option<String>, StoreFault> {
    let database = database().await?;
    let transaction = database.transaction(&[shelf.name()], TransactionMode::ReadOnly).map_err(lost)?;
    let store = transaction.object_store(shelf.name()).map_err(fault)?;
    let value = store.get(JsValue::from_str(key)).map_err(fault)?.await.map_err(fault)?;
    value.map(|value| value.as_string().ok_or(StoreFault::Damaged)).transpose()
}

async fn write(shelf: Shelf, key: &str, text: String) -> Result<(), StoreFault> {
    let database = database().await?;
    let transaction = database.transaction(&[shelf.name()], TransactionMode::ReadWrite).map_err(lost)?;
    let store = transaction.object_store(shelf.name()).map_err(fault)?;
    store.put(&text.into(), Some(&key.into())).map_err(fault)?.await.map_err(fault)?;
    transaction.commit().map_err(fault)?.await.map_err(fault)?;
    Ok(())
}

pub async fn get<T: DeserializeOwned>(shelf: Shelf, key: &str) -> Result<Option<T>, StoreFault> {
    let text = read(shelf, key).await?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| StoreFault::Damaged)).transpose()
}

pub async fn put<T: Serialize>(shelf: Shelf, key: &str, value: &T) -> Result<(), StoreFault> {
    let text = serde_json::to_string(value).map_err(|_| StoreFault::Damaged)?;
    write(shelf, key, text).await
}

pub async fn delete(shelf: Shelf, key: &str) -> Result<(), StoreFault> {
    let database = database().await?;
    let transaction = database.transaction(&[shelf.name()], TransactionMode::ReadWrite).map_err(lost)?;
    let store = transaction.object_store(shelf.name()).map_err(fault)?;
    store.delete(JsValue::from_str(key)).map_err(fault)?.await.map_err(fault)?;
    transaction.commit().map_err(fault)?.await.map_err(fault)?;
    Ok(())
}

pub async fn clear(shelf: Shelf) -> Result<(), StoreFault> {
    let database = database().await?;
    let transaction = database.transaction(&[shelf.name()], TransactionMode::ReadWrite).map_err(lost)?;
    let store = transaction.object_store(shelf.name()).map_err(fault)?;
    store.clear().map_err(fault)?.await.map_err(fault)?;
    transaction.commit().map_err(fault)?.await.map_err(fault)?;
    Ok(())
}

/// Every value of a shelf in the order of its keys; entries that cannot be read are left out.
pub async fn all<T: DeserializeOwned>(shelf: Shelf) -> Result<Vec<T>, StoreFault> {
    let texts = texts(shelf).await?;
    Ok(texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
}

async fn texts(shelf: Shelf) -> Result<Vec<String>, StoreFault> {
    let database = database().await?;
    let transaction = database.transaction(&[shelf.name()], TransactionMode::ReadOnly).map_err(lost)?;
    let store = transaction.object_store(shelf.name()).map_err(fault)?;
    let values = store.get_all(None, None).map_err(fault)?.await.map_err(fault)?;
    Ok(values.iter().filter_map(JsValue::as_string).collect())
}

/// Removes the oldest entries until `keep` are left.
pub async fn trim(shelf: Shelf, keep: u32) -> Result<(), StoreFault> {
    let database = database().await?;
    let transaction = database.transaction(&[shelf.name()], TransactionMode::ReadWrite).map_err(lost)?;
    let store = transaction.object_store(shelf.name()).map_err(fault)?;
    let count = store.count(None).map_err(fault)?.await.map_err(fault)?;
    if count > keep {
        let keys = store.get_all_keys(None, Some(count - keep)).map_err(fault)?.await.map_err(fault)?;
        if let Some(last) = keys.last() {
            let range = KeyRange::upper_bound(last, None).map_err(fault)?;
            store.delete(Query::KeyRange(range)).map_err(fault)?.await.map_err(fault)?;
        }
    }
    transaction.commit().map_err(fault)?.await.map_err(fault)?;
    Ok(())
}

/// Reads an entry, lets `change` make a new one of it, and writes that in the same transaction, so
/// that two tabs cannot come between. `change` may not wait for anything.
pub async fn change<R>(
    shelf: Shelf,
    key: &str,
    change: impl FnOnce(Option<String>) -> (String, R),
) -> Result<R, StoreFault> {
    let database = database().await?;
    let transaction = database.transaction(&[shelf.name()], TransactionMode::ReadWrite).map_err(lost)?;
    let store = transaction.object_store(shelf.name()).map_err(fault)?;
    let before = store.get(JsValue::from_str(key)).map_err(fault)?.await.map_err(fault)?;
    let (after, result) = change(before.and_then(|value| value.as_string()));
    store.put(&after.into(), Some(&key.into())).map_err(fault)?.await.map_err(fault)?;
    transaction.commit().map_err(fault)?.await.map_err(fault)?;
    Ok(result)
}
