//! The customers of a project, and a new one.

use super::{
    ById, CUSTOMER, Crumbs, attach, called,
    list::{self, List, Search},
    make::Make,
};
use crate::{
    browser::page,
    catalogue::{
        kapso::{GET_CUSTOMER, LIST_CUSTOMERS},
        reply::text,
    },
    domain::{channels::Place, connection::Connection},
    state::{App, channels::Source},
    ui::parts::{Icon, PageHead, World},
};
use leptos::prelude::*;
use serde_json::Value as Json;

/// What a search looks through.
const SEARCHED: &[&str] = &["name", "external_customer_id", "id"];

#[component]
pub fn Customers(connection: Connection, number: Option<String>) -> impl IntoView {
    let app = App::use_app();
    let source = Source::new(&LIST_CUSTOMERS, "");
    let listed = list::follow(app, &connection, source);
    let words = RwSignal::new(String::new());
    let new = page::place(&Place::NewCustomer { number: number.clone() }.address());
    let carried = StoredValue::new(number.clone());
    let to = move |id: &str| Place::of_customer(id, carried.get_value().as_deref());
    let row = move |row: Json| {
        let (id, own) = (text(&row["id"]), text(&row["external_customer_id"]));
        let href = page::place(&to(&id).address());
        view! {
            <li>
                <a class="channel-row" href=href>
                    <strong dir="auto">{called(&row, &["name", "id"])}</strong>
                    <span class="note">{own}</span>
                    <code>{id.clone()}</code>
                </a>
            </li>
        }
        .into_any()
    };
    let evidence = LIST_CUSTOMERS.evidence;
    view! {
        {number.map(|number| view! { <attach::Carried number/> })}
        <div class="channel-tools">
            <input class="input" type="search" aria-label="Search customers" placeholder="Name or ID" prop:value=words on:input=move |event| words.set(event_target_value(&event))/>
            <a class="button" href=new><Icon name="plus"/>"New customer"</a>
        </div>
        <List
            source
            listed
            connection=connection.clone()
            what="customers"
            search=Some(Search { words, members: SEARCHED })
            nothing="This project has no customer yet. A customer is a company on whose behalf you hold WhatsApp numbers: create one, then attach a number to it."
            row
        />
        <div class="channel-hand">
            <h3>"By its ID"</h3>
            <p class="note">{format!("Not in the list, or no list? Open a customer by its ID. That Kapso has such a list is {} ({}).", evidence.word(), evidence.source())}</p>
            <ById operation=&GET_CUSTOMER connection action="Open the customer" place=Callback::new(move |id: String| to(&id))/>
        </div>
    }
}

#[component]
pub fn NewCustomer(connection: Connection, number: Option<String>) -> impl IntoView {
    let carried = StoredValue::new(number.clone());
    let place = Callback::new(move |id: String| match id.as_str() {
        "" => Place::Overview { number: carried.get_value() },
        id => Place::of_customer(id, carried.get_value().as_deref()),
    });
    view! {
        <Crumbs here="New customer"/>
        <PageHead title="New customer"/>
        <p class="under-title"><World connection=connection.clone()/></p>
        {number.map(|number| view! { <attach::Carried number/> })}
        <section class="panel channel-make" aria-labelledby="make-heading">
            <h2 id="make-heading">"Customer"</h2>
            <Make kind=&CUSTOMER connection subject=String::new() place heading="make-heading"/>
        </section>
    }
}
