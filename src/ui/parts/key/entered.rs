//! What is shown of a key that was entered: its end or whose it is, where it stays and how long.

use super::starts_with;
use crate::{
    browser::{focus, locale, page},
    domain::{connection::Connection, duration},
    state::{
        App,
        keys::{Place, Shown},
    },
    ui::parts::{Icon, seconds},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Entered(connection: Connection, shown: Memo<Shown>, id: String, done: Callback<()>) -> impl IntoView {
    let app = App::use_app();
    let fault = RwSignal::new(None);
    let scheme = connection.scheme();
    let now = scheme.token.map(|_| seconds());
    let left = move |ends: u64| {
        let now = now.map_or_else(page::now, |now| now.get());
        duration::left(ends.saturating_sub(now))
    };
    let sentence = move || match shown.get() {
        Shown::Missing | Shown::Locked => ().into_any(),
        Shown::Text { tail, place, .. } => {
            let ends = (!tail.is_empty()).then(|| view! { " ends in "<code>{tail}</code> });
            view! { {scheme.label}{ends}", "{kept(place)} }.into_any()
        }
        Shown::Signer { issuer, place, .. } => {
            let issuer_label = scheme.token.map(|rule| rule.issuer.label);
            view! { "Tokens are made here for the "{issuer_label}" "<code>{issuer}</code>", "{kept(place)} }
                .into_any()
        }
    };
    let until = move || match shown.get() {
        Shown::Text { ends: Some(ends), .. } => {
            Some(format!("It is good for another {}, until {}.", left(ends), locale::moment(ends, false)))
        }
        Shown::Signer { ends: None, .. } => Some("The first is made with the next request.".to_owned()),
        Shown::Signer { ends: Some(ends), .. } => Some(format!(
            "The present one is good for another {}, until {}; the next is made before that.",
            left(ends),
            locale::moment(ends, false)
        )),
        _ => None,
    };
    let forget = {
        let (connection, id) = (connection.id.clone(), id.clone());
        move |_| {
            let (connection, id) = (connection.clone(), id.clone());
            done.run(());
            spawn_local(async move {
                match app.keys.forget(&connection).await {
                    Ok(()) => focus::first_soon(vec![
                        format!("{}:is(input, select)", starts_with(&id)),
                        ".locked button".into(),
                    ]),
                    Err(why) => drop(fault.try_set(Some(why.sentence()))),
                }
            });
        }
    };
    view! {
        <div class="key held">
            <Icon name="key"/>
            <p>
                <span role="status">{sentence}</span>
                {move || until().map(|until| view! { <span class="note">{until}</span> })}
            </p>
            <button type="button" id=format!("{id}-forget") aria-label=format!("Forget it: {}", connection.label) on:click=forget>"Forget it"</button>
            {move || fault.get().map(|fault| view! { <p class="problem" role="alert"><Icon name="cross"/>{fault}</p> })}
        </div>
    }
}

fn kept(place: Place) -> &'static str {
    match place {
        Place::Tab => "kept in this tab only.",
        Place::Vault => "kept in the vault on this device.",
    }
}
