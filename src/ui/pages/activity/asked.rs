//! How many calls left and how many failed, over time: a sentence, a chart, and a table of the same. What
//! is in a stretch of time is counted in the domain, and the bars are drawn by `bars`.

use super::{
    bars::{Bars, Key},
    desk::{Desk, link},
    times,
};
use crate::{
    browser::locale,
    domain::activity::{
        ending::Ending,
        filter::Filter,
        requests::{Requests, Stretch, Tally},
        span::Span,
    },
};
use leptos::prelude::*;

#[component]
pub fn Asked(desk: Desk) -> impl IntoView {
    let requests = Memo::new(move |_| {
        let now = desk.now.get();
        desk.of_found(|found, filter, sieve| {
            Requests::count(found.records(), sieve, filter.span, now, &locale::offset)
        })
    });
    let zoomed = move || matches!(desk.filter.with(|filter| filter.span), Span::Moments(..));
    view! {
        <section class="panel chart" aria-labelledby="asked-heading">
            <h2 id="asked-heading" tabindex="-1">"How many requests were sent, and how many failed?"</h2>
            <p>{move || requests.with(sentence)}</p>
            <Key/>
            <Bars requests filter=desk.filter/>
            <Show when=zoomed>
                <p class="foot"><button type="button" on:click=move |_| desk.change(|filter| Filter { span: Span::All, ..filter })>"Show all times"</button></p>
            </Show>
            <details class="as-table">
                <summary>"The same as a table"</summary>
                <Table requests filter=desk.filter/>
            </details>
        </section>
    }
}

/// The answer in words.
fn sentence(requests: &Requests) -> String {
    let Requests { total, buckets, .. } = requests;
    let sent = locale::counted(total.all() as usize, "request was sent", "requests were sent");
    let mut text = match (total.all(), total.failed()) {
        (1, 0) => format!("{sent}, and it was not refused and did not fail"),
        (1, _) => format!("{sent}, and it was refused or failed"),
        (_, 0) => format!("{sent}, and none was refused or failed"),
        (_, failed) => format!("{sent}, and {} of them {} refused or failed", number(failed), were(failed)),
    };
    if total.unknown() > 0 {
        text += &format!("; what became of {} is not known", number(total.unknown()));
    }
    text += ".";
    if let Some(busiest) = requests.busiest().filter(|one| one.of > 1) {
        let when = times::stretch(busiest.from, busiest.until);
        let most = number(busiest.tally.all());
        text += &format!(" The most in {}: {most} ({when}).", times::one(buckets.step));
    }
    text
}

fn number(count: u32) -> String {
    locale::number(count as usize)
}

const fn were(count: u32) -> &'static str {
    if count == 1 { "was" } else { "were" }
}

#[component]
fn Table(requests: Memo<Requests>, filter: Memo<Filter>) -> impl IntoView {
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Requests over time, as a table">
            <table class="figures">
                <thead><tr>
                    <th scope="col">"Time"</th>
                    <th scope="col">"Requests"</th>
                    {Ending::ALL.map(|ending| view! { <th scope="col">{ending.label()}</th> }).collect_view()}
                </tr></thead>
                <tbody>
                    <For each=move || requests.with(|requests| requests.stretches().collect::<Vec<_>>()) key=|one| *one let:one>
                        <tr><th scope="row">{named(one, filter)}</th>{numbers(one.tally)}</tr>
                    </For>
                </tbody>
                <tfoot><tr><th scope="row">"All"</th>{move || numbers(requests.with(|requests| requests.total))}</tr></tfoot>
            </table>
        </div>
    }
}

/// The time of a row, which leads to its calls where there are any.
fn named(one: Stretch, filter: Memo<Filter>) -> AnyView {
    let when = times::stretch(one.from, one.until);
    match one.tally.all() {
        0 => view! { <span>{when}</span> }.into_any(),
        _ => {
            let to = move || link(&filter.get().within(one.from, one.until));
            view! { <a href=to data-noscroll="">{when}</a> }.into_any()
        }
    }
}

fn numbers(tally: Tally) -> impl IntoView {
    let of = Ending::ALL.map(|ending| view! { <td>{number(tally.of(ending))}</td> });
    view! { <td>{number(tally.all())}</td>{of.collect_view()} }
}
