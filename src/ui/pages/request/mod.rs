//! One request: its form, the preview of the very call, and the answer.

mod answer;
mod preview;

use super::not_found::NotFound;
use crate::{
    browser::{page, transport::Abort},
    catalogue::{
        self,
        field::{Field, Kind, Place},
        operation::{Method, Operation},
    },
    domain::{
        connection::{Connection, Credential},
        ledger::{Doubt, Spend},
    },
    state::{App, send::Exchange},
    ui::{
        form::{self, Fields, Form, KeptWords, SendButton, Sending, Summary, once_a_press},
        parts::{Attempts, KeyEntry, NoConnection, RequestHead, World, ledger},
    },
};
use answer::Answer;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;
use preview::Preview;

#[component]
pub fn RequestPage() -> impl IntoView {
    let params = use_params_map();
    let operation = Memo::new(move |_| params.with(|params| params.get("operation").unwrap_or_default()));
    move || match catalogue::find(&operation.get()) {
        Some(operation) => view! { <Request operation/> }.into_any(),
        None => view! { <NotFound/> }.into_any(),
    }
}

#[component]
fn Request(operation: &'static Operation) -> impl IntoView {
    let app = App::use_app();
    let ready = RwSignal::new(false);
    spawn_local(async move {
        app.drafts.load(operation).await;
        ready.try_set(true);
    });
    let provider = operation.provider;
    // Only a change of this very connection redraws; what was typed and answered stays.
    let active = Memo::new(move |_| app.frame.connections.active(provider));
    let form = Form::new(app, operation);
    let sending = RwSignal::new(Sending::Idle);
    view! {
        <RequestHead provider heading=operation.heading()/>
        <Show
            when=move || ready.get() && app.frame.connections.loaded()
            fallback=|| view! { <div class="skeleton" aria-busy="true"></div> }
        >
            {move || match active.get() {
                Some(connection) => view! { <Bench form sending connection/> }.into_any(),
                None => view! { <NoConnection provider/> }.into_any(),
            }}
        </Show>
    }
}

/// Form, preview and answer side by side.
#[component]
fn Bench(form: Form, sending: RwSignal<Sending>, connection: Connection) -> impl IntoView {
    let app = App::use_app();
    let shared = StoredValue::new(connection.clone());
    // A read is taken back when the page goes. A write is not: its outcome belongs into the history.
    let read: StoredValue<Option<Abort>, LocalStorage> = StoredValue::new_local(None);
    on_cleanup(move || {
        if let Some(Some(abort)) = read.try_get_value() {
            abort.now();
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let then = |_: &Exchange| page::reveal_soon(".answer .status-line");
        let abort = form::submit(app, form, sending, shared.get_value(), Doubt::SendAnyway, then);
        if let Some(abort) = abort.filter(|_| !form.operation.method.writes()) {
            read.set_value(Some(abort));
        }
    };
    let asks = connection.credential == Credential::Ask;
    view! {
        <div class="bench">
            <section class="panel form-panel" aria-label="Form">
                <div class="panel-head">
                    <World connection=connection.clone()/>
                    <label class="switch">
                        <input type="checkbox" prop:checked=form.sources on:change=move |event| form.sources.set(event_target_checked(&event))/>
                        "Show sources"
                    </label>
                </div>
                {asks.then(|| view! { <KeyEntry connection=connection.clone()/> })}
                <form novalidate on:submit=submit on:keydown=once_a_press>
                    <Summary form/>
                    <Places form/>
                    <Spent form connection=connection.clone()/>
                    <Foot form sending connection=connection.clone()/>
                </form>
            </section>
            <div class="side">
                <Preview form connection=connection.clone()/>
                <Answer form sending connection/>
            </div>
        </div>
    }
}

const BODY: &str = "Body";

/// The fields under the documentation's own headings: where in the request they go.
#[component]
fn Places(form: Form) -> impl IntoView {
    let operation = form.operation;
    let places = [
        (Place::Path, "Path parameters"),
        (Place::Body, BODY),
        (Place::Query, "Query parameters"),
        (Place::Header, "Headers"),
    ];
    let drawn: Vec<(&'static str, Vec<&'static Field>)> = places
        .into_iter()
        .map(|(place, heading)| {
            let asked = |field: &&Field| !matches!(field.kind, Kind::Constant(_));
            (heading, operation.fields_in(place).filter(asked).collect::<Vec<_>>())
        })
        .filter(|(_, fields)| !fields.is_empty())
        .collect();
    let single = drawn.len() == 1;
    if drawn.is_empty() {
        return view! { <p class="lead">"This request has nothing to fill in."</p> }.into_any();
    }
    drawn
        .into_iter()
        .map(|(heading, fields)| {
            let (fields, path) = match form::body_root(operation).filter(|_| heading == BODY) {
                Some((name, members)) => (members.iter().collect(), name.to_owned()),
                None => (fields, String::new()),
            };
            view! {
                <section class="part">
                    {(!single).then(|| view! { <h2>{heading}</h2> })}
                    <Fields form fields path/>
                </section>
            }
        })
        .collect_view()
        .into_any()
}

/// What was spent before on the number or deployment that the form names.
#[component]
fn Spent(form: Form, connection: Connection) -> impl IntoView {
    let app = App::use_app();
    let spend = Memo::new(move |_| form.reading.with(|reading| Spend::of(reading.sketch())));
    if spend.with_untracked(Option::is_none) {
        return ().into_any();
    }
    let subject =
        move || spend.with(|spend| spend.as_ref().map(|spend| spend.subject.clone()).unwrap_or_default());
    let ledger = ledger(app, connection, subject);
    view! { <Attempts ledger/> }.into_any()
}

/// The one button that sends, and what is known of the draft.
#[component]
fn Foot(form: Form, sending: RwSignal<Sending>, connection: Connection) -> impl IntoView {
    let operation = form.operation;
    let target = move || {
        let last = operation.fields_in(Place::Path).last()?;
        let named = operation.method == Method::Delete;
        Some(form.text(last.name)).filter(|text| named && !text.is_empty()).map(|text| format!(" “{text}”"))
    };
    let label = Signal::derive(move || format!("{}{}", operation.action, target().unwrap_or_default()));
    view! {
        <div class="foot">
            <SendButton operation label sending connection/>
            <button type="button" on:click=move |_| form.clear()>"Clear"</button>
            <KeptWords form/>
        </div>
    }
}
