//! A new photo by its address: the form, the look at the picture, and the sending, which a new
//! reading settles. What the picture has to be is not known here.

use super::check::{CHECKED, Check, Checked};
use crate::{
    browser::{focus, page},
    catalogue::{
        draft::Draft,
        failure::CarriedOut,
        field::Place,
        vonage::{UPDATE_PHOTO, replies},
    },
    domain::{
        connection::Connection,
        ledger::Doubt,
        profile::{Settled, photo_settled},
    },
    state::{App, record::Record, send::Exchange},
    ui::{
        form::{self, Fields, Form, SendButton, Sending, element_id, once_a_press},
        parts::{Guard, Outcome, OutcomeLine},
    },
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Value as Json, json};

const ADDRESS: &str = "image_url";

#[derive(Clone, Copy)]
struct Desk {
    source: Record,
    /// The address of the present photo.
    photo: Memo<Option<String>>,
    form: Form,
    check: Check,
    outcome: RwSignal<Outcome>,
    sending: RwSignal<Sending>,
    /// The photo's address before the last sending, and the one that was sent.
    sent: StoredValue<(Option<String>, String)>,
}

#[component]
pub fn Change(
    source: Record,
    photo: Memo<Option<String>>,
    connection: Connection,
    deployment_id: String,
) -> impl IntoView {
    let app = App::use_app();
    let draft = Draft::from_json(&UPDATE_PHOTO, &json!({ "deployment_id": deployment_id }));
    let form = Form::loose(&UPDATE_PHOTO, draft, &connection);
    let desk = Desk {
        source,
        photo,
        form,
        check: Check::of(Signal::derive(move || form.text(ADDRESS))),
        outcome: RwSignal::new(Outcome::Nothing),
        sending: RwSignal::new(Sending::Idle),
        sent: StoredValue::new(Default::default()),
    };
    let shared = StoredValue::new(connection.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.send(app, shared.get_value());
    };
    let look = move |_| {
        if desk.may_go_on() {
            desk.check.begin();
        }
    };
    let waits = Signal::derive(move || desk.outcome.with(Outcome::is_open));
    let fields = UPDATE_PHOTO.fields_in(Place::Body).collect();
    view! {
        <Guard
            id="photo-guard"
            dirty=Signal::derive(move || form.has_body())
            sentence="The address of the other photo was not sent. It is lost when you leave the page."
        />
        <h3>"New photo"</h3>
        <form novalidate aria-labelledby="photo-heading" on:submit=submit on:keydown=once_a_press>
            <Fields form fields path=""/>
            <button type="button" on:click=look>"Check this picture"</button>
            <Checked check=desk.check/>
            <div class="foot">
                <SendButton
                    operation=&UPDATE_PHOTO
                    label=UPDATE_PHOTO.action
                    sending=desk.sending
                    connection=connection.clone()
                    waits
                />
                <Show when=move || waits.get()>
                    <span class="kept">"First it has to be known whether the last photo was taken."</span>
                </Show>
            </div>
            <OutcomeLine
                outcome=desk.outcome
                connection
                said=move |failure| form::said(form, &failure)
                again=move |()| desk.settle()
            />
        </form>
    }
}

impl Desk {
    /// Whether there is an address; if not, it is asked for.
    fn may_go_on(self) -> bool {
        let done = self.form.is_done();
        if !done {
            self.form.attempt();
            focus::soon(format!("#{}", element_id(ADDRESS)));
        }
        done
    }

    fn send(self, app: App, connection: Connection) {
        if self.outcome.with_untracked(Outcome::is_open) || !self.may_go_on() {
            return;
        }
        if self.check.blocks() {
            focus::soon(format!("#{CHECKED}"));
            return;
        }
        if self.sending.with_untracked(|sending| *sending == Sending::Pending) {
            return;
        }
        self.sent.set_value((self.photo.get_untracked(), self.form.text(ADDRESS)));
        self.outcome.set(Outcome::Nothing);
        let then = move |exchange: &Exchange| self.ended(exchange);
        // A sending is never taken back: its outcome belongs into the history.
        drop(form::submit(app, self.form, self.sending, connection, Doubt::FindOut, then));
    }

    fn ended(self, exchange: &Exchange) {
        match &exchange.result {
            Ok(_) => {
                let sent = self.sent.with_value(|(_, sent)| sent.clone());
                // What was typed since stays.
                if self.form.entry.draft.with_untracked(|draft| draft.text(ADDRESS) == sent) {
                    self.form.set(ADDRESS, String::new());
                }
                self.outcome.set(Outcome::Saved { at: page::now() });
                self.show(sent);
            }
            Err(failure) if failure.carried_out() == CarriedOut::Maybe => self.settle(),
            Err(failure) => self.outcome.set(Outcome::Refused(failure.clone())),
        }
    }

    /// Reads the new photo; where that fails, what was sent stands for it.
    fn show(self, sent: String) {
        spawn_local(async move {
            if let Some(answer) = self.source.look().await {
                let json = answer.unwrap_or_else(|_| json!({ "image_url": sent }));
                self.source.answer.try_set(Some(Ok(json)));
            }
        });
    }

    /// Reads the photo again, to find out whether the last one was taken.
    fn settle(self) {
        self.outcome.set(Outcome::Looking);
        spawn_local(async move {
            let outcome = match self.source.look().await {
                // The page is gone.
                None => return,
                Some(Err(failure)) => Outcome::Unknown(failure),
                Some(Ok(json)) => self.found(json),
            };
            self.outcome.try_set(outcome);
        });
    }

    fn found(self, json: Json) -> Outcome {
        let now = replies::photo(&json);
        let settled =
            self.sent.with_value(|(before, sent)| photo_settled(before.as_deref(), sent, now.as_deref()));
        self.source.answer.set(Some(Ok(json)));
        let sentence = match settled {
            Settled::Saved => "No usable answer came. The photo was read again: it is the new one.",
            Settled::NotSaved => "No usable answer came. The photo was read again: it is still the old one.",
            Settled::Unclear => {
                "No usable answer came. The photo was read again, but its address does not tell whether the picture was taken. Compare it on a phone."
            }
        };
        Outcome::Found { saved: settled == Settled::Saved, sentence: sentence.to_owned() }
    }
}
