//! What stands in place of a record that the connection in use does not know: where it was found, or that
//! nobody knows it. Any other failure is told as everywhere.

use crate::{
    browser::focus,
    catalogue::failure::Failure,
    domain::connection::Connection,
    state::{
        App,
        channels::{Elsewhere, Source, elsewhere},
        inbox::is_missing,
    },
    ui::parts::Trouble,
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Missing(
    failure: Failure,
    connection: Connection,
    source: Source,
    /// What it is, such as `customer`.
    what: &'static str,
    #[prop(into)] again: Callback<()>,
) -> impl IntoView {
    if !is_missing(&failure) {
        return view! { <Trouble failure connection again/> }.into_any();
    }
    let app = App::use_app();
    let found: RwSignal<Option<Elsewhere>> = RwSignal::new(None);
    let label = connection.label.clone();
    spawn_local(async move {
        let answer = elsewhere(app, &connection, source).await;
        found.try_set(Some(answer));
    });
    let subject = source.subject();
    let content = move || {
        match found.get() {
        None => view! { <p>{format!("“{label}” does not know this {what}. Asking the other connections…")}</p> }.into_any(),
        Some(Elsewhere::Known(other)) => {
            let provider = other.provider;
            let (name, host, id) = (other.label.clone(), other.host(), other.id.clone());
            let switch = move |_| {
                app.frame.connections.choose(provider, &id);
                focus::soon("main h1".into());
            };
            view! {
                <h2>{format!("This {what} belongs to another connection")}</h2>
                <p>{format!("“{label}” does not know it. It was found on “{name}” ({host}).")}</p>
                <p class="foot"><button type="button" class="primary" on:click=switch>{format!("Switch to {name}")}</button></p>
            }
            .into_any()
        }
        Some(Elsewhere::Nowhere(unasked)) => view! {
            <h2>{format!("No connection knows this {what}")}</h2>
            <p>"Check the ID "<code>{subject.clone()}</code>{format!(". The {what} may also have been deleted, or belong to a project whose key is not entered here.")}</p>
            {(!unasked.is_empty()).then(|| view! {
                <p>"These could not be asked:"</p>
                <ul>{unasked.into_iter().map(|(other, failure)| view! { <li>{other.label}": "{failure.sentence()}</li> }).collect_view()}</ul>
            })}
            <p class="foot"><button type="button" on:click=move |_| again.run(())>"Look again"</button></p>
        }
        .into_any(),
    }
    };
    view! { <section class="panel missing" role="status">{content}</section> }.into_any()
}
