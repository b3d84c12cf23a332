//! Deleting a config: what it is and what that means is said before. Where no answer comes, it is found
//! out by reading before it is offered again.

use super::Told;
use crate::{
    browser::{focus, transport::Abort},
    catalogue::{
        draft::Draft,
        failure::{CarriedOut, Failure},
        kapso::{DELETE_CONFIG, GET_CONFIG},
    },
    domain::{
        channels::Place,
        connection::Connection,
        ledger::{Doubt, GRACE},
    },
    state::{
        App,
        inbox::is_missing,
        send::{self, Exchange},
    },
    ui::{
        form::{Form, SendButton, Sending, once_a_press, submit},
        parts::{Deed, Dialog, Outcome, OutcomeLine},
    },
};
use gloo_timers::future::sleep;
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use serde_json::json;
use std::time::Duration;

/// What it means; what becomes of the conversations at Kapso is documented nowhere.
const MEANS: &str = "Kapso then neither sends nor receives through this number any more. At WhatsApp and Vonage the number stays as it is. To attach it again you need its access token from Meta. What becomes of its conversations at Kapso is not documented.";

/// How often it is read before it counts as still there.
const TRIES: usize = 2;

#[derive(Clone, Copy)]
struct Desk {
    app: App,
    connection: StoredValue<Connection>,
    id: StoredValue<String>,
    form: Form,
    sending: RwSignal<Sending>,
    outcome: RwSignal<Outcome>,
    asking: RwSignal<bool>,
    gone: Callback<&'static str>,
}

impl Desk {
    fn waits(self) -> bool {
        self.outcome.with(Outcome::is_open) || self.sending.with(|sending| *sending == Sending::Pending)
    }

    fn delete(self) {
        if untrack(|| self.waits()) {
            return;
        }
        self.outcome.set(Outcome::Nothing);
        let connection = self.connection.get_value();
        let then = move |exchange: &Exchange| {
            self.asking.set(false);
            match &exchange.result {
                Ok(_) => self.gone.run("The config was deleted."),
                Err(failure) if failure.carried_out() == CarriedOut::Maybe => self.settle(),
                // Somebody else was faster.
                Err(failure) if is_missing(failure) => {
                    self.gone.run("Kapso does not know the config any more.")
                }
                Err(failure) => self.outcome.set(Outcome::Refused(failure.clone())),
            }
        };
        // A deletion is never taken back: its outcome belongs into the history.
        drop(submit(self.app, self.form, self.sending, connection, Doubt::FindOut, then));
    }

    /// Reads the config, to find out whether it is still there.
    fn settle(self) {
        self.outcome.set(Outcome::Looking);
        let (connection, id) = (self.connection.get_value(), self.id.get_value());
        spawn_local(async move {
            let mut outcome = Outcome::Nothing;
            for again in 0..TRIES {
                if again > 0 {
                    // Kapso may still be at work.
                    sleep(Duration::from_millis(GRACE)).await;
                }
                outcome = match look(self.app, &connection, &id).await {
                    Ok(true) => Outcome::Found {
                        saved: false,
                        sentence: "No usable answer came. The config was read again: it is still there."
                            .to_owned(),
                    },
                    Ok(false) => {
                        if self.outcome.try_get_untracked().is_some() {
                            self.gone
                                .run("No usable answer came. Kapso was asked again: the config is deleted.");
                        }
                        return;
                    }
                    Err(failure) => Outcome::Unknown(failure),
                };
                if matches!(outcome, Outcome::Unknown(_)) {
                    break;
                }
            }
            self.outcome.try_set(outcome);
        });
    }
}

/// Whether Kapso knows it.
async fn look(app: App, connection: &Connection, id: &str) -> Result<bool, Failure> {
    let request = json!({ "config_id": id });
    match send::ask(app, connection.clone(), &GET_CONFIG, request, Abort::new()?).await.result {
        Ok(_) => Ok(true),
        Err(failure) if is_missing(&failure) => Ok(false),
        Err(failure) => Err(failure),
    }
}

#[component]
pub fn Delete(connection: Connection, id: String, name: Signal<String>, customer: String) -> impl IntoView {
    let app = App::use_app();
    let told = expect_context::<Told>();
    let navigate = use_navigate();
    let (of, gone_id) = (connection.id.clone(), id.clone());
    let gone = Callback::new(move |sentence: &'static str| {
        app.channels.gone(&of, &gone_id);
        let place = match customer.as_str() {
            "" => Place::Overview { number: None },
            id => Place::Customer { id: id.to_owned() },
        };
        told.tell(&place, sentence);
        navigate(&place.address(), NavigateOptions { replace: true, ..Default::default() });
    });
    let draft = Draft::from_json(&DELETE_CONFIG, &json!({ "config_id": id.clone() }));
    let desk = Desk {
        app,
        connection: StoredValue::new(connection.clone()),
        id: StoredValue::new(id),
        form: Form::loose(&DELETE_CONFIG, draft, &connection),
        sending: RwSignal::new(Sending::Idle),
        outcome: RwSignal::new(Outcome::Nothing),
        asking: RwSignal::new(false),
        gone,
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        desk.delete();
    };
    let waits = Signal::derive(move || desk.waits());
    let ask = move |_| {
        if !untrack(|| desk.waits()) {
            desk.asking.set(true);
        }
    };
    view! {
        <section class="panel config-delete" aria-labelledby="delete-heading">
            <h2 id="delete-heading">"Delete"</h2>
            <p class="note">{DELETE_CONFIG.summary}</p>
            <button type="button" class="danger" aria-disabled=move || waits.get().then_some("true") on:click=ask>"Delete this config…"</button>
            <OutcomeLine outcome=desk.outcome connection=connection.clone() deed=Deed::Delete said=|_| vec![] again=move |()| desk.settle()/>
        </section>
        <Dialog id="delete-config-heading" title="Delete this config?" open=desk.asking closed=Callback::new(move |()| focus::if_lost(".config-delete > button".into()))>
            <p>"You are about to delete "<strong dir="auto">{name}</strong>" ("<code>{desk.id.get_value()}</code>")."</p>
            <p class="channel-means">{MEANS}</p>
            <form on:submit=submit on:keydown=once_a_press>
                <div class="foot">
                    <button type="button" autofocus on:click=move |_| desk.asking.set(false)>"Keep it"</button>
                    <SendButton operation=&DELETE_CONFIG label="Delete the config" sending=desk.sending connection waits/>
                </div>
            </form>
        </Dialog>
    }
}
