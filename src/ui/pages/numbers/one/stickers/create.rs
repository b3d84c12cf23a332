//! The form that creates a pack or a sticker: shut until it is asked for, and not sent again before it
//! is known what came of the last time. What it creates is said by whoever uses it.

use super::{
    change::{Change, Outcome, Words},
    desk::Desk,
};
use crate::{
    browser::focus,
    catalogue::field::Place,
    domain::ledger::Doubt,
    ui::{
        form::{self, Fields, Form, SendButton, Summary, once_a_press},
        parts::{Guard, Icon},
    },
};
use leptos::prelude::*;

#[component]
pub fn Create(
    desk: Desk,
    form: Form,
    change: Change,
    words: Words,
    /// Sets it apart from the other forms of the section.
    name: String,
    /// What opens it is called, such as `Create a pack`.
    label: &'static str,
    /// Runs right before it is sent.
    #[prop(into)]
    remember: Callback<()>,
) -> impl IntoView {
    let name = StoredValue::new(name);
    let opener = name.with_value(|name| format!("open-{name}"));
    let is_open =
        Memo::new(move |_| desk.open.with(|open| name.with_value(|name| open.as_ref() == Some(name))));
    let first = form.operation.fields_in(Place::Body).next().map(|field| form::element_id(field.name));
    let open = move |_| {
        desk.open.set(Some(name.get_value()));
        if let Some(first) = &first {
            focus::soon(format!("#{first}"));
        }
    };
    view! {
        <div class="create">
            <button type="button" id=opener aria-expanded=move || if is_open.get() { "true" } else { "false" } disabled=is_open on:click=open>
                <Icon name="plus"/>
                {label}
            </button>
            <Show when=move || is_open.get()>
                <Opened desk form change words=words.clone() name remember/>
            </Show>
        </div>
    }
}

#[component]
fn Opened(
    desk: Desk,
    form: Form,
    change: Change,
    words: Words,
    name: StoredValue<String>,
    remember: Callback<()>,
) -> impl IntoView {
    let operation = form.operation;
    let fields = operation.fields_in(Place::Body).collect();
    let connection = desk.connection();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if untrack(|| change.is_open()) {
            return;
        }
        remember.run(());
        form::submit(desk.app, form, change.sending, desk.connection(), Doubt::FindOut, move |exchange| {
            change.hear(exchange)
        });
    };
    let close = move |_| {
        name.with_value(|name| {
            desk.close(name);
            focus::soon(format!("[id='open-{name}']"));
        });
    };
    view! {
        <Guard
            id="sticker-guard"
            dirty=Signal::derive(move || form.has_body())
            sentence="What you typed for the stickers was not sent. It is lost when you leave the page."
        />
        <form class="editor" novalidate on:submit=submit on:keydown=once_a_press>
            <p class="note">{operation.summary}</p>
            <Summary form/>
            <Fields form fields path=""/>
            <Outcome change words connection=connection.clone() form/>
            <div class="foot">
                <Show when=move || !change.is_unknown()>
                    <SendButton operation label=operation.action sending=change.sending connection=connection.clone()/>
                </Show>
                <button type="button" disabled=move || change.is_open() on:click=close>"Close"</button>
            </div>
        </form>
    }
}
