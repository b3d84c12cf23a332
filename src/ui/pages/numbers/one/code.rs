//! The one-time code: entered, or asked for again. What was typed stays in the field until it was
//! accepted; it is stored nowhere.

use super::Shown;
use crate::{
    browser::page,
    catalogue::{
        failure::FailureKind,
        field::{Field, Kind},
        vonage,
    },
    domain::{
        connection::Connection,
        duration,
        ledger::{Act, Ledger},
        one_time_code::{self, Code},
        phone,
        provisioning::Stage,
        settlement,
    },
    sandbox::CODE,
    state::numbers::{Acted, act, find_out},
    ui::{
        form::once_a_press,
        parts::{Icon, KeyEntry, Refusal, Trouble, seconds},
    },
};
use leptos::{ev, prelude::*, task::spawn_local};
use serde_json::json;

const ID: &str = "field-code";

/// What a person has done with the field.
#[derive(Clone, Copy)]
struct Entry {
    shown: Shown,
    typed: RwSignal<String>,
    /// Whether it was tried, so that what is wrong with it may show.
    tried: RwSignal<bool>,
    /// What is being waited for.
    pending: RwSignal<Option<Act>>,
    /// A code that was refused, and how many codes had been sent then: it is not sent again as it is.
    refused: RwSignal<Option<(String, u32)>>,
    /// Ticks of the last answer: a second press right after it was meant for the first.
    answered: StoredValue<f64>,
}

/// Milliseconds after an answer in which a press still belongs to what was asked before.
const PRESSED_TWICE: f64 = 700.0;

#[component]
pub fn CodeEntry(shown: Shown, stage: Memo<Stage>, ledger: ReadSignal<Ledger>) -> impl IntoView {
    let entry = Entry {
        shown,
        typed: RwSignal::new(String::new()),
        tried: RwSignal::new(false),
        pending: RwSignal::new(None),
        refused: RwSignal::new(None),
        answered: StoredValue::new(f64::NEG_INFINITY),
    };
    let unsettled = Memo::new(move |_| {
        [Act::Verify, Act::Resend]
            .into_iter()
            .find(|act| ledger.with(|ledger| ledger.unsettled(*act).is_some()))
    });
    let wrong = move || stage.get() == Stage::Code { wrong: true };
    let now = seconds();
    let throttled =
        Memo::new(move |_| shown.track.with(|track| track.throttled_for(now.get()).div_ceil(1000)));
    page::focus_soon(format!("#{ID}"));
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
            let ago = track
                .code
                .as_ref()
                .map(|code| format!(", {} ago", duration::clock(now.get().saturating_sub(code.at))));
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
    let sandbox = entry.shown.connection.with_value(|connection| connection.is_sandbox());
    view! {
        <div class="field" class:bad=move || problem().is_some()>
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
                aria-invalid=move || problem().map(|_| "true")
                aria-describedby=format!("{ID}-hint {ID}-help {ID}-problems")
                prop:value=entry.typed
                on:input=move |event| {
                    entry.typed.set(event_target_value(&event));
                    entry.tried.set(false);
                }
            />
            <div class="problems" id=format!("{ID}-problems")>
                {move || problem().map(|sentence| view! { <p class="problem"><Icon name="cross"/><span>{sentence}</span></p> })}
            </div>
        </div>
    }
}

impl Entry {
    /// Why what was typed cannot be sent, once that was tried.
    fn problem(self) -> Option<String> {
        if !self.tried.get() {
            return None;
        }
        match self.typed.with(|typed| one_time_code::read(typed)) {
            Code::Six(code) if self.was_refused(&code) => {
                Some("Vonage refused this very code. Enter the newest one, or ask for another.".to_owned())
            }
            code => code.sentence(),
        }
    }

    fn was_refused(self, code: &str) -> bool {
        let sent = self.sent();
        self.refused.with(|refused| refused.as_ref().is_some_and(|(old, then)| old == code && *then == sent))
    }

    /// How often a code was asked for again, as far as is known here.
    fn sent(self) -> u32 {
        self.shown.track.with_untracked(|track| track.code.as_ref().map_or(0, |code| code.again))
    }

    fn submit(self, event: ev::SubmitEvent) {
        event.prevent_default();
        if self.pending.get_untracked().is_some() || page::ticks() - self.answered.get_value() < PRESSED_TWICE
        {
            return;
        }
        self.tried.set(true);
        let read = one_time_code::read(&self.typed.get_untracked());
        match read {
            Code::Six(code) if !untrack(|| self.was_refused(&code)) => {
                let request = json!({ "code": code });
                self.go(Act::Verify, request, Some(code));
            }
            _ => page::focus_soon(format!("#{ID}")),
        }
    }

    fn resend(self, method: &str) {
        let wait = self.shown.track.with_untracked(|track| track.resend_in(page::now()));
        if self.pending.get_untracked().is_none() && wait == 0 {
            self.go(Act::Resend, json!({ "method": method }), None);
        }
    }

    fn go(self, what: Act, mut request: serde_json::Value, code: Option<String>) {
        let Shown { app, key, connection, acted, .. } = self.shown;
        let operation = if what == Act::Verify { &vonage::VERIFY } else { &vonage::RESEND_OTP };
        let (key, connection) = (key.get_value(), connection.get_value());
        request["deployment_id"] = key.id.clone().into();
        let sent = self.sent();
        self.pending.set(Some(what));
        acted.set(None);
        spawn_local(async move {
            let ended = act(app, &connection, &key, what, operation, request).await;
            // The state may have changed, and the field be gone.
            if self.pending.try_set(None).is_some() {
                return;
            }
            self.answered.set_value(page::ticks());
            if let (Some(code), Acted::Refused(failure)) = (code, &ended)
                && failure.said.code == "verification-failed"
            {
                self.refused.set(Some((code, sent)));
                self.tried.set(false);
                page::select_soon(format!("#{ID}"));
            }
            // A refusal that is not about the code comes from a state that is not known here.
            if matches!(&ended, Acted::Refused(failure) if failure.said.code.starts_with("conflict")) {
                app.numbers.ask_now(&key);
            }
            acted.try_set(Some((what, ended)));
        });
    }
}

/// What came of the last thing that was done here.
#[component]
fn Said(entry: Entry, unsettled: Memo<Option<Act>>) -> impl IntoView {
    let Shown { app, key, connection, acted, .. } = entry.shown;
    let look = move |what: Act| {
        spawn_local(async move {
            let (Some(key), Some(connection)) = (key.try_get_value(), connection.try_get_value()) else {
                return;
            };
            let found = find_out(app, &connection, &key, what).await;
            acted.try_set(Some((what, found)));
        });
    };
    let spoken = move || {
        match (acted.get(), unsettled.get()) {
        (Some((Act::Resend, Acted::Done)), _) => "Another code is on its way.".to_owned(),
        (Some((what, Acted::Settled(outcome))), _) => settlement::sentence(what, &outcome).to_owned(),
        (Some((_, Acted::Unknown(_))), _) | (None, Some(_)) => {
            "No answer came, so it is not known what became of the request. It is found out before it is offered again.".to_owned()
        }
        _ => settled(entry),
    }
    };
    let below = move || match acted.get() {
        Some((_, Acted::Refused(failure))) => {
            let connection = connection.get_value();
            let asks = matches!(failure.kind, FailureKind::RefusedKey | FailureKind::NoCredential);
            view! {
                // That nothing was carried out is no news: an attempt was spent all the same.
                <Refusal failure connection=connection.clone() writes=false/>
                {asks.then(|| view! { <KeyEntry connection/> })}
            }
            .into_any()
        }
        Some((what, Acted::Unknown(failure))) => {
            let connection = connection.get_value();
            view! { <Trouble failure connection again=move |()| look(what)/> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <p class="certainty" role="status">{spoken}</p>
        <div class="said-below">{below}</div>
    }
}

/// What was found out about a request of an earlier visit.
fn settled(entry: Entry) -> String {
    let found = entry.shown.app.numbers.settled.get();
    match found {
        Some((key, act, outcome)) if entry.shown.key.with_value(|mine| *mine == key) => {
            settlement::sentence(act, &outcome).to_owned()
        }
        _ => String::new(),
    }
}

/// Another code, by either way, after a countdown.
#[component]
fn Resend(entry: Entry, unsettled: Memo<Option<Act>>) -> impl IntoView {
    let track = entry.shown.track;
    let now = seconds();
    // The clock may be set meanwhile, and the machine may sleep: what says less of the two counts.
    let begun = Memo::new(move |_| {
        track.with(|track| (track.code.clone(), track.throttled_until));
        (track.with_untracked(|track| track.resend_in(page::now())), page::ticks() as u64)
    });
    let left = Memo::new(move |_| {
        let (wait, then) = begun.get();
        let by_clock = track.with(|track| track.resend_in(now.get()));
        by_clock.min(wait.saturating_sub((page::ticks() as u64).saturating_sub(then))).div_ceil(1000)
    });
    let methods = match vonage::RESEND_OTP.field("method").map(|field| field.kind) {
        Some(Kind::Choice(methods)) => methods,
        _ => &[],
    };
    let off = move || left.get() > 0 || entry.pending.get().is_some() || unsettled.get().is_some();
    view! {
        <div class="resend" role="group" aria-labelledby="resend-heading">
            <h3 id="resend-heading">"No code?"</h3>
            <p class="figures" id="resend-wait">
                {move || match left.get() {
                    0 => "You can ask for another one. It makes the one before it invalid.".to_owned(),
                    left => format!("You can ask for another one in {}.", duration::clock(left * 1000)),
                }}
            </p>
            <div class="foot">
                {methods.iter().map(|method| view! {
                    <button
                        type="button"
                        aria-describedby="resend-wait"
                        aria-disabled=move || off().then_some("true")
                        on:click=move |event: ev::MouseEvent| if !off() && event.detail() < 2 { entry.resend(method.value) }
                    >
                        {format!("Send again: {}", method.label)}
                    </button>
                }).collect_view()}
            </div>
        </div>
    }
}
