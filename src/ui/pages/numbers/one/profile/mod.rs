//! Profile of a live number: what people see of the business, changed field by field. What a change
//! comes to is in `domain::profile`, how it is sent and settled in `ui::change`.

mod preview;

use crate::{
    catalogue::vonage::{GET_PROFILE, UPDATE_PROFILE},
    domain::connection::Connection,
    state::{App, record::Record},
    ui::{
        change::{ChangeForm, Desk, Review, Subject},
        parts::{Guard, Trouble},
    },
};
use leptos::prelude::*;
use preview::Preview;
use serde_json::{Value as Json, json};

#[component]
pub fn Profile(connection: Connection, deployment_id: String) -> impl IntoView {
    let app = App::use_app();
    let source =
        Record::read(app, &connection, &GET_PROFILE, json!({ "deployment_id": deployment_id.clone() }));
    let loaded = move || source.answer.with(|answer| matches!(answer, Some(Ok(_))));
    let shared = StoredValue::new((connection, deployment_id));
    let not_yet = move || {
        match source.answer.get() {
        Some(Err(failure)) => {
            let again = Callback::new(move |()| source.again());
            view! { <Trouble failure connection=shared.get_value().0 again/> }.into_any()
        }
        _ => {
            view! { <div class="skeleton profile-skeleton" role="status" aria-label="Reading the profile" aria-busy="true"></div> }
                .into_any()
        }
    }
    };
    view! {
        <section class="panel profile" aria-labelledby="profile-heading">
            <div class="panel-head"><h2 id="profile-heading" tabindex="-1">"Profile"</h2></div>
            <Show when=loaded fallback=not_yet>
                {
                    let (connection, deployment_id) = shared.get_value();
                    view! { <Editor source connection deployment_id/> }
                }
            </Show>
        </section>
    }
}

const PROFILE: Subject = Subject {
    operation: &UPDATE_PROFILE,
    named: "deployment_id",
    noun: "profile",
    of_answer: Json::clone,
    stamp: |_| String::new(),
    outcome: ".profile .outcome-line",
};

#[component]
fn Editor(source: Record, connection: Connection, deployment_id: String) -> impl IntoView {
    let desk = Desk::open(App::use_app(), PROFILE, source, connection, deployment_id);
    let dirty = Signal::derive(move || desk.changes.with(|changes| !changes.is_empty()));
    view! {
        <Guard
            id="profile-guard"
            dirty
            sentence="What you changed in the profile is not saved yet. It is lost when you leave the page."
        />
        <p class="note">
            "Only what you change is sent. Vonage offers no way to empty a field: where nothing is left, the old text stays."
        </p>
        <div class="profile-bench">
            <ChangeForm desk heading="profile-heading"/>
            <Preview form=desk.form record=desk.record/>
        </div>
        <Review desk/>
    }
}
