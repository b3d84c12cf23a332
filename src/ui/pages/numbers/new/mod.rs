//! Bringing a number live, step by step: the request's own fields, a few at a time, each step one form
//! with one submit. What is typed is the draft of that request; where the person is stands in the address.

mod account;
mod before;
mod number;
mod review;

use crate::{
    browser::{focus, page, settings},
    catalogue::{provider::Provider, vonage::CREATE_DEPLOYMENT},
    domain::{connection::Connection, line::Line},
    state::{App, drafts::Kept},
    ui::{
        form::{Aid, Fields, Form, Summary, once_a_press, summary_id},
        parts::{Crumbs, Guard, NoConnection, PageHead, World},
    },
};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_query_map};
use serde::{Deserialize, Serialize};

/// One step, and the fields that it asks for.
#[derive(Debug)]
struct Step {
    /// As it stands in the address.
    id: &'static str,
    title: &'static str,
    fields: &'static [&'static str],
}

static STEPS: [Step; 4] = [
    Step { id: "before", title: "Before you start", fields: &["method"] },
    Step { id: "number", title: "Number", fields: &["country_code", "number"] },
    Step {
        id: "account",
        title: "Certificate and account",
        fields: &["waba_id", "vname_certificate", "pin"],
    },
    Step { id: "review", title: "Review", fields: &[] },
];

/// What the steps remember besides the draft.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Remembered {
    line: Option<Line>,
    /// The method that the advice chose; another one was chosen by hand.
    advised: Option<String>,
    /// When the certificate came into its field, in Unix milliseconds.
    certificate_at: Option<u64>,
}

const REMEMBERED: &str = "new-number";

/// Makes the certificate of the next number as old as it is: it came in no later than this.
pub fn keep_certificate_age(at: u64) {
    let known = settings::get::<Remembered>(REMEMBERED).unwrap_or_default();
    // A setting that the browser does not keep is as old as the visit.
    let _kept = settings::put(REMEMBERED, &Remembered { certificate_at: Some(at), ..known });
}

#[component]
pub fn NewNumberPage() -> impl IntoView {
    let app = App::use_app();
    let ready = RwSignal::new(false);
    spawn_local(async move {
        app.drafts.load(&CREATE_DEPLOYMENT).await;
        ready.try_set(true);
    });
    let query = use_query_map();
    let at = Memo::new(move |_| {
        let id = query.with(|query| query.get("step").unwrap_or_default());
        STEPS.iter().position(|step| step.id == id).unwrap_or(0)
    });
    let active = Memo::new(move |_| app.frame.connections.active(Provider::Vonage));
    let remembered = RwSignal::new(settings::get::<Remembered>(REMEMBERED).unwrap_or_default());
    Effect::new(move |_| {
        // A setting that the browser does not keep is asked for again.
        let _kept = settings::put(REMEMBERED, &remembered.get());
    });
    let tab = Signal::derive(move || format!("New number, step {} of {}", at.get() + 1, STEPS.len()));
    view! {
        <Crumbs above=("/numbers", "Numbers") here="New number"/>
        <PageHead title="New number" tab/>
        {move || active.get().map(|connection| view! { <p class="under-title"><World connection/></p> })}
        <Show
            when=move || ready.get() && app.frame.connections.loaded()
            fallback=|| view! { <div class="skeleton" aria-busy="true"></div> }
        >
            {move || match active.get() {
                Some(connection) => view! { <Wizard at remembered connection/> }.into_any(),
                None => view! { <NoConnection provider=Provider::Vonage/> }.into_any(),
            }}
        </Show>
    }
}

#[component]
fn Wizard(at: Memo<usize>, remembered: RwSignal<Remembered>, connection: Connection) -> impl IntoView {
    let app = App::use_app();
    let whole = Form::new(app, &CREATE_DEPLOYMENT);
    // The first step that is not done: a later one cannot be entered by its address.
    let furthest = Memo::new(move |_| {
        STEPS
            .iter()
            .position(|step| !step.fields.is_empty() && !whole.step(step.fields).is_done())
            .unwrap_or(STEPS.len() - 1)
    });
    let shown = Memo::new(move |_| at.get().min(furthest.get()));
    let started = RwSignal::new(false);
    let dirty = Signal::derive(move || !started.get() && whole.entry.draft.with(|draft| !draft.is_empty()));
    let connection = StoredValue::new(connection);
    Effect::new(move |before: Option<usize>| {
        let now = shown.get();
        if before.is_some_and(|before| before != now) {
            focus::soon("#step-heading".into());
        }
        now
    });
    view! {
        <Guard
            id="leaving-new-number"
            title="Leave this page?"
            dirty
            sentence="What you typed is kept on this device for when you come back, but the PIN is not."
        />
        <ol class="steps" aria-label="Steps">
            {STEPS.iter().enumerate().map(|(step, Step { id, title, .. })| {
                let reached = move || step <= furthest.get();
                let current = move || (shown.get() == step).then_some("step");
                view! {
                    <li aria-current=current class:done=move || step < shown.get()>
                        <Show when=reached fallback=move || view! { <span class="step-name"><span class="step-number">{step + 1}</span><span class="step-title">{*title}</span></span> }>
                            <a href=page::place(&format!("/numbers/new?step={id}")) class="step-name"><span class="step-number">{step + 1}</span><span class="step-title">{*title}</span></a>
                        </Show>
                    </li>
                }
            }).collect_view()}
        </ol>
        {move || {
            let connection = connection.get_value();
            match shown.get() {
                3 => view! { <review::Review whole remembered started connection/> }.into_any(),
                step => view! { <Part step remembered/> }.into_any(),
            }
        }}
    }
}

/// One of the steps that ask.
#[component]
fn Part(step: usize, remembered: RwSignal<Remembered>) -> impl IntoView {
    let app = App::use_app();
    let Step { title, fields, .. } = STEPS[step];
    let form = Form::new(app, &CREATE_DEPLOYMENT).step(fields).with(aid(step));
    let navigate = use_navigate();
    let go = move |to: usize| navigate(&format!("/numbers/new?step={}", STEPS[to].id), Default::default());
    let back = go.clone();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if untrack(|| form.is_done()) {
            go(step + 1);
        } else {
            form.attempt();
            focus::soon(format!("#{}", summary_id(form)));
        }
    };
    let drawn =
        CREATE_DEPLOYMENT.fields.iter().filter(|field| fields.contains(&field.name)).collect::<Vec<_>>();
    let kept = move || match form.entry.kept.get() {
        Kept::Yes if fields.contains(&"pin") => "Kept on this device, without the PIN",
        Kept::Yes => "Kept on this device",
        Kept::No => "Not kept: storage failed",
        _ => "",
    };
    view! {
        <section class="panel step-panel" aria-labelledby="step-heading">
            <h2 id="step-heading" tabindex="-1">{title}</h2>
            <form novalidate on:submit=submit on:keydown=once_a_press>
                <Summary form before="the next step"/>
                {(step == 0).then(|| view! { <before::Before form remembered/> })}
                <Fields form fields=drawn path=""/>
                {(step == 1).then(|| view! { <number::Result form/> })}
                {(step == 2).then(|| view! { <account::Age form remembered/> })}
                <div class="foot">
                    <button type="submit" class="primary">"Continue"</button>
                    {(step > 0).then(|| view! { <button type="button" on:click=move |_| back(step - 1)>"Back"</button> })}
                    <span class="kept">{kept}</span>
                </div>
            </form>
        </section>
    }
}

/// What helps with the fields of a step.
fn aid(step: usize) -> Aid {
    match step {
        1 => number::AID,
        2 => account::AID,
        _ => Aid::NONE,
    }
}
