//! How long answers took, by request: a sentence, a chart, and a table of the same. What the figures are
//! is the domain's matter.

use super::{
    desk::{Desk, link},
    filter::title,
};
use crate::{
    browser::locale,
    domain::activity::{
        filter::Filter,
        latency::{self, ENOUGH, Latency, measure},
        scale,
    },
};
use leptos::prelude::*;

/// Requests that are drawn at first: the slowest.
const DRAWN: usize = 8;

type Measured = (Vec<Latency>, Option<Latency>);

#[component]
pub fn Answers(desk: Desk) -> impl IntoView {
    let measured: Memo<Measured> =
        Memo::new(move |_| desk.of_found(|found, _, sieve| measure(found.records(), sieve)));
    let open = RwSignal::new(false);
    let rows = move || measured.with(|(rows, _)| rows.len());
    // How far a line reaches depends on the longest of all.
    let drawn = move || {
        let most = if open.get() { usize::MAX } else { DRAWN };
        measured.with(|(rows, _)| {
            let longest = rows.iter().map(|row| row.high).max().unwrap_or(0);
            rows.iter().take(most).map(|row| (row.clone(), longest)).collect::<Vec<_>>()
        })
    };
    view! {
        <section class="panel chart" aria-labelledby="answers-heading">
            <h2 id="answers-heading">"How long do answers take?"</h2>
            <p>{move || measured.with(sentence)}</p>
            <Show when=move || rows() != 0>
                <ul class="chart-key">
                    <li><svg class="swatch" aria-hidden="true" focusable="false"><rect class="good" y="3" width="14" height="8"></rect></svg>"Median: half took no longer"</li>
                    <li><svg class="swatch" aria-hidden="true" focusable="false"><line class="reach" x1="0" x2="12" y1="7" y2="7"></line><line class="mark" x1="12" x2="12" y1="1" y2="13"></line></svg>{most}" took no longer"</li>
                </ul>
                <ul class="latencies">
                    <For each=drawn key=|line| line.clone() children=move |(row, longest)| line(row, longest, desk.filter)/>
                </ul>
                <Show when=move || { rows() > DRAWN }>
                    <p class="foot"><button type="button" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                        {move || if open.get() { format!("Show the slowest {}", locale::number(DRAWN)) } else { format!("Show all {} requests", locale::number(rows())) }}
                    </button></p>
                </Show>
                <details class="as-table">
                    <summary>"The same as a table"</summary>
                    <Table measured/>
                </details>
            </Show>
        </section>
    }
}

/// What the higher of the two figures stands for.
fn most() -> String {
    let [part, all] = [95, 100].map(locale::number);
    format!("{part} of {all}")
}

fn text(milliseconds: u32) -> String {
    latency::text(milliseconds, &locale::decimal)
}

/// The answer in words.
fn sentence((rows, all): &Measured) -> String {
    let Some(all) = all else { return "No answer came to any of these calls.".into() };
    let mut said = match all.answers {
        1 => format!("The one answer took {}.", text(all.median)),
        answers => format!(
            "Of {} answers half took no longer than {}, and {} no longer than {}.",
            locale::number(answers),
            text(all.median),
            most(),
            text(all.high)
        ),
    };
    if let Some(slowest) = rows.first().filter(|_| rows.len() > 1) {
        said += &format!(
            " The slowest request by its median: {} ({}).",
            title(&slowest.operation),
            text(slowest.median)
        );
    }
    if all.answers < ENOUGH && all.answers > 1 {
        let enough = locale::number(ENOUGH);
        said += &format!(" With fewer than {enough} answers, {} means the slowest one.", most());
    }
    said
}

fn line(row: Latency, longest: u32, filter: Memo<Filter>) -> impl IntoView {
    let percent = |milliseconds| format!("{:.2}%", scale::percent(milliseconds, longest));
    let (median, high) = (percent(row.median), percent(row.high));
    let answers = locale::counted(row.answers, "answer", "answers");
    let operation = row.operation.clone();
    let to = move || link(&Filter { operation: Some(operation.clone()), ..filter.get() });
    view! {
        <li>
            <a href=to data-noscroll="">{title(&row.operation)}</a>
            <span class="figures">{format!("{} · {}: {} · {answers}", text(row.median), most(), text(row.high))}</span>
            <svg class="drawing" aria-hidden="true" focusable="false">
                <rect class="good" x="0" y="4" width=median.clone() height="8"></rect>
                <line class="reach" x1=median x2=high.clone() y1="8" y2="8"></line>
                <line class="mark" x1=high.clone() x2=high y1="1" y2="15"></line>
            </svg>
        </li>
    }
}

#[component]
fn Table(measured: Memo<Measured>) -> impl IntoView {
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="How long answers took, as a table">
            <table class="figures">
                <thead><tr>
                    <th scope="col">"Request"</th>
                    <th scope="col">"Answers"</th>
                    <th scope="col">"Median (ms)"</th>
                    <th scope="col">{most}" (ms)"</th>
                    <th scope="col">"Slowest (ms)"</th>
                </tr></thead>
                <tbody>
                    <For each=move || measured.with(|(rows, _)| rows.clone()) key=Latency::clone children=|row| numbers(title(&row.operation), row)/>
                </tbody>
                <tfoot>{move || measured.with(|(_, all)| all.clone()).map(|all| numbers("All".into(), all))}</tfoot>
            </table>
        </div>
    }
}

fn numbers(name: String, row: Latency) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{locale::number(row.answers)}</td>
            {[row.median, row.high, row.slowest].map(|milliseconds| view! { <td>{locale::number(milliseconds as usize)}</td> }).collect_view()}
        </tr>
    }
}
