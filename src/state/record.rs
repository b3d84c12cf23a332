//! One record of a provider that a part of a page shows: read when it is drawn, and again on request.
//! What it holds is the part's own matter.

use super::{App, send};
use crate::{
    browser::transport::Abort,
    catalogue::{
        failure::{Failure, FailureKind},
        operation::Operation,
    },
    domain::connection::Connection,
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value as Json;

#[derive(Clone, Copy)]
pub struct Record {
    app: App,
    operation: &'static Operation,
    /// The connection, and the fields that name the record.
    from: StoredValue<(Connection, Json)>,
    /// Whether an answer holds the record.
    holds: fn(&Json) -> bool,
    /// `None` until it was read.
    pub answer: RwSignal<Option<Result<Json, Failure>>>,
    reading: StoredValue<Option<Abort>, LocalStorage>,
}

impl Record {
    /// Begins to read; the reading is taken back when the part goes.
    pub fn read(app: App, connection: &Connection, operation: &'static Operation, named: Json) -> Record {
        Record::read_where(app, connection, operation, named, |_| true)
    }

    /// The same where an answer without the record is one that cannot be read.
    pub fn read_where(
        app: App,
        connection: &Connection,
        operation: &'static Operation,
        named: Json,
        holds: fn(&Json) -> bool,
    ) -> Record {
        let record = Record {
            app,
            operation,
            holds,
            from: StoredValue::new((connection.clone(), named)),
            answer: RwSignal::new(None),
            reading: StoredValue::new_local(None),
        };
        on_cleanup(move || {
            if let Some(Some(abort)) = record.reading.try_get_value() {
                abort.now();
            }
        });
        record.again();
        record
    }

    /// Reads from the beginning.
    pub fn again(self) {
        self.answer.set(None);
        spawn_local(async move {
            if let Some(answer) = self.look().await {
                self.answer.try_set(Some(answer));
            }
        });
    }

    /// Reads, and leaves what is shown as it is; `None` when the part is gone.
    pub async fn look(self) -> Option<Result<Json, Failure>> {
        let (connection, named) = self.from.try_get_value()?;
        let abort = match Abort::new() {
            Ok(abort) => abort,
            Err(failure) => return Some(Err(failure)),
        };
        self.reading.try_set_value(Some(abort.clone()));
        let exchange = send::ask(self.app, connection, self.operation, named, abort).await;
        let read = exchange.result.and_then(|answer| match (self.holds)(&answer) {
            true => Ok(answer),
            false => Err(Failure::of(FailureKind::Unreadable)),
        });
        self.answer.try_get_untracked().map(|_| read)
    }
}
