//! The way to a record by its id, typed by hand: the field and its limits are those of the request that
//! reads it.

use crate::{
    browser::focus,
    catalogue::{draft::Draft, field::Place, operation::Operation},
    domain::{channels, connection::Connection},
    ui::form::{Form, draw, element_id, once_a_press},
};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;

#[component]
pub fn ById(
    operation: &'static Operation,
    connection: Connection,
    /// What the button says, such as `Open the customer`.
    action: &'static str,
    /// The place of an id.
    place: Callback<String, channels::Place>,
) -> impl IntoView {
    let form = Form::loose(operation, Draft::default(), &connection);
    let navigate = use_navigate();
    let field = operation.fields_in(Place::Path).last();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(name) = field.map(|field| field.name) else { return };
        if untrack(|| form.is_done()) {
            let id = form.entry.draft.with_untracked(|draft| draft.text(name).trim().to_owned());
            navigate(&place.run(id).address(), Default::default());
        } else {
            form.attempt();
            focus::soon(format!("#{}", element_id(name)));
        }
    };
    view! {
        <form novalidate class="by-id channel-by-id" on:submit=submit on:keydown=once_a_press>
            {field.map(|field| draw(form, field, field.name.to_owned(), field.label.to_owned()))}
            <button type="submit">{action}</button>
        </form>
    }
}
