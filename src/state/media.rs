//! When pictures and media of messages are loaded from whoever hosts them: when they are seen, or when the
//! person asks for them. What was asked for once is remembered as long as the page.

use crate::browser::settings;
use leptos::{ev, prelude::*};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

pub(super) const NAME: &str = "media";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    #[default]
    Seen,
    Click,
}

impl When {
    pub const ALL: [When; 2] = [When::Seen, When::Click];

    pub const fn id(self) -> &'static str {
        match self {
            When::Seen => "seen",
            When::Click => "click",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            When::Seen => "When they are seen",
            When::Click => "On a click",
        }
    }
}

#[derive(Clone, Copy)]
pub struct Loading {
    when: RwSignal<When>,
    /// Addresses that were asked for.
    asked: RwSignal<HashSet<String>>,
}

impl Loading {
    pub fn restore() -> Loading {
        let stored = || settings::get(NAME).unwrap_or_default();
        let when = RwSignal::new(stored());
        let storage = window_event_listener(ev::storage, move |event| {
            if settings::is_about(&event, NAME) {
                when.set(stored());
            }
        });
        on_cleanup(move || storage.remove());
        Loading { when, asked: RwSignal::new(HashSet::new()) }
    }

    pub fn when(self) -> When {
        self.when.get()
    }

    pub fn choose(self, when: When) {
        self.when.set(when);
        // Where the browser keeps nothing, another part of the page says so.
        settings::put(NAME, &when);
    }

    /// Whether what is at an address may be loaded without another word.
    pub fn may_load(self, url: &str) -> bool {
        self.when.get() == When::Seen || self.asked.with(|asked| asked.contains(url))
    }

    pub fn ask(self, url: &str) {
        self.asked.update(|asked| {
            asked.insert(url.to_owned());
        });
    }
}
