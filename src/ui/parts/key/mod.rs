//! Where the key of a connection is entered: as it is sent, or as what makes tokens. It stays in this tab
//! or goes into the vault, and only its end is shown again.

mod entered;
mod keep;
mod maker;
mod passphrase;
mod typed;

pub use passphrase::{Passphrase, Repeat, Repeated, pause};

use super::{Icon, seconds};
use crate::{
    browser::{focus, page},
    catalogue::{
        failure::{Failure, FailureKind},
        token::TokenRule,
    },
    domain::connection::Connection,
    state::{App, keys::Shown},
};
use entered::Entered;
use leptos::prelude::*;
use maker::Maker;
use std::cell::Cell;
use typed::Typed;

thread_local! {
    static ASKED: Cell<u32> = const { Cell::new(0) };
}

/// What is asked for, or said, in this place.
#[derive(Clone, Copy, PartialEq)]
enum Face {
    Insecure,
    Locked,
    Missing,
    /// The token that was pasted is over.
    Ended,
    Entered,
    /// It was refused, so another is asked for beside it.
    Refused,
}

/// Where somebody goes on who has entered a key: to the check of its connection, where there is one.
fn next(id: &str) -> Vec<String> {
    vec![format!(".card:has(#{id}-forget) .check-connection button"), format!("#{id}-forget")]
}

#[component]
pub fn KeyEntry(
    connection: Connection,
    /// Whether the key that was entered was refused.
    #[prop(optional, into)]
    refused: Signal<bool>,
) -> impl IntoView {
    let app = App::use_app();
    // A page may ask for the same key in several parts.
    let number = ASKED.with(|asked| asked.replace(asked.get() + 1));
    let id = StoredValue::new(format!("key-{}-{number}", connection.id));
    let now = connection.scheme().token.map(|_| seconds());
    let shared = StoredValue::new(connection);
    // Another key is being entered while the vault, which has one, is locked: it is not taken away when the
    // vault is unlocked.
    let insists = RwSignal::new(false);
    let done = Callback::new(move |()| {
        // What was found with the key before says nothing of this one.
        shared.with_value(|connection| app.checks.forget(connection));
        insists.set(false);
    });
    let shown = Memo::new(move |_| shared.with_value(|connection| app.keys.shown(app, connection)));
    let face = Memo::new(move |_| match shown.get() {
        _ if !page::is_secure() => Face::Insecure,
        _ if insists.get() => Face::Missing,
        Shown::Locked => Face::Locked,
        Shown::Missing => Face::Missing,
        Shown::Text { ends: Some(ends), .. } if now.is_some_and(|now| now.get() >= ends) => Face::Ended,
        Shown::Text { .. } | Shown::Signer { .. } if refused.get() => Face::Refused,
        Shown::Text { .. } | Shown::Signer { .. } => Face::Entered,
    });
    move || {
        let (connection, id) = (shared.get_value(), id.get_value());
        match face.get() {
            Face::Insecure => {
                let failure = Failure::of(FailureKind::Insecure);
                view! { <p class="note">{failure.sentence()}" "{failure.next()}</p> }.into_any()
            }
            Face::Entered => view! { <Entered connection shown id done/> }.into_any(),
            Face::Refused => view! {
                <Entered connection=connection.clone() shown id=id.clone() done/>
                <Asked connection id done/>
            }
            .into_any(),
            Face::Locked => view! { <Locked id insists/> }.into_any(),
            Face::Missing => view! { <Asked connection id done/> }.into_any(),
            Face::Ended => view! {
                <p class="problem" role="status"><Icon name="cross"/>"The token of this connection has ended."</p>
                <Asked connection id done/>
            }
            .into_any(),
        }
    }
}

/// The key is in the vault; another may be entered all the same.
#[component]
fn Locked(id: String, insists: RwSignal<bool>) -> impl IntoView {
    let unlocking = RwSignal::new(false);
    let id = StoredValue::new(id);
    let unlock = move |_| {
        unlocking.set(true);
        focus::soon(format!("#{}-passphrase", id.get_value()));
    };
    let enter = move |_| {
        insists.set(true);
        focus::soon(format!("{}:is(input, select)", starts_with(&id.get_value())));
    };
    view! {
        <div class="locked">
            <div class="key held">
                <Icon name="key"/>
                <span>"The vault with its key is locked."</span>
                <Show when=move || !unlocking.get()>
                    <button type="button" on:click=unlock>"Unlock the vault"</button>
                    <button type="button" on:click=enter>"Enter another key"</button>
                </Show>
            </div>
            <Show when=move || unlocking.get()>
                <Passphrase id=format!("{}-passphrase", id.get_value()) then=format!("#{}-forget", id.get_value())/>
            </Show>
        </div>
    }
}

/// Selects what belongs to one place where a key is asked for.
fn starts_with(id: &str) -> String {
    format!("[id^='{id}']")
}

#[component]
fn Asked(connection: Connection, id: String, done: Callback<()>) -> impl IntoView {
    match connection.scheme().token {
        None => view! { <Typed connection id done/> }.into_any(),
        Some(rule) => view! { <Token connection rule id done/> }.into_any(),
    }
}

/// A token, made here or pasted.
#[component]
fn Token(connection: Connection, rule: &'static TokenRule, id: String, done: Callback<()>) -> impl IntoView {
    let pasted = RwSignal::new(false);
    let shared = StoredValue::new((connection, id));
    let radio = move |paste: bool, label: &'static str| {
        let id = shared.with_value(|(_, id)| id.clone());
        view! {
            <label class="switch">
                <input type="radio" id=format!("{id}-way-{paste}") name=format!("{id}-way") prop:checked=move || pasted.get() == paste on:change=move |_| pasted.set(paste)/>
                {label}
            </label>
        }
    };
    view! {
        <fieldset class="key choices">
            <legend>"Token"</legend>
            {radio(false, "Make tokens here")}
            {radio(true, "Paste a token")}
        </fieldset>
        {move || {
            let (connection, id) = shared.get_value();
            if pasted.get() {
                view! { <Typed connection id done/> }.into_any()
            } else {
                view! { <Maker connection rule id done/> }.into_any()
            }
        }}
    }
}
