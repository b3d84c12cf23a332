//! What a person has sent off outlasts the page: it goes to the device, or to the page where the device takes
//! nothing, and what a tab's end came in between of is noted and taken up at the next visit. Nothing leaves
//! from here.

use super::Outbox;
use crate::{
    browser::{desk::Keep, outbox as stored, settings, threads::Key},
    domain::{outbox::Item, written::Written},
    state::App,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the end of a tab came in between of.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Rescued {
    items: Vec<Item>,
    /// Where, what was kept of it, and what it was at the end.
    written: Vec<(Key, Written, Written)>,
}

fn noted() -> Rescued {
    settings::get(settings::RESCUED).unwrap_or_default()
}

/// Strikes out what is safe now; what other tabs have noted meanwhile stays.
fn forget(safe: &Rescued) {
    if *safe == Rescued::default() {
        return;
    }
    let Rescued { mut items, mut written } = noted();
    items.retain(|item| !safe.items.contains(item));
    written.retain(|one| !safe.written.contains(one));
    if items.is_empty() && written.is_empty() {
        settings::remove(settings::RESCUED);
    } else {
        settings::put(settings::RESCUED, &Rescued { items, written });
    }
}

impl Outbox {
    /// Stores a message that a person has sent off. A device that takes nothing is no reason not to send:
    /// it lasts as long as the page then.
    pub(super) async fn store(self, app: App, key: &Key, item: &Item, kept: &Written, rest: &Written) {
        let keep = untrack(|| app.inbox.keep(app));
        if self.notices.stored(stored::put(keep, item, kept, rest).await).is_some() {
            return;
        }
        self.in_page.set_value(true);
        self.notices.stored(stored::put(Keep::Page, item, kept, rest).await);
        // What was sent off is no draft any more; taking it away needs no room.
        self.notices.stored(stored::write(keep, key, kept, rest).await);
    }

    /// Takes what is unfinished from the device to this page, and lasts as long from here on.
    pub async fn leave_the_device(self) {
        let Some(keys) = self.notices.stored(stored::all_to_page().await) else { return };
        for key in keys {
            self.refresh(&key).await;
            self.tell(&key);
        }
    }

    /// The tab ends: what the device was about to store is noted where that takes no time.
    pub(super) fn rescue(self, app: App) {
        let lasts = untrack(|| app.inbox.keep(app)) == Keep::Device;
        let rescued = Rescued { items: self.unstored.get_value(), written: app.writing.unkept() };
        if lasts && rescued != Rescued::default() {
            // Another tab may have ended, too.
            let Rescued { mut items, mut written } = noted();
            items.extend(rescued.items.iter().cloned());
            written.extend(rescued.written.iter().cloned());
            // A browser that takes nothing loses what was typed in the last moment.
            settings::put(settings::RESCUED, &Rescued { items, written });
            self.rescued.set_value(rescued);
        }
    }

    /// The tab did not end after all, as where somebody comes back to its page.
    pub(super) fn end_rescue(self) {
        let own = self.rescued.try_update_value(std::mem::take).unwrap_or_default();
        forget(&own);
    }

    pub(super) async fn take_up_rescued(self, app: App) {
        let rescued = noted();
        for item in &rescued.items {
            let key = Key::new(&item.connection, &item.conversation);
            let stored = stored::queue(&key).await.iter().any(|known| known.key == item.key);
            // What was stored in the last moment may have left from another tab since.
            if !stored && !stored::is_gone(&key, &item.key).await {
                let nothing = Written::default();
                self.store(app, &key, item, &nothing, &nothing).await;
            }
        }
        for (key, kept, written) in &rescued.written {
            self.notices.stored(stored::write(Keep::Device, key, kept, written).await);
        }
        forget(&rescued);
    }
}
