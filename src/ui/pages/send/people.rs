//! Who gets the text: typed, pasted or from a file; how the table is read, its first rows, and every row
//! that is left out or looks doubtful, with its line.

use super::{
    grouped, persons,
    review::Stands,
    rows::{FirstRows, Issues},
};
use crate::{
    browser::{file::FileFault, locale},
    domain::{
        bulk::{
            drawn,
            request::{NUMBER, OPERATION, PEOPLE},
        },
        sheet::{Format, Separator, encoding::OTHERS},
    },
    state::{
        App,
        bulk::{Busy, Composing, Source},
    },
    ui::{
        form::Mark,
        parts::{FileDrop, Icon},
    },
};
use leptos::prelude::*;

pub const PEOPLE_ID: &str = "people";

#[component]
pub fn People(stands: Stands) -> impl IntoView {
    let app = App::use_app();
    let composing = app.bulk.composing;
    let found = Memo::new(move |before: Option<&String>| found(composing, before));
    let choice = move |source: Source, label: &'static str| {
        view! {
            <label class="switch">
                <input type="radio" name="source" prop:checked=move || composing.source.get() == source
                    on:change=move |_| composing.choose_source(app, source)/>
                {label}
            </label>
        }
    };
    view! {
        <section class="panel send-part" aria-labelledby="people-heading">
            <h2 id="people-heading"><span class="send-step" aria-hidden="true">"1"</span>"People"</h2>
            <fieldset class="choices row-choices">
                <legend class="unseen">"Where they come from"</legend>
                {choice(Source::Typed, "Typed or pasted")}
                {choice(Source::File, "A file (CSV)")}
            </fieldset>
            {move || match composing.source.get() {
                Source::Typed => view! { <Typed/> }.into_any(),
                Source::File => view! { <File/> }.into_any(),
            }}
            <How composing/>
            <p role="status" class="send-found">{found}</p>
            <Show when=move || stands.lacks_people() && stands.attempted.get()>
                <p class="problem"><Icon name="cross"/><span>"Add at least one person who can be written to."</span></p>
            </Show>
            <Issues composing/>
        </section>
    }
}

/// What was found, in a sentence. While a short table is looked at again, what was found before stays: it would
/// be read out anew otherwise, and what is below would move.
fn found(composing: Composing, before: Option<&String>) -> String {
    match composing.busy.get() {
        Some(Busy::Opening) => return "Opening the file…".into(),
        // A short table is read before this could be.
        Some(Busy::Reading(rows)) if rows >= 1_000 => {
            return format!("Reading the rows… {} so far", grouped(rows as u64));
        }
        Some(Busy::Checking(rows)) if rows >= 1_000 => {
            return format!("Checking the rows… {} so far", grouped(rows as u64));
        }
        _ => {}
    }
    let (Some(sheet), Some(checked)) = (composing.sheet.get(), composing.checked.get()) else {
        return before.filter(|_| is_given(composing)).cloned().unwrap_or_default();
    };
    if sheet.rows() == 0 {
        let is_file = composing.source.get() == Source::File;
        return if is_file && is_given(composing) { "This file holds nobody.".into() } else { String::new() };
    }
    let sure = checked.people(false).count() as u32;
    let mut parts = vec![format!("{} can be written to.", persons(sure))];
    match checked.doubtful() {
        0 => {}
        count => parts.push(format!("{} doubtful.", locale::counted(count, "row looks", "rows look"))),
    }
    match checked.out.len() {
        0 => {}
        count => parts.push(format!("{} left out.", locale::counted(count, "row is", "rows are"))),
    }
    parts.join(" ")
}

/// Whether anybody was typed, or a file is there.
fn is_given(composing: Composing) -> bool {
    match composing.source.get() {
        Source::Typed => composing.typed.with(|typed| !typed.trim().is_empty()),
        Source::File => composing.file.with(Option::is_some),
    }
}

#[component]
fn Typed() -> impl IntoView {
    let app = App::use_app();
    let composing = app.bulk.composing;
    let hint = OPERATION.field(NUMBER).map(|field| field.hints().join(", ")).unwrap_or_default();
    view! {
        <div class="field">
            <div class="field-head">
                <label for=PEOPLE_ID>"Phone numbers"<Mark required=true/></label>
                <span class="hint" id="people-hint">{hint}</span>
            </div>
            <div class="help" id="people-help"><p>"One on each line, or separated by commas. Rows copied from a spreadsheet can be pasted here as well, with their column names."</p></div>
            <textarea id=PEOPLE_ID name=PEOPLE class="input" rows="6" dir="auto" spellcheck="false" autocapitalize="off"
                placeholder="+44 7700 900001" aria-required="true" aria-describedby="people-hint people-help"
                prop:value=move || composing.typed.get()
                on:input=move |event| composing.set_typed(app, event_target_value(&event))></textarea>
        </div>
    }
}

#[component]
fn File() -> impl IntoView {
    let app = App::use_app();
    let composing = app.bulk.composing;
    let invalid = Signal::derive(move || composing.file_fault.with(Option::is_some).then_some("true"));
    let fault = move || {
        composing.file_fault.get().map(|fault| {
            let sentence = match fault {
                FileFault::NoFile => "This is not a file.".to_owned(),
                FileFault::Several => "Choose one file.".to_owned(),
                FileFault::TooLarge { bytes, most } => format!(
                    "The file has {} MB; at most {} MB are taken. Split it into several.",
                    bytes.div_ceil(1_000_000),
                    most / 1_000_000
                ),
                FileFault::Closed => {
                    "This device does not give the file away. Copy it elsewhere and choose it again."
                        .to_owned()
                }
            };
            view! { <p class="problem"><Icon name="cross"/><span>{sentence}</span></p> }
        })
    };
    let chosen = move || {
        composing.file.get().map(|file| {
            view! {
                <p class="send-file">
                    <Icon name="file"/><strong>{file.name}</strong>
                    {match composing.may_read_as() {
                        true => view! { <Written encoding=file.encoding composing/> }.into_any(),
                        false => view! { <span class="note">"read as "{file.encoding}</span> }.into_any(),
                    }}
                    <button type="button" class="link" on:click=move |_| composing.remove_file(app)>"Remove it"</button>
                </p>
            }
        })
    };
    view! {
        <FileDrop id="people-file" label="A table with phone numbers" accept=".csv,.tsv,.txt,text/csv,text/plain"
            help="A CSV file, as every spreadsheet saves it: with commas, semicolons or tabs. Of a file that is not in Unicode you can say how it is written."
            describes="people-file-problems" invalid take=Callback::new(move |files| composing.take_file(app, files))/>
        <div id="people-file-problems" role="alert">{fault}</div>
        {chosen}
    }
}

/// How a file is written that is not in Unicode: wrong signs show that it is another way.
#[component]
fn Written(encoding: String, composing: Composing) -> impl IntoView {
    let app = App::use_app();
    let options = OTHERS.map(|(name, words)| {
        view! { <option value=name selected=encoding.eq_ignore_ascii_case(name)>{words}</option> }
    });
    view! {
        <label class="send-written note">
            "read as "
            <select class="input" name="written" on:change=move |event| composing.read_as(app, &event_target_value(&event))>{options}</select>
        </label>
    }
}

/// How the table is read, and its first rows. A plain list needs none of it.
#[component]
fn How(composing: Composing) -> impl IntoView {
    let app = App::use_app();
    let format = Memo::new(move |_| composing.sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.format)));
    let columns = Memo::new(move |_| {
        composing.sheet.with(|sheet| sheet.as_ref().map_or(vec![], |sheet| sheet.columns().to_vec()))
    });
    let unclosed =
        Memo::new(move |_| composing.sheet.with(|sheet| sheet.as_ref().and_then(|sheet| sheet.unclosed)));
    let table = move || {
        let rows = composing.sheet.with(|sheet| sheet.as_ref().map_or(0, |sheet| sheet.rows()));
        let file = composing.source.get() == Source::File;
        let chosen = composing.format.with(Option::is_some);
        unclosed.get().is_some()
            || rows > 0 && (file || chosen || columns.with(Vec::len) > 1)
            || format.get().is_some_and(|format| format.headers)
    };
    let numbers = Memo::new(move |_| composing.numbers());
    let change = move |change: &dyn Fn(Format) -> Format| {
        if let Some(format) = format.get_untracked() {
            composing.choose_format(app, change(format));
        }
    };
    let separator = move |event| {
        let id = event_target_value(&event);
        let chosen = Separator::ALL.into_iter().find(|separator| separator.id() == id);
        if let Some(separator) = chosen {
            change(&|format| Format { separator, ..format });
        }
    };
    let headers = move |event| {
        let headers = event_target_checked(&event);
        change(&|format| Format { headers, ..format });
    };
    let quotes = move |event| {
        let plain = event_target_checked(&event);
        change(&|format| Format { quotes: !plain, ..format });
    };
    let column = move |event| {
        if let Ok(column) = event_target_value(&event).parse() {
            composing.choose_column(app, column);
        }
    };
    let plain =
        move || format.get().is_some_and(|format| !format.quotes && format.separator != Separator::List);
    view! {
        <Show when=table>
            <div class="send-how">
                <div class="field">
                    <label for="people-column">"Column with the numbers"</label>
                    <select id="people-column" name="column" class="input" on:change=column>
                        {move || columns.get().into_iter().enumerate().map(|(at, name)| view! {
                            <option value=at.to_string() prop:selected=move || numbers.get() == at>{drawn::cut(&name).into_owned()}</option>
                        }).collect_view()}
                    </select>
                </div>
                <div class="field">
                    <label for="people-separator">"Between two columns"</label>
                    <select id="people-separator" name="separator" class="input" on:change=separator>
                        {Separator::ALL.map(|one| view! {
                            <option value=one.id() prop:selected=move || format.get().is_some_and(|format| format.separator == one)>{one.label()}</option>
                        }).collect_view()}
                    </select>
                </div>
                <label class="switch">
                    <input type="checkbox" name="headers" prop:checked=move || format.get().is_some_and(|format| format.headers) on:change=headers/>
                    "The first row holds the names of the columns"
                </label>
                <Show when=move || unclosed.get().is_some() || plain()>
                    <label class="switch">
                        <input type="checkbox" name="quotes" prop:checked=plain on:change=quotes/>
                        "Quotes are signs like others"
                    </label>
                </Show>
            </div>
            {move || unclosed.get().map(|line| view! {
                <p class="problem" role="alert"><Icon name="cross"/><span>
                    {format!("A quote that begins on line {line} is never closed, so everything after it is one cell. Close it in the file and choose the file again, or take quotes as signs like others.")}
                </span></p>
            })}
            <FirstRows composing/>
        </Show>
    }
}
