//! Whose question to Kapso may leave now. Whatever a page reads by itself waits here for its turn, so that
//! all tabs of this browser together stay under thirty a minute, and does not leave at all where the
//! provider's own quota is used up. When something is due is decided in `poll`.
//!
//! The tabs share one record on the device. Where the browser stores nothing, each keeps its own and takes
//! in what the others tell it; where they cannot be heard either, each tab has thirty a minute.

use super::{Inbox, Told};
use crate::{
    browser::{
        page,
        store::{self, Shelf},
    },
    catalogue::{
        failure::{Failure, FailureKind},
        kapso::MARK_AS_READ,
        operation::{Method, Operation},
        provider::Provider,
        reply::Reply,
    },
    domain::{
        connection::Connection,
        freshness::{Quota, Ration},
    },
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeMap;

/// The one record of all connections: what is limited is how much one person asks.
const RATION: &str = "inbox";

#[derive(Clone, Copy)]
pub struct Turns {
    /// What this tab asks, by a clock that nobody puts forward.
    own: StoredValue<Ration>,
    /// What is known of each connection's quota, in ticks of this page.
    quotas: RwSignal<BTreeMap<String, Quota>>,
}

impl Turns {
    pub fn new() -> Turns {
        Turns { own: StoredValue::new(Ration::default()), quotas: RwSignal::new(BTreeMap::new()) }
    }

    pub fn quota(self, connection: &str) -> Option<Quota> {
        self.quotas.with(|quotas| quotas.get(connection).copied())
    }

    fn take_own(self) -> Result<(), u64> {
        let mut taken = Ok(());
        self.own.update_value(|own| taken = own.take(page::ticks() as u64));
        taken
    }

    fn spend_own(self) {
        self.own.update_value(|own| own.spend(page::ticks() as u64));
    }

    /// What this tab's own record says, without taking anything.
    fn ask_own(self) -> Result<(), u64> {
        let mut own = self.own.get_value();
        own.take(page::ticks() as u64)
    }
}

/// Whether a request waits for its turn: what reads does, and what only notes that something was read.
fn waits(operation: &Operation) -> bool {
    operation.method == Method::Get || operation.id == MARK_AS_READ.id
}

impl Inbox {
    /// Waits until another question may leave; a failure where the provider takes none in this minute.
    pub async fn turn(self, connection: &Connection, operation: &Operation) -> Result<(), Failure> {
        if connection.provider != Provider::Kapso {
            return Ok(());
        }
        if !waits(operation) {
            return Ok(());
        }
        loop {
            let quota = untrack(|| self.turns.quota(&connection.id));
            let shut = quota.map_or(0.0, |quota| quota.shut(page::ticks()));
            if shut > 0.0 {
                let seconds = Some((shut / 1000.0).ceil() as u32);
                return Err(Failure::of(FailureKind::Throttled { seconds }));
            }
            match self.take().await {
                Ok(()) => return Ok(()),
                Err(wait) => TimeoutFuture::new(u32::try_from(wait).unwrap_or(u32::MAX).max(1)).await,
            }
        }
    }

    /// Takes one question out of what all tabs may ask; otherwise the milliseconds until there may be one.
    async fn take(self) -> Result<(), u64> {
        self.turns.ask_own()?;
        let taken =
            store::change(Shelf::Rations, RATION, |text| changed(text, |ration, now| ration.take(now)));
        match taken.await {
            Ok(taken) => taken.map(|()| self.turns.spend_own()),
            // Nothing can be stored here, which whoever stores something says.
            Err(_) => {
                self.turns.take_own()?;
                self.tell(&Told::Asked);
                Ok(())
            }
        }
    }

    /// Notes that a question leaves in any case, because somebody wants it to. What is sent has a pace of
    /// its own, and takes nothing from what may be read.
    pub fn leaves(self, connection: &Connection, operation: &Operation) {
        if connection.provider != Provider::Kapso || !waits(operation) {
            return;
        }
        self.turns.spend_own();
        spawn_local(async move {
            let spent =
                store::change(Shelf::Rations, RATION, |text| changed(text, |ration, now| ration.spend(now)));
            if spent.await.is_err() {
                self.tell(&Told::Asked);
            }
        });
    }

    /// Another tab, which can store nothing, has asked something.
    pub(super) fn asked_elsewhere(self) {
        self.turns.spend_own();
    }

    /// Learns from any answer what the provider still takes.
    pub fn hear(self, connection: &Connection, reply: &Reply, failure: Option<&Failure>) {
        if connection.provider != Provider::Kapso {
            return;
        }
        let (now, before) = (page::ticks(), untrack(|| self.turns.quota(&connection.id)));
        let number = |name: &str| reply.header(name)?.trim().parse().ok();
        // A code of WhatsApp's own is about one contact, not about the key.
        let refused = failure.filter(|failure| failure.said.code.is_empty()).map(|failure| failure.kind);
        let after = match refused {
            Some(FailureKind::Throttled { seconds }) => Some(Quota::used_up(before, seconds, now)),
            _ => Quota::after(before, number("x-ratelimit-limit"), number("x-ratelimit-remaining"), now),
        };
        if let Some(quota) = after.filter(|after| Some(*after) != before) {
            let told = Quota { until: quota.rest(now), ..quota };
            self.tell(&Told::Quota { connection: connection.id.clone(), quota: told });
            self.knows(&connection.id, quota);
        }
    }

    /// Another tab has heard what the provider still takes, and for how many milliseconds.
    pub(super) fn quota_told(self, connection: &str, told: Quota) {
        self.knows(connection, Quota { until: page::ticks() + told.until, ..told });
    }

    fn knows(self, connection: &str, quota: Quota) {
        self.turns.quotas.update(|quotas| {
            quotas.insert(connection.to_owned(), quota);
        });
        self.polling.plan(connection);
    }

    /// What the provider still takes through a connection in this minute, as far as its answers tell.
    pub fn quota(self, connection: &str) -> Option<Quota> {
        self.turns.quota(connection)
    }
}

/// The record after a change; one that cannot be read begins anew.
fn changed<R>(text: Option<String>, change: impl FnOnce(&mut Ration, u64) -> R) -> (String, R) {
    let mut ration: Ration = text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let result = change(&mut ration, page::now());
    (serde_json::to_string(&ration).unwrap_or_default(), result)
}
