//! The calls themselves, newest first, some at a time.

use super::{desk::Desk, export::Export, row::Row};
use crate::browser::{focus, locale};
use leptos::prelude::*;
use std::sync::Arc;

/// Rows drawn at once; more on request.
const PAGE: usize = 100;

#[component]
pub fn Rows(desk: Desk) -> impl IntoView {
    let shown = RwSignal::new(PAGE);
    // Another filter begins at its newest again.
    Effect::new(move |before: Option<()>| {
        desk.filter.track();
        if before.is_some() {
            shown.try_set(PAGE);
        }
    });
    let more = move || desk.found.with(super::desk::Found::len).saturating_sub(shown.get());
    let older = move |_| {
        let next = shown.get_untracked();
        shown.update(|shown| *shown += PAGE);
        focus::soon(format!(".records > li:nth-child({}) summary", next + 1));
    };
    view! {
        <section aria-labelledby="calls-heading">
            <div class="panel-head calls-head">
                <h2 id="calls-heading">"Calls, newest first"</h2>
                <Export desk/>
            </div>
            <ul class="records">
                <For
                    each=move || desk.found.with(|found| found.first(shown.get()))
                    // A row that is drawn holds its record, so no other can stand at the same place.
                    key=|record| Arc::as_ptr(record).addr()
                    let:record
                >
                    <Row record/>
                </For>
            </ul>
            <Show when=move || { more() > 0 }>
                <button type="button" on:click=older>"Show "{move || locale::number(more().min(PAGE))}" older"</button>
            </Show>
        </section>
    }
}
