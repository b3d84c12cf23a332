//! The sending of a form: once a click, and what the answer means to its fields.

use super::{Form, summary::summary_id};
use crate::{
    browser::{focus, transport::Abort},
    catalogue::operation::{Method, Operation},
    domain::{connection::Connection, ledger::Doubt},
    state::{
        App,
        send::{self, Exchange, Order},
    },
};
use leptos::{ev, prelude::*, task::spawn_local};

/// Where the sending stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Sending {
    #[default]
    Idle,
    Pending,
    Ended(Exchange),
}

/// Checks once more, and sends what the form holds; answers what takes it back. `then` learns how it
/// ended, if the form is still there.
pub fn submit(
    app: App,
    form: Form,
    sending: RwSignal<Sending>,
    connection: Connection,
    doubt: Doubt,
    then: impl FnOnce(&Exchange) + 'static,
) -> Option<Abort> {
    submit_noting((app, connection, doubt), form, sending, |_| (), then)
}

/// The same; `first` learns how it ended in any case.
pub fn submit_noting(
    (app, connection, doubt): (App, Connection, Doubt),
    form: Form,
    sending: RwSignal<Sending>,
    first: impl FnOnce(&Exchange) + 'static,
    then: impl FnOnce(&Exchange) + 'static,
) -> Option<Abort> {
    if sending.with_untracked(|sending| *sending == Sending::Pending) {
        return None;
    }
    let Some(call) = form.reading.with_untracked(|reading| reading.ready()) else {
        form.attempt();
        focus::soon(format!("#{}", summary_id(form)));
        return None;
    };
    let abort = Abort::new().ok()?;
    sending.set(Sending::Pending);
    let (typed, asked) = (form.entry.draft.get_untracked(), form.asked());
    let taken_back = abort.clone();
    spawn_local(async move {
        let exchange =
            send::send(app, Order { connection, call, draft: asked, abort: taken_back, doubt }).await;
        first(&exchange);
        let sent = exchange.result.is_ok();
        let said = exchange.result.as_ref().err().map(|failure| failure.said.fields.clone());
        // The page may be gone by now; the history has the outcome either way.
        if sending.try_set(Sending::Ended(exchange.clone())).is_some() {
            return;
        }
        if sent && form.entry.draft.with_untracked(|now| *now == typed) {
            form.sent();
        }
        form.hear(said.unwrap_or_default());
        then(&exchange);
    });
    Some(abort)
}

/// The one button that sends; it names where to.
#[component]
pub fn SendButton(
    operation: &'static Operation,
    /// What it says, such as `Delete the sticker “3”`.
    #[prop(into)]
    label: Signal<String>,
    sending: RwSignal<Sending>,
    connection: Connection,
    /// Whether something else has to be done first; the page says what.
    #[prop(optional, into)]
    waits: Signal<bool>,
) -> impl IntoView {
    let pending = move || sending.with(|sending| *sending == Sending::Pending);
    let to = connection.destination();
    view! {
        <button
            type="submit"
            class="primary"
            class:danger=operation.method == Method::Delete
            class:live=!connection.is_sandbox()
            aria-disabled=move || (pending() || waits.get()).then_some("true")
            on:click=once_a_click
        >
            {move || if pending() { "Sending…".to_owned() } else { label.get() }}
            " "<small>{to}</small>
        </button>
    }
}

/// The second click of a double click sends nothing, however fast the answer to the first was.
pub fn once_a_click(event: ev::MouseEvent) {
    if event.detail() > 1 {
        event.prevent_default();
    }
}

/// Enter held down in a field sends once.
pub fn once_a_press(event: ev::KeyboardEvent) {
    if event.key() == "Enter" && event.repeat() {
        event.prevent_default();
    }
}
