//! One assistant: its latest deployment, and all that it has had.

use super::{
    ById, Crumbs, facts,
    list::{self, Fresh, List},
    values,
};
use crate::{
    browser::page,
    catalogue::{
        draft::Draft,
        rapida::{GET_WHATSAPP_DEPLOYMENT, LIST_WHATSAPP_DEPLOYMENTS},
        read,
        reply::text,
    },
    domain::{channels::Place, connection::Connection},
    state::{
        App,
        channels::{Listed, Source},
    },
    ui::parts::{Icon, PageHead, World},
};
use leptos::prelude::*;
use serde_json::{Value as Json, json};

#[component]
pub fn Assistant(connection: Connection, id: String) -> impl IntoView {
    let title = format!("Assistant {id}");
    // An address may hold anything; nothing leaves for what is no id.
    let named = Draft::from_json(&GET_WHATSAPP_DEPLOYMENT, &json!({ "assistantId": id.clone() }));
    let problem =
        read::draft(&GET_WHATSAPP_DEPLOYMENT, &named).problems.first().map(|problem| problem.sentence());
    let below = match problem {
        Some(problem) => view! { <NoId connection=connection.clone() problem/> }.into_any(),
        None => view! { <Deployments connection=connection.clone() id/> }.into_any(),
    };
    view! {
        <Crumbs here=title.clone()/>
        <PageHead title/>
        <p class="under-title"><World connection/></p>
        {below}
    }
}

#[component]
fn NoId(connection: Connection, problem: String) -> impl IntoView {
    view! {
        <section class="panel" aria-label="Another assistant">
            <p class="problem" role="status"><Icon name="cross"/><span>{format!("That is no ID of an assistant. {problem}")}</span></p>
            <ById operation=&GET_WHATSAPP_DEPLOYMENT connection action="Open the assistant" place=Callback::new(|id| Place::Assistant { id })/>
        </section>
    }
}

#[component]
fn Deployments(connection: Connection, id: String) -> impl IntoView {
    let app = App::use_app();
    app.channels.remember(&connection.id, &id);
    let (latest, all) =
        (Source::new(&GET_WHATSAPP_DEPLOYMENT, &id), Source::new(&LIST_WHATSAPP_DEPLOYMENTS, &id));
    let listed = list::follow(app, &connection, latest);
    let every = list::follow(app, &connection, all);
    let in_force = Memo::new(move |_| listed.with(|listed| listed.rows.first().map(|row| text(&row["id"]))));
    let new = page::place(&Place::NewDeployment { assistant: id.clone() }.address());
    view! {
        <section class="panel" aria-labelledby="latest-heading">
            <div class="panel-head">
                <h2 id="latest-heading">"Latest deployment"</h2>
                <a class="button primary" href=new><Icon name="plus"/>"New deployment"</a>
            </div>
            <Fresh source=latest listed connection=connection.clone() what="latest deployment"/>
            <Latest listed assistant=id/>
        </section>
        <section class="panel" aria-labelledby="all-heading">
            <h2 id="all-heading">"All deployments"</h2>
            <List
                source=all
                listed=every
                connection
                what="deployments"
                nothing="This assistant has had no deployment on WhatsApp yet."
                row=move |row| deployment(&row, in_force)
            />
        </section>
    }
}

#[component]
fn Latest(listed: Memo<Listed>, assistant: String) -> impl IntoView {
    move || {
        let listed = listed.get();
        match (listed.rows.first(), listed.read_at) {
            (Some(row), _) => view! {
                <dl class="values">
                    {facts::id("Deployment ID", text(&row["id"]))}
                    {facts::words("Status", text(&row["status"]))}
                    {values(row)}
                </dl>
            }
            .into_any(),
            (None, Some(_)) => {
                view! { <p class="empty">"This assistant is on no WhatsApp number yet. A deployment puts it there."</p> }.into_any()
            }
            // Why it could not be read stands above.
            (None, None) if listed.failure.is_some() => {
                view! { <p class="note">{format!("A new deployment of {assistant} can be created all the same.")}</p> }.into_any()
            }
            (None, None) => {
                view! { <div class="skeleton channel-skeleton" role="status" aria-label="Reading the latest deployment" aria-busy="true"></div> }.into_any()
            }
        }
    }
}

/// One of all, closed until it is looked at.
fn deployment(row: &Json, in_force: Memo<Option<String>>) -> AnyView {
    let id = text(&row["id"]);
    let (this, status, greeting) = (id.clone(), text(&row["status"]), text(&row["greeting"]));
    let latest = move || in_force.with(|latest| latest.as_ref() == Some(&this));
    let tag =
        move || latest().then(|| view! { <span class="stage-badge ok"><Icon name="check"/>"Latest"</span> });
    view! {
        <li>
            <details class="channel-deployment">
                <summary>
                    <code>{id.clone()}</code>
                    {tag}
                    <span class="note">{status}</span>
                    <Icon name="down"/>
                    <span class="channel-greeting" dir="auto">{greeting}</span>
                </summary>
                <dl class="values">{facts::id("Deployment ID", id)}{values(row)}</dl>
            </details>
        </li>
    }
    .into_any()
}
