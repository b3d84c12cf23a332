//! One WhatsApp config: what Kapso tells of it, a first conversation from its number, its change field by
//! field, and its deletion.

use super::{Crumbs, Missing, called, customer_name, delete::Delete, facts, want_customer};
use crate::{
    browser::page,
    catalogue::{
        call::encode,
        failure::Failure,
        kapso::{GET_CONFIG, UPDATE_CONFIG, replies},
        reply::text,
    },
    domain::{channels::Place, connection::Connection, listed},
    state::{App, channels::Source, record::Record},
    ui::{
        change::{ChangeForm, Desk, Review, Subject},
        parts::{Guard, PageHead, World},
    },
};
use leptos::prelude::*;
use serde_json::{Value as Json, json};

const SUBJECT: Subject = Subject {
    operation: &UPDATE_CONFIG,
    named: "config_id",
    noun: "config",
    of_answer: |answer| json!({ "whatsapp_config": replies::record(answer) }),
    stamp: |answer| text(&replies::record(answer)["updated_at"]),
    outcome: ".config-change .outcome-line",
};

#[component]
pub fn Config(connection: Connection, id: String) -> impl IntoView {
    let app = App::use_app();
    let named = json!({ "config_id": id.clone() });
    let record = Record::read_where(app, &connection, &GET_CONFIG, named, listed::is_record);
    // What was saved here since is newer.
    let saved: RwSignal<Option<Json>> = RwSignal::new(None);
    let told = Memo::new(move |_| {
        let read =
            record.answer.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().ok().cloned()));
        saved.get().or(read).map(|answer| replies::record(&answer).clone())
    });
    let title = Signal::derive(move || {
        let name = told.with(|told| told.as_ref().map(|told| called(told, &["display_name", "name"])));
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| "WhatsApp config".to_owned())
    });
    let customer = Memo::new(move |_| told.with(|told| told.as_ref().map(|told| text(&told["customer_id"]))));
    let of = StoredValue::new(connection.clone());
    let between = Signal::derive(move || {
        let id = customer.get().filter(|id| !id.is_empty())?;
        let name = of.with_value(|connection| customer_name(app, connection, &id));
        Some((Place::Customer { id }, name))
    });
    Effect::new(move |_| {
        if let Some(id) = customer.get().filter(|id| !id.is_empty()) {
            of.with_value(|connection| want_customer(app, connection, &id));
        }
    });
    let source = Source::new(&GET_CONFIG, &id);
    let shared = StoredValue::new((connection.clone(), id));
    let loaded = move || record.answer.with(|answer| matches!(answer, Some(Ok(_))));
    let not_yet = move || {
        match record.answer.get() {
        Some(Err(failure)) => {
            let failure: Failure = failure;
            let again = Callback::new(move |()| record.again());
            view! { <Missing failure connection=shared.get_value().0 source what="config" again/> }.into_any()
        }
        _ => view! { <div class="skeleton" role="status" aria-label="Reading the config" aria-busy="true"></div> }.into_any(),
    }
    };
    view! {
        <Crumbs between here=title/>
        <PageHead title/>
        <p class="under-title"><World connection=connection/></p>
        <Show when=loaded fallback=not_yet>{
            let (connection, id) = shared.get_value();
            let gone = untrack(|| customer.get()).unwrap_or_default();
            view! {
                <About told id=id.clone()/>
                <Editor record connection=connection.clone() id=id.clone() saved/>
                <Delete connection id name=title customer=gone/>
            }
        }</Show>
    }
}

/// What is known of it, and where it leads.
#[component]
fn About(told: Memo<Option<Json>>, id: String) -> impl IntoView {
    let write = page::place(&format!("/inbox?from={}", encode(&id)));
    let id = StoredValue::new(id);
    let list = move || {
        let told = told.get().unwrap_or_default();
        let member = |name: &str| text(&told[name]);
        let token = match member("webhook_verify_token").is_empty() {
            true => "not told by Kapso",
            false => "set, not shown",
        };
        view! {
            {facts::id("Config ID", id.get_value())}
            {facts::words("Number", member("display_phone_number"))}
            {facts::id("Phone number ID", member("phone_number_id"))}
            {facts::id("Business account ID", member("business_account_id"))}
            {facts::words("Webhook destination", member("webhook_destination_url"))}
            {facts::words("Webhook verify token", token.to_owned())}
            {facts::words("Access token", "never told by Kapso".to_owned())}
            {facts::words("Kind", member("kind"))}
            {facts::moment("Created", &told["created_at"])}
            {facts::moment("Changed", &told["updated_at"])}
        }
    };
    view! {
        <section class="panel config-about" aria-labelledby="about-heading">
            <div class="panel-head">
                <h2 id="about-heading">"About"</h2>
                <a class="button primary" href=write>"Start a conversation"</a>
            </div>
            <dl class="values">{list}</dl>
        </section>
    }
}

#[component]
fn Editor(
    record: Record,
    connection: Connection,
    id: String,
    saved: RwSignal<Option<Json>>,
) -> impl IntoView {
    let desk = Desk::open(App::use_app(), SUBJECT, record, connection, id);
    let dirty = Signal::derive(move || desk.changes.with(|changes| !changes.is_empty()));
    Effect::new(move |_| {
        // An answer to the saving that tells nothing of the config takes nothing away.
        if let Some(told) = desk.told.get().filter(listed::is_record) {
            saved.set(Some(told));
        }
    });
    view! {
        <Guard
            id="config-guard"
            dirty
            steps=false
            sentence="What you changed in the config is not saved yet. It is lost when you leave the page."
        />
        <section class="panel config-change" aria-labelledby="config-heading">
            <h2 id="config-heading">"Change"</h2>
            <p class="note">"Only what you change is sent. Secrets are never shown: type one only where it is to be replaced. An empty field leaves what is there."</p>
            <ChangeForm desk heading="config-heading"/>
        </section>
        <Review desk/>
    }
}
