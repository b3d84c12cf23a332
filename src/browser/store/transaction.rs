//! Readings and writings on the device that belong together. Which of them there are, and what the values
//! mean, is not known here.

use super::{Shelf, StoreFault, database, fault, lost};
use idb::{KeyRange, ObjectStore, Query, TransactionMode};
use js_sys::JsString;
use std::{cell::RefCell, pin::Pin};
use wasm_bindgen::{JsCast, JsValue};

/// Several readings and writings that take place together or not at all: another tab cannot come
/// between them. Nothing but its own functions may be awaited while it lasts.
pub struct Transaction {
    inner: idb::Transaction,
    /// What was asked to be written, and is answered in its order.
    writing: RefCell<Vec<Written>>,
}

/// Some entries of a shelf, by their size.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    pub count: usize,
    /// The key of the last one; `None` where there is none.
    pub last: Option<String>,
    /// Signs of their keys and texts, about a byte each.
    pub length: u64,
}

type Written = Pin<Box<dyn Future<Output = Result<(), idb::Error>>>>;

impl Transaction {
    async fn begin(shelves: &[Shelf], mode: TransactionMode) -> Result<Transaction, StoreFault> {
        let names: Vec<&str> = shelves.iter().map(|shelf| shelf.name()).collect();
        let inner = database().await?.transaction(&names, mode).map_err(lost)?;
        Ok(Transaction { inner, writing: RefCell::default() })
    }

    pub async fn reading(shelves: &[Shelf]) -> Result<Transaction, StoreFault> {
        Transaction::begin(shelves, TransactionMode::ReadOnly).await
    }

    /// What it writes is kept once [`commit`](Transaction::commit) has ended.
    pub async fn writing(shelves: &[Shelf]) -> Result<Transaction, StoreFault> {
        Transaction::begin(shelves, TransactionMode::ReadWrite).await
    }

    fn store(&self, shelf: Shelf) -> Result<ObjectStore, StoreFault> {
        self.inner.object_store(shelf.name()).map_err(fault)
    }

    /// The text of an entry.
    pub async fn get(&self, shelf: Shelf, key: &str) -> Result<Option<String>, StoreFault> {
        text(self.store(shelf)?.get(JsValue::from_str(key)).map_err(fault)?.await)
    }

    /// The texts of some entries, in their order. They are asked for together: one after the other, most
    /// of the time would go by between an answer and the next question.
    pub async fn get_each(&self, entries: &[(Shelf, String)]) -> Result<Vec<Option<String>>, StoreFault> {
        let ask = |(shelf, key): &(Shelf, String)| {
            let asked = self.store(*shelf)?.get(JsValue::from_str(key)).map_err(fault)?;
            Ok(asked.into_future())
        };
        let asked = entries.iter().map(ask).collect::<Result<Vec<_>, StoreFault>>()?;
        let mut texts = Vec::with_capacity(asked.len());
        for answer in asked {
            texts.push(text(answer.await)?);
        }
        Ok(texts)
    }

    /// Whether it went well is answered by [`commit`](Transaction::commit).
    pub fn put(&self, shelf: Shelf, key: &str, text: &str) -> Result<(), StoreFault> {
        let asked = self.store(shelf)?.put(&text.into(), Some(&key.into())).map_err(fault)?.into_future();
        self.writing.borrow_mut().push(Box::pin(async move { asked.await.map(drop) }));
        Ok(())
    }

    /// As [`put`](Transaction::put) is.
    pub fn delete(&self, shelf: Shelf, key: &str) -> Result<(), StoreFault> {
        let asked = self.store(shelf)?.delete(JsValue::from_str(key)).map_err(fault)?.into_future();
        self.writing.borrow_mut().push(Box::pin(asked));
        Ok(())
    }

    /// Waits for what was asked to be written so far, so that much of it neither waits in memory nor keeps the
    /// page from being drawn.
    pub async fn settle(&self) -> Result<(), StoreFault> {
        let mut written = Ok(());
        // All are waited for, because each is answered also where the first has failed.
        for asked in self.writing.take() {
            written = written.and(asked.await);
        }
        written.map_err(fault)
    }

    /// Takes back everything that was written; without it, or [`commit`](Transaction::commit), the browser keeps
    /// what was asked for until then.
    pub async fn abort(self) {
        // What is under way ends first: nobody would hear of its end. Whether it went well is no matter any more.
        drop(self.settle().await);
        // One that has failed is taken back already.
        if let Ok(ended) = self.inner.abort() {
            drop(ended.await);
        }
    }

    /// How many of the next entries there are after a key, at most so many, how long their texts are together, and
    /// the last key. The texts stay where they are.
    pub async fn measure(&self, shelf: Shelf, after: &str, most: u32) -> Result<Measured, StoreFault> {
        let store = self.store(shelf)?;
        let query = || {
            let range = KeyRange::lower_bound(&after.into(), Some(true));
            range.map(|range| Some(Query::KeyRange(range))).map_err(fault)
        };
        let keys = store.get_all_keys(query()?, Some(most)).map_err(fault)?.await.map_err(fault)?;
        let values = store.get_all(query()?, Some(most)).map_err(fault)?.await.map_err(fault)?;
        let texts = keys.iter().chain(&values).filter_map(|value| value.dyn_ref::<JsString>());
        let length = texts.map(|text| u64::from(text.length())).sum();
        let last = keys.last().and_then(JsValue::as_string);
        Ok(Measured { count: keys.len(), last, length })
    }

    /// All values in the order of their keys.
    pub async fn values(&self, shelf: Shelf) -> Result<Vec<String>, StoreFault> {
        let values = self.store(shelf)?.get_all(None, None).map_err(fault)?.await.map_err(fault)?;
        Ok(values.iter().filter_map(JsValue::as_string).collect())
    }

    /// Keys that begin with a text, with their values.
    pub async fn entries(&self, shelf: Shelf, prefix: &str) -> Result<Vec<(String, String)>, StoreFault> {
        let end = format!("{prefix}\u{FFFF}");
        let range = || KeyRange::bound(&prefix.into(), &end.as_str().into(), None, None);
        self.within(shelf, range, None).await
    }

    /// At most so many entries whose keys come after a text, in their order.
    pub async fn entries_after(
        &self,
        shelf: Shelf,
        after: &str,
        most: u32,
    ) -> Result<Vec<(String, String)>, StoreFault> {
        self.within(shelf, || KeyRange::lower_bound(&after.into(), Some(true)), Some(most)).await
    }

    /// At most so many entries whose keys come from one text on and before another, in their order.
    pub async fn slice(
        &self,
        shelf: Shelf,
        (from, until): (&str, &str),
        most: u32,
    ) -> Result<Vec<(String, String)>, StoreFault> {
        let range = || KeyRange::bound(&from.into(), &until.into(), Some(false), Some(true));
        self.within(shelf, range, Some(most)).await
    }

    /// Removes the entries whose keys begin with a text. As [`put`](Transaction::put) is.
    pub fn delete_all(&self, shelf: Shelf, prefix: &str) -> Result<(), StoreFault> {
        let end = format!("{prefix}\u{FFFF}");
        let range = KeyRange::bound(&prefix.into(), &end.as_str().into(), None, None).map_err(fault)?;
        let asked = self.store(shelf)?.delete(Query::KeyRange(range)).map_err(fault)?.into_future();
        self.writing.borrow_mut().push(Box::pin(asked));
        Ok(())
    }

    async fn within(
        &self,
        shelf: Shelf,
        range: impl Fn() -> Result<KeyRange, idb::Error>,
        most: Option<u32>,
    ) -> Result<Vec<(String, String)>, StoreFault> {
        let store = self.store(shelf)?;
        let query = || range().map(|range| Some(Query::KeyRange(range))).map_err(fault);
        let keys = store.get_all_keys(query()?, most).map_err(fault)?.await.map_err(fault)?;
        let values = store.get_all(query()?, most).map_err(fault)?.await.map_err(fault)?;
        let text = |(key, value): (JsValue, JsValue)| Some((key.as_string()?, value.as_string()?));
        Ok(keys.into_iter().zip(values).filter_map(text).collect())
    }

    /// Removes the oldest entries until `keep` are left.
    pub async fn trim(&self, shelf: Shelf, keep: u32) -> Result<(), StoreFault> {
        let store = self.store(shelf)?;
        let count = store.count(None).map_err(fault)?.await.map_err(fault)?;
        if count > keep {
            let keys = store.get_all_keys(None, Some(count - keep)).map_err(fault)?.await.map_err(fault)?;
            if let Some(last) = keys.last() {
                let range = KeyRange::upper_bound(last, None).map_err(fault)?;
                store.delete(Query::KeyRange(range)).map_err(fault)?.await.map_err(fault)?;
            }
        }
        Ok(())
    }

    /// Removes the entries whose keys come before a text, and tells how many there were.
    pub async fn delete_before(&self, shelf: Shelf, key: &str) -> Result<u32, StoreFault> {
        let store = self.store(shelf)?;
        let range = || KeyRange::upper_bound(&key.into(), Some(true)).map(Query::KeyRange).map_err(fault);
        let count = store.count(Some(range()?)).map_err(fault)?.await.map_err(fault)?;
        if count > 0 {
            store.delete(range()?).map_err(fault)?.await.map_err(fault)?;
        }
        Ok(count)
    }

    pub async fn clear(&self, shelf: Shelf) -> Result<(), StoreFault> {
        self.store(shelf)?.clear().map_err(fault)?.await.map_err(fault)
    }

    pub async fn commit(self) -> Result<(), StoreFault> {
        self.settle().await?;
        let ended = self.inner.commit().map_err(fault)?.await.map_err(fault)?;
        // Where every request went well, what the end can lack is room.
        if ended.is_committed() { Ok(()) } else { Err(StoreFault::Full) }
    }
}

fn text(answer: Result<Option<JsValue>, idb::Error>) -> Result<Option<String>, StoreFault> {
    answer.map_err(fault)?.map(|value| value.as_string().ok_or(StoreFault::Damaged)).transpose()
}
