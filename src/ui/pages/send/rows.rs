//! Rows of the table that people come from: the first ones as they were read, and those that nothing is
//! sent to or that look doubtful.

use super::grouped;
use crate::{
    domain::{
        bulk::{
            drawn::{self, cut},
            people::Issue,
        },
        sheet::Sheet,
    },
    state::{App, bulk::Composing},
    ui::parts::Icon,
};
use leptos::prelude::*;
use std::sync::Arc;

const FIRST: usize = 5;
/// Issues that are drawn at once; more on request.
const PAGE: usize = 20;

#[component]
pub fn FirstRows(composing: Composing) -> impl IntoView {
    let table = move || {
        let sheet = composing.sheet.get()?;
        let numbers = composing.numbers();
        let rows = 0..sheet.rows().min(FIRST);
        let columns = sheet.columns();
        let drawn = drawn::columns(columns.len(), numbers);
        let head = drawn.iter().map(|at| {
            let is_it = (*at == numbers).then(|| view! { <span class="note">" number"</span> });
            view! { <th scope="col" class:chosen=*at == numbers>{cut(&columns[*at]).into_owned()}{is_it}</th> }
        });
        let body = rows.clone().map(|row| {
            let cells = sheet.cells(row);
            // A row may have fewer cells than there are columns, or more.
            let beyond = columns.len()..cells.len().min(columns.len().max(drawn::COLUMNS));
            let cell =
                |at: usize| cells.get(at).map(|cell| view! { <td dir="auto">{cut(cell).into_owned()}</td> });
            view! {
                <tr>
                    <th scope="row" class="figures">{sheet.line(row)}</th>
                    {drawn.iter().copied().chain(beyond).map(cell).collect_view()}
                </tr>
            }
        });
        let which = match sheet.rows() {
            many if many > FIRST => format!("The first of {} rows", grouped(many as u64)),
            _ => "The rows".to_owned(),
        };
        let caption = match columns.len() - drawn.len() {
            0 => format!("{which}, as they were read"),
            _ => format!(
                "{which}, as they were read. {} of {} columns are shown; the others can be used in the text by their names.",
                grouped(drawn.len() as u64),
                grouped(columns.len() as u64)
            ),
        };
        let rows = body.collect_view();
        Some(view! {
            <div class="scroll send-rows" tabindex="0" role="region" aria-label="First rows">
                <table>
                    <caption>{caption}</caption>
                    <thead><tr><th scope="col">"Line"</th>{head.collect_view()}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        })
    };
    view! { {table} }
}

/// Rows that are left out, and rows that the person has to say a word about.
#[component]
pub fn Issues(composing: Composing) -> impl IntoView {
    let app = App::use_app();
    let doubts = Memo::new(move |_| {
        composing.checked.with(|found| found.as_ref().map_or(0, |found| found.doubtful()))
    });
    let choose = move |event| {
        composing.doubtful.set(event_target_checked(&event));
        composing.save(app);
    };
    let list = move |out: bool| {
        composing.checked.with(|found| {
            found.as_ref().map_or(vec![], |found| if out { found.out.clone() } else { found.doubts.clone() })
        })
    };
    let out = Memo::new(move |_| list(true));
    let doubted = Memo::new(move |_| list(false));
    view! {
        <IssueList composing title="Left out" issues=out/>
        <IssueList composing title="Doubtful" issues=doubted/>
        <Show when=move || doubts.get() != 0>
            <label class="switch">
                <input type="checkbox" name="doubtful" prop:checked=move || composing.doubtful.get() on:change=choose/>
                {move || match doubts.get() {
                    1 => "Send to the doubtful row as well".to_owned(),
                    count => format!("Send to the {} doubtful rows as well", grouped(count as u64)),
                }}
            </label>
        </Show>
    }
}

#[component]
fn IssueList(composing: Composing, title: &'static str, issues: Memo<Vec<Issue>>) -> impl IntoView {
    let shown = RwSignal::new(PAGE);
    let icon = if title == "Left out" { "cross" } else { "alert" };
    let row = move |sheet: &Arc<Sheet>, numbers: usize, issue: &Issue| {
        let at = issue.row as usize;
        let cell = sheet.cells(at).get(numbers).map(|cell| cut(cell).into_owned()).unwrap_or_default();
        view! {
            <tr>
                <th scope="row" class="figures">{sheet.line(at)}</th>
                <td dir="auto">{if cell.is_empty() { "(empty)".to_owned() } else { cell }}</td>
                <td>{cut(&issue.flaw.sentence(sheet)).into_owned()}</td>
            </tr>
        }
    };
    let rows = move || {
        let sheet = composing.sheet.get()?;
        let numbers = composing.numbers();
        Some(issues.with(|issues| {
            issues.iter().take(shown.get()).map(|issue| row(&sheet, numbers, issue)).collect_view()
        }))
    };
    let more = move || issues.with(Vec::len).saturating_sub(shown.get());
    view! {
        <Show when=move || issues.with(|issues| !issues.is_empty())>
            <details class="send-issues" open=true>
                <summary><Icon name=icon/><strong>{title}</strong>" "<span class="note">{move || grouped(issues.with(Vec::len) as u64)}</span></summary>
                <div class="scroll" tabindex="0" role="region" aria-label=title>
                    <table>
                        <thead><tr><th scope="col">"Line"</th><th scope="col">"Number"</th><th scope="col">"Why"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <Show when=move || more() != 0>
                    <button type="button" on:click=move |_| shown.update(|shown| *shown += PAGE * 5)>{move || format!("Show {} more", more().min(PAGE * 5))}</button>
                </Show>
            </details>
        </Show>
    }
}
