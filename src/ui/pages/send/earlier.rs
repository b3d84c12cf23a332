//! Messages that were sent off before: those that move or wait for a person, and all others.

use super::{grouped, persons, place_of};
use crate::{
    browser::locale,
    domain::bulk::{Pause, Progress, Standing},
    state::{
        App,
        bulk::{Held, Shown},
    },
    ui::parts::Icon,
};
use leptos::prelude::*;
use leptos_router::components::A;

/// Earlier messages that are listed at once.
const PAGE: usize = 10;

/// Where a batch stands, in a word or two, with a class and an icon.
pub fn word(progress: &Progress, held: Option<&Held>) -> (&'static str, &'static str, &'static str) {
    match (&progress.standing, held) {
        (Standing::Stopped, _) => ("doubtful", "alert", "Stopped"),
        _ if progress.is_done() && progress.wants().is_some() => ("doubtful", "alert", "Done, look at it"),
        _ if progress.is_done() => ("ok", "check", "Done"),
        (Standing::Paused(Pause::Asked), _) => ("doubtful", "clock", "Paused"),
        (Standing::Paused(_), _) => ("doubtful", "alert", "Paused"),
        (_, Some(Held::Throttled { .. })) => ("doubtful", "clock", "Waits"),
        (_, Some(_)) => ("bad", "alert", "Held"),
        _ => ("", "send", "Sending"),
    }
}

#[component]
pub fn Ongoing() -> impl IntoView {
    let bulk = App::use_app().bulk;
    let ongoing = Memo::new(move |_| {
        bulk.list()
            .into_iter()
            .filter(|shown| shown.progress.moves() || shown.progress.wants().is_some())
            .collect::<Vec<_>>()
    });
    view! {
        <Show when=move || ongoing.with(|list| !list.is_empty())>
            <section class="panel send-ongoing" aria-labelledby="ongoing-heading">
                <h2 id="ongoing-heading">"On its way, or to look at"</h2>
                <ul class="send-batches">{move || ongoing.get().into_iter().map(|shown| view! { <Row shown/> }).collect_view()}</ul>
            </section>
        </Show>
    }
}

#[component]
pub fn Earlier() -> impl IntoView {
    let bulk = App::use_app().bulk;
    let most = RwSignal::new(PAGE);
    let others = Memo::new(move |_| {
        bulk.list()
            .into_iter()
            .filter(|shown| !shown.progress.moves() && shown.progress.wants().is_none())
            .collect::<Vec<_>>()
    });
    let more = move || others.with(Vec::len).saturating_sub(most.get());
    view! {
        <Show when=move || others.with(|list| !list.is_empty())>
            <section class="panel send-earlier" aria-labelledby="earlier-heading">
                <h2 id="earlier-heading">"Earlier messages"</h2>
                <ul class="send-batches">{move || others.get().into_iter().take(most.get()).map(|shown| view! { <Row shown/> }).collect_view()}</ul>
                <Show when=move || more() != 0>
                    <button type="button" on:click=move |_| most.update(|most| *most += PAGE)>{move || format!("Show {} older", more().min(PAGE))}</button>
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn Row(shown: Shown) -> impl IntoView {
    let bulk = App::use_app().bulk;
    let Shown { batch, progress } = shown;
    let held = bulk.held(&batch.id);
    let (class, icon, word) = word(&progress, held.as_ref());
    let counts = progress.counts;
    let part = |count: u32, word: &str| (count > 0).then(|| format!("{} {word}", grouped(count)));
    let waits = if progress.standing == Standing::Stopped { "not sent" } else { "to go" };
    let parts = [
        part(counts.queued, "queued"),
        part(counts.refused, "refused"),
        part(counts.unknown, "unknown"),
        part(counts.waiting, waits),
    ];
    let sums = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let full = locale::moment(batch.made, true);
    view! {
        <li>
            <A href=place_of(&batch.id)>
                <span class="send-batch-title" dir="auto">{batch.title()}</span>
                <span class=format!("outcome {class}")><Icon name=icon/>{word}</span>
                <span class="note figures">{persons(batch.people)}": "{sums}</span>
                <time class="note" title=full>{locale::moment(batch.made, false)}</time>
            </A>
        </li>
    }
}
