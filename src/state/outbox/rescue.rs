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
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Rescued {
    items: Vec<Item>,
    /// Where, what was kept of it, and what it was at the end.
    written: Vec<(Key, Written, Written)>,
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
            // A browser that takes nothing loses what was typed in the last moment.
            settings::put(settings::RESCUED, &rescued);
        }
    }

    pub(super) async fn take_up_rescued(self, app: App) {
        let Some(Rescued { items, written }) = settings::get::<Rescued>(settings::RESCUED) else { return };
        for item in items {
            let key = Key::new(&item.connection, &item.conversation);
            if stored::queue(&key).await.iter().all(|known| known.key != item.key) {
                let nothing = Written::default();
                self.store(app, &key, &item, &nothing, &nothing).await;
            }
        }
        for (key, kept, written) in written {
            self.notices.stored(stored::write(Keep::Device, &key, &kept, &written).await);
        }
        settings::remove(settings::RESCUED);
    }
}
