//! What came back: status, time, the ids worth copying, the body as text, or what went wrong.

use crate::{
    catalogue::{provider::Provider, reply::Reply},
    domain::connection::Connection,
    state::send::Exchange,
    ui::{
        form::{self, Form, Sending},
        parts::{Copy, Icon, Refusal},
    },
};
use leptos::prelude::*;
use serde_json::Value as Json;

#[component]
pub fn Answer(form: Form, sending: RwSignal<Sending>, connection: Connection) -> impl IntoView {
    let content = move || match sending.get() {
        Sending::Idle => {
            view! { <p class="note">"Nothing was sent yet. The answer appears here."</p> }.into_any()
        }
        Sending::Pending => view! { <p class="note">"Sending… waiting for the answer."</p> }.into_any(),
        Sending::Ended(exchange) => view! { <Ended form exchange connection=connection.clone()/> }.into_any(),
    };
    // One region that is always there, so that screen readers speak what changes in it.
    let spoken = move || {
        sending.with(|sending| match sending {
            Sending::Idle => String::new(),
            Sending::Pending => "Sending".to_owned(),
            Sending::Ended(exchange) => match &exchange.result {
                Ok(_) => format!("Done, {}", exchange.reply.as_ref().map_or(0, |reply| reply.status)),
                Err(failure) => {
                    let next =
                        if form.operation.method.writes() { failure.next() } else { failure.next_for_read() };
                    format!("{}. {} {next}", failure.word(), failure.sentence())
                }
            },
        })
    };
    view! {
        <section class="panel answer" aria-labelledby="answer-heading">
            <div class="panel-head"><h2 id="answer-heading">"Answer"</h2></div>
            <p class="unseen" role="status">{spoken}</p>
            {content}
        </section>
    }
}

#[component]
fn Ended(form: Form, exchange: Exchange, connection: Connection) -> impl IntoView {
    let provider = form.operation.provider;
    let failure = exchange.result.as_ref().err().cloned();
    let writes = form.operation.method.writes();
    let said = failure.as_ref().map(|failure| form::said(form, failure)).unwrap_or_default();
    let state = if failure.is_none() { "ok" } else { "bad" };
    let status = exchange.reply.as_ref().map(|reply| format!("{} · {} ms", reply.status, reply.milliseconds));
    let ids = exchange.result.as_ref().map(ids).unwrap_or_default();
    view! {
        <div class=format!("status-line {state}")>
            <Icon name=if failure.is_none() { "check" } else { "cross" }/>
            <strong>{failure.as_ref().map_or("Done", |failure| failure.word())}</strong>
            {status.map(|status| view! { <span class="figures" data-answer-status>{status}</span> })}
        </div>
        {failure.map(|failure| view! { <Refusal failure connection writes said/> })}
        {(!ids.is_empty()).then(|| view! {
            <dl class="ids">{ids.into_iter().map(|(name, id)| view! {
                <dt>{name.clone()}</dt>
                <dd><code>{id.clone()}</code><Copy text=Signal::stored(id) label=format!("Copy {name}")/></dd>
            }).collect_view()}</dl>
        })}
        {exchange.reply.map(|reply| view! { <Text reply provider/> })}
    }
}

/// The body as text, its secrets masked until asked for.
#[component]
fn Text(reply: Reply, provider: Provider) -> impl IntoView {
    let open = RwSignal::new(false);
    let secrets = reply.has_secrets(provider);
    let empty = reply.body.trim().is_empty();
    let text = {
        let reply = reply.clone();
        Signal::derive(move || reply.pretty(provider, open.get()))
    };
    // Copying a secret is not offered: the copy is always masked.
    let masked = Signal::derive(move || reply.pretty(provider, false));
    if empty {
        return view! { <p class="note">"The answer has no body."</p> }.into_any();
    }
    view! {
        <div class="code-tools">
            {secrets.then(|| view! {
                <button type="button" class="link" aria-pressed=move || if open.get() { "true" } else { "false" } on:click=move |_| open.update(|open| *open = !*open)>
                    {move || if open.get() { "Mask the secrets" } else { "Show the secrets" }}
                </button>
            })}
            <Copy text=masked label="Copy the answer"/>
        </div>
        <pre class="code" tabindex="0" aria-label="Answer body" data-answer-body><code>{text}</code></pre>
    }
    .into_any()
}

/// The ids of an answer, at most four, outermost first.
fn ids(json: &Json) -> Vec<(String, String)> {
    let mut found = vec![];
    collect(json, "", 0, &mut found);
    found.truncate(4);
    found
}

fn collect(json: &Json, path: &str, depth: usize, found: &mut Vec<(String, String)>) {
    let members = match json {
        Json::Object(members) => members,
        Json::Array(rows) if depth < 3 => {
            if let [row] = rows.as_slice() {
                collect(row, path, depth + 1, found);
            }
            return;
        }
        _ => return,
    };
    let at = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let is_id = |key: &str| key == "id" || key.ends_with("_id") || key.ends_with("Id") || key == "transid";
    for (key, value) in members {
        if let (true, Some(text)) = (is_id(key), value.as_str()) {
            found.push((at(key), text.to_owned()));
        }
    }
    if depth < 2 {
        for (key, value) in members {
            collect(value, &at(key), depth + 1, found);
        }
    }
}
