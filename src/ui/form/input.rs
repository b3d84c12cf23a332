//! The input of one single value. Its `name` is the path of the field, its value always the draft's.

use super::{Form, LONGEST_PASTE, Look, element_id};
use crate::{
    browser::page,
    catalogue::field::{Choice, Cover, Field, Kind, Lines},
    ui::parts::Icon,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::DataTransfer;

#[component]
pub fn Input(
    form: Form,
    field: &'static Field,
    path: String,
    look: Look,
    bad: Signal<bool>,
) -> impl IntoView {
    match field.kind {
        Kind::Choice(choices) => select(form, field, path, look, bad, choices.to_vec()),
        Kind::Toggle(_) => {
            let choices = vec![Choice::new("true", "Yes"), Choice::new("false", "No")];
            select(form, field, path, look, bad, choices)
        }
        Kind::Text(Lines::Many) => area(form, path, look, bad),
        Kind::Secret(Cover::Hidden) => view! { <Hidden form field path look bad/> }.into_any(),
        _ => line(form, field, path, look, bad, || "text").into_any(),
    }
}

/// Ids of the texts that describe an input.
fn described(id: &str) -> String {
    format!("{id}-hint {id}-help {id}-problems")
}

fn line(
    form: Form,
    field: &'static Field,
    path: String,
    look: Look,
    bad: Signal<bool>,
    kind: impl Fn() -> &'static str + Send + 'static,
) -> impl IntoView {
    let id = element_id(&path);
    let mode = match field.kind {
        Kind::Digits | Kind::Integer | Kind::Secret(Cover::OneTimeCode) => "numeric",
        Kind::Decimal => "decimal",
        Kind::Url => "url",
        Kind::Email => "email",
        Kind::Phone(_) => "tel",
        _ => "text",
    };
    let complete = match field.kind {
        Kind::Secret(Cover::OneTimeCode) => "one-time-code",
        Kind::Secret(Cover::Hidden) => "new-password",
        _ => "off",
    };
    let list = (form.aid.list)(&path);
    let [value, input, leave, paste, dropped] = std::array::from_fn(|_| path.clone());
    view! {
        <input
            id=id.clone()
            type=kind
            name=path
            class="input"
            inputmode=mode
            list=list
            autocomplete=complete
            autocapitalize="off"
            spellcheck="false"
            dir="auto"
            placeholder=(!look.example.is_empty()).then_some(look.example)
            aria-required=look.required.then_some("true")
            aria-invalid=move || bad.get().then_some("true")
            aria-describedby=described(&id)
            prop:value=move || form.text(&value)
            on:input=move |event| form.take(&input, &event_target_value(&event))
            on:blur=move |event| left(form, &leave, &event)
            on:paste=move |event| refuse_giant(form, &paste, &event, event.clipboard_data())
            on:drop=move |event| refuse_giant(form, &dropped, &event, event.data_transfer())
        />
    }
}

fn area(form: Form, path: String, look: Look, bad: Signal<bool>) -> AnyView {
    let id = element_id(&path);
    let [value, input, leave, paste, dropped] = std::array::from_fn(|_| path.clone());
    view! {
        <textarea
            id=id.clone()
            name=path
            class="input"
            rows="3"
            dir="auto"
            placeholder=(!look.example.is_empty()).then_some(look.example)
            aria-required=look.required.then_some("true")
            aria-invalid=move || bad.get().then_some("true")
            aria-describedby=described(&id)
            prop:value=move || form.text(&value)
            on:input=move |event| form.take(&input, &event_target_value(&event))
            on:blur=move |event| left(form, &leave, &event)
            on:paste=move |event| refuse_giant(form, &paste, &event, event.clipboard_data())
            on:drop=move |event| refuse_giant(form, &dropped, &event, event.data_transfer())
        ></textarea>
    }
    .into_any()
}

fn select(
    form: Form,
    field: &'static Field,
    path: String,
    look: Look,
    bad: Signal<bool>,
    choices: Vec<Choice>,
) -> AnyView {
    let id = element_id(&path);
    let unset = match choices.iter().find(|choice| choice.value == field.default) {
        Some(choice) => format!("{} (the default)", choice.label),
        None if look.required || field.required.is_some() => "Choose…".to_owned(),
        None => "Not set".to_owned(),
    };
    let [value, input, leave] = std::array::from_fn(|_| path.clone());
    let now = Memo::new(move |_| form.text(&value));
    let known = choices.iter().map(|choice| choice.value).collect();
    let options = std::iter::once(Choice::new("", ""))
        .chain(choices)
        .map(|choice| {
            let label = if choice.value.is_empty() { unset.clone() } else { choice.label.to_owned() };
            view! {
                <option value=choice.value prop:selected=move || now.with(|now| now == choice.value)>
                    {label}
                </option>
            }
        })
        .collect_view();
    view! {
        <select
            id=id.clone()
            name=path
            class="input"
            aria-required=look.required.then_some("true")
            aria-invalid=move || bad.get().then_some("true")
            aria-describedby=described(&id)
            on:change=move |event| form.set(&input, event_target_value(&event))
            on:blur=move |event| left(form, &leave, &event)
        >
            {options}
            {foreign_option(now, known)}
        </select>
    }
    .into_any()
}

/// A value that the list does not have, such as one that the provider added since: it stays on offer,
/// in its own words, once it was there.
fn foreign_option(now: Memo<String>, known: Vec<&'static str>) -> impl IntoView {
    let foreign = Memo::new(move |before: Option<&String>| {
        let is_known = |now: &String| now.is_empty() || known.contains(&now.as_str());
        now.with(|now| if is_known(now) { before.cloned().unwrap_or_default() } else { now.clone() })
    });
    move || {
        let value = foreign.get();
        (!value.is_empty()).then(|| {
            let [this, label] = [value.clone(), value.clone()];
            view! { <option value=value prop:selected=move || now.with(|now| *now == this)>{label}</option> }
        })
    }
}

/// A secret that is covered until the person asks to see it.
#[component]
fn Hidden(form: Form, field: &'static Field, path: String, look: Look, bad: Signal<bool>) -> impl IntoView {
    let open = RwSignal::new(false);
    let label =
        move || if open.get() { format!("Hide {}", field.label) } else { format!("Show {}", field.label) };
    view! {
        <div class="covered">
            {line(form, field, path, look, bad, move || if open.get() { "text" } else { "password" })}
            <button type="button" class="icon-button" aria-label=label on:click=move |_| open.update(|open| *open = !*open)>
                <Icon name="eye"/>
            </button>
        </div>
    }
}

fn left(form: Form, path: &str, event: &ev::FocusEvent) {
    let path = path.to_owned();
    when_left(event, move || form.leave(&path));
}

/// Runs `then` once a field was left, by the event that it has lost the focus: a field counts as left when that goes
/// elsewhere on this page, not when the window loses it. What shows then waits until a press is over.
pub fn when_left(event: &ev::FocusEvent, then: impl FnOnce() + 'static) {
    let still_here =
        page::document().active_element() == event.target().and_then(|target| target.dyn_into().ok());
    if !still_here {
        page::after_press(then);
    }
}

/// Refuses a paste or a drop that no provider would take, before it enters the field.
fn refuse_giant(form: Form, path: &str, event: &ev::Event, data: Option<DataTransfer>) {
    let text = data.and_then(|data| data.get_data("text/plain").ok());
    let length = text.map_or(0, |text| text.chars().count());
    if length > LONGEST_PASTE {
        event.prevent_default();
        form.refuse_paste(path, length);
    }
}
