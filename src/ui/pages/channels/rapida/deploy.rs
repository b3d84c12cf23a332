//! A new deployment of an assistant, beginning with what the latest one has, without credentials.

use super::{
    Crumbs, DEPLOYMENT, list,
    make::{Make, Offer},
};
use crate::{
    catalogue::{rapida::GET_WHATSAPP_DEPLOYMENT, reply::text},
    domain::{channels::Place, connection::Connection, deployment},
    state::{App, channels::Source},
    ui::parts::{PageHead, Trouble, World},
};
use leptos::prelude::*;

#[component]
pub fn NewDeployment(connection: Connection, assistant: String) -> impl IntoView {
    let app = App::use_app();
    app.channels.remember(&connection.id, &assistant);
    let source = Source::new(&GET_WHATSAPP_DEPLOYMENT, &assistant);
    let listed = list::follow(app, &connection, source);
    let offer = Memo::new(move |_| {
        listed.with(|listed| {
            // What was known before is not the latest for sure.
            let row = listed.rows.first().filter(|_| !listed.reading)?;
            let from = format!("the latest deployment, {}", text(&row["id"]));
            Some(Offer { draft: deployment::beginning(row), from })
        })
    });
    let failure = Memo::new(move |_| listed.with(|listed| listed.failure.clone()));
    let shared = StoredValue::new((connection.clone(), assistant.clone()));
    let trouble = move || {
        failure.get().map(|failure| {
            let again = move |()| shared.with_value(|(connection, _)| app.channels.refresh(app, connection, source));
            view! {
                <p class="note">"What the latest deployment has could not be read. The form works without it."</p>
                <Trouble failure connection=shared.get_value().0 again/>
            }
        })
    };
    let place = Callback::new(move |_: String| Place::Assistant { id: shared.get_value().1 });
    let between =
        Signal::stored(Some((Place::Assistant { id: assistant.clone() }, format!("Assistant {assistant}"))));
    view! {
        <Crumbs between here="New deployment"/>
        <PageHead title="New deployment"/>
        <p class="under-title"><World connection=connection.clone()/><span>"For the assistant "<code>{assistant.clone()}</code></span></p>
        <section class="panel channel-make" aria-labelledby="make-heading">
            <h2 id="make-heading">"WhatsApp deployment"</h2>
            <p class="note">{DEPLOYMENT.operation.summary}</p>
            {trouble}
            <Make kind=&DEPLOYMENT connection subject=assistant place offer=Some(offer) heading="make-heading"/>
        </section>
    }
}
