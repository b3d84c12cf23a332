//! A form that changes a record of the provider: what was not touched is neither checked nor sent, and
//! what was emptied stays. What a change comes to is in `domain::profile`.

use super::{Form, element_id, top};
use crate::{
    browser::focus,
    catalogue::{draft::Draft, operation::Operation, read},
    domain::{connection::Connection, profile},
    state::drafts::Drafts,
};
use leptos::prelude::*;

impl Form {
    /// A form over a record. The record is a signal, because it is another one once it was saved.
    pub fn changing(operation: &'static Operation, record: RwSignal<Draft>, connection: &Connection) -> Form {
        let sandbox = connection.is_sandbox();
        let entry = Drafts::loose(record.get_untracked());
        let reading = Memo::new(move |_| {
            let asked =
                record.with(|record| entry.draft.with(|draft| profile::asked(operation, record, draft)));
            let mut reading = read::draft(operation, &asked);
            // Nobody is advised about a field that is not asked for.
            let is_asked = |path: &str| asked.holds(path) || asked.holds(top(path));
            reading.problems.retain(|problem| problem.blocks || is_asked(&problem.path));
            reading
        });
        let form = Form::over(operation, entry, reading, Memo::new(move |_| sandbox));
        Form { record: Some(record), ..form }
    }

    /// The draft of what is sent: all of what was typed, or what it changes.
    pub fn asked(self) -> Draft {
        self.entry.draft.with_untracked(|draft| match self.record {
            Some(record) => record.with_untracked(|record| profile::asked(self.operation, record, draft)),
            None => draft.clone(),
        })
    }

    /// Makes a field what it is in the record again.
    pub fn put_back(self, name: &str) {
        let Some(record) = self.record else { return };
        self.entry.draft.update(|draft| record.with_untracked(|record| draft.take(name, record)));
        let input = element_id(name);
        focus::first_soon(vec![format!("#{input}:enabled"), format!("[data-row='{name}.0'] input")]);
    }

    /// Whether the form changes a record, and nothing of it differs.
    pub(super) fn is_unchanged(self) -> bool {
        let same = |record: &Draft| {
            self.entry.draft.with(|draft| profile::changes(self.operation, record, draft).is_empty())
        };
        self.record.is_some_and(|record| record.with(same))
    }

    /// Whether the record has something where the form is empty now.
    pub(super) fn is_cleared(self, name: &str) -> bool {
        let cleared = |record: &Draft| {
            self.entry.draft.with(|draft| {
                let cleared = profile::cleared(self.operation, record, draft);
                cleared.iter().any(|(path, _)| path == name)
            })
        };
        self.record.is_some_and(|record| record.with(cleared))
    }
}
