//! The form that creates a record: the request's own, filled in as far as something is known, and sent
//! once. How it is settled where no answer comes is in `desk`.

mod desk;
mod settling;

use super::Told;
use crate::{
    browser::page,
    catalogue::{draft::Draft, field::Place as FieldPlace, operation::Operation},
    domain::{channels::Place, connection::Connection},
    state::App,
    ui::{
        form::{self, Fields, Form, KeptWords, SendButton, Summary, once_a_press},
        parts::{Deed, Icon, Outcome, OutcomeLine},
    },
};
use desk::Desk;
use leptos::{ev, prelude::*, task::spawn_local};
use serde_json::Value as Json;

/// What is created, and how people call it.
pub struct Kind {
    pub operation: &'static Operation,
    /// The list that has it afterwards.
    pub list: &'static Operation,
    /// Such as `config`.
    pub noun: &'static str,
    /// Makes a row of the list what the request calls it.
    pub shape: fn(&Json) -> Json,
    /// The field that the address gives; empty where there is none.
    pub given: &'static str,
}

/// Values that are known already.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub draft: Draft,
    /// Where they come from, such as `+44 20 7946 0958`.
    pub from: String,
}

#[component]
pub fn Make(
    kind: &'static Kind,
    connection: Connection,
    /// Of whom: a customer, an assistant; empty where it is nobody's.
    subject: String,
    /// Where it is looked at: the place of its id, which may be empty.
    place: Callback<String, Place>,
    #[prop(optional_no_strip)] offer: Option<Memo<Option<Offer>>>,
    heading: &'static str,
) -> impl IntoView {
    let app = App::use_app();
    let ready = RwSignal::new(false);
    spawn_local(async move {
        app.drafts.load(kind.operation).await;
        ready.try_set(true);
    });
    let shared = StoredValue::new((connection, subject));
    let told = expect_context::<Told>();
    view! {
        <Show when=move || ready.get() fallback=|| view! { <div class="skeleton" aria-busy="true"></div> }>
            {
                let (connection, subject) = shared.get_value();
                let desk = Desk::open(app, kind, connection, subject, place, told);
                view! { <Sheet desk offer heading/> }
            }
        </Show>
    }
}

#[component]
fn Sheet(
    desk: Desk,
    #[prop(optional_no_strip)] offer: Option<Memo<Option<Offer>>>,
    heading: &'static str,
) -> impl IntoView {
    let Desk { form, kind, outcome, .. } = desk;
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        desk.save();
    };
    let (fields, path) = match kind.operation.body_root() {
        Some((root, members)) => (members.iter().collect::<Vec<_>>(), root),
        None => {
            let asked = kind.operation.fields_in(FieldPlace::Body).filter(|field| field.name != kind.given);
            (asked.collect(), "")
        }
    };
    let headers: Vec<_> = kind.operation.fields_in(FieldPlace::Header).collect();
    let connection = desk.connection();
    let waits = Signal::derive(move || desk.waits());
    view! {
        <form novalidate class="make" aria-labelledby=heading on:submit=submit on:keydown=once_a_press>
            <Summary form/>
            <Notes desk offer/>
            <Fields form fields path/>
            {(!headers.is_empty()).then(|| view! {
                <details><summary>"Headers"</summary><Fields form fields=headers path=""/></details>
            })}
            <div role="status">{move || doubt(desk)}</div>
            <div class="foot">
                <SendButton operation=kind.operation label=kind.operation.action sending=desk.sending connection=connection.clone() waits/>
                <button type="button" on:click=move |_| desk.clear()>"Clear"</button>
                <KeptWords form/>
            </div>
            <OutcomeLine
                outcome
                connection
                deed=Deed::Create
                said=move |failure| form::said(form, &failure)
                again=move |()| desk.settle()
            />
            {move || desk.perhaps.get().map(|place| {
                let label = format!("Look at the {} that is there", kind.noun);
                view! { <p><a href=page::place(&place.address())>{label}</a></p> }
            })}
            <Show when=move || outcome.with(|outcome| matches!(outcome, Outcome::Unknown(_)))>
                <p class="asking">
                    {format!("If you have looked at {} and it is not there, it can be created again.", desk.provider())}
                    <button type="button" on:click=move |_| desk.give_up()>"It is not there"</button>
                </p>
            </Show>
        </form>
    }
}

/// What is probably missing and still is, once nothing else stands in the way.
fn doubt(desk: Desk) -> Option<AnyView> {
    let form = desk.form;
    if !form.is_done() {
        return None;
    }
    let still: Vec<String> = form.doubtful().into_iter().map(|problem| problem.path).collect();
    let named = desk.doubts.with(|doubts| {
        let named = doubts.iter().filter(|path| still.contains(path)).map(|path| form::label(form, path));
        named.collect::<Vec<_>>()
    });
    (!named.is_empty()).then(|| {
        let sentence = format!(
            "Look again at: {}. {} may refuse it so. Press once more to create the {} all the same.",
            named.join(", "),
            desk.provider(),
            desk.kind.noun
        );
        view! { <p class="warning make-doubt"><Icon name="alert"/><span>{sentence}</span></p> }.into_any()
    })
}

/// What the form was filled in with, or could be; and for whom it was begun.
#[component]
fn Notes(desk: Desk, #[prop(optional_no_strip)] offer: Option<Memo<Option<Offer>>>) -> impl IntoView {
    let offer = Memo::new(move |_| offer.and_then(|offer| offer.get()));
    Effect::new(move |_| {
        if let Some(offer) = offer.get() {
            desk.fill_first(&offer);
        }
    });
    let filled = move || {
        let offer = offer.get()?;
        let from = offer.from.clone();
        Some(if desk.filled.with(|filled| *filled == Some(offer.from.clone())) {
            view! { <p class="note" role="status">{format!("Filled in with what is known of {from}.")}</p> }
                .into_any()
        } else {
            let click = move |_| desk.fill(&offer);
            view! { <p class="asking"><button type="button" on:click=click>{format!("Fill in what is known of {from}")}</button></p> }.into_any()
        })
    };
    let foreign = move || {
        desk.foreign.get().map(|other| {
            view! {
                <p class="asking channel-foreign">
                    {format!("What is filled in here was typed for “{other}”.")}
                    <button type="button" on:click=move |_| desk.clear()>"Clear the form"</button>
                    <button type="button" on:click=move |_| desk.foreign.set(None)>"Keep it"</button>
                </p>
            }
        })
    };
    view! { {filled} {foreign} }
}

/// Whether anything but what the address gives is filled in.
fn is_typed(kind: &Kind, form: Form) -> bool {
    let fields = kind.operation.body_fields();
    form.entry
        .draft
        .with_untracked(|draft| fields.iter().any(|(path, _)| path != kind.given && draft.holds(path)))
}
