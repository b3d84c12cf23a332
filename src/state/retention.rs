//! Whether customer messages stay on this device, and for how long: the person's choice, under that of the
//! site's host. Removing them is the matter of whoever keeps them.

use super::{connections::Connections, notices::Notices};
use crate::{browser::settings, domain::retention::Retention as Choice};
use leptos::{ev, prelude::*};

pub(super) const NAME: &str = "retention";

#[derive(Clone, Copy)]
pub struct Retention {
    choice: RwSignal<Choice>,
    connections: Connections,
    notices: Notices,
}

impl Retention {
    /// Takes up the choice of an earlier visit, and every change in another tab.
    pub fn restore(connections: Connections, notices: Notices) -> Retention {
        let stored = || settings::get(NAME).unwrap_or_default();
        let choice = RwSignal::new(stored());
        let storage = window_event_listener(ev::storage, move |event| {
            if settings::is_about(&event, NAME) {
                choice.set(stored());
            }
        });
        on_cleanup(move || storage.remove());
        Retention { choice, connections, notices }
    }

    pub fn get(self) -> Choice {
        self.choice.get()
    }

    pub fn choose(self, choice: Choice) {
        self.choice.set(choice);
        if !settings::put(NAME, &choice) {
            self.notices.tell(
                "This browser does not let the page store anything: your choice is gone when the tab closes.",
            );
        }
    }

    /// Whether the site's host forbids to keep messages, whatever is chosen.
    pub fn is_forbidden(self) -> bool {
        !self.connections.keep_messages()
    }

    /// Whether messages may be kept on this device; for whoever asks once.
    pub fn keeps(self) -> bool {
        !self.is_forbidden() && self.choice.get_untracked() != Choice::Nothing
    }

    /// The same, for what is to be drawn anew when it changes.
    pub fn keeps_now(self) -> bool {
        !self.is_forbidden() && self.choice.get() != Choice::Nothing
    }

    /// The moment before which messages are removed; `None` where age removes none.
    pub fn before(self, now: u64) -> Option<u64> {
        self.choice.get_untracked().before(now)
    }
}
