//! A failure in words: what happened, what to do next, whether it may have been carried out, and what
//! the provider said.

use super::{CheckOffer, Copy, Icon};
use crate::{
    browser::page,
    catalogue::{
        call::encode,
        failure::{CarriedOut, Failure, FailureKind, Said},
        vonage::replies::deployment_in_use,
    },
    domain::connection::{Connection, Home},
};
use leptos::prelude::*;
use leptos_router::components::A;
use std::time::Duration;

#[component]
pub fn Refusal(
    failure: Failure,
    connection: Connection,
    /// Whether the request could change something.
    writes: bool,
    /// What is said of single values, by the labels they are known by.
    #[prop(optional)]
    said: Vec<(String, String)>,
) -> impl IntoView {
    let certainty = match (writes, failure.carried_out()) {
        (false, _) => None,
        (true, CarriedOut::No) => Some(("certainty sure", "It was not carried out.")),
        (true, CarriedOut::Maybe) => {
            Some(("certainty", "It may have been carried out. Look before you send it again."))
        }
    };
    let at_connections = matches!(failure.kind, FailureKind::Unreachable | FailureKind::OutsidePolicy)
        || failure.kind.is_about_the_key() && failure.kind != FailureKind::VaultLocked;
    let at_connections = at_connections && !connection.is_sandbox();
    // The sandbox in the page is not reached by any network.
    let checkable = connection.home != Home::Page
        && matches!(
            failure.kind,
            FailureKind::Unreachable
                | FailureKind::TimedOut { .. }
                | FailureKind::RefusedKey
                | FailureKind::Unreadable
        );
    let existing = deployment_in_use(&failure.said.code, &failure.said.detail).map(str::to_owned);
    let words = [&failure.said.title, &failure.said.detail];
    let words: Vec<String> = words.into_iter().filter(|text| !text.is_empty()).cloned().collect();
    let Said { code, trace, .. } = Said::clone(&failure.said);
    view! {
        <div class="refusal marked">
            <Icon name="alert"/>
            <p>{failure.sentence()}</p>
            <p class="next">{
                let next = if writes { failure.next() } else { failure.next_for_read() };
                let back = online_again(failure.kind == FailureKind::Offline);
                move || if back.get() { "The network is back now.".to_owned() } else { next.to_string() }
            }</p>
            {existing.map(|id| view! {
                <p><A href=page::place(&format!("/numbers/{}", encode(&id))) attr:class="button">"Open the existing deployment"</A></p>
            })}
            {certainty.map(|(class, words)| view! { <p class=class>{words}</p> })}
            {matches!(failure.kind, FailureKind::Throttled { .. }).then(|| view! { <Countdown failure=failure.clone()/> })}
            {(!words.is_empty()).then(|| view! {
                <blockquote aria-label="The provider's words">{words.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}</blockquote>
            })}
            {(!said.is_empty()).then(|| view! {
                <ul class="said">{said.into_iter().map(|(name, reason)| view! { <li><strong>{name}":"</strong>" "{reason}</li> }).collect_view()}</ul>
            })}
            {checkable.then(|| view! { <CheckOffer connection=connection.clone()/> })}
            {at_connections.then(|| view! { <p><A href=page::place("/connections")>"Open Connections"</A></p> })}
            {(!code.is_empty() || !trace.is_empty()).then(|| view! { <dl class="ids">
                {(!code.is_empty()).then(|| view! { <dt>"Error code"</dt><dd><code>{code}</code></dd> })}
                {(!trace.is_empty()).then(|| view! {
                    <dt>"Trace, for support"</dt>
                    <dd><code>{trace.clone()}</code><Copy text=Signal::stored(trace) label="Copy the trace"/></dd>
                })}
            </dl> })}
        </div>
    }
}

/// Whether the network has come back since it was found to be missing.
fn online_again(offline: bool) -> ReadSignal<bool> {
    let (back, set_back) = signal(false);
    if offline {
        let heard = window_event_listener(leptos::ev::online, move |_| set_back.set(true));
        on_cleanup(move || heard.remove());
    }
    back
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
