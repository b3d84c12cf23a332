//! The text: where columns go in, how long it becomes, and how one person will see it; and what goes
//! around it.

use super::{around, grouped, review::Stands};
use crate::{
    browser::{locale, page},
    catalogue::problem::Problem,
    domain::bulk::{
        drawn,
        fill::placeholder,
        partial::Piece,
        request::{self, OPERATION, TEXT},
    },
    state::{App, bulk::Composing},
    ui::{
        form::{self, Form, Mark, element_id, when_left},
        pages::inbox::body::Text,
        parts::Icon,
    },
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

#[component]
pub fn Message(stands: Stands, form: Form) -> impl IntoView {
    let composing = App::use_app().bulk.composing;
    let app_id = OPERATION.field(request::APP);
    view! {
        <section class="panel send-part" aria-labelledby="message-heading">
            <h2 id="message-heading"><span class="send-step" aria-hidden="true">"2"</span>"Message"</h2>
            <div class="send-message">
                <div>
                    <Words stands/>
                    <Columns composing/>
                </div>
                <Preview composing/>
            </div>
            {app_id.map(|field| form::draw(form, field, request::APP.to_owned(), field.label.to_owned()))}
            <details class="send-more">
                <summary>"More options: link preview, short links, receipts"</summary>
                {around().into_iter().map(|(path, field)| form::draw(form, field, path, field.label.to_owned())).collect_view()}
            </details>
        </section>
    }
}

/// What stands in the way of the text itself, or is doubtful about it.
pub fn trouble(composing: Composing) -> Option<(String, bool)> {
    match composing.filler() {
        Err(broken) => Some((broken.sentence(), true)),
        Ok(filler) if filler.has_columns() => None,
        Ok(filler) => {
            let problem: Problem = request::problem(TEXT, &filler.fill(&[]))?;
            Some((problem.sentence(), problem.blocks))
        }
    }
}

#[component]
fn Words(stands: Stands) -> impl IntoView {
    let app = App::use_app();
    let composing = app.bulk.composing;
    let Some(field) = request::text_field() else { return ().into_any() };
    let id = element_id(TEXT);
    // A text that an earlier visit left was left there.
    let left = RwSignal::new(composing.text.with_untracked(|text| !text.is_empty()));
    let trouble = Memo::new(move |_| {
        let show = stands.attempted.get() || left.get() && !composing.text.with(String::is_empty);
        trouble(composing).filter(|_| show)
    });
    let bad = move || trouble.with(|trouble| trouble.as_ref().is_some_and(|(_, blocks)| *blocks));
    let hints = field.hints().join(", ");
    view! {
        <div class="field" class:bad=bad>
            <div class="field-head">
                <label for=id.clone()>{field.label}<Mark required=true/></label>
                <span class="hint" id=format!("{id}-hint")>{hints}</span>
            </div>
            <div class="help" id=format!("{id}-help")><p>{field.help}</p></div>
            <textarea id=id.clone() name=TEXT class="input" rows="6" dir="auto" aria-required="true"
                aria-invalid=move || bad().then_some("true")
                aria-describedby=format!("{id}-hint {id}-help {id}-problems")
                prop:value=move || composing.text.get()
                on:input=move |event| composing.set_text(app, event_target_value(&event))
                on:blur=move |event| when_left(&event, move || {
                    // The page may be gone when a press ends.
                    left.try_set(true);
                })></textarea>
            <div class="problems" id=format!("{id}-problems")>
                {move || trouble.get().map(|(sentence, blocks)| {
                    let (icon, class) = if blocks { ("cross", "problem") } else { ("alert", "warning") };
                    view! { <p class=class><Icon name=icon/><span>{sentence}</span></p> }
                })}
            </div>
        </div>
    }
    .into_any()
}

/// Buttons that put a column into the text, where there are columns to choose from.
#[component]
fn Columns(composing: Composing) -> impl IntoView {
    let app = App::use_app();
    let columns = Memo::new(move |_| {
        let sheet = composing.sheet.get();
        let named = sheet.filter(|sheet| sheet.format.headers || sheet.columns().len() > 1);
        named.map_or((vec![], 0), |sheet| {
            let all = sheet.columns();
            let offered = drawn::columns(all.len(), composing.numbers());
            let rest = all.len() - offered.len();
            (offered.into_iter().map(|at| all[at].clone()).collect::<Vec<_>>(), rest)
        })
    });
    let rest = Memo::new(move |_| columns.with(|(_, rest)| *rest));
    let insert = move |column: &str| {
        let text = composing.text.get_untracked();
        let area = page::document().get_element_by_id(&element_id(TEXT));
        let area = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok());
        // Where the caret stands, in UTF-16 units.
        let caret = area.as_ref().and_then(|area| area.selection_end().ok().flatten());
        let units: Vec<u16> = text.encode_utf16().collect();
        let at = caret.map_or(units.len(), |caret| (caret as usize).min(units.len()));
        let (before, after) = units.split_at(at);
        let part = placeholder(column);
        let caret = at + part.encode_utf16().count();
        let text = format!("{}{part}{}", String::from_utf16_lossy(before), String::from_utf16_lossy(after));
        composing.set_text(app, text);
        if let Some(area) = area {
            // A text field takes the focus and a caret.
            drop(area.focus());
            let caret = u32::try_from(caret).ok();
            request_animation_frame(move || {
                drop(area.set_selection_start(caret));
                drop(area.set_selection_end(caret));
            });
        }
    };
    view! {
        <Show when=move || columns.with(|(columns, _)| !columns.is_empty())>
            <div class="send-columns" role="group" aria-label="Put a column into the text">
                <span class="note">"Put in:"</span>
                {move || columns.with(|(columns, _)| columns.clone()).into_iter().map(|column| {
                    let words = placeholder(&drawn::cut(&column));
                    view! { <button type="button" on:click=move |_| insert(&column)>{words}</button> }
                }).collect_view()}
                <Show when=move || rest.get() != 0>
                    <span class="note">{move || format!("and {}: write the name between {{ and }}.", locale::counted(rest.get(), "column more", "columns more"))}</span>
                </Show>
            </div>
        </Show>
    }
}

/// The text as one person of the list will see it.
#[component]
fn Preview(composing: Composing) -> impl IntoView {
    let at = RwSignal::new(0_usize);
    let people = Memo::new(move |_| {
        let doubtful = composing.doubtful.get();
        composing.checked.with(|found| found.as_ref().map_or(0, |found| found.people(doubtful).count()))
    });
    // Who is shown: the row, the line and the number.
    let who = Memo::new(move |_| {
        let sheet = composing.sheet.get()?;
        let doubtful = composing.doubtful.get();
        composing.checked.with(|found| {
            let count = people.get();
            let entry = found.as_ref()?.people(doubtful).nth(at.get().min(count.checked_sub(1)?))?;
            Some((entry.row as usize, sheet.line(entry.row as usize), entry.number.clone()))
        })
    });
    let filled = Memo::new(move |_| composing.pieces(who.with(|who| who.as_ref().map(|(row, ..)| *row))));
    let several = move || people.get() > 1;
    let at_begin = move || at.get() == 0;
    let at_end = move || at.get() + 1 >= people.get();
    let whose = move || who.get().map(|(_, line, number)| format!("To {}, line {line}", drawn::cut(&number)));
    // Read out when somebody goes from one to the next, not when the people change.
    let told = RwSignal::new(String::new());
    let go = move |to: usize| {
        at.set(to);
        told.set(untrack(whose).unwrap_or_default());
    };
    let most = request::text_field().and_then(|field| field.longest()).unwrap_or_default();
    let count = move || {
        let is: usize = filled.with(|pieces| pieces.iter().map(|piece| piece.text().chars().count()).sum());
        let longest = composing.checked.with(|found| found.as_ref().and_then(|found| found.longest));
        let line = |row: u32| {
            composing.sheet.with(|sheet| sheet.as_ref().map_or(0, |sheet| sheet.line(row as usize)))
        };
        let longest = longest.map(|(length, row)| {
            format!(" The longest has {} (line {}).", grouped(length as u64), line(row))
        });
        format!(
            "{} of {} characters.{}",
            grouped(is as u64),
            grouped(most as u64),
            longest.unwrap_or_default()
        )
    };
    view! {
        <div class="send-preview" role="group" aria-label="Preview">
            <div class="send-preview-head">
                <span class="note" dir="auto">{move || whose().unwrap_or_else(|| "Preview".to_owned())}</span>
                <Show when=several>
                    <span class="send-preview-tools">
                        <button type="button" class="icon-button" aria-label="The person before" aria-disabled=move || at_begin().then_some("true")
                            on:click=move |_| if !untrack(at_begin) { go(at.get_untracked() - 1) }><Icon name="up"/></button>
                        <button type="button" class="icon-button" aria-label="The next person" aria-disabled=move || at_end().then_some("true")
                            on:click=move |_| if !untrack(at_end) { go(at.get_untracked() + 1) }><Icon name="down"/></button>
                    </span>
                </Show>
            </div>
            <p class="unseen" role="status">{told}</p>
            <div class="send-bubble">
                {move || filled.with(|pieces| bubble(pieces))}
            </div>
            <p class="note figures" id="message-count">{count}</p>
        </div>
    }
}

/// What is shown of a text: as the person will see it, or, where nobody can get it like that, as it stands.
fn bubble(pieces: &[Piece]) -> AnyView {
    match pieces {
        [Piece::Filled(text)] if !text.trim().is_empty() => {
            view! { <div class="bubble"><Text text=text.clone()/></div> }.into_any()
        }
        [] | [Piece::Filled(_)] => {
            view! { <p class="note">"What you write is shown here as the person will see it."</p> }.into_any()
        }
        pieces => {
            let piece = |piece: &Piece| match piece {
                Piece::Filled(text) => text.clone().into_any(),
                Piece::Open(text) => view! { <mark>{text.clone()}</mark> }.into_any(),
            };
            let pieces = pieces.iter().map(piece).collect_view();
            view! { <div class="bubble"><div class="text" dir="auto"><p>{pieces}</p></div></div> }.into_any()
        }
    }
}
