//! One call: how it ended, and on a click what was sent and answered. What is below its head is drawn
//! once it is opened.

use crate::{
    browser::locale,
    catalogue,
    domain::activity::{Outcome, Record, ending::Ending, requests::Tally},
    ui::parts::{Copy, Icon, OpenAsForm},
};
use leptos::{ev, prelude::*};
use std::sync::Arc;
use wasm_bindgen::JsCast;

#[component]
pub fn Row(record: Arc<Record>) -> impl IntoView {
    let opened = RwSignal::new(false);
    let toggle = move |event: ev::Event| {
        let details = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if details.is_some_and(|details| details.has_attribute("open")) {
            opened.set(true);
        }
    };
    let operation = catalogue::find(&record.operation);
    let title = operation.map_or(record.operation.clone(), |operation| operation.title.to_owned());
    let (class, icon, word) = verdict(&record);
    let times = (record.times > 1).then(|| view! { <span class="times">{times(&record)}</span> });
    let (method, path, at) = (record.method.clone(), record.path.clone(), record.at);
    view! {
        <li>
            <details class="record" on:toggle=toggle>
                <summary>
                    <span class=format!("outcome {class}")><Icon name=icon/>{word}</span>
                    <span class="method">{method}</span>
                    <span class="title">{title}</span>
                    <span class="path">{path}</span>
                    {times}
                    <time title=locale::moment(at, true)>{locale::moment(at, false)}</time>
                </summary>
                <Show when=move || opened.get()><Body record=record.clone()/></Show>
            </details>
        </li>
    }
}

#[component]
fn Body(record: Arc<Record>) -> impl IntoView {
    let answer = match &record.outcome {
        Outcome::Open => String::new(),
        Outcome::Succeeded { answer, .. } | Outcome::Failed { answer, .. } => answer.clone(),
    };
    let body = record.body.as_ref().and_then(|body| serde_json::to_string_pretty(body).ok());
    let draft = record.draft.clone();
    let reopen = catalogue::find(&record.operation)
        .map(|operation| view! { <OpenAsForm operation draft label="Open as a form"/> });
    view! {
        <div class="record-body">
            <p class="note">{record.connection.clone()}" · "{record.host.clone()}" · "{locale::moment(record.at, true)}</p>
            {body.map(|body| view! { <Piece title="Sent" text=body/> })}
            {(!answer.is_empty()).then(|| view! { <Piece title="Answered" text=answer/> })}
            {reopen}
        </div>
    }
}

#[component]
fn Piece(title: &'static str, text: String) -> impl IntoView {
    view! {
        <div class="piece">
            <div class="panel-head"><h3>{title}</h3><Copy text=Signal::stored(text.clone()) label=format!("Copy what was {}", title.to_lowercase())/></div>
            <pre class="code" tabindex="0" aria-label=title><code>{text}</code></pre>
        </div>
    }
}

/// How often folded reads left, and how many of them did not go well where the newest did.
fn times(record: &Record) -> String {
    let mut tally = Tally::default();
    for part in record.parts() {
        tally.add(part.ending, part.count);
    }
    match (record.ending(), tally.failed()) {
        (Ending::Succeeded, failed) if failed > 0 => {
            format!("{} times, {} failed", number(record.times), number(failed))
        }
        _ => format!("{} times", number(record.times)),
    }
}

fn number(count: u32) -> String {
    locale::number(count as usize)
}

/// How a row says its outcome: a class, an icon, and the words.
fn verdict(record: &Record) -> (&'static str, &'static str, String) {
    match &record.outcome {
        Outcome::Open if record.writes() => ("doubtful", "alert", "No answer seen".into()),
        Outcome::Open => ("doubtful", "alert", "Not finished".into()),
        Outcome::Succeeded { status, milliseconds, .. } => {
            ("ok", "check", format!("{status} · {} ms", number(*milliseconds)))
        }
        Outcome::Failed { status, word, maybe, .. } => {
            let status = status.map(|status| format!("{status} · ")).unwrap_or_default();
            let word = if *maybe {
                format!("{status}{word}, may have been carried out")
            } else {
                format!("{status}{word}")
            };
            (if *maybe { "doubtful" } else { "bad" }, if *maybe { "alert" } else { "cross" }, word)
        }
    }
}
