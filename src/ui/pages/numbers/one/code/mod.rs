//! The one-time code: entered, or asked for again. What was typed stays in the field until it was
//! accepted; it is stored nowhere.

mod entry;
mod resend;
mod said;

use super::Shown;
use crate::{
    browser::focus,
    catalogue::{field::Field, vonage},
    domain::{
        connection::Connection,
        duration,
        ledger::{Act, Ledger},
        phone,
        provisioning::Stage,
    },
    sandbox::CODE,
    ui::{
        form::once_a_press,
        parts::{Icon, seconds},
    },
};
use entry::Entry;
use leptos::prelude::*;
use resend::Resend;
use said::{REFUSAL, Said};

const ID: &str = "field-code";

#[component]
pub fn CodeEntry(shown: Shown, stage: Memo<Stage>, ledger: ReadSignal<Ledger>) -> impl IntoView {
    let entry = Entry::new(shown);
    let unsettled = Memo::new(move |_| {
        [Act::Verify, Act::Resend]
            .into_iter()
            .find(|act| ledger.with(|ledger| ledger.unsettled(*act).is_some()))
    });
    let wrong = move || stage.get() == Stage::Code { wrong: true };
    let now = seconds();
    let throttled = Memo::new(move |_| shown.track.with(|track| track.verify_in(now.get()).div_ceil(1000)));
    focus::unless_busy(format!("#{ID}"));
    view! {
        <section class="panel code-panel" aria-labelledby="stage-heading">
            <h2 id="stage-heading">{move || if wrong() { "That code was not accepted" } else { "Enter the code" }}</h2>
            <SentHow shown/>
            <form novalidate on:submit=move |event| entry.submit(event) on:keydown=once_a_press>
                <CodeField entry/>
                <div class="foot">
                    <button
                        type="submit"
                        class="primary"
                        class:live=shown.connection.with_value(|connection| !connection.is_sandbox())
                        aria-disabled=move || (entry.pending.get().is_some() || unsettled.get().is_some() || throttled.get() > 0).then_some("true")
                        aria-describedby="verify-wait"
                    >
                        {move || if entry.pending.get() == Some(Act::Verify) { "Verifying…" } else { vonage::VERIFY.action }}
                        " "<small>{shown.connection.with_value(Connection::destination)}</small>
                    </button>
                    <span class="note figures" id="verify-wait">
                        {move || match throttled.get() {
                            0 => String::new(),
                            left => format!("Vonage takes another code in {}.", duration::clock(left * 1000)),
                        }}
                    </span>
                </div>
            </form>
            <Said entry unsettled/>
            <Resend entry unsettled/>
        </section>
    }
}

/// How the code was sent, to which number, how long ago.
#[component]
fn SentHow(shown: Shown) -> impl IntoView {
    let now = seconds();
    let words = move || {
        shown.track.with(|track| {
            let number = phone::display(&track.country_code, &track.number);
            let how = match track.code.as_ref().map(|code| code.method.as_str()) {
                Some("sms") => "by text message ",
                Some("voice") => "by a call ",
                _ => "",
            };
            let ago = track.code.as_ref().map(|code| {
                match (now.get().saturating_sub(code.at), track.code_is_older()) {
                    (..1_000, false) => ", just now".to_owned(),
                    (ago, true) => format!(", at least {} ago", duration::clock(ago)),
                    (ago, false) => format!(", {} ago", duration::clock(ago)),
                }
            });
            format!("Sent {how}to {number}{}.", ago.unwrap_or_default())
        })
    };
    let overdue = move || shown.track.with(|track| track.is_overdue(now.get()));
    view! {
        <p class="figures">{words}</p>
        <Show when=overdue>
            <p class="warning"><Icon name="alert"/><span>"Nothing arrived after five minutes? Vonage advises to ask for another code, perhaps the other way."</span></p>
        </Show>
    }
}

/// The field as the catalogue has it.
fn field() -> Option<&'static Field> {
    vonage::VERIFY.field("code")
}

#[component]
fn CodeField(entry: Entry) -> impl IntoView {
    let field = field();
    let problem = move || entry.problem();
    let wrong = move || problem().is_some() || entry.holds_refused();
    let described = move || {
        let refusal = if entry.holds_refused() { REFUSAL } else { "" };
        format!("{ID}-hint {ID}-help {ID}-problems {refusal}")
    };
    let sandbox = entry.shown.connection.with_value(|connection| connection.is_sandbox());
    view! {
        <div class="field" class:bad=wrong>
            <div class="field-head">
                <label for=ID>{field.map(|field| field.label)}</label>
                <span class="hint" id=format!("{ID}-hint")>"six digits"</span>
            </div>
            <div class="help" id=format!("{ID}-help")>
                <p>{field.map(|field| field.help)}" You can paste the whole message."</p>
                {sandbox.then(|| view! { <p>{format!("In the sandbox the code is {CODE}, unless it was set to another.")}</p> })}
            </div>
            <input
                id=ID
                name="code"
                class="input one-time-code"
                type="text"
                inputmode="numeric"
                autocomplete="one-time-code"
                autocapitalize="off"
                spellcheck="false"
                aria-required="true"
                aria-invalid=move || wrong().then_some("true")
                aria-describedby=described
                prop:value=entry.typed
                on:input=move |event| {
                    entry.typed.set(event_target_value(&event));
                    entry.tried.set(false);
                }
            />
            {move || entry.understood().map(|code| view! { <p class="note figures">"The code in it: "<strong>{code}</strong></p> })}
            <div class="problems" id=format!("{ID}-problems")>
                {move || problem().map(|sentence| view! { <p class="problem"><Icon name="cross"/><span>{sentence}</span></p> })}
            </div>
        </div>
    }
}
