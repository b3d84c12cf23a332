//! Whether the details of a conversation are open: beside it where there is room, in front of it
//! elsewhere. What stands in them is in `details`.

use crate::browser::{focus, page};
use leptos::{ev, prelude::*};

/// Ids of the button that opens them, and of their heading.
pub const BUTTON: &str = "details-button";
pub const HEADING: &str = "details-heading";

/// Where there is room for them beside a conversation; the style sheet has the same.
const ROOM: &str = "(min-width: 1280px)";

#[derive(Clone, Copy)]
pub struct Aside {
    pub open: RwSignal<bool>,
}

impl Aside {
    pub fn new() -> Aside {
        Aside { open: RwSignal::new(false) }
    }

    /// Whether they stand in front of the messages.
    pub fn covers(self) -> bool {
        self.open.get() && !page::is_media(ROOM)
    }

    /// Another conversation is shown: it is not hidden behind what was opened for the one before.
    pub fn arrive(self) {
        if untrack(|| self.covers()) {
            self.open.set(false);
        }
    }

    pub fn toggle(self) {
        if self.open.get_untracked() {
            self.close();
        } else {
            self.open.set(true);
            focus::soon(format!("#{HEADING}"));
        }
    }

    pub fn close(self) {
        self.open.set(false);
        focus::soon(format!("#{BUTTON}"));
    }

    pub fn pressed(self, event: &ev::KeyboardEvent) {
        if event.key() == "Escape" && !event.is_composing() && self.open.get_untracked() {
            event.prevent_default();
            self.close();
        }
    }
}
