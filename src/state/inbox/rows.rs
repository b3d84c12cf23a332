//! All rows of a list that belongs to a conversation, such as its assignments: read when they are shown,
//! and again on request. What they hold is the matter of whoever shows them.

use super::{App, send};
use crate::{
    browser::transport::Abort,
    catalogue::{
        failure::Failure,
        kapso::replies::{self, PAGE},
        operation::Operation,
    },
    domain::connection::Connection,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Value as Json, json};

/// Pages that are read of one list. Of a longer one that is said.
const MOST: usize = 5;
/// Milliseconds that somebody has to stay: who only passes through costs no questions.
const STAY: u32 = 300;

#[derive(Clone, Copy)]
pub struct Rows {
    app: App,
    operation: &'static Operation,
    /// The connection, and the fields that name the list.
    from: StoredValue<(Connection, Json)>,
    /// `None` until it was read.
    pub answer: RwSignal<Option<Result<Vec<Json>, Failure>>>,
    /// Whether there are more than were read.
    pub cut: RwSignal<bool>,
    reading: StoredValue<Option<Abort>, LocalStorage>,
}

impl Rows {
    /// Begins to read; the reading is taken back when whoever shows it goes.
    pub fn read(app: App, connection: &Connection, operation: &'static Operation, named: Json) -> Rows {
        let rows = Rows {
            app,
            operation,
            from: StoredValue::new((connection.clone(), named)),
            answer: RwSignal::new(None),
            cut: RwSignal::new(false),
            reading: StoredValue::new_local(None),
        };
        on_cleanup(move || {
            if let Some(Some(abort)) = rows.reading.try_get_value() {
                abort.now();
            }
        });
        spawn_local(async move {
            TimeoutFuture::new(STAY).await;
            rows.take().await;
        });
        rows
    }

    /// Reads from the beginning.
    pub fn again(self) {
        self.answer.set(None);
        spawn_local(self.take());
    }

    async fn take(self) {
        if let Some(answer) = self.look().await {
            self.answer.try_set(Some(answer));
        }
    }

    /// Takes in an answer about one row, in place of what was known of it.
    pub fn put(self, row: &Json) {
        if !row["id"].is_string() {
            // What it did shows only in the list.
            return self.again();
        }
        self.answer.update(|answer| {
            if !matches!(answer, Some(Ok(_))) {
                *answer = Some(Ok(vec![]));
            }
            if let Some(Ok(rows)) = answer {
                rows.retain(|known| known["id"] != row["id"]);
                rows.push(row.clone());
            }
        });
    }

    /// Reads, and leaves what is shown as it is; `None` when nobody shows it any more.
    pub async fn look(self) -> Option<Result<Vec<Json>, Failure>> {
        let mut all: Vec<Json> = vec![];
        for page in 1..=MOST {
            let json = match self.page(page).await? {
                Ok(json) => json,
                Err(failure) => return Some(Err(failure)),
            };
            let (rows, last) = (replies::rows(&json).to_vec(), replies::is_last(&json, page));
            // Rows that came meanwhile shift the pages.
            let new = rows.into_iter().filter(|row| all.iter().all(|known| known["id"] != row["id"]));
            let new: Vec<Json> = new.collect();
            all.extend(new);
            self.cut.try_set(!last);
            if last {
                break;
            }
        }
        Some(Ok(all))
    }

    async fn page(self, page: usize) -> Option<Result<Json, Failure>> {
        // Nobody waits for a turn who has gone.
        self.from.try_with_value(|_| ())?;
        let (connection, mut named) = self.from.try_get_value()?;
        if let Some(fields) = named.as_object_mut() {
            fields.extend([
                ("page".into(), json!(page.to_string())),
                ("per_page".into(), json!(PAGE.to_string())),
            ]);
        }
        let abort = match Abort::new() {
            Ok(abort) => abort,
            Err(failure) => return Some(Err(failure)),
        };
        self.reading.try_set_value(Some(abort.clone()));
        let exchange = send::ask(self.app, connection, self.operation, named, abort).await;
        self.answer.try_get_untracked()?;
        Some(exchange.result)
    }
}
