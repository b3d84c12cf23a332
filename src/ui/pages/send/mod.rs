//! Send: a text to one or many. What is composed, or a message that was sent off, by the address.

mod batch;
mod earlier;
mod elsewhere;
mod message;
mod people;
mod results;
mod review;
mod rows;

use crate::{
    browser::{locale, page},
    catalogue::{field::Kind, provider::Provider},
    domain::{
        bulk::request::{self, OPERATION},
        connection::Connection,
    },
    state::{App, bulk::Composing},
    ui::{
        form::{Form, once_a_press},
        parts::{NoConnection, World},
        places::{PlaceHead, SEND, begins_anew},
    },
};
use batch::BatchView;
use earlier::{Earlier, Ongoing};
use elsewhere::SentElsewhere;
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;
use message::Message;
use people::People;
use review::{Review, Stands};

#[component]
pub fn SendPage() -> impl IntoView {
    let query = use_query_map();
    let batch = Memo::new(move |_| query.with(|query| query.get("batch")));
    begins_anew(batch);
    move || match batch.get() {
        Some(id) => view! { <BatchView id/> }.into_any(),
        None => view! { <Compose/> }.into_any(),
    }
}

#[component]
fn Compose() -> impl IntoView {
    let app = App::use_app();
    let composing = app.bulk.composing;
    Effect::new(move |_| {
        // Whether anything may be kept is the site's word.
        if app.frame.connections.loaded() {
            spawn_local(composing.load(app));
        }
    });
    let active = Memo::new(move |_| app.frame.connections.active(Provider::Webex));
    view! {
        <PlaceHead place=&SEND/>
        {move || active.get().map(|connection| view! { <p class="under-title"><World connection/></p> })}
        <Show
            when=move || composing.loaded.get() && app.bulk.loaded()
            fallback=|| view! { <div class="skeleton" aria-busy="true"></div> }
        >
            <Ongoing/>
            <SentElsewhere/>
            {move || match active.get() {
                Some(connection) => view! { <Parts connection/> }.into_any(),
                None => view! { <NoConnection provider=Provider::Webex/> }.into_any(),
            }}
            <Earlier/>
        </Show>
    }
}

/// The three parts: who, what, and the look at both before it leaves.
#[component]
fn Parts(connection: Connection) -> impl IntoView {
    let app = App::use_app();
    let composing = app.bulk.composing;
    let form = options(app, &connection);
    let stands = Stands::new(composing, form);
    let shared = StoredValue::new(connection.clone());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        stands.send(app, shared.get_value());
    };
    view! {
        <form class="send-parts" novalidate on:submit=submit on:keydown=once_a_press>
            <People stands/>
            <Message stands form/>
            <Review stands connection/>
        </form>
    }
}

/// The form of what goes around the text: everything the request has besides, with its own limits.
fn options(app: App, connection: &Connection) -> Form {
    let composing: Composing = app.bulk.composing;
    let entry = composing.options;
    let reading = Memo::new(move |_| entry.draft.with(request::reading));
    let save = Callback::new(move |()| composing.save(app));
    Form::of_owner(OPERATION, entry, reading, connection.is_sandbox(), save)
}

/// Paths and fields of what goes around the text, but for the app, which stands by itself.
fn around() -> Vec<(String, &'static crate::catalogue::field::Field)> {
    let (parent, body) = request::TEXT.rsplit_once(".text.").map_or(("", ""), |(parent, _)| (parent, "text"));
    let asked = |field: &&crate::catalogue::field::Field| !matches!(field.kind, Kind::Constant(_));
    let beside = match OPERATION.field(parent).map(|field| field.kind) {
        Some(Kind::Group(members)) => members.iter().collect(),
        _ => vec![],
    };
    let beside = beside.into_iter().filter(|field| field.name != body).filter(asked);
    let own = [request::PEOPLE, request::REFERENCE, request::APP];
    let above = parent.split('.').next().unwrap_or_default();
    let top = OPERATION.fields.iter().filter(|field| field.name != above && !own.contains(&field.name));
    beside
        .map(|field| (format!("{parent}.{}", field.name), field))
        .chain(top.filter(asked).map(|field| (field.name.to_owned(), field)))
        .collect()
}

/// A number of people or requests, as the reader writes it.
fn grouped(number: impl Into<u64>) -> String {
    // No list of people is longer than memory.
    locale::number(number.into() as usize)
}

/// `1 person`, `1,200 people`.
fn persons(count: u32) -> String {
    locale::counted(count as usize, "person", "people")
}

/// `1 request`, `12 requests`.
fn requests(count: u32) -> String {
    locale::counted(count as usize, "request", "requests")
}

/// The place of a message that was sent off.
fn place_of(id: &str) -> String {
    page::place(&crate::state::bulk::href(id))
}
