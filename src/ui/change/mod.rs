//! The change of a record that a provider already has: a form over it, a look at the difference, and one
//! saving that is found out where its answer is lost. Which record it is, the page says.

mod desk;
mod review;

use super::{
    form::{self, Fields, Summary, once_a_press},
    parts::OutcomeLine,
};
use crate::catalogue::{draft::Draft, field::Place, operation::Operation};
pub use desk::Desk;
use leptos::prelude::*;
pub use review::Review;
use serde_json::Value as Json;

/// What is changed, and how people call it.
#[derive(Clone, Copy)]
pub struct Subject {
    /// The request that changes it.
    pub operation: &'static Operation,
    /// The field of its path that names the record.
    pub named: &'static str,
    /// Such as `profile`.
    pub noun: &'static str,
    /// The record of an answer, as the request has it.
    pub of_answer: fn(&Json) -> Json,
    /// What differs after every saving, such as its time; empty where no answer tells that.
    pub stamp: fn(&Json) -> String,
    /// Selects where the page says how it went.
    pub outcome: &'static str,
}

impl Subject {
    /// A record as the draft of its change. Secrets that a provider tells are not read back.
    fn draft(&self, answer: &Json, id: &str) -> Draft {
        let mut draft = Draft::from_json(self.operation, &(self.of_answer)(answer)).without_secrets();
        draft.set(self.operation, self.named, id.to_owned());
        draft
    }
}

/// The form over the record, with what came of the last saving.
#[component]
pub fn ChangeForm(
    desk: Desk,
    /// Id of the heading that names the form.
    heading: &'static str,
) -> impl IntoView {
    let (form, operation) = (desk.form, desk.subject.operation);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.review();
    };
    let (fields, path) = match operation.body_root() {
        Some((root, members)) => (members.iter().collect(), root),
        None => (operation.fields_in(Place::Body).collect(), ""),
    };
    let reason = format!("{}-reason", desk.subject.noun);
    view! {
        <form novalidate aria-labelledby=heading on:submit=submit on:keydown=once_a_press>
            <Summary form/>
            <Fields form fields path/>
            <div class="foot">
                <button
                    type="submit"
                    class="primary"
                    aria-disabled=move || desk.waits().then_some("true")
                    aria-describedby=reason.clone()
                >"Review the changes"</button>
                <span class="kept" id=reason>{move || desk.reason()}</span>
            </div>
            <OutcomeLine
                outcome=desk.outcome
                connection=desk.connection.get_value()
                said=move |failure| form::said(form, &failure)
                again=move |()| desk.settle()
            />
        </form>
    }
}
