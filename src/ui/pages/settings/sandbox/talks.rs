//! What customers do in the sandbox: a conversation of any length, and a message that arrives.

use super::said::Said;
use crate::{
    browser::{locale, page, sandbox::Talk},
    state::training::{Part, Training},
    ui::parts::Icon,
};
use leptos::{ev, prelude::*};
use leptos_router::components::A;
use serde_json::json;

/// Messages of the longest conversation that is offered here.
const LONGEST: u32 = 1_000_000;

#[component]
pub fn Talks(training: Training) -> impl IntoView {
    view! {
        <fieldset class="group">
            <legend>"Customers"</legend>
            <Receive training/>
            <Long training/>
            <Said training about=Part::Talks/>
        </fieldset>
    }
}

#[component]
fn Receive(training: Training) -> impl IntoView {
    let (to, text, empty) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(false));
    let talks = move || {
        training
            .state
            .with(|state| state.as_ref().map(|state| state.holds.conversations.clone()).unwrap_or_default())
    };
    let option = move |talk: Talk| {
        let Talk { id, name, messages } = talk;
        let chosen = id.clone();
        view! {
            <option value=id prop:selected=move || to.get() == chosen>{name}" · "{locale::number(messages)}</option>
        }
    };
    let receive = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let content = text.get_untracked();
        empty.set(content.trim().is_empty());
        let first = || untrack(talks).first().map(|talk| talk.id.clone()).unwrap_or_default();
        let id = Some(to.get_untracked()).filter(|id| !id.is_empty()).unwrap_or_else(first);
        if !empty.get_untracked() {
            text.set(String::new());
            training.order(
                Part::Talks,
                json!({ "receive": { "conversation_id": id, "content": content } }),
                "The message has arrived. The inbox shows it when it reads next.",
            );
        }
    };
    view! {
        <form on:submit=receive novalidate>
            <div class="pair">
                <div class="field">
                    <label for="receive-from">"A message arrives from"</label>
                    <select id="receive-from" class="input" on:change=move |event| to.set(event_target_value(&event))>
                        {move || talks().into_iter().map(option).collect_view()}
                    </select>
                </div>
                <div class="field">
                    <label for="receive-text">"What it says"</label>
                    <div class="covered">
                        <input id="receive-text" class="input" type="text" autocomplete="off" dir="auto" aria-describedby="receive-problem"
                            aria-invalid=move || empty.get().then_some("true") prop:value=text on:input=move |event| text.set(event_target_value(&event))/>
                        <button type="submit">"Let it arrive"</button>
                    </div>
                    <p id="receive-problem" class="problem" role="status">{move || empty.get().then(|| view! { <Icon name="cross"/>"Write what the customer says." })}</p>
                </div>
            </div>
        </form>
    }
}

#[component]
fn Long(training: Training) -> impl IntoView {
    let (count, wrong) = (RwSignal::new("1000".to_owned()), RwSignal::new(false));
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let messages: Option<u32> = count.get_untracked().trim().parse().ok();
        let messages = messages.filter(|messages| (1..=LONGEST).contains(messages));
        wrong.set(messages.is_none());
        if let Some(messages) = messages {
            let said = format!("A conversation of {} messages was added.", locale::number(messages as usize));
            training.order(Part::Talks, json!({ "conversation": { "messages": messages } }), said);
        }
    };
    let made =
        move || training.state.with(|state| state.as_ref().and_then(|state| state.conversation_id.clone()));
    view! {
        <form on:submit=add novalidate>
            <div class="field">
                <label for="long-count">"Messages of a new conversation"</label>
                <div class="covered narrow">
                    <input id="long-count" class="input" type="text" inputmode="numeric" autocomplete="off" aria-describedby="long-problem"
                        aria-invalid=move || wrong.get().then_some("true") prop:value=count on:input=move |event| count.set(event_target_value(&event))/>
                    <button type="submit">"Add the conversation"</button>
                    {move || made().map(|id| view! { <A href=page::place(&format!("/inbox/{id}"))>"Open it in the inbox"</A> })}
                </div>
                <p id="long-problem" class="problem" role="status">{move || wrong.get().then(|| view! { <Icon name="cross"/>{format!("Give a whole number from {} to {}.", locale::number(1), locale::number(LONGEST as usize))} })}</p>
            </div>
        </form>
    }
}
