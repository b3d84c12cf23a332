//! Light, dark, or as the system has it.

use crate::browser::{page, settings};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "theme";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    pub const fn label(self) -> &'static str {
        match self {
            Theme::System => "Same as this device",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        }
    }

    pub const fn id(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

#[derive(Clone, Copy)]
pub struct Appearance {
    theme: RwSignal<Theme>,
}

impl Appearance {
    pub fn restore() -> Appearance {
        let appearance = Appearance { theme: RwSignal::new(settings::get(NAME).unwrap_or_default()) };
        appearance.apply();
        appearance
    }

    pub fn get(self) -> Theme {
        self.theme.get()
    }

    pub fn choose(self, theme: Theme) {
        self.theme.set(theme);
        settings::put(NAME, &theme);
        self.apply();
    }

    fn apply(self) {
        if let Some(root) = page::document().document_element() {
            // The attribute's name is a constant that every document takes.
            drop(root.set_attribute("data-theme", self.theme.get_untracked().id()));
        }
    }
}
