//! One customer, and the WhatsApp configs that it has.

use super::{
    Crumbs, Missing, called, facts,
    list::{self, Fresh, List, Search},
};
use crate::{
    browser::page,
    catalogue::{
        kapso::{GET_CUSTOMER, LIST_CUSTOMER_CONFIGS},
        reply::text,
    },
    domain::{channels::Place, connection::Connection},
    state::{App, channels::Source},
    ui::parts::{Icon, PageHead, World},
};
use leptos::prelude::*;
use serde_json::Value as Json;

/// What a search looks through.
const SEARCHED: &[&str] = &["name", "display_name", "phone_number_id", "business_account_id", "id"];
/// Configs from which on a search is of use.
const MANY: usize = 8;

#[component]
pub fn Customer(connection: Connection, id: String) -> impl IntoView {
    let app = App::use_app();
    let source = Source::new(&GET_CUSTOMER, &id);
    let listed = list::follow(app, &connection, source);
    let record = Memo::new(move |_| listed.with(|listed| listed.rows.first().cloned()));
    let name = Signal::derive(move || {
        let name = record.with(|record| record.as_ref().map(|record| called(record, &["name"])));
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| "Customer".to_owned())
    });
    let failed =
        Memo::new(move |_| listed.with(|listed| listed.failure.clone().filter(|_| listed.rows.is_empty())));
    let shared = StoredValue::new((connection.clone(), id));
    let again = move |()| shared.with_value(|(connection, _)| app.channels.refresh(app, connection, source));
    let unknown = Memo::new(move |_| {
        failed.with(|failed| failed.as_ref().is_some_and(crate::state::inbox::is_missing))
    });
    let facts = move || {
        let (connection, id) = shared.get_value();
        match (failed.get(), record.get()) {
            (Some(failure), _) => {
                view! { <Missing failure connection source what="customer" again/> }.into_any()
            }
            (None, record) => {
                let known = record.is_some();
                let record = record.unwrap_or_default();
                view! {
                    <section class="panel" aria-label="About the customer" aria-busy=(!known).then_some("true")>
                        <dl class="values">
                            {facts::id("Customer ID", id)}
                            {facts::words("Your own ID", text(&record["external_customer_id"]))}
                            {facts::moment("Created", &record["created_at"])}
                        </dl>
                        {known.then(|| view! { <Fresh source listed connection what="customer"/> })}
                    </section>
                }
                .into_any()
            }
        }
    };
    view! {
        <Crumbs here=name/>
        <PageHead title=name/>
        <p class="under-title"><World connection=connection/></p>
        {facts}
        <Show when=move || !unknown.get()>{
            let (connection, id) = shared.get_value();
            view! { <Configs connection id/> }
        }</Show>
    }
}

#[component]
fn Configs(connection: Connection, id: String) -> impl IntoView {
    let app = App::use_app();
    let source = Source::new(&LIST_CUSTOMER_CONFIGS, &id);
    let listed = list::follow(app, &connection, source);
    let words = RwSignal::new(String::new());
    let many = move || listed.with(|listed| listed.rows.len() > MANY);
    let new = page::place(&Place::NewConfig { customer: id, number: None }.address());
    let row = |row: Json| {
        let id = text(&row["id"]);
        let href = page::place(&Place::Config { id: id.clone() }.address());
        view! {
            <li>
                <a class="channel-row" href=href>
                    <strong dir="auto">{called(&row, &["display_name", "name", "id"])}</strong>
                    <span class="note figures">{format!("Phone number ID {}", text(&row["phone_number_id"]))}</span>
                    <code>{id}</code>
                </a>
            </li>
        }
        .into_any()
    };
    view! {
        <section class="panel" aria-labelledby="configs-heading">
            <div class="panel-head">
                <h2 id="configs-heading">"WhatsApp configs"</h2>
                <a class="button primary" href=new><Icon name="plus"/>"New config"</a>
            </div>
            <Show when=many>
                <div class="channel-tools">
                    <input class="input" type="search" aria-label="Search configs" placeholder="Name, number or ID" prop:value=words on:input=move |event| words.set(event_target_value(&event))/>
                </div>
            </Show>
            <List
                source
                listed
                connection
                what="configs"
                search=Some(Search { words, members: SEARCHED })
                nothing="No WhatsApp number is attached to this customer yet. A config attaches one: it needs Meta's phone number ID, the ID of the WhatsApp Business account and an access token."
                row
            />
        </section>
    }
}
