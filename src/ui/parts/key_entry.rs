//! Where the key of a connection is entered: it goes into memory, and only its end is shown again.

use super::Icon;
use crate::{
    browser::page,
    catalogue::{
        failure::{Failure, FailureKind},
        value::Secret,
    },
    domain::connection::Connection,
    state::Frame,
};
use leptos::{ev, prelude::*};
use std::cell::Cell;

thread_local! {
    static ASKED: Cell<u32> = const { Cell::new(0) };
}

#[component]
pub fn KeyEntry(connection: Connection) -> impl IntoView {
    let connections = Frame::use_frame().connections;
    // A page may ask for the same key in several parts.
    let number = ASKED.with(|asked| asked.replace(asked.get() + 1));
    let id = StoredValue::new(format!("key-{}-{number}", connection.id));
    let shared = StoredValue::new(connection.clone());
    let tail = move || shared.with_value(|connection| connections.key_tail(connection));
    move || {
        let connection = shared.get_value();
        match tail() {
            _ if !page::is_secure() => {
                let failure = Failure::of(FailureKind::Insecure);
                view! { <p class="note">{failure.sentence()}" "{failure.next()}</p> }.into_any()
            }
            Some(tail) => view! { <Held connection tail id=id.get_value()/> }.into_any(),
            None => view! { <Asked connection id=id.get_value()/> }.into_any(),
        }
    }
}

#[component]
fn Held(connection: Connection, tail: String, id: String) -> impl IntoView {
    let connections = Frame::use_frame().connections;
    let forget = {
        let connection = connection.id.clone();
        let id = id.clone();
        move |_| {
            connections.forget_key(&connection);
            page::focus_soon(format!("#{id}"));
        }
    };
    view! {
        <p class="key held">
            <Icon name="key"/>
            <span role="status">
                {connection.scheme().label}" ends in "<code>{tail}</code>", kept in this tab only"
            </span>
            <button type="button" id=format!("{id}-forget") on:click=forget>"Forget it"</button>
        </p>
    }
}

#[component]
fn Asked(connection: Connection, id: String) -> impl IntoView {
    let connections = Frame::use_frame().connections;
    let typed = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let scheme = connection.scheme();
    let fault = move || typed.with(|text| fault(text.trim()));
    let keep = {
        let id = id.clone();
        move || {
            tried.set(true);
            if fault().is_some() {
                page::focus_soon(format!("#{id}"));
                return;
            }
            let text = typed.get_untracked().trim().to_owned();
            connections.enter_key(&connection, Secret::new(text));
            page::focus_soon(format!("#{id}-forget"));
        }
    };
    let click = keep.clone();
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            keep();
        }
    };
    let shown = move || fault().filter(|_| tried.get());
    view! {
        <div class="key field">
            <label for=id.clone()>{scheme.label}</label>
            <div class="help" id=format!("{id}-help")>
                <p>{scheme.help}" It stays in this tab's memory and goes only to this connection's address."</p>
            </div>
            <div class="covered">
                <input
                    id=id.clone()
                    class="input"
                    type="password"
                    autocomplete="new-password"
                    spellcheck="false"
                    aria-describedby=format!("{id}-help {id}-problem")
                    aria-invalid=move || shown().map(|_| "true")
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=on_key
                />
                <button type="button" on:click=move |_| click()>"Use this key"</button>
            </div>
            <div class="problems" id=format!("{id}-problem")>
                {move || shown().map(|fault| view! { <p class="problem"><Icon name="cross"/>{fault}</p> })}
            </div>
        </div>
    }
}

/// A key is sent as an HTTP header, which takes the signs of the English keyboard only; a key that was
/// copied from a chat often brings others along.
fn fault(key: &str) -> Option<&'static str> {
    if key.is_empty() {
        Some("Enter the key.")
    } else if !key.chars().all(|c| c.is_ascii_graphic()) {
        Some(
            "This contains a space, a line break or a sign that no key has. Copy the key again, without anything around it.",
        )
    } else {
        None
    }
}
