//! A region of the page that is read out to whoever does not see it. What is told there is not known here.

use crate::state::announced::Announced;
use leptos::prelude::*;

/// Polite: it waits until the reader has ended.
#[component]
pub fn Announce(#[prop(into)] told: Signal<Option<Announced>>) -> impl IntoView {
    view! {
        <div class="unseen" role="status">
            <For each=move || told.get() key=|told| told.number() let:told><p>{told.words().to_owned()}</p></For>
        </div>
    }
}
