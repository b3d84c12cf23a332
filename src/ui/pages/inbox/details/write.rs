//! One change of what stands in the details: sent once a press, and where no answer came, looked up by
//! reading and never repeated. What is changed, and what reading shows of it, is told by each part.

use super::Subject;
use crate::{
    browser::focus,
    catalogue::{draft::Draft, failure::CarriedOut},
    domain::ledger::Doubt,
    state::{inbox::Jotted, send::Exchange},
    ui::{
        form::{self, Form, Sending, body_root, element_id},
        parts::{Icon, Outcome, OutcomeLine},
    },
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value as Json;

/// How the last change of a part went, whichever of its forms it was sent with.
#[derive(Clone, Copy)]
pub struct Write {
    subject: Subject,
    pub sending: RwSignal<Sending>,
    pub outcome: RwSignal<Outcome>,
    look: Callback<()>,
}

impl Write {
    /// `look` reads again what came of a change that nobody answered for, and says so in `outcome`.
    pub fn new(subject: Subject, look: impl Fn(RwSignal<Outcome>) + Send + Sync + 'static) -> Write {
        let outcome = RwSignal::new(Outcome::Nothing);
        Write {
            subject,
            sending: RwSignal::new(Sending::Idle),
            outcome,
            look: Callback::new(move |()| look(outcome)),
        }
    }

    /// Whether nothing can be sent now: a change is under way, or nobody knows what became of it.
    pub fn waits(self) -> bool {
        self.outcome.with(Outcome::is_open) || self.sending.with(|sending| *sending == Sending::Pending)
    }

    /// Sends a form. `took` learns the answer in any case; `done` only while the part is shown, and says
    /// in words what was done.
    pub fn send(
        self,
        form: Form,
        took: impl FnOnce(&Json) + 'static,
        done: impl FnOnce(&Json) -> String + 'static,
    ) {
        if untrack(|| self.waits()) {
            return;
        }
        self.outcome.set(Outcome::Nothing);
        let first = move |exchange: &Exchange| {
            if let Ok(json) = &exchange.result {
                took(json);
            }
        };
        let then = move |exchange: &Exchange| match &exchange.result {
            Ok(json) => self.outcome.set(Outcome::Found { saved: true, sentence: done(json) }),
            Err(failure) if failure.carried_out() == CarriedOut::Maybe => self.settle(),
            Err(failure) => self.outcome.set(Outcome::Refused(failure.clone())),
        };
        let connection = self.subject.connection.get_value();
        // It is never taken back: its outcome belongs into the history.
        drop(form::submit_noting(
            (self.subject.app, connection, Doubt::FindOut),
            form,
            self.sending,
            first,
            then,
        ));
    }

    fn settle(self) {
        self.outcome.set(Outcome::Looking);
        self.look.run(());
    }
}

/// How it went, and what can be done.
#[component]
pub fn Went(write: Write, #[prop(optional)] form: Option<Form>) -> impl IntoView {
    let said = move |failure| form.map(|form| form::said(form, &failure)).unwrap_or_default();
    let connection = write.subject.connection.get_value();
    view! { <OutcomeLine outcome=write.outcome connection said again=move |()| write.settle()/> }
}

/// What a form of the inbox has to hold. Where the provider documents no such rule the generated form
/// only warns; here it would send something that means nothing.
#[derive(Clone, Copy)]
pub struct Needed {
    form: Form,
    path: &'static str,
    sentence: &'static str,
    tried: RwSignal<bool>,
}

impl Needed {
    pub fn new(form: Form, path: &'static str, sentence: &'static str) -> Needed {
        Needed { form, path, sentence, tried: RwSignal::new(false) }
    }

    fn is_there(self) -> bool {
        self.form.entry.draft.with(|draft| !draft.text(self.path).trim().is_empty())
    }

    /// Whether it is there; where it is not, the focus goes to it.
    pub fn check(self) -> bool {
        let there = untrack(|| self.is_there());
        self.tried.set(!there);
        if !there {
            focus::soon(format!("#{}", element_id(self.path)));
        }
        there
    }
}

/// Says that it is missing, once sending was tried.
#[component]
pub fn Missing(needed: Needed) -> impl IntoView {
    let missing = move || needed.tried.get() && !needed.is_there();
    view! {
        <div role="alert">
            {move || missing().then(|| view! { <p class="problem"><Icon name="cross"/><span>{needed.sentence}</span></p> })}
        </div>
    }
}

/// The part of a form's draft that a person types.
pub fn typed(form: Form, draft: &Draft) -> Draft {
    let mut typed = Draft::default();
    if let Some((root, _)) = body_root(form.operation) {
        typed.take(root, draft);
    }
    typed
}

/// Makes what is typed something else, and leaves whom it is about.
fn retype(form: Form, with: &Draft) {
    if let Some((root, _)) = body_root(form.operation) {
        form.entry.draft.update(|draft| draft.take(root, with));
    }
}

/// Empties a form of what was sent; what was typed since stays.
pub fn empty(form: Form, sent: &Draft) {
    if form.entry.draft.try_with_untracked(|draft| typed(form, draft) == *sent) == Some(true) {
        retype(form, &Draft::default());
        form.sent();
    }
}

/// Keeps what is typed into a form for its conversation, from what an earlier visit left on.
pub fn keep_typed(subject: Subject, form: Form, what: Jotted) {
    let Subject { app, key, .. } = subject;
    let loaded = RwSignal::new(false);
    spawn_local(async move {
        let Some(key) = key.try_get_value() else { return };
        let kept = app.inbox.jotted(app, &key, what).await;
        // Who was quicker keeps the field.
        if form.entry.draft.try_with_untracked(|draft| typed(form, draft).is_empty()) == Some(true) {
            retype(form, &kept);
        }
        loaded.try_set(true);
    });
    Effect::new(move |before: Option<Draft>| {
        let now = form.entry.draft.with(|draft| typed(form, draft));
        if loaded.get() && before.is_some_and(|before| before != now) {
            key.with_value(|key| app.inbox.jot(app, key, what, now.clone()));
        }
        now
    });
}
