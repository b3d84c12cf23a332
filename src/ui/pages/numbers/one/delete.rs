//! Deleting a number at the provider: what it costs is said before, and the person types which number.

use super::Shown;
use crate::{
    browser::focus,
    catalogue::vonage,
    domain::{
        connection::Connection,
        ledger::{Act, Ledger},
        phone,
        provisioning::Stage,
        settlement,
    },
    state::numbers::{Acted, act, find_out},
    ui::{
        form::once_a_press,
        parts::{Icon, Refused, Trouble},
    },
};
use leptos::{ev, prelude::*, task::spawn_local};
use serde_json::json;

/// Digits at the end of the number that are typed to confirm.
const TYPED: usize = 4;
const ID: &str = "delete-confirmation";

#[component]
pub fn Delete(shown: Shown, stage: Memo<Stage>, ledger: ReadSignal<Ledger>) -> impl IntoView {
    let can = Memo::new(move |_| stage.get().can_be_deleted());
    view! {
        <Show when=move || can.get()>
            <section class="panel delete-panel" aria-labelledby="delete-heading">
                <h2 id="delete-heading">"Delete"</h2>
                <p>{move || cost(stage.get())}</p>
                <Confirm shown ledger/>
            </section>
        </Show>
    }
}

/// What deleting costs.
fn cost(stage: Stage) -> &'static str {
    match stage {
        Stage::Live => {
            "If you delete this number, customers can no longer write to it on WhatsApp, and its profile, photo and stickers at Vonage are lost. Bringing it back is a new start with a new code, which may count against Meta's limit of ten in 72 hours."
        }
        Stage::Failed => "Deleting removes the failed deployment, which frees the number for a new start.",
        _ => {
            "If the number was mistyped, you can give this start up. The next one needs a new code and may count against Meta's limit of ten in 72 hours."
        }
    }
}

#[component]
fn Confirm(shown: Shown, ledger: ReadSignal<Ledger>) -> impl IntoView {
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let pending = RwSignal::new(false);
    let end = move || {
        let digits = shown.track.with(|track| format!("{}{}", track.country_code, track.number));
        let from = digits.len().saturating_sub(TYPED);
        digits.get(from..).unwrap_or_default().to_owned()
    };
    let name = move || shown.track.with(|track| phone::display(&track.country_code, &track.number));
    let right = move || phone::digits(typed.get().trim()) == end();
    let unsettled = Memo::new(move |_| ledger.with(|ledger| ledger.unsettled(Act::Delete).is_some()));
    let go = move || {
        let Shown { app, key, connection, acted, .. } = shown;
        let (key, connection) = (key.get_value(), connection.get_value());
        pending.set(true);
        spawn_local(async move {
            let request = json!({ "deployment_id": key.id });
            let ended = act(app, &connection, &key, Act::Delete, &vonage::DELETE_DEPLOYMENT, request).await;
            pending.try_set(false);
            if matches!(ended, Acted::Refused(_)) {
                app.numbers.ask_now(&key);
            }
            acted.try_set(Some((Act::Delete, ended)));
        });
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if pending.get_untracked() || unsettled.get_untracked() {
            return;
        }
        if untrack(right) { go() } else { focus::soon(format!("#{ID}")) }
    };
    let bad = move || tried.get() && !right();
    let begin = move |_| {
        open.set(true);
        focus::soon(format!("#{ID}"));
    };
    let keep = move |()| {
        open.set(false);
        typed.set(String::new());
        tried.set(false);
        focus::soon(".delete-panel > button".into());
    };
    let form = move || {
        view! {
            <form novalidate on:submit=submit on:keydown=move |event: ev::KeyboardEvent| {
                if event.key() == "Escape" && !pending.get_untracked() { keep(()) } else { once_a_press(event) }
            }>
                <div class="field" class:bad=bad>
                    <label for=ID>{move || format!("Type the last four digits of {} to confirm", name())}</label>
                    <input
                        id=ID
                        class="input short-input"
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        aria-describedby=format!("{ID}-problem")
                        aria-invalid=move || bad().then_some("true")
                        prop:value=typed
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                    <div class="problems" id=format!("{ID}-problem")>
                        {move || bad().then(|| view! { <p class="problem"><Icon name="cross"/><span>{format!("These are not the last four digits, {}.", end())}</span></p> })}
                    </div>
                </div>
                <div class="foot">
                    <button type="submit" class="danger" aria-disabled=move || (pending.get() || unsettled.get()).then_some("true")>
                        {move || if pending.get() { "Deleting…".to_owned() } else { format!("Delete {}", name()) }}
                        " "<small>{shown.connection.with_value(Connection::destination)}</small>
                    </button>
                    <button type="button" on:click=move |_| keep(())>"Keep it"</button>
                </div>
            </form>
        }
    };
    view! {
        <Show when=move || open.get() fallback=move || view! { <button type="button" class="danger" on:click=begin>"Delete this number…"</button> }>
            {form()}
        </Show>
        <Said shown/>
    }
}

/// What came of it.
#[component]
fn Said(shown: Shown) -> impl IntoView {
    let Shown { app, key, connection, acted, .. } = shown;
    let look = move || {
        spawn_local(async move {
            let (Some(key), Some(connection)) = (key.try_get_value(), connection.try_get_value()) else {
                return;
            };
            let found = find_out(app, &connection, &key, Act::Delete).await;
            acted.try_set(Some((Act::Delete, found)));
        });
    };
    let spoken = move || match acted.get() {
        Some((Act::Delete, Acted::Settled(outcome))) => settlement::sentence(Act::Delete, &outcome),
        Some((Act::Delete, Acted::Unknown(_))) => {
            "No answer came, so it is not known whether it was deleted. It is found out before it is offered again."
        }
        _ => "",
    };
    let below = move || match acted.get() {
        Some((Act::Delete, Acted::Refused(failure))) => {
            let connection = connection.get_value();
            view! { <Refused failure connection writes=true/> }.into_any()
        }
        Some((Act::Delete, Acted::Unknown(failure))) => {
            view! { <Trouble failure connection=connection.get_value() again=move |()| look()/> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <p class="certainty" role="status">{spoken}</p>
        {below}
    }
}
