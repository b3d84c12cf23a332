//! The change of one profile while it is worked on: the record, the form over it, and how the last
//! saving went. What it looks like is in the modules beside this one.

use crate::{
    browser::page,
    catalogue::{draft::Draft, failure::CarriedOut, operation::Operation, vonage::UPDATE_PROFILE},
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

const OPERATION: &Operation = &UPDATE_PROFILE;

#[derive(Clone, Copy)]
pub struct Desk {
    app: App,
    pub connection: StoredValue<Connection>,
    deployment_id: StoredValue<String>,
    source: Record,
    /// What the provider has, as far as is known.
    pub record: RwSignal<Draft>,
    pub form: Form,
    pub sending: RwSignal<Sending>,
    pub outcome: RwSignal<Outcome>,
    pub reviewing: RwSignal<bool>,
    /// Whether somebody else has saved something since the profile was read.
    pub moved: RwSignal<bool>,
    pub changes: Memo<Vec<Change>>,
    /// What was typed when it was last sent, and what of it was asked for.
    sent: StoredValue<(Draft, Draft)>,
}

impl Desk {
    /// Opens a profile that was read.
    pub fn open(app: App, source: Record, connection: Connection, deployment_id: String) -> Desk {
        let read = source.answer.with_untracked(|answer| match answer {
            Some(Ok(json)) => draft(json, &deployment_id),
            _ => draft(&Json::Null, &deployment_id),
        });
        let record = RwSignal::new(read);
        let form = Form::changing(OPERATION, record, &connection);
        let changes = Memo::new(move |_| {
            record.with(|record| form.entry.draft.with(|now| profile::changes(OPERATION, record, now)))
        });
        Desk {
            app,
            connection: StoredValue::new(connection),
            deployment_id: StoredValue::new(deployment_id),
            source,
            record,
            form,
            sending: RwSignal::new(Sending::Idle),
            outcome: RwSignal::new(Outcome::Nothing),
            reviewing: RwSignal::new(false),
            moved: RwSignal::new(false),
            changes,
            sent: StoredValue::new(Default::default()),
        }
    }

    /// The labels of fields that were emptied.
    pub fn cleared(self) -> Vec<&'static str> {
        let cleared =
            |record: &Draft| self.form.entry.draft.with(|now| profile::cleared(OPERATION, record, now));
        self.record.with(cleared).into_iter().map(|field| field.label).collect()
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
            page::focus_soon(format!("#{}", summary_id(self.form)));
        }
    }

    /// Reads the profile while the changes are looked at: somebody else may have saved it since.
    fn refresh(self) {
        spawn_local(async move {
            let Some(Ok(json)) = self.source.look().await else { return };
            let found = self.deployment_id.with_value(|id| draft(&json, id));
            // Once it is being saved, the answer to that is the newer one.
            let sending = self.sending.with_untracked(|sending| *sending == Sending::Pending);
            let looking = self.reviewing.get_untracked() && !sending;
            if looking && self.record.with_untracked(|known| *known != found) {
                let (known, now) = (self.record.get_untracked(), self.form.entry.draft.get_untracked());
                self.form.entry.draft.set(profile::rebased(OPERATION, &known, &now, &found));
                self.record.set(found);
                self.moved.set(true);
            }
        });
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
                let asked = self.sent.with_value(|(_, asked)| asked.clone());
                self.adopt(self.record.with_untracked(|now| profile::updated(OPERATION, now, &asked, json)));
                self.outcome.set(Outcome::Saved { at: page::now() });
                page::reveal_soon(".profile .outcome-line");
            }
            Err(failure) if failure.carried_out() == CarriedOut::Maybe => self.settle(),
            Err(failure) => self.outcome.set(Outcome::Refused(failure.clone())),
        }
    }

    /// Makes this the record; the form follows it, but for what was typed since.
    fn adopt(self, record: Draft) {
        let typed = self.sent.with_value(|(typed, _)| typed.clone());
        let now = self.form.entry.draft.get_untracked();
        self.form.entry.draft.set(profile::rebased(OPERATION, &typed, &now, &record));
        self.record.set(record);
    }

    /// Reads the profile again, to find out whether the last change was saved.
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
        let found = self.deployment_id.with_value(|id| draft(json, id));
        let saved = self.sent.with_value(|(_, asked)| profile::took_effect(OPERATION, asked, &found));
        let sentence = if saved {
            self.adopt(found);
            "No usable answer came. The profile was read again: your changes are saved."
        } else {
            // Of what nobody touched here, the form shows what somebody else may have made of it.
            let (known, now) = (self.record.get_untracked(), self.form.entry.draft.get_untracked());
            self.form.entry.draft.set(profile::rebased(OPERATION, &known, &now, &found));
            self.record.set(found);
            "No usable answer came. The profile was read again: your changes are not saved. They are still in the form."
        };
        Outcome::Found { saved, sentence: sentence.to_owned() }
    }
}

/// A profile as the draft of its update.
fn draft(profile: &Json, deployment_id: &str) -> Draft {
    let mut draft = Draft::from_json(OPERATION, profile);
    draft.set(OPERATION, "deployment_id", deployment_id.to_owned());
    draft
}
