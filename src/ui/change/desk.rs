//! The change of one record while it is worked on: the record, the form over it, and how the last
//! saving went. What it looks like is in the modules beside this one.

use super::Subject;
use crate::{
    browser::{focus, page},
    catalogue::{draft::Draft, failure::CarriedOut},
    domain::{
        connection::Connection,
        ledger::Doubt,
        profile::{self, Change},
    },
    state::{App, record::Record, send::Exchange},
    ui::{
        form::{self, Form, Sending, summary_id},
        parts::Outcome,
    },
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value as Json;

#[derive(Clone, Copy)]
pub struct Desk {
    app: App,
    pub subject: Subject,
    pub connection: StoredValue<Connection>,
    /// What names the record.
    id: StoredValue<String>,
    source: Record,
    /// What the provider answered last.
    pub told: RwSignal<Option<Json>>,
    /// What the provider has, as far as is known.
    pub record: RwSignal<Draft>,
    pub form: Form,
    pub sending: RwSignal<Sending>,
    pub outcome: RwSignal<Outcome>,
    pub reviewing: RwSignal<bool>,
    /// Whether somebody else has saved something since the record was read.
    pub moved: RwSignal<bool>,
    pub changes: Memo<Vec<Change>>,
    /// What was typed when it was last sent, and what of it was asked for.
    sent: StoredValue<(Draft, Draft)>,
    /// What tells one state of the record from a later one, where the provider says anything of the kind.
    stamp: StoredValue<String>,
}

impl Desk {
    /// Opens a record that was read.
    pub fn open(app: App, subject: Subject, source: Record, connection: Connection, id: String) -> Desk {
        let (read, stamp) = source.answer.with_untracked(|answer| match answer {
            Some(Ok(json)) => (subject.draft(json, &id), (subject.stamp)(json)),
            _ => (subject.draft(&Json::Null, &id), String::new()),
        });
        let record = RwSignal::new(read);
        let form = Form::changing(subject.operation, record, &connection);
        let changes = Memo::new(move |_| {
            record
                .with(|record| form.entry.draft.with(|now| profile::changes(subject.operation, record, now)))
        });
        Desk {
            app,
            subject,
            connection: StoredValue::new(connection),
            id: StoredValue::new(id),
            source,
            told: RwSignal::new(None),
            record,
            form,
            sending: RwSignal::new(Sending::Idle),
            outcome: RwSignal::new(Outcome::Nothing),
            reviewing: RwSignal::new(false),
            moved: RwSignal::new(false),
            changes,
            sent: StoredValue::new(Default::default()),
            stamp: StoredValue::new(stamp),
        }
    }

    /// The labels of fields that were emptied.
    pub fn cleared(self) -> Vec<&'static str> {
        let cleared = |record: &Draft| {
            self.form.entry.draft.with(|now| profile::cleared(self.subject.operation, record, now))
        };
        self.record.with(cleared).into_iter().map(|(_, field)| field.label).collect()
    }

    /// Whether there is nothing to save now.
    pub fn waits(self) -> bool {
        self.changes.with(Vec::is_empty)
            || self.outcome.with(Outcome::is_open)
            || self.sending.with(|sending| *sending == Sending::Pending)
    }

    /// What there is to save, or why it cannot be saved now.
    pub fn reason(self) -> String {
        if self.sending.with(|sending| *sending == Sending::Pending) {
            return "Sending…".to_owned();
        }
        if self.outcome.with(Outcome::is_open) {
            return "First it has to be known whether the last change was saved.".to_owned();
        }
        match self.changes.with(Vec::len) {
            0 => "Nothing is changed yet.".to_owned(),
            1 => "One change, not saved yet.".to_owned(),
            count => format!("{count} changes, not saved yet."),
        }
    }

    /// Shows what would be saved, unless something stands in the way.
    pub fn review(self) {
        if self.waits() {
            return;
        }
        if self.form.is_done() {
            self.moved.set(false);
            self.reviewing.set(true);
            self.refresh();
        } else {
            self.form.attempt();
            focus::soon(format!("#{}", summary_id(self.form)));
        }
    }

    /// Reads the record while the changes are looked at: somebody else may have saved it since.
    fn refresh(self) {
        spawn_local(async move {
            let Some(Ok(json)) = self.source.look().await else { return };
            let found = self.draft(&json);
            // Once it is being saved, the answer to that is the newer one.
            let sending = self.sending.with_untracked(|sending| *sending == Sending::Pending);
            let looking = self.reviewing.get_untracked() && !sending;
            if looking && self.record.with_untracked(|known| *known != found) {
                self.follow(found);
                self.moved.set(true);
            }
            if looking {
                self.stamp.set_value((self.subject.stamp)(&json));
            }
        });
    }

    fn draft(self, json: &Json) -> Draft {
        self.id.with_value(|id| self.subject.draft(json, id))
    }

    /// Makes this the record; what nobody touched here follows it.
    fn follow(self, found: Draft) {
        let (known, now) = (self.record.get_untracked(), self.form.entry.draft.get_untracked());
        self.form.entry.draft.set(profile::rebased(self.subject.operation, &known, &now, &found));
        self.record.set(found);
    }

    pub fn save(self) {
        if self.waits() {
            return;
        }
        self.sent.set_value((self.form.entry.draft.get_untracked(), self.form.asked()));
        self.outcome.set(Outcome::Nothing);
        let then = move |exchange: &Exchange| self.ended(exchange);
        // A saving is never taken back: its outcome belongs into the history.
        drop(form::submit(
            self.app,
            self.form,
            self.sending,
            self.connection.get_value(),
            Doubt::FindOut,
            then,
        ));
    }

    fn ended(self, exchange: &Exchange) {
        self.reviewing.set(false);
        match &exchange.result {
            Ok(json) => {
                let (asked, told) =
                    (self.sent.with_value(|(_, asked)| asked.clone()), (self.subject.of_answer)(json));
                let operation = self.subject.operation;
                self.adopt(self.record.with_untracked(|now| profile::updated(operation, now, &asked, &told)));
                self.stamp.set_value((self.subject.stamp)(json));
                self.told.set(Some(json.clone()));
                self.outcome.set(Outcome::Saved { at: page::now() });
                page::reveal_soon(self.subject.outcome);
            }
            Err(failure) if failure.carried_out() == CarriedOut::Maybe => self.settle(),
            Err(failure) => self.outcome.set(Outcome::Refused(failure.clone())),
        }
    }

    /// Makes this the record; the form follows it, but for what was typed since.
    fn adopt(self, record: Draft) {
        let typed = self.sent.with_value(|(typed, _)| typed.clone());
        let now = self.form.entry.draft.get_untracked();
        self.form.entry.draft.set(profile::rebased(self.subject.operation, &typed, &now, &record));
        self.record.set(record);
    }

    /// Reads the record again, to find out whether the last change was saved.
    pub fn settle(self) {
        self.outcome.set(Outcome::Looking);
        spawn_local(async move {
            let outcome = match self.source.look().await {
                // The page is gone.
                None => return,
                Some(Err(failure)) => Outcome::Unknown(failure),
                Some(Ok(json)) => self.found(&json),
            };
            self.outcome.try_set(outcome);
        });
    }

    fn found(self, json: &Json) -> Outcome {
        let (found, stamp) = (self.draft(json), (self.subject.stamp)(json));
        let seen =
            self.sent.with_value(|(_, asked)| profile::took_effect(self.subject.operation, asked, &found));
        // Secrets are not told: that nothing was changed since can only be seen by the time of it.
        let untouched = || !stamp.is_empty() && self.stamp.with_value(|before| *before == stamp);
        let saved = seen.or_else(|| untouched().then_some(false));
        let noun = self.subject.noun;
        let sentence = match saved {
            Some(true) => {
                self.adopt(found);
                format!("No usable answer came. The {noun} was read again: your changes are saved.")
            }
            Some(false) => {
                self.follow(found);
                format!(
                    "No usable answer came. The {noun} was read again: your changes are not saved. They are still in the form."
                )
            }
            None => {
                self.follow(found);
                format!(
                    "No usable answer came. The {noun} was read again, but what you changed is never shown, so it cannot be told whether it was saved. It is still in the form: saving the same once more does no harm."
                )
            }
        };
        self.stamp.set_value(stamp);
        self.told.set(Some(json.clone()));
        Outcome::Found { saved: saved == Some(true), sentence }
    }
}
