//! A result per person, a page at a time; all of them as a file; and those that may be sent again, on the
//! person's word.

use super::grouped;
use crate::{
    domain::bulk::{Counts, Progress, Standing, drawn::cut, results::Kind},
    state::{
        App,
        bulk::{Row, Shown},
    },
    ui::parts::{Dialog, Icon},
};
use leptos::{prelude::*, task::spawn_local};

const PAGE: usize = 50;

#[component]
pub fn Results(shown: Signal<Shown>, progress: Memo<Progress>) -> impl IntoView {
    let app = App::use_app();
    let bulk = app.bulk;
    let kind = RwSignal::new(Kind::All);
    let first = RwSignal::new(0_usize);
    let rows: RwSignal<Option<Vec<Row>>> = RwSignal::new(None);
    let counts = Memo::new(move |_| progress.with(|progress| progress.counts));
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        bulk.track_results();
        let (kind, first) = (kind.get(), first.get());
        let shown = shown.get_untracked();
        asked.update_value(|asked| *asked = asked.wrapping_add(1));
        let this = asked.get_value();
        spawn_local(async move {
            let found = bulk.results(&shown, kind, first, PAGE).await.ok();
            // Another page may be wanted by now, or none.
            if asked.try_get_value() == Some(this) {
                rows.try_set(found);
            }
        });
    });
    let of = move |kind: Kind| count(&counts.get(), kind);
    let total = move || of(kind.get()) as usize;
    let choose = move |event| {
        kind.set(Kind::from_id(&event_target_value(&event)));
        first.set(0);
    };
    let failed = RwSignal::new(false);
    let export = move |_| {
        let shown = shown.get_untracked();
        spawn_local(async move {
            let saved = bulk.export(&shown).await.unwrap_or(false);
            failed.try_set(!saved);
        });
    };
    view! {
        <div class="send-results-head">
            <label for="results-kind" class="unseen">"Show"</label>
            <select id="results-kind" class="input" on:change=choose>
                {Kind::ALL.map(|one| view! {
                    <option value=one.id() prop:selected=move || kind.get() == one>{move || format!("{} ({})", one.label(), grouped(of(one)))}</option>
                }).collect_view()}
            </select>
            <button type="button" on:click=export>"Export as CSV"</button>
            <Again shown progress kind=Kind::Refused/>
            <Again shown progress kind=Kind::Unknown/>
            <span role="status">{move || failed.get().then_some("The file could not be made. Try again.")}</span>
        </div>
        <div class="scroll" tabindex="0" role="region" aria-label="Results by person">
            <table class="send-table">
                <thead><tr><th scope="col">"Line"</th><th scope="col">"Number"</th><th scope="col">"Result"</th><th scope="col">"Reason"</th><th scope="col">"Transaction ID"</th></tr></thead>
                <tbody>
                    <For each=move || rows.get().unwrap_or_default() key=|row| (row.row, row.word, row.attempt) let:row><Line row/></For>
                </tbody>
            </table>
        </div>
        <Show when=move || rows.with(|rows| rows.as_ref().is_some_and(Vec::is_empty))><p class="note">"Nobody has this result."</p></Show>
        <Pager first total=Signal::derive(total)/>
    }
}

fn count(counts: &Counts, kind: Kind) -> u32 {
    match kind {
        Kind::All => counts.all(),
        Kind::Waiting => counts.waiting,
        Kind::Queued => counts.queued,
        Kind::Refused => counts.refused,
        Kind::Unknown => counts.unknown,
    }
}

#[component]
fn Line(row: Row) -> impl IntoView {
    let (class, icon) = match row.kind {
        Kind::Queued => ("ok", "check"),
        Kind::Refused => ("bad", "cross"),
        Kind::Unknown => ("doubtful", "alert"),
        _ => ("", "clock"),
    };
    let said = (!row.said.is_empty())
        .then(|| view! { <span class="note" dir="auto">" “"{row.said.clone()}"”"</span> });
    let again = (row.attempt > 1)
        .then(|| view! { <span class="note">{format!(" (attempt {})", row.attempt)}</span> });
    view! {
        <tr>
            <th scope="row" class="figures">{row.line}</th>
            <td class="figures" dir="auto">{cut(&row.number).into_owned()}</td>
            <td><span class=format!("outcome {class}")><Icon name=icon/>{row.word}</span>{again}</td>
            <td>{row.reason}{said}</td>
            <td><code>{row.transaction}</code></td>
        </tr>
    }
}

#[component]
fn Pager(first: RwSignal<usize>, total: Signal<usize>) -> impl IntoView {
    let last = move || (first.get() + PAGE).min(total.get());
    let at_end = move || last() >= total.get();
    // What one looks at alone may become fewer.
    Effect::new(move |_| {
        if first.get() > 0 && first.get() >= total.get() {
            first.set(total.get().saturating_sub(1) / PAGE * PAGE);
        }
    });
    view! {
        <Show when=move || total.get().checked_sub(PAGE + 1).is_some()>
            <div class="send-pager figures" role="group" aria-label="Pages of results">
                <button type="button" disabled=move || first.get() == 0 on:click=move |_| first.update(|first| *first = first.saturating_sub(PAGE))>"Before"</button>
                <span role="status">{move || format!("{} to {} of {}", grouped(first.get() as u64 + 1), grouped(last() as u64), grouped(total.get() as u64))}</span>
                <button type="button" disabled=at_end on:click=move |_| first.update(|first| *first += PAGE)>"After"</button>
            </div>
        </Show>
    }
}

/// Sends those once more that were refused, or, after a warning, those of whom nobody knows.
#[component]
fn Again(shown: Signal<Shown>, progress: Memo<Progress>, kind: Kind) -> impl IntoView {
    let app = App::use_app();
    let asking = RwSignal::new(false);
    let many = Memo::new(move |_| progress.with(|progress| count(&progress.counts, kind)));
    let may = move || many.get() > 0 && progress.with(|progress| progress.standing != Standing::Stopped);
    let paused = move || progress.with(|progress| progress.is_paused() && !progress.is_done());
    let send = move |_| {
        asking.set(false);
        let id = shown.with_untracked(|shown| shown.batch.id.clone());
        spawn_local(async move { app.bulk.again(app, &id, kind).await });
    };
    let (id, word) = match kind {
        Kind::Unknown => ("again-unknown", "unknown"),
        _ => ("again-refused", "refused"),
    };
    let people = move || super::persons(many.get());
    let sentence = match kind {
        Kind::Unknown => {
            "No answer came for them, so they may have got the message already. Whoever did gets it twice. Webex Connect offers no way to look; its own reports may tell."
        }
        _ => {
            "They were refused, so they have not got the message. Mend the reason first where you can, for the same request will be refused for the same reason."
        }
    };
    view! {
        <Show when=may>
            <button type="button" on:click=move |_| asking.set(true)>{move || format!("Send again to {} {word}", grouped(many.get()))}</button>
        </Show>
        <Dialog id=id title=format!("Send again to those who are {word}?") open=asking>
            <p><strong>{people}"."</strong>" "{sentence}</p>
            <Show when=paused><p>"This message is paused: they wait with the others until it goes on."</p></Show>
            <div class="foot">
                <button type="button" autofocus on:click=move |_| asking.set(false)>"Do not send"</button>
                <button type="button" class="danger" on:click=send>{move || format!("Send again to {}", people())}</button>
            </div>
        </Dialog>
    }
}
