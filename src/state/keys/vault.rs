//! The vault as this tab sees it: locked, open, damaged or not there. Each tab unlocks for itself; a lock on
//! request, a change and a destruction are heard by all.

use super::{Key, Keys, Place, held};
use crate::{
    browser::{
        page, settings,
        tabs::Channel,
        vault::{self as stored, Opened, VaultFault},
    },
    domain::vault::{self, Contents, Idle, Kept, Lock, Tries},
};
use leptos::{ev, leptos_dom::helpers::window_event_listener_untyped, prelude::*, task::spawn_local};
use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

const CHANNEL: &str = "switchboard.vault";
const IDLE: &str = "vault-idle";
const TRIES: &str = "vault-tries";
/// Ids of connections whose keys it lets go of when it is unlocked.
const LATER: &str = "vault-let-go";

/// What tabs tell each other.
const CHANGED: &str = "changed";
const LOCK: &str = "lock";
const TOUCHED: &str = "touched";
/// A touch is told no more often, in milliseconds.
const TELL_TOUCH: u64 = 30_000;

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
    standing: RwSignal<Standing>,
    /// Connections whose keys are in it.
    holds: RwSignal<BTreeSet<String>>,
    opened: StoredValue<Option<Opened>, LocalStorage>,
    /// Counts how often it was locked here: what was begun before must not open it again.
    turn: StoredValue<u32>,
    /// Counts what was heard of it from other tabs.
    heard: StoredValue<u32>,
    /// Why it locked by itself.
    why: RwSignal<Option<Lock>>,
    idle: RwSignal<Idle>,
    tries: RwSignal<Tries>,
    /// When the clock was looked at, and when somebody was here; Unix milliseconds.
    looked: StoredValue<u64>,
    touched: StoredValue<u64>,
    told: StoredValue<u64>,
    channel: StoredValue<Option<Channel>, LocalStorage>,
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
    fn stand(self, standing: Standing) {
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

    fn tell(self, what: &str) {
        self.channel.with_value(|channel| channel.iter().for_each(|channel| channel.tell(what)));
    }

    fn opened(self) -> Option<Opened> {
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

/// What a person does with the vault, and what happens to it by itself.
impl Keys {
    /// Looks whether there is a vault, and locks it when nobody is there. Call it once.
    pub fn start(self) {
        let vault = self.vault;
        vault.channel.set_value(Channel::open(CHANNEL, move |what| self.hear(&what)));
        spawn_local(async move { self.look_up().await });
        let touched = ["pointerdown", "keydown"]
            .map(|name| window_event_listener_untyped(name, move |_: ev::Event| self.touch()));
        // A page that is frozen looks at no clock, and may be thawed days later.
        page::when_frozen(move || self.lock_by_itself(Lock::Slept));
        let chosen = window_event_listener(ev::storage, move |event| {
            if settings::is_about(&event, IDLE) {
                vault.idle.set(settings::get(IDLE).unwrap_or_default());
            }
            if settings::is_about(&event, TRIES) {
                vault.tries.set(settings::get(TRIES).unwrap_or_default());
            }
        });
        let seen = window_event_listener_untyped("visibilitychange", move |_| self.look_at_the_clock());
        let clock =
            set_interval_with_handle(move || self.look_at_the_clock(), Duration::from_millis(vault::LOOK));
        on_cleanup(move || {
            touched.into_iter().for_each(|listener| listener.remove());
            chosen.remove();
            seen.remove();
            clock.inspect(|clock| clock.clear()).ok();
        });
    }

    /// Waits until it is known whether there is a vault.
    pub async fn know_the_vault(self) {
        if self.vault.standing.get_untracked() == Standing::Looking {
            self.look_up().await;
        }
    }

    /// Reads what is stored.
    async fn look_up(self) {
        let found = if page::is_secure() { stored::stored().await } else { Err(VaultFault::NoCryptography) };
        let (standing, holds) = match found {
            Ok(Some(sealed)) => (Standing::Locked, sealed.holds.into_iter().collect()),
            Ok(None) => (Standing::Missing, BTreeSet::new()),
            Err(fault) => (Standing::Broken(fault), BTreeSet::new()),
        };
        if self.vault.opened().is_none() {
            self.vault.holds.try_set(holds);
            self.vault.stand(standing);
        }
    }

    pub async fn make_vault(self, passphrase: &str) -> Result<(), VaultFault> {
        let turn = self.vault.turn();
        match stored::make(passphrase).await {
            Ok(opened) => {
                settings::put(LATER, &BTreeSet::<String>::new());
                self.take(opened, Contents::default(), turn).await;
                self.vault.tell(CHANGED);
                Ok(())
            }
            Err(fault) => {
                self.look_up().await;
                Err(fault)
            }
        }
    }

    /// Opens what is stored, by a passphrase that may be wrong only so often.
    async fn tried(self, passphrase: &str) -> Result<(Opened, Contents), VaultFault> {
        // Another tab may have tried meanwhile.
        let tries: Tries = settings::get(TRIES).unwrap_or_else(|| self.vault.tries.get_untracked());
        if tries.wait(page::now()) > 0 {
            self.vault.tries.set(tries);
            return Err(VaultFault::WrongPassphrase);
        }
        let opened = stored::open(passphrase).await;
        match &opened {
            Ok(_) => self.count(Tries::default()),
            Err(VaultFault::WrongPassphrase) => self.count(tries.wrong(page::now())),
            Err(_) => self.look_up().await,
        }
        opened
    }

    /// Opens the vault in this tab.
    pub async fn unlock(self, passphrase: &str) -> Result<(), VaultFault> {
        let turn = self.vault.turn();
        let (opened, mut contents) = self.tried(passphrase).await?;
        let later: BTreeSet<String> = settings::get(LATER).unwrap_or_default();
        if !later.is_empty() {
            contents = opened.change(|contents| contents.keys.retain(|id, _| !later.contains(id))).await?;
            settings::put(LATER, &BTreeSet::<String>::new());
            self.vault.tell(CHANGED);
        }
        if self.take(opened, contents, turn).await { Ok(()) } else { Err(VaultFault::Locked) }
    }

    fn count(self, tries: Tries) {
        self.vault.tries.set(tries);
        // Where nothing is stored, there is no vault either.
        settings::put(TRIES, &tries);
    }

    /// Has the keys of an open vault in memory, and no others that came from it; unless it was locked
    /// since `turn`.
    async fn take(self, opened: Opened, contents: Contents, turn: u32) -> bool {
        let vault = self.vault;
        let holds = contents.keys.keys().cloned().collect();
        let mut taken = vec![];
        for (id, kept) in contents.keys {
            if let Some(scheme) = kept.provider.scheme(&kept.scheme)
                && let Ok(held) = held(scheme, &kept.what).await
            {
                taken.push((id, self.key(kept.base_url, scheme, held, Place::Vault)));
            }
        }
        if vault.turn() != turn {
            return false;
        }
        vault.holds.set(holds);
        let mut news = false;
        self.held.update(|all| {
            let mut before: HashMap<String, Key> = std::mem::take(all);
            for (id, key) in taken {
                let same = |old: &Key| {
                    // What was entered in this tab is newer.
                    old.place == Place::Tab || old.base_url == key.base_url && old.held.is(&key.held)
                };
                match before.remove(&id).filter(same) {
                    Some(old) => drop(all.insert(id, old)),
                    None => {
                        news = true;
                        all.insert(id, key);
                    }
                }
            }
            all.extend(before.into_iter().filter(|(_, key)| key.place == Place::Tab));
        });
        vault.opened.set_value(Some(opened));
        vault.looked.set_value(page::now());
        vault.why.set(None);
        if !untrack(|| vault.is_open()) {
            vault.touched.set_value(page::now());
            vault.stand(Standing::Open);
        }
        if news {
            self.changed();
        }
        true
    }

    pub async fn change_passphrase(self, before: &str, after: &str) -> Result<(), VaultFault> {
        // Whoever finds the vault open must not be able to keep its owner out.
        let turn = self.vault.turn();
        let (opened, _) = self.tried(before).await?;
        let opened = opened.reseal(after).await?;
        self.vault.tell(CHANGED);
        if self.vault.turn() == turn {
            self.vault.opened.set_value(Some(opened));
        }
        Ok(())
    }

    /// Removes the vault with all that is in it.
    pub async fn destroy_vault(self) -> Result<(), VaultFault> {
        stored::destroy().await?;
        self.vault.tell(CHANGED);
        self.shut();
        self.count(Tries::default());
        self.look_up().await;
        Ok(())
    }

    /// Locks the vault in every tab.
    pub fn lock(self) {
        self.vault.tell(LOCK);
        self.vault.why.set(None);
        self.shut();
    }

    /// Forgets everything that came from the vault.
    fn shut(self) {
        self.vault.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.held.update(|all| all.retain(|_, key| key.place == Place::Tab));
        if self.vault.opened.try_update_value(Option::take).flatten().is_some() {
            self.vault.stand(Standing::Locked);
        }
    }

    fn lock_by_itself(self, why: Lock) {
        if self.vault.opened().is_some() {
            self.vault.why.set(Some(why));
            self.shut();
        }
    }

    fn look_at_the_clock(self) {
        let (vault, now) = (self.vault, page::now());
        let looked = vault.looked.get_value();
        vault.looked.set_value(now);
        if let Some(why) = vault::locks(vault.idle.get_untracked(), looked, vault.touched.get_value(), now) {
            self.lock_by_itself(why);
        }
    }

    /// Somebody is here.
    fn touch(self) {
        let (vault, now) = (self.vault, page::now());
        // The first key after a sleep does not keep it open.
        self.look_at_the_clock();
        vault.touched.set_value(now);
        if now.saturating_sub(vault.told.get_value()) >= TELL_TOUCH {
            vault.told.set_value(now);
            vault.tell(TOUCHED);
        }
    }

    fn hear(self, what: &str) {
        match what {
            LOCK => self.shut(),
            TOUCHED => self.vault.touched.set_value(page::now()),
            _ => {
                self.vault.heard.update_value(|heard| *heard = heard.wrapping_add(1));
                spawn_local(async move { self.read_again().await });
            }
        }
    }

    /// Another tab has changed, made or destroyed the vault.
    async fn read_again(self) {
        let vault = self.vault;
        loop {
            let (turn, heard) = (vault.turn(), vault.heard.get_value());
            let Some(opened) = vault.opened() else { return self.look_up().await };
            match opened.contents().await {
                Ok(contents) => drop(self.take(opened, contents, turn).await),
                Err(_) => {
                    self.shut();
                    return self.look_up().await;
                }
            }
            // What was read may be old by now.
            if vault.heard.get_value() == heard {
                return;
            }
        }
    }
}
