//! The keys of connections, in this tab's memory: as they are sent, or as what makes tokens. Each is bound
//! to the address and header it was entered for. What is kept beyond the tab is in `vault`.

mod held;
mod locking;
mod opening;
mod vault;

pub use vault::{IDLE, Standing, Vault};

use super::App;
use crate::{
    browser::{crypto::CryptoFault, page, vault::VaultFault},
    catalogue::{
        failure::{Failure, FailureKind},
        provider::Scheme,
        value::Secret,
    },
    domain::{
        connection::{Connection, Credential},
        server_clock::Ahead,
        token,
        vault::{Kept, What},
    },
};
use held::{Held, Made, Signer, held, tail};
use leptos::prelude::*;
use std::collections::HashMap;

#[derive(Clone, Copy)]
pub struct Keys {
    held: RwSignal<HashMap<String, Key>, LocalStorage>,
    /// Counts keys that were taken in.
    taken: StoredValue<u32>,
    /// Changes when a key was entered or forgotten, not when a token was made with one.
    entered: RwSignal<u32>,
    pub vault: Vault,
}

/// A key, and the address and header it was entered for.
#[derive(Clone)]
struct Key {
    base_url: String,
    scheme: &'static Scheme,
    held: Held,
    place: Place,
    number: u32,
}

/// How long a key stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Tab,
    Vault,
}

/// What a page may show of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    Missing,
    /// It is in the vault, which is locked.
    Locked,
    /// Its last four signs, and when it ends, in Unix milliseconds of this device.
    Text {
        tail: String,
        ends: Option<u64>,
        place: Place,
    },
    /// Whose key signs; the end of the token that was made last.
    Signer {
        issuer: String,
        lifetime: u32,
        ends: Option<u64>,
        place: Place,
    },
}

/// A difference of clocks, in milliseconds, by which a provider may refuse a token.
const SKEW: u64 = 30_000;

impl Default for Keys {
    fn default() -> Keys {
        Keys {
            held: RwSignal::new_local(HashMap::new()),
            taken: StoredValue::new(0),
            entered: RwSignal::new(0),
            vault: Vault::new(),
        }
    }
}

impl Keys {
    /// Runs the present effect again when a key was entered or forgotten.
    pub fn track(self) {
        self.entered.track();
    }

    fn changed(self) {
        self.entered.update(|count| *count = count.wrapping_add(1));
    }

    /// Takes a key in for a connection, and keeps it where it is to stay.
    pub async fn enter(self, connection: &Connection, what: What, place: Place) -> Result<(), VaultFault> {
        let kept = Kept::new(connection, what);
        let held = held(connection.scheme(), &kept.what).await.map_err(|fault| match fault {
            CryptoFault::Refused => VaultFault::NotAKey,
            CryptoFault::Missing => VaultFault::NoCryptography,
        })?;
        let turn = self.vault.turn();
        if place == Place::Vault {
            self.vault.keep(&connection.id, kept.clone()).await?;
        }
        // Where it was locked meanwhile, the key is in it and nowhere else.
        if place == Place::Tab || self.vault.turn() == turn {
            let key = self.key(kept.base_url, connection.scheme(), held, place);
            self.held.update(|all| drop(all.insert(connection.id.clone(), key)));
            self.changed();
        }
        Ok(())
    }

    fn key(self, base_url: String, scheme: &'static Scheme, held: Held, place: Place) -> Key {
        let number = self.taken.try_update_value(|taken| {
            *taken = taken.wrapping_add(1);
            *taken
        });
        Key { base_url, scheme, held, place, number: number.unwrap_or_default() }
    }

    /// Forgets a key of this tab, and what an open vault has for the connection.
    pub async fn forget(self, id: &str) -> Result<(), VaultFault> {
        if untrack(|| self.vault.is_open() && self.vault.holds(id)) {
            self.vault.drop_key(id).await?;
        }
        self.held.update(|all| drop(all.remove(id)));
        self.changed();
        Ok(())
    }

    /// A connection is gone, or has another address or header: nothing that was entered for it is kept. A
    /// vault that is locked lets go of it when it is unlocked.
    pub async fn let_go(self, id: &str) -> Result<(), VaultFault> {
        self.know_the_vault().await;
        if untrack(|| !self.vault.is_open() && self.vault.holds(id)) {
            self.vault.let_go_later(id);
        }
        self.forget(id).await
    }

    /// A connection was changed: a key that was entered for another address or header is forgotten.
    pub async fn follow(
        self,
        before: Option<&Connection>,
        connection: &Connection,
    ) -> Result<(), VaultFault> {
        let same = |before: &Connection| {
            before.base_url == connection.base_url && before.scheme().id == connection.scheme().id
        };
        if before.is_none_or(same) { Ok(()) } else { self.let_go(&connection.id).await }
    }

    /// Tells two keys of a connection apart; `None` while it has none.
    pub fn number(self, connection: &Connection) -> Option<u32> {
        self.held
            .with(|all| all.get(&connection.id).filter(|key| key.is_for(connection)).map(|key| key.number))
    }

    pub fn shown(self, app: App, connection: &Connection) -> Shown {
        let ahead = app.clocks.of(connection).about().unwrap_or_default();
        let here = |at: u64| at.saturating_add_signed(-ahead);
        let held =
            self.held.with(|all| all.get(&connection.id).filter(|key| key.is_for(connection)).cloned());
        match held {
            None if !self.vault.is_open() && self.vault.holds(&connection.id) => Shown::Locked,
            None => Shown::Missing,
            Some(Key { held: Held::Text { secret, token }, place, scheme, .. }) => {
                let ends = token.zip(scheme.token).and_then(|(token, rule)| token.ends(rule));
                Shown::Text { tail: tail(&secret), ends: ends.map(here), place }
            }
            Some(Key { held: Held::Signer(signer), place, .. }) => Shown::Signer {
                issuer: signer.issuer,
                lifetime: signer.lifetime,
                ends: signer.made.map(|made| here(made.ends)),
                place,
            },
        }
    }

    /// The credential that a call through a connection carries; `None` where the relay adds it.
    pub async fn credential(self, app: App, connection: &Connection) -> Result<Option<Secret>, Failure> {
        match connection.credential {
            Credential::Sandbox => Ok(Some(Secret::new("sandbox"))),
            Credential::Relay => Ok(None),
            Credential::Ask if !page::is_secure() => Err(Failure::of(FailureKind::Insecure)),
            Credential::Ask => self.entered(app.clocks.of(connection), connection).await.map(Some),
        }
    }

    async fn entered(self, ahead: Ahead, connection: &Connection) -> Result<Secret, Failure> {
        let found = self
            .held
            .with_untracked(|all| all.get(&connection.id).filter(|key| key.is_for(connection)).cloned());
        let Some(key) = found else {
            self.know_the_vault().await;
            let locked = untrack(|| !self.vault.is_open() && self.vault.holds(&connection.id));
            let kind = if locked { FailureKind::VaultLocked } else { FailureKind::NoCredential };
            return Err(Failure::of(kind));
        };
        let now = at_provider(ahead);
        match key.held {
            Held::Text { secret, token } => {
                let fault = token.zip(key.scheme.token).and_then(|(token, rule)| token.fault(rule, now));
                if fault.is_some() { Err(Failure::of(FailureKind::TokenEnded)) } else { Ok(secret) }
            }
            Held::Signer(signer) => match &signer.made {
                Some(made) if !token::is_due(made.ends, signer.lifetime, now) => Ok(made.token.clone()),
                _ => {
                    let made =
                        signer.make(ahead).await.map_err(|_| Failure::of(FailureKind::NoCredential))?;
                    let token = made.token.clone();
                    self.note(&connection.id, key.number, Some(made));
                    Ok(token)
                }
            },
        }
    }

    /// After a refusal: whether a token that was made here may have been refused because of a clock, as the
    /// answer tells now. The next is made by the clock of the provider.
    pub fn was_early_or_late(self, app: App, connection: &Connection) -> bool {
        let Some(ahead) = app.clocks.of(connection).about() else { return false };
        let key = self.held.with_untracked(|all| all.get(&connection.id).cloned());
        let Some(Key { held: Held::Signer(Signer { made: Some(made), .. }), number, .. }) = key else {
            return false;
        };
        let off = made.ahead.abs_diff(ahead) > SKEW;
        if off {
            self.note(&connection.id, number, None);
        }
        off
    }

    /// Notes a token for a key, unless another was entered meanwhile.
    fn note(self, id: &str, number: u32, token: Option<Made>) {
        self.held.try_update(|all| {
            if let Some(Key { held: Held::Signer(signer), .. }) =
                all.get_mut(id).filter(|key| key.number == number)
            {
                signer.made = token;
            }
        });
    }
}

impl Key {
    /// Whether it is the same key, for the same address and header: what was made with it stays.
    fn is(&self, other: &Key) -> bool {
        self.base_url == other.base_url && self.scheme.id == other.scheme.id && self.held.is(&other.held)
    }

    fn is_for(&self, connection: &Connection) -> bool {
        self.base_url == connection.base_url && self.scheme.id == connection.scheme().id
    }
}

/// What the provider's clock shows, as far as it is known.
fn at_provider(ahead: Ahead) -> u64 {
    page::now().saturating_add_signed(ahead.about().unwrap_or_default())
}
