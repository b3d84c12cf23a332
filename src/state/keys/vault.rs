//! The vault as this tab sees it: locked, open, damaged or not there. Each tab unlocks for itself; a lock on
//! request, a change and a destruction are heard by all. How it is opened is in `opening`, what locks it in
//! `locking`.

use crate::{
    browser::{
        page, settings,
        tabs::Channel,
        vault::{Opened, VaultFault},
    },
    domain::vault::{Contents, Idle, Kept, Lock, Tries},
};
use leptos::prelude::*;
use std::collections::BTreeSet;

pub(super) const CHANNEL: &str = "switchboard.vault";
pub const IDLE: &str = "vault-idle";
pub(super) const TRIES: &str = "vault-tries";
/// Ids of connections whose keys it lets go of when it is unlocked.
pub(super) const LATER: &str = "vault-let-go";

/// What tabs tell each other.
pub(super) const CHANGED: &str = "changed";
pub(super) const LOCK: &str = "lock";
pub(super) const TOUCHED: &str = "touched";
/// A touch is told no more often, in milliseconds.
pub(super) const TELL_TOUCH: u64 = 30_000;

#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    Looking,
    /// There is none.
    Missing,
    Locked,
    Open,
    Broken(VaultFault),
}

#[derive(Clone, Copy)]
pub struct Vault {
    pub(super) standing: RwSignal<Standing>,
    /// Connections whose keys are in it.
    pub(super) holds: RwSignal<BTreeSet<String>>,
    pub(super) opened: StoredValue<Option<Opened>, LocalStorage>,
    /// Counts how often it was locked here: what was begun before must not open it again.
    pub(super) turn: StoredValue<u32>,
    /// Counts what was heard of it from other tabs.
    pub(super) heard: StoredValue<u32>,
    /// Why it locked by itself.
    pub(super) why: RwSignal<Option<Lock>>,
    pub(super) idle: RwSignal<Idle>,
    pub(super) tries: RwSignal<Tries>,
    /// When the clock was looked at, and when somebody was here; Unix milliseconds.
    pub(super) looked: StoredValue<u64>,
    pub(super) touched: StoredValue<u64>,
    pub(super) told: StoredValue<u64>,
    pub(super) channel: StoredValue<Option<Channel>, LocalStorage>,
}

impl Vault {
    pub(super) fn new() -> Vault {
        let now = page::now();
        Vault {
            standing: RwSignal::new(Standing::Looking),
            holds: RwSignal::new(BTreeSet::new()),
            opened: StoredValue::new_local(None),
            turn: StoredValue::new(0),
            heard: StoredValue::new(0),
            why: RwSignal::new(None),
            idle: RwSignal::new(settings::get(IDLE).unwrap_or_default()),
            tries: RwSignal::new(settings::get(TRIES).unwrap_or_default()),
            looked: StoredValue::new(now),
            touched: StoredValue::new(now),
            told: StoredValue::new(0),
            channel: StoredValue::new_local(None),
        }
    }

    pub fn standing(self) -> Standing {
        self.standing.get()
    }

    pub fn is_open(self) -> bool {
        self.standing.with(|standing| *standing == Standing::Open)
    }

    pub fn why(self) -> Option<Lock> {
        self.why.get()
    }

    pub fn idle(self) -> Idle {
        self.idle.get()
    }

    /// Chooses after how long it locks; tells whether the browser kept that.
    pub fn choose_idle(self, idle: Idle) -> bool {
        self.idle.set(idle);
        settings::put(IDLE, &idle)
    }

    /// Milliseconds until another passphrase may be tried.
    pub fn wait(self, now: u64) -> u64 {
        self.tries.with(|tries| tries.wait(now))
    }

    /// Ids of the connections whose keys are in it.
    pub fn held(self) -> BTreeSet<String> {
        self.holds.get()
    }

    pub(super) fn holds(self, id: &str) -> bool {
        self.holds.with(|holds| holds.contains(id))
    }

    /// Tells whether it was locked between two moments.
    pub(super) fn turn(self) -> u32 {
        self.turn.get_value()
    }

    /// Only what is new is told to those who show it: a form within would be made anew.
    pub(super) fn stand(self, standing: Standing) {
        if self.standing.try_with_untracked(|before| *before != standing) == Some(true) {
            self.standing.set(standing);
        }
    }

    /// Lets go of a key when it is unlocked next.
    pub(super) fn let_go_later(self, id: &str) {
        let mut ids: BTreeSet<String> = settings::get(LATER).unwrap_or_default();
        ids.insert(id.to_owned());
        // Where nothing is stored, there is no vault either.
        settings::put(LATER, &ids);
    }

    pub(super) fn tell(self, what: &str) {
        self.channel.with_value(|channel| channel.iter().for_each(|channel| channel.tell(what)));
    }

    pub(super) fn opened(self) -> Option<Opened> {
        self.opened.with_value(Clone::clone)
    }

    /// Keeps a key; the vault has to be open.
    pub(super) async fn keep(self, id: &str, kept: Kept) -> Result<(), VaultFault> {
        self.change(|contents| drop(contents.keys.insert(id.to_owned(), kept))).await
    }

    pub(super) async fn drop_key(self, id: &str) -> Result<(), VaultFault> {
        self.change(|contents| drop(contents.keys.remove(id))).await
    }

    async fn change(self, change: impl FnOnce(&mut Contents)) -> Result<(), VaultFault> {
        let opened = self.opened().ok_or(VaultFault::Locked)?;
        let contents = opened.change(change).await?;
        self.holds.set(contents.keys.into_keys().collect());
        self.tell(CHANGED);
        Ok(())
    }
}
