//! The history of calls on this device; each opens again as a form.

use crate::{
    browser::{locale, page, store::StoreFault},
    catalogue,
    domain::activity::{KEEP, Outcome, Record},
    state::App,
    ui::parts::{Copy, Icon, OpenAsForm, PageHead},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::A;

/// Rows drawn at once; more on request.
const PAGE: usize = 100;

#[component]
pub fn ActivityPage() -> impl IntoView {
    let activity = App::use_app().activity;
    let records: RwSignal<Option<Result<Vec<Record>, StoreFault>>> = RwSignal::new(None);
    let shown = RwSignal::new(PAGE);
    Effect::new(move |_| {
        activity.changed.track();
        spawn_local(async move {
            let all = activity.all().await;
            // The page may be gone by now.
            drop(records.try_set(Some(all)));
        });
    });
    let some = move || records.with(|records| matches!(records, Some(Ok(list)) if !list.is_empty()));
    let content = move || {
        match records.get() {
        None => view! { <div class="skeleton" aria-busy="true"></div> }.into_any(),
        Some(Err(fault)) => view! {
            <div class="refusal" role="alert"><p>"The history could not be read."</p><p class="next">{fault.sentence()}</p></div>
        }
        .into_any(),
        Some(Ok(list)) if list.is_empty() => view! {
            <div class="empty">
                <p>"Nothing was sent from this device yet. Every call that leaves is listed here, without its secrets."</p>
                <p><A href=page::place("/requests")>"Choose a request"</A></p>
            </div>
        }
        .into_any(),
        Some(Ok(list)) => {
            let more = list.len().saturating_sub(shown.get());
            view! {
                <ul class="records">
                    {list.into_iter().take(shown.get()).map(|record| view! { <Row record/> }).collect_view()}
                </ul>
                {(more > 0).then(|| view! {
                    <button type="button" on:click=move |_| shown.update(|shown| *shown += PAGE)>"Show "{more.min(PAGE)}" older"</button>
                })}
            }
            .into_any()
        }
    }
    };
    view! {
        <PageHead title="Activity">
            <Show when=some><Clear/></Show>
        </PageHead>
        <p class="lead">{format!("Calls that left this device: the newest {KEEP} that could change something, and reads folded by address and minute. Keys, codes and other secrets are never kept.")}</p>
        {content}
    }
}

/// Clearing asks once, in place.
#[component]
fn Clear() -> impl IntoView {
    let activity = App::use_app().activity;
    let asking = RwSignal::new(false);
    let clear = move |_| {
        spawn_local(activity.clear());
    };
    move || {
        if asking.get() {
            view! {
                <span class="asking">
                    "Delete the whole history?"
                    <button type="button" class="danger" on:click=clear>"Delete it"</button>
                    <button type="button" on:click=move |_| asking.set(false)>"Keep it"</button>
                </span>
            }
            .into_any()
        } else {
            let ask = move |_| {
                asking.set(true);
                page::focus_soon(".page-head .asking button".into());
            };
            view! { <button type="button" on:click=ask>"Clear"</button> }.into_any()
        }
    }
}

#[component]
fn Row(record: Record) -> impl IntoView {
    let operation = catalogue::find(&record.operation);
    let title = operation.map_or(record.operation.clone(), |operation| operation.title.to_owned());
    let (class, icon, word) = verdict(&record);
    let answer = match &record.outcome {
        Outcome::Open => String::new(),
        Outcome::Succeeded { answer, .. } | Outcome::Failed { answer, .. } => answer.clone(),
    };
    let body = record.body.as_ref().and_then(|body| serde_json::to_string_pretty(body).ok());
    let full = locale::moment(record.at, true);
    let times = (record.times > 1).then(|| view! { <span class="times">{record.times}" times"</span> });
    let draft = record.draft.clone();
    let reopen = operation.map(|operation| view! { <OpenAsForm operation draft label="Open as a form"/> });
    view! {
        <li>
            <details class="record">
                <summary>
                    <span class=format!("outcome {class}")><Icon name=icon/>{word}</span>
                    <span class="method">{record.method.clone()}</span>
                    <span class="title">{title}</span>
                    <span class="path">{record.path.clone()}</span>
                    {times}
                    <time title=full.clone()>{locale::moment(record.at, false)}</time>
                </summary>
                <div class="record-body">
                    <p class="note">{record.connection.clone()}" · "{record.host.clone()}" · "{full}</p>
                    {body.map(|body| view! { <Piece title="Sent" text=body/> })}
                    {(!answer.is_empty()).then(|| view! { <Piece title="Answered" text=answer/> })}
                    {reopen}
                </div>
            </details>
        </li>
    }
}

#[component]
fn Piece(title: &'static str, text: String) -> impl IntoView {
    view! {
        <div class="piece">
            <div class="panel-head"><h2>{title}</h2><Copy text=Signal::stored(text.clone()) label=format!("Copy what was {}", title.to_lowercase())/></div>
            <pre class="code" tabindex="0" aria-label=title><code>{text}</code></pre>
        </div>
    }
}

/// How a row says its outcome: a class, an icon, and the words.
fn verdict(record: &Record) -> (&'static str, &'static str, String) {
    match &record.outcome {
        Outcome::Open if record.writes() => ("doubtful", "alert", "No answer seen".into()),
        Outcome::Open => ("doubtful", "alert", "Not finished".into()),
        Outcome::Succeeded { status, milliseconds, .. } => {
            ("ok", "check", format!("{status} · {milliseconds} ms"))
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
