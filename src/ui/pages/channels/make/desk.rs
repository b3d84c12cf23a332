//! One creation while it is worked on: the form, and how the last sending went. One whose answer was lost
//! is settled in `settling`; what it looks like is in the module above.

use super::{Kind, Offer, Told, is_typed};
use crate::{
    browser::{focus, page},
    catalogue::{
        draft::Draft,
        failure::{CarriedOut, Failure},
        reply::text,
    },
    domain::{channels::Place, connection::Connection, ledger::Doubt},
    state::{
        App,
        channels::{Begun, Source},
        send::Exchange,
    },
    ui::{
        form::{Form, Sending, element_id, submit_noting, summary_id},
        parts::Outcome,
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

#[derive(Clone, Copy)]
pub struct Desk {
    pub(super) app: App,
    pub kind: &'static Kind,
    pub(super) connection: StoredValue<Connection>,
    subject: StoredValue<String>,
    pub(super) place: Callback<String, Place>,
    told: Told,
    go: Callback<Place>,
    pub form: Form,
    pub sending: RwSignal<Sending>,
    pub outcome: RwSignal<Outcome>,
    /// A record that may be the one.
    pub perhaps: RwSignal<Option<Place>>,
    /// What is probably missing, by its paths, and was pointed out.
    pub doubts: RwSignal<Vec<String>>,
    /// For whom the form was filled in, where that was somebody else.
    pub foreign: RwSignal<Option<String>>,
    /// Where what it was filled in with here comes from.
    pub filled: RwSignal<Option<String>>,
    /// The form as it was filled in by itself: if nobody touches it, nothing of it stays.
    untouched: StoredValue<Option<Draft>>,
    /// What was there before, where all of it is known.
    source: Source,
}

impl Desk {
    pub fn open(
        app: App,
        kind: &'static Kind,
        connection: Connection,
        subject: String,
        place: Callback<String, Place>,
        told: Told,
    ) -> Desk {
        let navigate = use_navigate();
        let go = Callback::new(move |place: Place| {
            navigate(&place.address(), NavigateOptions { replace: true, ..Default::default() });
        });
        let source = Source::new(kind.list, &subject);
        app.channels.refresh(app, &connection, source);
        let desk = Desk {
            app,
            kind,
            connection: StoredValue::new(connection),
            subject: StoredValue::new(subject),
            place,
            told,
            go,
            form: Form::new(app, kind.operation),
            sending: RwSignal::new(Sending::Idle),
            outcome: RwSignal::new(Outcome::Nothing),
            perhaps: RwSignal::new(None),
            doubts: RwSignal::new(vec![]),
            foreign: RwSignal::new(None),
            filled: RwSignal::new(None),
            untouched: StoredValue::new(None),
            source,
        };
        desk.give_subject();
        on_cleanup(move || {
            let untouched = desk.untouched.try_get_value().flatten();
            if untouched
                .is_some_and(|untouched| desk.form.entry.draft.with_untracked(|now| *now == untouched))
            {
                desk.form.entry.draft.set(Draft::default());
            }
        });
        // One that has left and was not answered is found out about, once it is no longer on its way.
        Effect::new(move |_| {
            let on_its_way = desk.key().is_some_and(|key| app.channels.is_leaving(&key));
            if !on_its_way && desk.begun().is_some() {
                untrack(|| desk.settle());
            }
        });
        desk
    }

    pub fn connection(self) -> Connection {
        self.connection.get_value()
    }

    pub fn provider(self) -> &'static str {
        self.kind.operation.provider.name()
    }

    /// Connection, request and subject; `None` once the page is gone.
    fn key(self) -> Option<(String, &'static str, String)> {
        let connection = self.connection.try_get_value()?.id;
        Some((connection, self.kind.operation.id, self.subject.try_get_value()?))
    }

    pub(super) fn begun(self) -> Option<Begun> {
        let (connection, operation, subject) = self.key()?;
        self.app.channels.begun(&connection, operation, &subject)
    }

    /// Writes what the address gives into the form.
    fn give_subject(self) {
        if self.kind.given.is_empty() {
            return;
        }
        let subject = self.subject.get_value();
        let before = self.form.entry.draft.with_untracked(|draft| draft.text(self.kind.given).to_owned());
        if before != subject {
            if !before.is_empty() && is_typed(self.kind, self.form) {
                self.foreign.set(Some(before));
            }
            // It is kept with what is typed, and is nothing to keep by itself.
            self.form.entry.draft.update(|draft| draft.set(self.kind.operation, self.kind.given, subject));
        }
    }

    pub fn clear(self) {
        self.form.clear();
        self.give_subject();
        self.foreign.set(None);
        self.filled.set(None);
        self.doubts.set(vec![]);
        if !untrack(|| self.waits()) {
            self.give_up();
        }
    }

    /// Fills in what is known, unless something is typed.
    pub fn fill_first(self, offer: &Offer) {
        if !is_typed(self.kind, self.form) && self.filled.with_untracked(Option::is_none) {
            self.take(offer);
            self.untouched.set_value(Some(self.form.entry.draft.get_untracked()));
        }
    }

    /// Fills in what is known, in the place of what was typed there.
    pub fn fill(self, offer: &Offer) {
        self.take(offer);
        self.app.drafts.save(self.kind.operation);
    }

    fn take(self, offer: &Offer) {
        let known = self.kind.operation.body_fields().into_iter().filter(|(path, _)| path != self.kind.given);
        self.form.entry.draft.update(|draft| {
            for (path, _) in known.filter(|(path, _)| offer.draft.holds(path)) {
                draft.take(&path, &offer.draft);
            }
        });
        self.filled.set(Some(offer.from.clone()));
    }

    /// Whether one is on its way, or nobody knows yet what became of it.
    pub fn waits(self) -> bool {
        self.outcome.with(Outcome::is_open)
            || self.sending.with(|sending| *sending == Sending::Pending)
            || self.key().is_some_and(|key| self.app.channels.is_leaving(&key))
    }

    pub fn save(self) {
        if untrack(|| self.waits()) {
            return;
        }
        if !untrack(|| self.form.is_done()) {
            self.form.attempt();
            return focus::soon(format!("#{}", summary_id(self.form)));
        }
        if self.is_doubtful() {
            return;
        }
        let Some(key) = self.key() else { return };
        let (connection, channels) = (self.connection(), self.app.channels);
        let begun = Begun {
            connection: key.0.clone(),
            operation: key.1.to_owned(),
            subject: key.2.clone(),
            draft: self.form.entry.draft.with_untracked(|draft| draft.without_secrets()),
            before: untrack(|| channels.listed(&connection.id, self.source)).ids(),
            at: Some(page::now()),
        };
        self.outcome.set(Outcome::Nothing);
        self.perhaps.set(None);
        channels.begin(&begun);
        channels.leaves(&key);
        let arrived = move |unknown: bool| {
            if !unknown {
                channels.end(&begun);
            }
            channels.arrived(&key);
        };
        let first = {
            let arrived = arrived.clone();
            move |exchange: &Exchange| {
                let unknown = |failure: &Failure| failure.carried_out() == CarriedOut::Maybe;
                arrived(exchange.result.as_ref().err().is_some_and(unknown));
            }
        };
        let then = move |exchange: &Exchange| self.ended(exchange);
        // A creation is never taken back: its outcome belongs into the history.
        let order = (self.app, connection, Doubt::FindOut);
        if submit_noting(order, self.form, self.sending, first, then).is_none() {
            arrived(false);
        }
    }

    /// Points out what is probably missing, once: what is only inferred does not stand in the way.
    fn is_doubtful(self) -> bool {
        let paths: Vec<String> =
            untrack(|| self.form.doubtful()).into_iter().map(|problem| problem.path).collect();
        let new = self.doubts.with_untracked(|known| paths.iter().any(|path| !known.contains(path)));
        if new {
            self.form.attempt();
            if let Some(first) = paths.first() {
                focus::soon(format!("#{}", element_id(first)));
            }
        }
        self.doubts.set(paths);
        new
    }

    fn ended(self, exchange: &Exchange) {
        match &exchange.result {
            Ok(json) => {
                self.made(&text(&json["data"]["id"]), &format!("The {} was created.", self.kind.noun))
            }
            // It is being found out.
            Err(failure) if failure.carried_out() == CarriedOut::Maybe => {}
            Err(failure) => self.outcome.set(Outcome::Refused(failure.clone())),
        }
    }

    pub(super) fn made(self, id: &str, sentence: &str) {
        self.form.clear();
        let place = self.place.run(id.to_owned());
        self.told.tell(&place, sentence);
        self.go.run(place);
    }
}
