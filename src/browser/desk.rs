//! Readings and writings of conversations that take place together or not at all, on the device or in the
//! page's own memory. What is read and written is not known here.

use super::store::{Shelf, StoreFault, Transaction};
use serde::{Serialize, de::DeserializeOwned};
use std::{cell::RefCell, collections::BTreeMap};

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
pub enum Desk {
    Device(Transaction),
    Page,
}

impl Desk {
    pub async fn open(keep: Keep, shelves: &[Shelf], writing: bool) -> Result<Desk, StoreFault> {
        match (keep, writing) {
            (Keep::Page, _) => Ok(Desk::Page),
            (Keep::Device, true) => Transaction::writing(shelves).await.map(Desk::Device),
            (Keep::Device, false) => Transaction::reading(shelves).await.map(Desk::Device),
        }
    }

    pub async fn text(&self, shelf: Shelf, key: &str) -> Result<Option<String>, StoreFault> {
        match self {
            Desk::Device(transaction) => transaction.get(shelf, key).await,
            Desk::Page => Ok(PAGE.with_borrow(|page| page.get(&(shelf.name(), key.to_owned())).cloned())),
        }
    }

    pub async fn texts(&self, entries: &[(Shelf, String)]) -> Result<Vec<Option<String>>, StoreFault> {
        match self {
            Desk::Device(transaction) => transaction.get_each(entries).await,
            Desk::Page => Ok(PAGE.with_borrow(|page| {
                let text = |(shelf, key): &(Shelf, String)| page.get(&(shelf.name(), key.clone())).cloned();
                entries.iter().map(text).collect()
            })),
        }
    }

    pub async fn get<T: DeserializeOwned>(&self, shelf: Shelf, key: &str) -> Result<Option<T>, StoreFault> {
        Ok(read_back(self.text(shelf, key).await?))
    }

    pub async fn put_text(&self, shelf: Shelf, key: &str, text: String) -> Result<(), StoreFault> {
        match self {
            Desk::Device(transaction) => transaction.put(shelf, key, &text),
            Desk::Page => {
                PAGE.with_borrow_mut(|page| page.insert((shelf.name(), key.to_owned()), text));
                Ok(())
            }
        }
    }

    pub async fn put<T: Serialize>(&self, shelf: Shelf, key: &str, value: &T) -> Result<(), StoreFault> {
        let text = serde_json::to_string(value).map_err(|_| StoreFault::Damaged)?;
        self.put_text(shelf, key, text).await
    }

    pub async fn delete(&self, shelf: Shelf, key: &str) -> Result<(), StoreFault> {
        match self {
            Desk::Device(transaction) => transaction.delete(shelf, key),
            Desk::Page => {
                PAGE.with_borrow_mut(|page| page.remove(&(shelf.name(), key.to_owned())));
                Ok(())
            }
        }
    }

    /// Keys that begin with a text, with their values.
    pub async fn entries(&self, shelf: Shelf, prefix: &str) -> Result<Vec<(String, String)>, StoreFault> {
        match self {
            Desk::Device(transaction) => transaction.entries(shelf, prefix).await,
            Desk::Page => Ok(PAGE.with_borrow(|page| {
                let of = |((other, key), text): (&(&str, String), &String)| {
                    let fits = *other == shelf.name() && key.starts_with(prefix);
                    fits.then(|| (key.clone(), text.clone()))
                };
                page.iter().filter_map(of).collect()
            })),
        }
    }

    /// At most so many entries whose keys come from one text on and before another, in their order.
    pub async fn slice(
        &self,
        shelf: Shelf,
        (from, until): (&str, &str),
        most: u32,
    ) -> Result<Vec<(String, String)>, StoreFault> {
        match self {
            Desk::Device(transaction) => transaction.slice(shelf, (from, until), most).await,
            Desk::Page => Ok(PAGE.with_borrow(|page| {
                let range = (shelf.name(), from.to_owned())..(shelf.name(), until.to_owned());
                let entry = |((_, key), text): (&(&str, String), &String)| (key.clone(), text.clone());
                page.range(range).take(most as usize).map(entry).collect()
            })),
        }
    }

    /// Removes the entries whose keys begin with a text.
    pub async fn delete_all(&self, shelf: Shelf, prefix: &str) -> Result<(), StoreFault> {
        match self {
            Desk::Device(transaction) => transaction.delete_all(shelf, prefix),
            Desk::Page => {
                let of = |(other, key): &(&str, String)| *other == shelf.name() && key.starts_with(prefix);
                PAGE.with_borrow_mut(|page| page.retain(|place, _| !of(place)));
                Ok(())
            }
        }
    }

    pub async fn commit(self) -> Result<(), StoreFault> {
        match self {
            Desk::Device(transaction) => transaction.commit().await,
            Desk::Page => Ok(()),
        }
    }
}

/// What cannot be read is as good as not there: it comes again from the provider.
pub fn read_back<T: DeserializeOwned>(text: Option<String>) -> Option<T> {
    serde_json::from_str(&text?).ok()
}
