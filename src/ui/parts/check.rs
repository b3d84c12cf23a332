//! The check of a connection: what the last one found, and another.

use super::{Icon, seconds};
use crate::{
    browser::{focus, locale},
    domain::{
        connection::Connection,
        connection_check::{Check, Line, Mark},
        duration,
    },
    state::App,
};
use leptos::prelude::*;

#[component]
pub fn CheckConnection(connection: Connection) -> impl IntoView {
    let app = App::use_app();
    let checks = app.checks;
    let shared = StoredValue::new(connection);
    let running = move || shared.with_value(|connection| checks.is_running(connection));
    let known = Memo::new(move |_| shared.with_value(|connection| checks.of(connection)));
    let word = move || match (running(), known.with(Option::is_some)) {
        (true, _) => "Checking…",
        (false, true) => "Check again",
        (false, false) => "Check the connection",
    };
    let label = move || {
        shared.with_value(|connection| {
            format!("{}: {} {}", word(), connection.provider.name(), connection.label)
        })
    };
    view! {
        <div class="check-connection">
            <div class="check-head">
                <button type="button" aria-label=label aria-disabled=move || running().then_some("true") on:click=move |_| checks.start(app, shared.get_value())>
                    {word}
                </button>
                {move || known.get().filter(|_| !running()).map(|check| view! { <Verdict check/> })}
            </div>
            <div role="status">
                {move || known.get().filter(|_| !running()).map(|check| {
                    let lines = shared.with_value(|connection| check.lines(connection));
                    view! { <ul class="findings">{lines.into_iter().map(finding).collect_view()}</ul> }
                })}
            </div>
        </div>
    }
}

#[component]
fn Verdict(check: Check) -> impl IntoView {
    let (mark, word) = check.word();
    let now = seconds();
    let ago = move || duration::ago(now.get().saturating_sub(check.at));
    let full = locale::moment(check.at, true);
    view! {
        <span class=format!("verdict {}", class(mark))><Icon name=icon(mark)/>{word}</span>
        <time class="note" datetime=locale::iso(check.at) title=full>{ago}</time>
    }
}

fn finding(Line { mark, what, why }: Line) -> impl IntoView {
    view! {
        <li class=class(mark)>
            <Icon name=icon(mark)/>
            <span>{what}<span class="note">{why}</span></span>
        </li>
    }
}

fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Good => "good",
        Mark::Doubtful => "doubtful",
        Mark::Bad => "bad",
    }
}

fn icon(mark: Mark) -> &'static str {
    match mark {
        Mark::Good => "check",
        Mark::Doubtful => "alert",
        Mark::Bad => "cross",
    }
}

/// Where a call failed in a way that a check explains.
#[component]
pub fn CheckOffer(connection: Connection) -> impl IntoView {
    let app = App::use_app();
    let asked = RwSignal::new(false);
    let shared = StoredValue::new(connection);
    let check = move |_| {
        asked.set(true);
        app.checks.start(app, shared.get_value());
        focus::soon(".refusal .check-connection button".into());
    };
    move || {
        if asked.get() {
            view! { <CheckConnection connection=shared.get_value()/> }.into_any()
        } else {
            view! { <p><button type="button" on:click=check>"Find out what is wrong"</button></p> }.into_any()
        }
    }
}
