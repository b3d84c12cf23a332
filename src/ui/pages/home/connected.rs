//! What is connected: each provider, through which connection, and what its last check found.

use crate::{
    browser::page,
    catalogue::provider::Provider,
    domain::{
        connection::Connection,
        connection_check::Mark,
        hand::{self, Hand},
    },
    state::Frame,
    ui::parts::{Icon, World},
};
use leptos::prelude::*;

#[component]
pub fn Connected() -> impl IntoView {
    view! {
        <section class="panel connected" aria-labelledby="connected">
            <h2 id="connected">"Providers"</h2>
            <ul>{Provider::ALL.map(|provider| view! { <Row provider/> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Row(provider: Provider) -> impl IntoView {
    let connections = Frame::use_frame().connections;
    let active = Memo::new(move |_| connections.active(provider));
    let state = move || match active.get() {
        Some(connection) => view! { <State connection/> }.into_any(),
        None => view! { <span class="note">"Not connected"</span> }.into_any(),
    };
    // Another connection is offered where nobody has made one yet.
    let adds = move || active.with(|active| active.as_ref().is_none_or(Connection::is_sandbox));
    view! {
        <li>
            <div class="connected-what">
                <h3><a href=page::place(provider.place())>{provider.name()}</a></h3>
                <p class="note">{provider.job()}</p>
            </div>
            <div class="connected-how">
                {state}
                <Show when=adds>
                    <a href=page::place(&format!("/connections#add-{}", provider.id())) class="button">"Connect"<span class="unseen">" "{provider.name()}</span></a>
                </Show>
            </div>
        </li>
    }
}

#[component]
fn State(connection: Connection) -> impl IntoView {
    let Frame { checks, hands, .. } = Frame::use_frame();
    let place = page::place(&hand::connection_place(&connection));
    let shared = StoredValue::new(connection.clone());
    // What waits for a person says the same of it.
    let fault = move || {
        shared.with_value(|connection| {
            let fault = |hand: &Hand| hand.fault_of(connection).map(str::to_owned);
            hands.all().iter().find_map(fault)
        })
    };
    let sandbox = connection.is_sandbox();
    let found = move || {
        let check = move || {
            let check = shared.with_value(|connection| checks.of(connection));
            check.map(|check| check.word())
        };
        let (class, icon, word) = match (fault(), sandbox) {
            (Some(fault), _) => ("bad", "cross", fault),
            (None, true) => return None,
            (None, false) => match check() {
                Some((Mark::Good, word)) => ("good", "check", word.to_owned()),
                Some((Mark::Doubtful, word)) => ("doubtful", "alert", word.to_owned()),
                Some((Mark::Bad, word)) => ("bad", "cross", word.to_owned()),
                None => ("note", "alert", "Not checked yet".to_owned()),
            },
        };
        Some(view! { <a href=place.clone() class=format!("verdict {class}")><Icon name=icon/>{word}</a> })
    };
    view! {
        <World connection/>
        {found}
    }
}
