//! How a saving went: one line that is spoken, and below it what can be done. How it is found out is
//! the page's matter.

use super::{Icon, Refused, Trouble};
use crate::{browser::locale, catalogue::failure::Failure, domain::connection::Connection};
use leptos::prelude::*;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Outcome {
    #[default]
    Nothing,
    /// Unix milliseconds.
    Saved { at: u64 },
    /// It was not carried out.
    Refused(Failure),
    /// Nobody knows whether it was carried out; it is being read again.
    Looking,
    /// It could not be read again either.
    Unknown(Failure),
    /// It was read again: what that found.
    Found { saved: bool, sentence: String },
}

/// What is done at one press.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deed {
    #[default]
    Save,
    Create,
    Delete,
}

impl Deed {
    const fn done(self) -> &'static str {
        match self {
            Deed::Save => "saved",
            Deed::Create => "created",
            Deed::Delete => "deleted",
        }
    }
}

impl Outcome {
    /// Whether the last saving may have been carried out, so that nothing is sent on top of it.
    pub fn is_open(&self) -> bool {
        matches!(self, Outcome::Looking | Outcome::Unknown(_))
    }

    fn sentence(&self, deed: Deed) -> String {
        let done = deed.done();
        match self {
            Outcome::Nothing => String::new(),
            Outcome::Saved { at } => format!("Saved at {}.", locale::moment(*at, false)),
            Outcome::Refused(failure) => format!("Not {done}: {}.", failure.word()),
            Outcome::Looking => format!("No usable answer came. Reading again whether it was {done}…"),
            Outcome::Unknown(_) if deed == Deed::Save => {
                "It is not known whether the last change was saved, and it could not be read again."
                    .to_owned()
            }
            Outcome::Unknown(_) => {
                format!("It is not known whether it was {done}, and that could not be read again.")
            }
            Outcome::Found { sentence, .. } => sentence.clone(),
        }
    }

    fn class(&self) -> &'static str {
        match self {
            Outcome::Saved { .. } | Outcome::Found { saved: true, .. } => "status-line ok",
            Outcome::Looking => "status-line",
            _ => "status-line bad",
        }
    }

    fn icon(&self) -> &'static str {
        match self {
            Outcome::Saved { .. } | Outcome::Found { saved: true, .. } => "check",
            Outcome::Refused(_) => "cross",
            _ => "alert",
        }
    }
}

#[component]
pub fn OutcomeLine(
    outcome: RwSignal<Outcome>,
    connection: Connection,
    #[prop(optional)] deed: Deed,
    /// What is said of single values, by the labels they are known by.
    #[prop(into)]
    said: Callback<Failure, Vec<(String, String)>>,
    /// Reads again.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    let line = move || {
        let outcome = outcome.get();
        (outcome != Outcome::Nothing).then(|| {
            view! {
                <p class=outcome.class()><Icon name=outcome.icon()/><span>{outcome.sentence(deed)}</span></p>
            }
        })
    };
    let below = move || {
        let connection = connection.clone();
        match outcome.get() {
            Outcome::Refused(failure) => {
                let said = said.run(failure.clone());
                view! { <Refused failure connection writes=true said/> }.into_any()
            }
            Outcome::Unknown(failure) => view! { <Trouble failure connection again/> }.into_any(),
            _ => ().into_any(),
        }
    };
    view! {
        <div class="outcome-line" role="status">{line}</div>
        {below}
    }
}
