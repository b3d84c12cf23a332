//! The build that is open, and the newer one that waits for the person's word.

use crate::browser::{
    page,
    release::{self, CHANGED, Copy},
};
use leptos::{ev, prelude::*};
use web_sys::Event;

#[derive(Clone, Copy)]
pub struct Release {
    waiting: RwSignal<bool>,
    copy: RwSignal<Copy>,
}

impl Release {
    pub fn watch() -> Release {
        let release =
            Release { waiting: RwSignal::new(release::is_waiting()), copy: RwSignal::new(release::copy()) };
        let changed = window_event_listener(ev::Custom::<Event>::new(CHANGED), move |_| {
            // The bar moves the page down, which must not happen under a press.
            page::after_press(move || {
                // The page may have been taken over meanwhile.
                let _ = release.waiting.try_set(release::is_waiting());
                let _ = release.copy.try_set(release::copy());
            });
        });
        on_cleanup(move || changed.remove());
        release
    }

    pub fn is_waiting(self) -> bool {
        self.waiting.get()
    }

    /// Loads the newer build, and with it the page.
    pub fn take(self) {
        release::take();
    }

    pub fn put_off(self) {
        release::put_off();
        self.waiting.set(false);
    }

    /// Whether this device keeps a copy of the console.
    pub fn copy(self) -> Copy {
        self.copy.get()
    }
}
