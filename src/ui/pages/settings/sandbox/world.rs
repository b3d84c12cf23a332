//! How fast things happen by themselves, the one-time code, and whether Kapso's limit holds.

use super::said::Said;
use crate::{
    state::training::{Part, Training},
    ui::parts::Icon,
};
use leptos::{ev, prelude::*};
use serde_json::json;

/// Speeds to choose from, as `_control` takes them, and in words.
const SPEEDS: [(f64, &str); 5] = [
    (0.0, "Nothing goes on by itself"),
    (0.1, "Ten times slower"),
    (1.0, "As usual: a step takes 4 seconds"),
    (10.0, "Ten times faster"),
    (1_000.0, "At once"),
];

/// Milliseconds of an hour, for a jump.
const HOUR: u64 = 60 * 60 * 1000;

#[component]
pub fn World(training: Training) -> impl IntoView {
    let speed = move || training.state.with(|state| state.as_ref().map_or(1.0, |state| state.speed));
    let own = move || {
        let speed = speed();
        let known = SPEEDS.iter().any(|(known, _)| *known == speed);
        (!known).then(|| view! { <option value=speed.to_string() prop:selected=true>{format!("{speed} times as fast")}</option> })
    };
    let choose = move |event: ev::Event| {
        if let Ok(speed) = event_target_value(&event).parse::<f64>() {
            training.order(Part::World, json!({ "speed": speed }), "The speed was changed.");
        }
    };
    let advance = move |_| {
        training.order(
            Part::World,
            json!({ "advance": HOUR }),
            "One hour of provisioning and delivery has passed.",
        )
    };
    let limited = move || training.state.with(|state| state.as_ref().is_some_and(|state| state.rate_limit));
    let limit = move |event: ev::Event| {
        let on = event_target_checked(&event);
        let said = if on { "Kapso's limit holds now." } else { "Kapso's limit does not hold any more." };
        training.order(Part::World, json!({ "rate_limit": on }), said);
    };
    view! {
        <fieldset class="group">
            <legend>"How it behaves"</legend>
            <div class="pair">
                <div class="field">
                    <label for="sandbox-speed">"Speed of provisioning and delivery"</label>
                    <select id="sandbox-speed" class="input" on:change=choose>
                        {SPEEDS.map(|(value, label)| view! {
                            <option value=value.to_string() prop:selected=move || speed() == value>{label}</option>
                        }).collect_view()}
                        {own}
                    </select>
                </div>
                <Code training/>
            </div>
            <div class="foot tight">
                <button type="button" on:click=advance>"Let an hour pass"</button>
                <label class="switch">
                    <input type="checkbox" name="sandbox-limit" prop:checked=limited on:change=limit/>
                    "Enforce Kapso's limit of 100 requests a minute"
                </label>
            </div>
            <Said training about=Part::World/>
        </fieldset>
    }
}

/// Digits of a one-time code.
const DIGITS: usize = 6;

#[component]
fn Code(training: Training) -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    let wrong = RwSignal::new(false);
    let in_force = move || {
        training.state.with(|state| state.as_ref().map(|state| state.code.clone()).unwrap_or_default())
    };
    let shown = move || typed.get().unwrap_or_else(in_force);
    let set = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let code = untrack(shown).trim().to_owned();
        let right = code.len() == DIGITS && code.bytes().all(|byte| byte.is_ascii_digit());
        wrong.set(!right);
        if right {
            typed.set(None);
            training.order(Part::World, json!({ "code": code }), "The next number gets this code.");
        }
    };
    view! {
        <form class="field" on:submit=set novalidate>
            <label for="sandbox-code">"One-time code of new numbers"</label>
            <div class="covered">
                <input id="sandbox-code" class="input" type="text" inputmode="numeric" autocomplete="off" aria-describedby="sandbox-code-problem"
                    aria-invalid=move || wrong.get().then_some("true") prop:value=shown on:input=move |event| typed.set(Some(event_target_value(&event)))/>
                <button type="submit">"Set the code"</button>
            </div>
            <p id="sandbox-code-problem" class="problem" role="status">{move || wrong.get().then(|| view! { <Icon name="cross"/>"A code has six digits." })}</p>
        </form>
    }
}
