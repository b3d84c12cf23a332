//! A key or a token that is typed or pasted, as it is sent.

use super::keep::{Keep, Keeping};
use crate::{
    browser::{focus, page},
    catalogue::{token::TokenRule, value::Secret},
    domain::{connection::Connection, token, vault::What},
    state::App,
    ui::parts::Icon,
};
use leptos::{ev, prelude::*, task::spawn_local};

#[component]
pub fn Typed(connection: Connection, id: String, done: Callback<()>) -> impl IntoView {
    let app = App::use_app();
    let (typed, tried) = (RwSignal::new(String::new()), RwSignal::new(false));
    let trouble: RwSignal<Option<&'static str>> = RwSignal::new(None);
    let scheme = connection.scheme();
    let keeping = Keeping::new(&connection.id);
    let shared = StoredValue::new(connection);
    let field = StoredValue::new(id.clone());
    let now = move || {
        let ahead = shared.with_value(|connection| app.clocks.of(connection).about());
        page::now().saturating_add_signed(ahead.unwrap_or_default())
    };
    let fault = move || typed.with(|text| fault(text.trim(), scheme.token, now()));
    let doubt = move || {
        let rule = scheme.token?;
        typed.with(|text| {
            let text = text.trim();
            let doubt = token::doubt(token::read(text, rule).as_ref(), rule);
            doubt.filter(|_| !text.is_empty()).map(|doubt| doubt.sentence(rule))
        })
    };
    let busy = RwSignal::new(false);
    let keep = move || {
        tried.set(true);
        if untrack(fault).is_some() {
            return focus::soon(format!("#{}", field.get_value()));
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        // The page may be left, or the form replaced, before the vault has taken the key.
        let (connection, id) = (shared.get_value(), field.get_value());
        let text = Secret::new(typed.get_untracked().trim());
        spawn_local(async move {
            if let Some(place) = keeping.place(&id).await {
                match app.keys.enter(&connection, What::Text(text), place).await {
                    Ok(()) => {
                        done.try_run(());
                        focus::first_soon(super::next(&id));
                    }
                    Err(why) => drop(trouble.try_set(Some(why.sentence()))),
                }
            }
            busy.try_set(false);
        });
    };
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
                <p>{scheme.help}" It goes only to this connection's address, and is never shown again."</p>
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
                    on:input=move |event| { trouble.set(None); typed.set(event_target_value(&event)); }
                    on:keydown=on_key
                />
                <button type="button" aria-disabled=move || busy.get().then_some("true") on:click=move |_| keep()>"Use this key"</button>
            </div>
            <div class="problems" id=format!("{id}-problem")>
                {move || shown().map(|fault| view! { <p class="problem"><Icon name="cross"/>{fault}</p> })}
                {move || doubt().filter(|_| shown().is_none()).map(|doubt| view! { <p class="warning"><Icon name="alert"/>{doubt}</p> })}
                {move || trouble.get().map(|why| view! { <p class="problem" role="alert"><Icon name="cross"/>{why}</p> })}
            </div>
            <Keep keeping id=id.clone() submit=Callback::new(move |()| keep())/>
        </div>
    }
}

/// A key is sent as an HTTP header, which takes the signs of the English keyboard only; a key that was
/// copied from a chat often brings others along. A token must not be over, by a clock that shows `now`.
fn fault(key: &str, rule: Option<&TokenRule>, now: u64) -> Option<String> {
    if key.is_empty() {
        Some("Enter the key.".into())
    } else if !key.chars().all(|c| c.is_ascii_graphic()) {
        Some(
            "This contains a space, a line break or a sign that no key has. Copy the key again, without anything around it."
                .into(),
        )
    } else {
        let rule = rule?;
        token::read(key, rule)?.fault(rule, now).map(token::Fault::sentence)
    }
}
