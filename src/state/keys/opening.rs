//! Opening the vault in this tab: by its passphrase, new ones, and what is in memory then.

use super::{
    Key, Keys, Place,
    held::held,
    vault::{CHANGED, LATER, Standing, TRIES},
};
use crate::{
    browser::{
        page, settings,
        vault::{self as stored, Opened, VaultFault},
    },
    domain::vault::{Contents, Tries},
};
use leptos::prelude::*;
use std::collections::{BTreeSet, HashMap};

impl Keys {
    /// Waits until it is known whether there is a vault.
    pub async fn know_the_vault(self) {
        if self.vault.standing.get_untracked() == Standing::Looking {
            self.look_up().await;
        }
    }

    /// Reads what is stored.
    pub(super) async fn look_up(self) {
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
            return Err(VaultFault::TooSoon);
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
    pub(super) async fn take(self, opened: Opened, contents: Contents, turn: u32) -> bool {
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
                    old.place == Place::Tab || old.is(&key)
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
}
