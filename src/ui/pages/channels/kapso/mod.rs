//! Kapso's part of the channels: customers, and the WhatsApp configs that attach numbers to them.

mod attach;
mod config;
mod customer;
mod customers;
mod delete;

use super::{Crumbs, Told, by_id::ById, facts, list, make, missing::Missing};
use crate::{
    catalogue::{
        kapso::{
            CREATE_CUSTOMER, CREATE_WHATSAPP_CONFIG, GET_CUSTOMER, LIST_CUSTOMER_CONFIGS, LIST_CUSTOMERS,
        },
        operation::Operation,
        reply::text,
    },
    domain::{channels, connection::Connection},
    state::{App, channels::Source},
};
use leptos::prelude::*;
use make::Kind;
use serde_json::{Value as Json, json};

static CUSTOMER: Kind = Kind {
    operation: &CREATE_CUSTOMER,
    list: &LIST_CUSTOMERS,
    noun: channels::CUSTOMER,
    shape: |row| json!({ "customer": row }),
    given: "",
};

static CONFIG: Kind = Kind {
    operation: &CREATE_WHATSAPP_CONFIG,
    list: &LIST_CUSTOMER_CONFIGS,
    noun: channels::CONFIG,
    shape: |row| json!({ "whatsapp_config": row }),
    given: "customer_id",
};

pub fn customers(connection: Connection, number: Option<String>) -> AnyView {
    view! { <customers::Customers connection number/> }.into_any()
}

pub fn new_customer(connection: Connection, number: Option<String>) -> AnyView {
    view! { <customers::NewCustomer connection number/> }.into_any()
}

pub fn customer(connection: Connection, id: String) -> AnyView {
    view! { <customer::Customer connection id/> }.into_any()
}

pub fn new_config(connection: Connection, customer: String, number: Option<String>) -> AnyView {
    view! { <attach::NewConfig connection customer number/> }.into_any()
}

pub fn config(connection: Connection, id: String) -> AnyView {
    view! { <config::Config connection id/> }.into_any()
}

/// What a record is called: by the first of these members that it has.
fn called(row: &Json, members: &[&str]) -> String {
    members.iter().map(|member| text(&row[*member])).find(|name| !name.trim().is_empty()).unwrap_or_default()
}

/// Asks what a customer is called, where it is not known here: one that was just created stands in no list yet.
fn want_customer(app: App, connection: &Connection, id: &str) {
    if untrack(|| customer_name(app, connection, id)) == id {
        app.channels.refresh(app, connection, Source::new(&GET_CUSTOMER, id));
    }
}

/// What a customer is called, as far as it was read here; otherwise its id.
fn customer_name(app: App, connection: &Connection, id: &str) -> String {
    let lists: [(&'static Operation, &str); 2] = [(&GET_CUSTOMER, id), (&LIST_CUSTOMERS, "")];
    let known = |(operation, subject)| {
        let rows = app.channels.known(&connection.id, operation, subject).rows;
        rows.iter().find(|row| text(&row["id"]) == id).map(|row| called(row, &["name"]))
    };
    let mut names = lists.into_iter().filter_map(known).filter(|name| !name.is_empty());
    names.next().unwrap_or_else(|| id.to_owned())
}
