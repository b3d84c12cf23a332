//! Why a queue does not move, and what a person is needed for.

use super::Outbox;
use crate::{
    browser::{page, store::StoreFault, threads::Key},
    catalogue::failure::{Failure, FailureKind},
    domain::outbox::{Item, pace::Wait},
};
use leptos::prelude::*;

/// Why a queue does not move.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// Until a moment, in Unix milliseconds, so that no more leave than the provider takes.
    Pace { until: u64, by: Wait },
    /// Nothing was sent; it goes on when this has passed or was mended.
    Failure(Failure),
    /// The device did not take the note that it leaves, without which it could leave twice.
    Storage(StoreFault),
}

impl Held {
    /// Whether a person has to do something before it goes on: the network comes back by itself, a key does
    /// not.
    pub fn needs_a_hand(&self) -> bool {
        match self {
            Held::Failure(failure) => failure.kind != FailureKind::Offline,
            Held::Storage(_) => true,
            Held::Pace { .. } => false,
        }
    }
}

/// What a person is needed for in a conversation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hand {
    /// A message has not left.
    NotSent,
    /// Nobody knows of a message whether it has.
    Unknown,
}

impl Outbox {
    pub fn held(self, key: &Key) -> Option<Held> {
        self.held.with(|all| all.get(key).cloned())
    }

    /// What a conversation's queue needs a person for; what is not known goes first.
    pub fn hand(self, key: &Key) -> Option<Hand> {
        let now = page::now();
        let needs = |item: &Item| item.state.needs_a_hand() || item.is_stale(now);
        let any = |which: &dyn Fn(&Item) -> bool| {
            self.queues.with(|all| all.get(key).is_some_and(|items| items.iter().any(which)))
        };
        let stands = self.held(key).is_some_and(|held| held.needs_a_hand());
        match any(&|item| item.state.is_in_doubt()) {
            true => Some(Hand::Unknown),
            false => (stands || any(&needs)).then_some(Hand::NotSent),
        }
    }

    pub(super) fn hold(self, key: &Key, held: Option<Held>) {
        if self.held.with_untracked(|all| all.get(key).cloned()) != held {
            self.held.update(|all| match held {
                Some(held) => drop(all.insert(key.clone(), held)),
                None => drop(all.remove(key)),
            });
        }
    }

    /// Whether its key was refused, and nothing was done about it since.
    pub(super) fn is_refused(self, key: &Key) -> bool {
        let refused =
            |held: &Held| matches!(held, Held::Failure(failure) if failure.kind == FailureKind::RefusedKey);
        self.held.with_untracked(|all| all.get(key).is_some_and(refused))
    }
}
