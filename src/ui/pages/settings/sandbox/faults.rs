//! What shall go wrong: which request, how often, before or after it took effect, and what is answered.

use super::said::Said;
use crate::{
    browser::{focus, locale, sandbox::Fault},
    catalogue::{self, provider::Provider},
    state::training::{Part, Training},
    ui::parts::Icon,
};
use leptos::{ev, prelude::*};
use serde_json::{Value as Json, json};

/// Answers to choose from: as `_control` takes them, in words, and what a person sees of them.
const ANSWERS: [(&str, &str); 5] = [
    ("status", "An error with an HTTP status"),
    ("drop", "The connection is closed without an answer"),
    ("hang", "No answer ever comes"),
    ("garbage", "An answer that is not JSON"),
    ("truncated", "An answer that is cut off"),
];

/// Calls that one fault can meet.
const MOST_TIMES: u32 = 1_000;

#[derive(Clone, Copy)]
struct Wanted {
    operation: RwSignal<String>,
    times: RwSignal<String>,
    after: RwSignal<bool>,
    answer: RwSignal<&'static str>,
    status: RwSignal<String>,
}

/// What keeps a fault from being added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    Times,
    Status,
}

impl Wanted {
    fn read(self) -> Result<Fault, Slip> {
        let times =
            self.times.get_untracked().trim().parse().ok().filter(|times| (1..=MOST_TIMES).contains(times));
        let status: Option<u16> = self.status.get_untracked().trim().parse().ok();
        let answer = match self.answer.get_untracked() {
            "status" => {
                json!({ "status": status.filter(|status| (200..600).contains(status)).ok_or(Slip::Status)? })
            }
            word => json!(word),
        };
        Ok(Fault {
            operation: self.operation.get_untracked(),
            times: times.ok_or(Slip::Times)?,
            when: if self.after.get_untracked() { "after" } else { "before" }.to_owned(),
            answer,
        })
    }
}

#[component]
pub fn Faults(training: Training) -> impl IntoView {
    let wanted = Wanted {
        operation: RwSignal::new("kapso.send-message".to_owned()),
        times: RwSignal::new("1".to_owned()),
        after: RwSignal::new(false),
        answer: RwSignal::new("status"),
        status: RwSignal::new("500".to_owned()),
    };
    let slip = RwSignal::new(None::<Slip>);
    let in_force = move || {
        training.state.with(|state| state.as_ref().map(|state| state.faults.clone()).unwrap_or_default())
    };
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        match wanted.read() {
            Ok(fault) => {
                slip.set(None);
                let all: Vec<Fault> = untrack(in_force).into_iter().chain([fault]).collect();
                training.fail(&all, "The fault is in force.");
            }
            Err(problem) => {
                slip.set(Some(problem));
                focus::soon("#sandbox-faults [aria-invalid]".into());
            }
        }
    };
    view! {
        <fieldset class="group" id="sandbox-faults">
            <legend>"What goes wrong"</legend>
            <InForce training/>
            <form on:submit=add novalidate>
                <Which wanted slip/>
                <Answer wanted slip/>
                <div class="foot tight"><button type="submit"><Icon name="plus"/>"Add this fault"</button></div>
            </form>
            <Said training about=Part::Faults/>
        </fieldset>
    }
}

#[component]
fn Which(wanted: Wanted, slip: RwSignal<Option<Slip>>) -> impl IntoView {
    let group = move |provider: Provider| {
        let options = catalogue::operations(provider).iter().map(|operation| {
            view! {
                <option value=operation.id prop:selected=move || wanted.operation.get() == operation.id>{operation.title}</option>
            }
        });
        view! { <optgroup label=provider.name()>{options.collect_view()}</optgroup> }
    };
    view! {
        <div class="pair">
            <div class="field">
                <label for="fault-operation">"Request that fails"</label>
                <select id="fault-operation" class="input" on:change=move |event| wanted.operation.set(event_target_value(&event))>
                    {Provider::ALL.map(group).collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="fault-times">"How many times"</label>
                <input id="fault-times" class="input" type="text" inputmode="numeric" autocomplete="off" aria-describedby="fault-times-problem"
                    aria-invalid=move || (slip.get() == Some(Slip::Times)).then_some("true") prop:value=wanted.times
                    on:input=move |event| wanted.times.set(event_target_value(&event))/>
                <p id="fault-times-problem" class="problem" role="status">{move || (slip.get() == Some(Slip::Times)).then(|| view! { <Icon name="cross"/>{format!("Give a whole number from {} to {}.", locale::number(1), locale::number(MOST_TIMES as usize))} })}</p>
            </div>
        </div>
    }
}

#[component]
fn Answer(wanted: Wanted, slip: RwSignal<Option<Slip>>) -> impl IntoView {
    let choose = move |event: ev::Event| {
        let value = event_target_value(&event);
        if let Some((word, _)) = ANSWERS.iter().find(|(word, _)| *word == value) {
            wanted.answer.set(word);
        }
    };
    let when = move |after: bool, id: &'static str, label: &'static str| {
        view! {
            <label class="switch">
                <input type="radio" name="fault-when" value=id prop:checked=move || wanted.after.get() == after on:change=move |_| wanted.after.set(after)/>
                {label}
            </label>
        }
    };
    view! {
        <div class="pair">
            <div class="field">
                <label for="fault-answer">"Answered with"</label>
                <select id="fault-answer" class="input" on:change=choose>
                    {ANSWERS.map(|(word, label)| view! {
                        <option value=word prop:selected=move || wanted.answer.get() == word>{label}</option>
                    }).collect_view()}
                </select>
            </div>
            <Show when=move || wanted.answer.get() == "status">
                <div class="field">
                    <label for="fault-status">"HTTP status"</label>
                    <input id="fault-status" class="input" type="text" inputmode="numeric" autocomplete="off" aria-describedby="fault-status-problem"
                        aria-invalid=move || (slip.get() == Some(Slip::Status)).then_some("true") prop:value=wanted.status
                        on:input=move |event| wanted.status.set(event_target_value(&event))/>
                    <p id="fault-status-problem" class="problem" role="status">{move || (slip.get() == Some(Slip::Status)).then(|| view! { <Icon name="cross"/>"Give a status from 200 to 599." })}</p>
                </div>
            </Show>
        </div>
        <fieldset class="choices">
            <legend>"When"</legend>
            {when(false, "before", "Before it took effect: nothing happened at the provider")}
            {when(true, "after", "After it took effect: only the answer is lost or spoilt")}
        </fieldset>
    }
}

/// The faults that wait for their requests.
#[component]
fn InForce(training: Training) -> impl IntoView {
    let all = move || {
        training.state.with(|state| state.as_ref().map(|state| state.faults.clone()).unwrap_or_default())
    };
    let row = move |(at, fault): (usize, Fault)| {
        let remove = move |_| {
            let mut left = untrack(all);
            if at < left.len() {
                left.remove(at);
            }
            training.fail(&left, "The fault was taken back.");
            focus::soon("#sandbox-faults select".into());
        };
        let words = words(&fault);
        view! {
            <li>
                <span>{words.clone()}</span>
                <button type="button" class="icon-button" aria-label=format!("Take back: {words}") title="Take back" on:click=remove><Icon name="close"/></button>
            </li>
        }
    };
    move || {
        let all = all();
        if all.is_empty() {
            return view! { <p class="note">"Nothing is set to fail now."</p> }.into_any();
        }
        view! { <ul class="in-force" aria-label="Faults in force">{all.into_iter().enumerate().map(row).collect_view()}</ul> }.into_any()
    }
}

/// A fault in one sentence.
fn words(fault: &Fault) -> String {
    let title =
        catalogue::find(&fault.operation).map_or(fault.operation.as_str(), |operation| operation.title);
    let times = match fault.times {
        1 => "the next time".to_owned(),
        times => format!("the next {} times", locale::number(times as usize)),
    };
    let answer = match &fault.answer {
        Json::String(word) => {
            let label =
                ANSWERS.iter().find(|(known, _)| known == word).map_or(word.as_str(), |(_, label)| *label);
            lower(label)
        }
        answer => format!("HTTP status {}", answer["status"]),
    };
    let when = if fault.when == "after" { "after it took effect" } else { "before it took effect" };
    format!("{title}, {times}: {answer}, {when}")
}

fn lower(label: &str) -> String {
    let mut signs = label.chars();
    signs.next().map(|first| first.to_lowercase().chain(signs).collect()).unwrap_or_default()
}
