//! How far somebody has come who is new here: kept on the device, and followed by other tabs.

use crate::{
    browser::settings,
    domain::first_steps::{FirstSteps, Step},
};
use leptos::{ev, prelude::*};

pub const NAME: &str = "first-steps";

#[derive(Clone, Copy)]
pub struct Steps {
    steps: RwSignal<FirstSteps>,
}

impl Steps {
    pub fn restore() -> Steps {
        let stored = || settings::get(NAME).unwrap_or_default();
        let steps = Steps { steps: RwSignal::new(stored()) };
        let storage = window_event_listener(ev::storage, move |event| {
            if settings::is_about(&event, NAME) {
                steps.steps.set(stored());
            }
        });
        on_cleanup(move || storage.remove());
        steps
    }

    pub fn get(self) -> FirstSteps {
        self.steps.get()
    }

    /// Notes a step that was done.
    pub fn reach(self, step: Step) {
        if self.steps.with_untracked(|steps| !steps.done.contains(&step)) {
            self.change(|steps| {
                steps.done.insert(step);
            });
        }
    }

    pub fn hide(self) {
        self.change(|steps| steps.hidden = true);
    }

    fn change(self, change: impl FnOnce(&mut FirstSteps)) {
        self.steps.update(change);
        // A browser that keeps nothing shows them again at the next visit.
        settings::put(NAME, &self.steps.get_untracked());
    }
}
