//! Records whose creation has left and was not answered yet. They are noted on the device before they
//! leave, so that after a crash it is found out what became of them before they are offered again.

use super::{App, Channels, Key, one_page};
use crate::{
    browser::settings,
    catalogue::{draft::Draft, failure::Failure, operation::Operation},
    domain::{
        connection::Connection,
        ledger::GRACE,
        listed::{Appeared, Asked, appeared},
    },
};
use gloo_timers::future::sleep;
use leptos::{ev, prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::time::Duration;

/// A creation on its way. It has no secrets: a draft never stores them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Begun {
    pub connection: String,
    /// Id of the request.
    pub operation: String,
    /// Among whose records it will be; empty where there is one list alone.
    pub subject: String,
    pub draft: Draft,
    /// The ids that were there before, where all of them were known.
    pub before: Option<Vec<String>>,
    /// When it left, in Unix milliseconds.
    #[serde(default)]
    pub at: Option<u64>,
}

impl Begun {
    fn is_of(&self, connection: &str, operation: &str, subject: &str) -> bool {
        self.connection == connection && self.operation == operation && self.subject == subject
    }
}

const BEGUN: &str = "begun";

/// As they are noted on the device, where other tabs note theirs.
pub(super) fn noted() -> Vec<Begun> {
    settings::get(BEGUN).unwrap_or_default()
}

/// Takes in what other tabs note. Call it once.
pub(super) fn listen(unsettled: RwSignal<Vec<Begun>>) {
    let storage = window_event_listener(ev::storage, move |event| {
        if settings::is_about(&event, BEGUN) {
            unsettled.set(noted());
        }
    });
    on_cleanup(move || storage.remove());
}

/// What was found out, and by which list.
pub type Settled = Result<Appeared, Failure>;

impl Channels {
    /// Whether one is on its way from this tab.
    pub fn is_leaving(self, key: &Key) -> bool {
        self.leaving.with(|leaving| leaving.contains(key))
    }

    pub fn leaves(self, key: &Key) {
        self.leaving.update(|leaving| {
            leaving.insert(key.clone());
        });
    }

    /// It was answered, or nothing more is waited for.
    pub fn arrived(self, key: &Key) {
        self.leaving.update(|leaving| {
            leaving.remove(key);
        });
    }

    /// The creation of that kind that was not answered.
    pub fn begun(self, connection: &str, operation: &str, subject: &str) -> Option<Begun> {
        noted().into_iter().find(|one| one.is_of(connection, operation, subject))
    }

    /// Notes one, before it leaves.
    pub fn begin(self, begun: &Begun) {
        let mut all = self.others(begun);
        all.push(begun.clone());
        self.note(all);
    }

    /// What became of it is known, or somebody has looked.
    pub fn end(self, begun: &Begun) {
        self.note(self.others(begun));
    }

    /// Those of which nobody knows what became of them, for whoever shows it.
    pub fn unsettled(self) -> Vec<Begun> {
        let leaves = |begun: &Begun| {
            let is_it = |key: &Key| begun.is_of(&key.0, key.1, &key.2);
            self.leaving.with(|leaving| leaving.iter().any(is_it))
        };
        self.unsettled.with(|all| all.iter().filter(|begun| !leaves(begun)).cloned().collect())
    }

    fn note(self, all: Vec<Begun>) {
        self.kept(settings::put(BEGUN, &all));
        self.unsettled.set(all);
    }

    fn others(self, begun: &Begun) -> Vec<Begun> {
        let mut all = noted();
        all.retain(|one| !one.is_of(&begun.connection, &begun.operation, &begun.subject));
        all
    }
}

/// How often the list is read before a record that is not in it counts as not made.
const TRIES: usize = 2;
/// Pages that are looked through.
const MOST_PAGES: usize = 10;

/// Looks for a record in the list it would be in. `shape` makes a row what the request calls it.
pub async fn settle(
    app: App,
    connection: &Connection,
    begun: &Begun,
    (operation, list): (&'static Operation, &'static Operation),
    shape: fn(&Json) -> Json,
) -> Settled {
    let asked = Asked { operation, draft: &begun.draft, before: begun.before.as_deref() };
    let mut found = Appeared::Untold;
    for again in 0..TRIES {
        if again > 0 {
            // The provider may still be at work.
            sleep(Duration::from_millis(GRACE)).await;
        }
        found = look(app, connection, (list, &begun.subject), &asked, shape).await?;
        if found != Appeared::NotMade {
            break;
        }
    }
    Ok(found)
}

async fn look(
    app: App,
    connection: &Connection,
    (list, subject): (&'static Operation, &str),
    asked: &Asked<'_>,
    shape: fn(&Json) -> Json,
) -> Settled {
    let mut rows = vec![];
    for page in 1..=MOST_PAGES {
        let (found, more) = one_page(app, connection, list, subject, page).await?;
        rows.extend(found);
        let told = appeared(asked, &rows, !more, shape);
        if told != Appeared::Untold {
            return Ok(told);
        }
    }
    Ok(Appeared::Untold)
}
