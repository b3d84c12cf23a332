//! The ledger of attempts, on this device: written before a request leaves and again when it ended.
//! While one leaves, its lock tells the other tabs so; a lock that is free tells that its sender is gone.

use super::notices::Notices;
use crate::{
    browser::{
        page,
        store::{self, Shelf},
        tabs::{self, Channel, Claim},
    },
    domain::{
        connection::Connection,
        ledger::{Act, Doubt, Entry, Ledger, NotNow, Outcome, Spend},
    },
};
use leptos::prelude::*;
use std::collections::{HashMap, HashSet};

#[derive(Clone, Copy)]
pub struct Attempts {
    /// Goes on where storage fails.
    memory: StoredValue<HashMap<String, Ledger>>,
    /// Counts up with every change, for pages that show a ledger.
    pub changed: RwSignal<u32>,
    /// Keys whose newest state is in memory alone, because storage did not take it.
    unsaved: StoredValue<HashSet<String>>,
    channel: StoredValue<Option<Channel>, LocalStorage>,
    notices: Notices,
}

/// Tells the other tabs that a ledger has changed.
const CHANNEL: &str = "switchboard.attempts";

/// One that is leaving, until its end was noted.
pub struct Leaving {
    key: String,
    at: u64,
    nonce: u32,
    _claim: Claim,
}

/// Sandboxes count for themselves; everything live counts together, for Meta counts by the number.
fn key(connection: &Connection, subject: &str) -> String {
    let world = if connection.is_sandbox() { connection.host() } else { "live".into() };
    format!("{world} {subject}")
}

fn lock(key: &str, act: Act) -> String {
    format!("switchboard.spend.{act:?}.{key}")
}

impl Attempts {
    pub fn new(notices: Notices) -> Attempts {
        let changed = RwSignal::new(0);
        let hear = move |_| changed.update(|count| *count += 1);
        Attempts {
            memory: StoredValue::new(HashMap::new()),
            changed,
            unsaved: StoredValue::new(HashSet::new()),
            channel: StoredValue::new_local(Channel::open(CHANNEL, hear)),
            notices,
        }
    }

    /// Notes what is about to leave, unless the same is leaving already.
    pub async fn begin(
        self,
        connection: &Connection,
        spend: &Spend,
        (at, nonce): (u64, u32),
        doubt: Doubt,
    ) -> Result<Leaving, NotNow> {
        let key = key(connection, &spend.subject);
        let claim = tabs::try_claim(&lock(&key, spend.act)).await.ok_or(NotNow::UnderWay)?;
        let entry = Entry {
            act: spend.act,
            at,
            nonce,
            method: spend.method.clone(),
            connection: connection.id.clone(),
            outcome: Outcome::Open,
            ended: None,
        };
        let begin = |ledger: &mut Ledger| {
            if tabs::has_locks() {
                ledger.give_up(entry.act);
            }
            ledger.begin(entry.clone(), doubt)
        };
        self.change(&key, begin).await?;
        Ok(Leaving { key, at, nonce, _claim: claim })
    }

    /// Notes how it ended.
    pub async fn end(self, leaving: Leaving, outcome: Outcome) {
        let now = page::now();
        let end = |ledger: &mut Ledger| ledger.end(leaving.at, leaving.nonce, outcome.clone(), now);
        self.change(&leaving.key, end).await;
    }

    /// What is known of a number or a deployment. What nobody is sending any more is unknown from here on.
    pub async fn of(self, connection: &Connection, subject: &str) -> Ledger {
        let key = key(connection, subject);
        let ledger = self.read(&key).await;
        for act in Act::ALL.into_iter().filter(|act| ledger.open(*act).is_some()) {
            let free = tabs::is_held(&lock(&key, act)).await == Some(false);
            let now = page::now();
            let give_up = |ledger: &mut Ledger| {
                if free { ledger.give_up(act) } else { ledger.give_up_stale(now) }
            };
            self.change(&key, give_up).await;
        }
        self.read(&key).await
    }

    /// The ledger of a number with those of the deployments that were started for it here.
    pub async fn of_number(self, connection: &Connection, subject: &str) -> Ledger {
        let mut ledger = self.of(connection, subject).await;
        let deployments: Vec<String> = ledger.deployments().map(str::to_owned).collect();
        for id in deployments {
            ledger = ledger.merged(self.of(connection, &id).await);
        }
        ledger
    }

    /// Writes down what a question that was asked at `asked` found out about an unknown outcome.
    pub async fn settle(
        self,
        connection: &Connection,
        subject: &str,
        act: Act,
        outcome: &Outcome,
        asked: u64,
    ) {
        self.change(&key(connection, subject), |ledger| ledger.settle(act, outcome, asked)).await;
    }

    /// The person wants to go on without knowing what became of it.
    pub async fn leave_open(self, connection: &Connection, subject: &str, act: Act) {
        self.change(&key(connection, subject), |ledger| ledger.leave_open(act)).await;
    }

    async fn read(self, key: &str) -> Ledger {
        if self.unsaved.with_value(|unsaved| unsaved.contains(key)) {
            return self.remembered(key).unwrap_or_default();
        }
        let stored = self.notices.stored(store::get::<Ledger>(Shelf::Attempts, key).await).flatten();
        stored.or_else(|| self.remembered(key)).unwrap_or_default()
    }

    /// What this tab wrote itself: all there is where storage fails.
    fn remembered(self, key: &str) -> Option<Ledger> {
        self.memory.with_value(|held| held.get(key).cloned())
    }

    /// Changes one ledger in one transaction, so that two tabs cannot come between.
    async fn change<R>(self, key: &str, change: impl Fn(&mut Ledger) -> R) -> R {
        let remembered = self.remembered(key).unwrap_or_default();
        let run = |before: Ledger| {
            let mut ledger = before.clone();
            let result = change(&mut ledger);
            let differs = ledger != before;
            (ledger, result, differs)
        };
        let unsaved = self.unsaved.with_value(|unsaved| unsaved.contains(key));
        let in_store = |text: Option<String>| {
            let stored = text.filter(|_| !unsaved).and_then(|text| serde_json::from_str(&text).ok());
            let done = run(stored.unwrap_or_else(|| remembered.clone()));
            // A ledger is made of texts and numbers, which JSON always takes.
            (serde_json::to_string(&done.0).unwrap_or_default(), done)
        };
        let stored = self.notices.stored(store::change(Shelf::Attempts, key, in_store).await);
        self.unsaved.update_value(|unsaved| {
            if stored.is_some() {
                unsaved.remove(key)
            } else {
                unsaved.insert(key.to_owned())
            };
        });
        let (ledger, result, differs) = stored.unwrap_or_else(|| run(remembered.clone()));
        self.memory.update_value(|held| drop(held.insert(key.to_owned(), ledger)));
        if differs {
            self.changed.update(|count| *count += 1);
            self.channel.with_value(|channel| {
                if let Some(channel) = channel {
                    channel.tell("");
                }
            });
        }
        result
    }
}
