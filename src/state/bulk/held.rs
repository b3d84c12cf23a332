//! What keeps a batch from moving, as this tab knows it and tells it to the others, and what a person is needed for.

use super::{Bulk, Shown, Told, href};
use crate::{
    browser::{locale, store::StoreFault},
    catalogue::failure::{Failure, Told as ToldFailure},
    domain::{
        bulk::{Batch, request::OPERATION},
        hand::Hand,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Why a batch does not move, though nobody has paused it.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// Until then, in Unix milliseconds, because the provider asked to wait.
    Throttled { until: u64 },
    /// Nothing was sent; it goes on when this has passed or was mended.
    Failure(Failure),
    /// The device does not take a note without which somebody could get it twice.
    Storage(StoreFault),
    /// Its connection is not there any more.
    Gone,
}

/// The same as one tab tells it to another.
#[derive(Serialize, Deserialize)]
pub(super) enum ToldHeld {
    Throttled(u64),
    Failure(ToldFailure),
    Full,
    Gone,
}

impl ToldHeld {
    fn of(held: &Held) -> ToldHeld {
        match held {
            Held::Throttled { until } => ToldHeld::Throttled(*until),
            Held::Failure(failure) => ToldHeld::Failure(failure.told(0)),
            Held::Storage(_) => ToldHeld::Full,
            Held::Gone => ToldHeld::Gone,
        }
    }

    pub(super) fn heard(self) -> Held {
        match self {
            ToldHeld::Throttled(until) => Held::Throttled { until },
            ToldHeld::Failure(told) => Held::Failure(told.of(OPERATION)),
            ToldHeld::Full => Held::Storage(StoreFault::Full),
            ToldHeld::Gone => Held::Gone,
        }
    }
}

impl Bulk {
    pub fn held(self, id: &str) -> Option<Held> {
        self.held.with(|all| all.get(id).cloned())
    }

    /// Batches that wait for a person: paused, held, or with messages that were refused or are unknown.
    pub fn need_a_hand(self) -> Vec<Hand> {
        let why = |shown: &Shown| match self.held(&shown.batch.id) {
            // The network comes back by itself, and a wait ends.
            Some(Held::Failure(failure)) if shown.progress.moves() => Some(failure.word().to_lowercase()),
            Some(Held::Storage(_)) => Some("storage full".to_owned()),
            Some(Held::Gone) => Some("connection removed".to_owned()),
            _ => shown.progress.wants().map(|wants| wants.words(locale::number)),
        };
        let hand = |shown: Shown| {
            let Batch { id, people, .. } = &*shown.batch;
            let people = locale::counted(*people as usize, "person", "people");
            let about = format!("“{}” to {people}", shown.batch.title());
            Some(Hand::of_sending(about, why(&shown)?, href(id)))
        };
        self.list().into_iter().filter_map(hand).collect()
    }

    pub(super) fn set_held(self, id: &str, held: Option<Held>) {
        if self.held.with_untracked(|all| all.get(id) != held.as_ref()) {
            self.held.update(|all| match held {
                Some(held) => drop(all.insert(id.to_owned(), held)),
                None => drop(all.remove(id)),
            });
        }
    }

    /// Notes why a batch does not move, here and elsewhere.
    pub(super) fn hold(self, id: &str, held: Option<Held>) {
        let told = held.as_ref().map(ToldHeld::of);
        self.set_held(id, held);
        self.tell(&Told::Held { id: id.to_owned(), held: told });
    }
}
