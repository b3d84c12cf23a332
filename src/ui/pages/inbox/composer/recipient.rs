//! Whom a conversation begins with, and from which of the business's numbers.

use super::Composing;
use crate::{
    catalogue::{
        kapso::{LIST_CONFIGS, SEND_STANDALONE, replies},
        reply,
    },
    domain::written::{FROM, RECIPIENT},
    state::record::Record,
    ui::form::draw,
};
use leptos::prelude::*;
use serde_json::{Value as Json, json};

#[component]
pub fn Recipient(composing: Composing) -> impl IntoView {
    let form = composing.form;
    let field = SEND_STANDALONE.field(RECIPIENT);
    view! {
        <div class="composer-panel">
            {field.map(|field| draw(form, field, RECIPIENT.to_owned(), "To".to_owned()))}
            <From composing/>
        </div>
    }
}

/// The business's numbers as the provider lists them; where it does not, one can be typed.
#[component]
fn From(composing: Composing) -> impl IntoView {
    let form = composing.form;
    let configs = Record::read(
        composing.app,
        &composing.connection(),
        &LIST_CONFIGS,
        json!({ "per_page": replies::PAGE.to_string() }),
    );
    let typed = move || {
        SEND_STANDALONE
            .field(FROM)
            .map(|field| draw(form, field, FROM.to_owned(), "From (config ID)".to_owned()))
    };
    let chosen = move |answer: Json| {
        let rows = replies::rows(&answer);
        let option = |row: &Json| {
            let (id, name) = (reply::text(&row["id"]), [&row["display_name"], &row["name"], &row["id"]]);
            let name = name.into_iter().map(reply::text).find(|name| !name.is_empty()).unwrap_or_default();
            let this = id.clone();
            view! { <option value=id prop:selected=move || form.text(FROM) == this>{name}</option> }
        };
        let listed: Vec<String> = rows.iter().map(|row| reply::text(&row["id"])).collect();
        // One that is not among those that were read is known by its ID alone.
        let other = move || {
            let id = form.text(FROM);
            (!id.is_empty() && !listed.contains(&id))
                .then(|| view! { <option value=id.clone() prop:selected=true>{id.clone()}</option> })
        };
        let options = rows.iter().map(option).collect_view();
        view! {
            <div class="field">
                <div class="field-head"><label for="start-from">"From"</label></div>
                <div class="help" id="start-from-help"><p>"Where none is chosen, Kapso takes the first number of the project."</p></div>
                <select id="start-from" class="input" name=FROM aria-describedby="start-from-help" on:change=move |event| form.set(FROM, event_target_value(&event))>
                    <option value="">"Kapso’s choice"</option>
                    {options}
                    {other}
                </select>
            </div>
        }
    };
    move || match configs.answer.get() {
        Some(Ok(answer)) => chosen(answer).into_any(),
        Some(Err(_)) => typed().into_any(),
        None => view! { <div class="skeleton" aria-busy="true"></div> }.into_any(),
    }
}
