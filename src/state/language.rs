//! The language in which dates, times and numbers are written: the browser's, or one that was chosen. The
//! page's own words stay English. Who draws with it follows by itself, which is `browser::locale`'s matter.

use crate::{
    browser::{locale, settings},
    domain::language,
};
use leptos::{ev, prelude::*};

pub(super) const NAME: &str = "language";

#[derive(Clone, Copy)]
pub struct Language;

impl Language {
    /// Takes up the choice of an earlier visit, and every change in another tab.
    pub fn restore() -> Language {
        let stored = || settings::get::<String>(NAME).and_then(|tag| language::known(&tag));
        locale::choose(stored());
        let storage = window_event_listener(ev::storage, move |event| {
            if settings::is_about(&event, NAME) {
                locale::choose(stored());
            }
        });
        on_cleanup(move || storage.remove());
        Language
    }

    /// The tag of the chosen one.
    pub fn get(self) -> Option<&'static str> {
        locale::chosen()
    }

    /// Chooses one by its tag, or the browser's; answers whether the browser kept it.
    pub fn choose(self, tag: Option<&'static str>) -> bool {
        locale::choose(tag);
        settings::put(NAME, &tag)
    }
}
