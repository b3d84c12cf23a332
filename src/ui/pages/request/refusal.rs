//! A failure in words: what happened, what to do next, whether it may have been carried out, and what
//! the provider said.

use crate::{
    browser::page,
    catalogue::failure::{CarriedOut, Failure, FailureKind, Said},
    domain::connection::Connection,
    ui::{
        form::{self, Form},
        parts::Copy,
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use std::time::Duration;

#[component]
pub fn Refusal(form: Form, failure: Failure, connection: Connection) -> impl IntoView {
    let writes = form.operation.method.writes();
    let certainty = match (writes, failure.carried_out()) {
        (false, _) => None,
        (true, CarriedOut::No) => Some("It was not carried out."),
        (true, CarriedOut::Maybe) => Some("It may have been carried out. Look before you send it again."),
    };
    let at_connections = matches!(
        failure.kind,
        FailureKind::NoCredential
            | FailureKind::RefusedKey
            | FailureKind::Unreachable
            | FailureKind::OutsidePolicy
    ) && !connection.is_sandbox();
    let words = [&failure.said.title, &failure.said.detail];
    let words: Vec<String> = words.into_iter().filter(|text| !text.is_empty()).cloned().collect();
    let said = Said::clone(&failure.said);
    view! {
        <div class="refusal">
            <p>{failure.sentence()}</p>
            <p class="next">{failure.next()}</p>
            {certainty.map(|certainty| view! { <p class="certainty">{certainty}</p> })}
            {matches!(failure.kind, FailureKind::Throttled { .. }).then(|| view! { <Countdown failure=failure.clone()/> })}
            {at_connections.then(|| view! { <p><A href=page::place("/connections")>"Open Connections"</A></p> })}
            {(!words.is_empty()).then(|| view! {
                <blockquote aria-label="The provider's words">{words.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}</blockquote>
            })}
            {(!said.fields.is_empty()).then(|| view! {
                <ul class="said">{said.fields.into_iter().map(|(path, reason)| {
                    let name = form::label(form, &path);
                    let name = if name.is_empty() { path } else { name };
                    view! { <li><strong>{name}</strong>" "{reason}</li> }
                }).collect_view()}</ul>
            })}
            <dl class="ids">
                {(!said.code.is_empty()).then(|| view! { <dt>"Code"</dt><dd><code>{said.code}</code></dd> })}
                {(!said.trace.is_empty()).then(|| view! {
                    <dt>"Trace, for support"</dt>
                    <dd><code>{said.trace.clone()}</code><Copy text=Signal::stored(said.trace) label="Copy the trace"/></dd>
                })}
            </dl>
        </div>
    }
}

/// Seconds until the provider takes requests again, where it said so.
#[component]
fn Countdown(failure: Failure) -> impl IntoView {
    let FailureKind::Throttled { seconds: Some(seconds) } = failure.kind else { return ().into_any() };
    let left = RwSignal::new(seconds);
    let tick = set_interval_with_handle(
        move || left.update(|left| *left = left.saturating_sub(1)),
        Duration::from_secs(1),
    );
    on_cleanup(move || {
        tick.inspect(|tick| tick.clear()).ok();
    });
    let text = move || match left.get() {
        0 => "You can send again now.".to_owned(),
        left => format!("{left} s left"),
    };
    view! { <p class="countdown" role="timer">{text}</p> }.into_any()
}
