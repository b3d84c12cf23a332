//! What is kept on this device as a whole: erased by kind or altogether. Other tabs, and this one, begin anew
//! afterwards, because each has some of it in memory.

use super::{App, notices::Notices};
use crate::{
    browser::{archive, inventory, page, settings, store::StoreFault, tabs::Channel, vault::VaultFault},
    domain::holding::Kind,
};
use leptos::{prelude::*, task::spawn_local};

const CHANNEL: &str = "switchboard.device";

#[derive(Clone, Copy)]
pub struct Device {
    channel: StoredValue<Option<Channel>, LocalStorage>,
    notices: Notices,
}

impl Device {
    /// Begins anew whenever another tab has erased or imported something. A tab in which something is typed that is
    /// stored nowhere asks first.
    pub fn new(notices: Notices) -> Device {
        let channel = Channel::open(CHANNEL, |_| page::reload());
        Device { channel: StoredValue::new_local(channel), notices }
    }

    /// Brings in what an import that was cut off has left to do.
    pub fn start(self) {
        spawn_local(async move {
            match self.notices.stored(archive::finish().await).flatten() {
                Some(true) => page::reload(),
                Some(false) => self.notices.tell(
                    "The browser has not stored the settings of an import. It is tried again at the next visit.",
                ),
                None => {}
            }
        });
    }

    /// Removes some kinds, and begins anew with a word on it. Stays where it is if anything could not be removed.
    pub async fn erase(self, app: App, kinds: &[Kind], word: &str) {
        let mut all = true;
        for kind in kinds {
            all &= self.notices.stored(erase(app, *kind).await).is_some();
        }
        if all {
            self.begin_anew(word);
        }
    }

    /// Removes everything.
    pub async fn erase_all(self, app: App) {
        self.erase(app, &Kind::ALL, "Everything on this device was erased.").await;
    }

    /// What was said before this page was loaded again.
    pub fn word(self) -> Option<String> {
        settings::take_word()
    }

    /// Loads this page again, and those of other tabs; `word` is said then.
    pub fn begin_anew(self, word: &str) {
        settings::leave_word(word);
        self.channel.with_value(|channel| channel.iter().for_each(|channel| channel.tell("")));
        page::reload();
    }
}

async fn erase(app: App, kind: Kind) -> Result<(), StoreFault> {
    if kind == Kind::Vault {
        // By its own way, so that other tabs forget what they had of it. A vault that cannot be opened any more
        // goes below.
        if let Err(VaultFault::Store(fault)) = app.keys.destroy_vault().await {
            return Err(fault);
        }
    }
    if kind == Kind::Settings {
        for connection in app.frame.connections.own() {
            if let Err(VaultFault::Store(fault)) = app.keys.let_go(&connection.id).await {
                return Err(fault);
            }
        }
    }
    inventory::erase(kind).await
}
