//! A list of the provider and the rows it names, read one after another and never at once. What is
//! known stays while it is read again; a change of the list is not sent here.

use super::desk::{Desk, Owner};
use crate::{
    browser::transport::Abort,
    catalogue::{
        failure::{Failure, FailureKind},
        operation::Operation,
        vonage::{
            GET_STICKER, GET_STICKERPACK, LIST_STICKERPACKS, LIST_STICKERS, LIST_WHATSAPP_STICKERPACKS,
            replies::{self, Sticker, Stickerpack},
        },
    },
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// How a list and its rows are read.
pub struct Source<T> {
    list: &'static Operation,
    keys: fn(&Json) -> Vec<String>,
    one: &'static Operation,
    /// The field of `one` that takes a key.
    key: &'static str,
    read: fn(&Json) -> Option<T>,
    /// What both begin with.
    request: Json,
}

pub struct Shelf<T: Send + Sync + 'static> {
    desk: Desk,
    source: StoredValue<Source<T>>,
    /// The rows by their keys, in the order of the provider; `None` until the list was read.
    pub keys: RwSignal<Option<Vec<String>>>,
    /// What was read of each row so far; `None` where the provider tells nothing of it.
    pub rows: RwSignal<BTreeMap<String, Option<T>>>,
    /// Why the reading ended early.
    pub failure: RwSignal<Option<Failure>>,
    pub busy: RwSignal<bool>,
    /// How often everything was read to its end.
    pub complete: RwSignal<u32>,
    /// The reading that counts; an earlier one ends by itself.
    turn: StoredValue<u32>,
    abort: StoredValue<Option<Abort>, LocalStorage>,
}

impl<T: Send + Sync + 'static> Clone for Shelf<T> {
    fn clone(&self) -> Shelf<T> {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Shelf<T> {}

impl Shelf<Stickerpack> {
    /// The packs of an owner.
    pub fn packs(desk: Desk, owner: Owner) -> Shelf<Stickerpack> {
        let source = Source {
            list: match owner {
                Owner::Business => &LIST_STICKERPACKS,
                Owner::WhatsApp => &LIST_WHATSAPP_STICKERPACKS,
            },
            keys: replies::stickerpack_ids,
            one: &GET_STICKERPACK,
            key: "stickerpack_id",
            read: Stickerpack::read,
            request: desk.request(owner),
        };
        Shelf::new(desk, source)
    }
}

impl Shelf<Sticker> {
    /// The stickers of one pack.
    pub fn stickers(desk: Desk, owner: Owner, pack: &str) -> Shelf<Sticker> {
        let mut request = desk.request(owner);
        request["stickerpack_id"] = pack.into();
        let source = Source {
            list: &LIST_STICKERS,
            keys: replies::sticker_indexes,
            one: &GET_STICKER,
            key: "sticker_index",
            read: Sticker::read,
            request,
        };
        Shelf::new(desk, source)
    }
}

impl<T: Send + Sync + 'static> Shelf<T> {
    /// An unread shelf; its reading is taken back when whoever made it goes.
    fn new(desk: Desk, source: Source<T>) -> Shelf<T> {
        let shelf = Shelf {
            desk,
            source: StoredValue::new(source),
            keys: RwSignal::new(None),
            rows: RwSignal::new(BTreeMap::new()),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            complete: RwSignal::new(0),
            turn: StoredValue::new(0),
            abort: StoredValue::new_local(None),
        };
        on_cleanup(move || shelf.take_back());
        shelf
    }

    fn take_back(self) {
        if let Some(Some(abort)) = self.abort.try_get_value() {
            abort.now();
        }
    }

    /// Reads the list, and of the rows what is not known yet; takes the place of a reading under way.
    pub fn start(self) {
        self.take_back();
        self.turn.update_value(|turn| *turn += 1);
        let turn = self.turn.get_value();
        self.failure.set(None);
        self.busy.set(true);
        spawn_local(async move {
            // Nothing comes of a reading that was replaced, or whose page is gone.
            let Some(ended) = self.read(turn).await else { return };
            self.busy.set(false);
            match ended {
                Ok(()) => self.complete.update(|complete| *complete += 1),
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    /// The same, with nothing taken as known.
    pub fn start_over(self) {
        self.rows.update(BTreeMap::clear);
        self.start();
    }

    async fn read(self, turn: u32) -> Option<Result<(), Failure>> {
        let keys = match self.ask(turn, None).await? {
            Ok(json) => once_each(self.source.with_value(|source| (source.keys)(&json))),
            Err(failure) => return Some(Err(failure)),
        };
        self.rows.update(|rows| rows.retain(|key, _| keys.contains(key)));
        self.keys.set(Some(keys.clone()));
        for key in keys {
            if self.rows.with_untracked(|rows| rows.contains_key(&key)) {
                continue;
            }
            let row = match self.ask(turn, Some(&key)).await? {
                Ok(json) => self.source.with_value(|source| (source.read)(&json)),
                // This is about the one row; anything else would meet the next ones too.
                Err(failure) if failure.kind == FailureKind::Refused => None,
                Err(failure) => return Some(Err(failure)),
            };
            self.rows.update(|rows| {
                rows.insert(key, row);
            });
        }
        Some(Ok(()))
    }

    /// Asks for the list, or for the row of a key; `None` when the answer came too late to matter.
    async fn ask(self, turn: u32, key: Option<&str>) -> Option<Result<Json, Failure>> {
        let abort = match Abort::new() {
            Ok(abort) => abort,
            Err(failure) => return Some(Err(failure)),
        };
        self.abort.set_value(Some(abort.clone()));
        let (operation, request) = self.source.with_value(|source| match key {
            None => (source.list, source.request.clone()),
            Some(key) => {
                let mut request = source.request.clone();
                request[source.key] = key.into();
                (source.one, request)
            }
        });
        let exchange = self.desk.ask(operation, request, abort).await;
        (self.turn.try_get_value() == Some(turn)).then_some(exchange.result)
    }

    /// The keys that were not there before.
    pub fn added(self, before: &[String]) -> Vec<String> {
        let keys = self.keys.get_untracked().unwrap_or_default();
        keys.into_iter().filter(|key| !before.contains(key)).collect()
    }

    /// Whether a row may be the one that is looked for; what tells nothing of itself may be.
    pub fn may_be(self, key: &str, fits: impl Fn(&T) -> bool) -> bool {
        self.rows.with_untracked(|rows| rows.get(key).is_some_and(|row| row.as_ref().is_none_or(fits)))
    }
}

/// A key that is named twice is still one row.
fn once_each(keys: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    keys.into_iter().filter(|key| seen.insert(key.clone())).collect()
}
