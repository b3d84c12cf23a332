//! The kinds of messages beside texts and templates: which one is written, and its fields as the request
//! documents them.

use super::{super::row::Quoted, Composing, composing::REACTED_TO, place::PlaceField};
use crate::{
    browser::focus,
    catalogue::field::{Choice, Field, Kind},
    domain::written::{KIND, members},
    state::inbox::Thread,
    ui::{form::Fields, parts::Icon},
};
use leptos::prelude::*;

/// The types of messages that the request takes.
fn choices() -> &'static [Choice] {
    let field = members().iter().find(|field| KIND.ends_with(&format!(".{}", field.name)));
    match field.map(|field| field.kind) {
        Some(Kind::Choice(choices)) => choices,
        _ => &[],
    }
}

fn label(kind: &str) -> &'static str {
    choices().iter().find(|choice| choice.value == kind).map_or("", |choice| choice.label)
}

/// What to write: looks like a sign to add something, and is a list of kinds.
#[component]
pub fn KindChoice(composing: Composing) -> impl IntoView {
    let kind = composing.kind;
    let restricted = composing.restricted;
    let options = choices()
        .iter()
        .map(|choice| {
            let is_now = move || kind.with(|kind| kind == choice.value);
            let closed = move || restricted.get() && choice.value != "template";
            view! { <option value=choice.value prop:selected=is_now disabled=closed>{choice.label}</option> }
        })
        .collect_view();
    view! {
        <label class="kind-choice" title="What to send">
            <Icon name="plus"/>
            <span class="unseen">"What to send"</span>
            <select name=KIND on:change=move |event| {
                // Whoever goes through the kinds by keys stays here.
                composing.set_kind(&event_target_value(&event));
                focus::if_lost(format!("select[name='{KIND}']"));
            }>{options}</select>
        </label>
    }
}

/// The fields of a kind that is neither a text nor a template.
#[component]
pub fn Panel(composing: Composing) -> impl IntoView {
    let kind = composing.kind;
    let fields: Vec<&'static Field> = members().iter().filter(|field| !KIND.ends_with(field.name)).collect();
    let media = move || kind.with(|kind| matches!(kind.as_str(), "image" | "video" | "audio" | "document"));
    view! {
        <div class="composer-panel">
            <div class="composer-panel-head">
                <h3>{move || kind.with(|kind| label(kind))}</h3>
                <button type="button" class="icon-button" aria-label="Back to a text" title="Back to a text" on:click=move |_| composing.choose("text")><Icon name="close"/></button>
            </div>
            <Show when=media><p class="note">"Kapso takes the address of a file, or the ID of one that was uploaded before; it takes no file from this device."</p></Show>
            <Show when=move || kind.with(|kind| kind == "location")><PlaceField composing/></Show>
            <Show when=move || kind.with(|kind| kind == "reaction")><Target composing/><Emoji composing/></Show>
            <Fields form=composing.form fields path="message"/>
        </div>
    }
}

/// The message that is reacted to, in its own words beside the ID that the request takes.
#[component]
fn Target(composing: Composing) -> impl IntoView {
    let wamid = Memo::new(move |_| composing.form.text(REACTED_TO));
    let thread = use_context::<Thread>()?;
    Some(move || {
        let wamid = wamid.get();
        (!wamid.is_empty()).then(|| view! { <Quoted wamid thread/> })
    })
}

/// Those that people react with most; any other can be typed.
const EMOJI: [&str; 6] = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

#[component]
fn Emoji(composing: Composing) -> impl IntoView {
    let path = "message.reaction_emoji";
    view! {
        <div class="emoji" role="group" aria-label="Emoji">
            {EMOJI.map(|emoji| view! {
                <button type="button" aria-pressed=move || if composing.form.text(path) == emoji { "true" } else { "false" } on:click=move |_| composing.form.set(path, emoji.to_owned())>{emoji}</button>
            }).collect_view()}
        </div>
    }
}
