//! The vault on this device: made, opened, changed under the lock of all tabs, destroyed. What is in it
//! and when it locks stands in `domain::vault`.

use super::{
    crypto::{self, CryptoFault},
    store::{self, Shelf, StoreFault, Transaction},
    tabs,
};
use crate::domain::vault::{Contents, NONCE, ROUNDS, SALT, Sealed, Stretch};
use web_sys::CryptoKey;

const ENTRY: &str = "vault";
/// Changes are made one after the other, whichever tab makes them.
const LOCK: &str = "switchboard.vault";

/// Why the vault cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub enum VaultFault {
    WrongPassphrase,
    /// Several were wrong, so this one was not looked at.
    TooSoon,
    /// What is stored is no vault any more.
    Damaged,
    /// There is none, or another tab has changed its passphrase.
    Changed,
    /// It was locked in the meantime.
    Locked,
    /// The browser does not take what was entered as a key.
    NotAKey,
    /// The browser has no cryptography here.
    NoCryptography,
    Store(StoreFault),
}

impl VaultFault {
    pub fn sentence(&self) -> &'static str {
        match self {
            VaultFault::WrongPassphrase => "This is not the passphrase of the vault.",
            VaultFault::TooSoon => "This passphrase was not tried, because others were wrong just before.",
            VaultFault::Damaged => {
                "What is stored of the vault is damaged, and cannot be opened any more. Everything else on this device is as it was."
            }
            VaultFault::Changed => "The vault was changed in another tab. Unlock it again.",
            VaultFault::Locked => "The vault is locked. Unlock it, and try again.",
            VaultFault::NotAKey => "The browser does not take this key: it is damaged or not complete.",
            VaultFault::NoCryptography => {
                "There is no vault on this address: the browser seals only on pages that were opened over https."
            }
            VaultFault::Store(fault) => match fault {
                StoreFault::Full => "The browser's storage is full, so the vault could not take it.",
                StoreFault::Blocked | StoreFault::Damaged => {
                    "This browser does not let the page store anything, so there is no vault."
                }
            },
        }
    }
}

impl From<StoreFault> for VaultFault {
    fn from(fault: StoreFault) -> VaultFault {
        match fault {
            StoreFault::Damaged => VaultFault::Damaged,
            fault => VaultFault::Store(fault),
        }
    }
}

impl From<CryptoFault> for VaultFault {
    fn from(fault: CryptoFault) -> VaultFault {
        match fault {
            CryptoFault::Missing => VaultFault::NoCryptography,
            CryptoFault::Refused => VaultFault::Damaged,
        }
    }
}

/// A vault that is open in this tab: what opens it again after another tab has changed it.
#[derive(Clone)]
pub struct Opened {
    key: CryptoKey,
    stretch: Stretch,
}

/// The vault as it is stored, if there is one.
pub async fn stored() -> Result<Option<Sealed>, VaultFault> {
    let text = Transaction::reading(&[Shelf::Vault]).await?.get(Shelf::Vault, ENTRY).await?;
    let Some(text) = text else { return Ok(None) };
    let sealed = Sealed::read(&text).ok_or(VaultFault::Damaged)?;
    let whole = crypto::digest(&sealed.summed()).await? == sealed.digest;
    if whole { Ok(Some(sealed)) } else { Err(VaultFault::Damaged) }
}

/// Opens the vault with its passphrase.
pub async fn open(passphrase: &str) -> Result<(Opened, Contents), VaultFault> {
    let sealed = stored().await?.ok_or(VaultFault::Changed)?;
    let opened = Opened::with(passphrase, sealed.stretch()).await?;
    let contents = opened.read(&sealed).await?;
    Ok((opened, contents))
}

/// Makes a vault, unless there is one: another tab may have been quicker.
pub async fn make(passphrase: &str) -> Result<Opened, VaultFault> {
    let opened = Opened::anew(passphrase).await?;
    let _turn = tabs::wait(LOCK).await;
    if stored().await?.is_some() {
        return Err(VaultFault::Changed);
    }
    opened.write(&Contents::default()).await?;
    Ok(opened)
}

pub async fn destroy() -> Result<(), VaultFault> {
    let _turn = tabs::wait(LOCK).await;
    Ok(store::delete(Shelf::Vault, ENTRY).await?)
}

impl Opened {
    /// By a passphrase that is new.
    async fn anew(passphrase: &str) -> Result<Opened, VaultFault> {
        Opened::with(passphrase, Stretch { rounds: ROUNDS, salt: crypto::random(SALT)? }).await
    }

    async fn with(passphrase: &str, stretch: Stretch) -> Result<Opened, VaultFault> {
        Ok(Opened { key: crypto::stretched(passphrase, &stretch).await?, stretch })
    }

    async fn read(&self, sealed: &Sealed) -> Result<Contents, VaultFault> {
        if sealed.stretch() != self.stretch {
            return Err(VaultFault::Changed);
        }
        // The digest was right, so it is the key that is not.
        let text = crypto::open(sealed, &self.key).await.map_err(|_| VaultFault::WrongPassphrase)?;
        Contents::read(&text).ok_or(VaultFault::Damaged)
    }

    async fn write(&self, contents: &Contents) -> Result<(), VaultFault> {
        let text = contents.text().ok_or(VaultFault::Damaged)?;
        let sealed = Sealed::new(&self.stretch, crypto::random(NONCE)?, contents);
        let sealed = crypto::seal(sealed, &self.key, &text).await?;
        Ok(store::put(Shelf::Vault, ENTRY, &sealed).await?)
    }

    /// What is in it now.
    pub async fn contents(&self) -> Result<Contents, VaultFault> {
        let sealed = stored().await?.ok_or(VaultFault::Changed)?;
        self.read(&sealed).await
    }

    /// Changes what is in it, also where another tab has changed it meanwhile.
    pub async fn change(&self, change: impl FnOnce(&mut Contents)) -> Result<Contents, VaultFault> {
        let _turn = tabs::wait(LOCK).await;
        let mut contents = self.contents().await?;
        change(&mut contents);
        self.write(&contents).await?;
        Ok(contents)
    }

    /// Seals it with another passphrase.
    pub async fn reseal(&self, passphrase: &str) -> Result<Opened, VaultFault> {
        let opened = Opened::anew(passphrase).await?;
        let _turn = tabs::wait(LOCK).await;
        opened.write(&self.contents().await?).await?;
        Ok(opened)
    }
}
