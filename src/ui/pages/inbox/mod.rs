//! Conversations with customers: the list of them, and one that is being read. What is stored on this
//! device shows at once; what the provider has beyond it is read behind that.

mod aside;
mod ask;
pub(super) mod body;
mod composer;
mod details;
mod filter;
mod find;
mod freshness;
mod keyed;
mod keys;
mod leaving;
mod list;
mod media;
mod messages;
mod news;
mod older;
mod place;
mod rove;
mod row;
mod scroll;
mod start;
mod stops;
mod thread;
mod wanted;
mod window;

use crate::{
    browser::{page, threads::Key},
    catalogue::provider::Provider,
    domain::{connection::Connection, contact},
    state::App,
    ui::{
        parts::NoConnection,
        places::{INBOX, InboxComing, READ_HERE},
    },
};
use aside::Aside;
use filter::Filter;
use keys::KeyMap;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};
use list::ConversationList;
use place::{Place, PlaceNotice};
use start::StartPane;
use thread::ThreadPane;

#[component]
pub fn InboxPage() -> impl IntoView {
    let app = App::use_app();
    let params = use_params_map();
    let open =
        Memo::new(move |_| params.with(|params| params.get("conversation_id")).filter(|id| !id.is_empty()));
    let active = Memo::new(move |_| app.frame.connections.active(Provider::Kapso));
    let keeps = Memo::new(move |_| app.retention.keeps_now());
    let content = move || {
        // What is shown is read from where it is kept.
        keeps.track();
        match active.get() {
        Some(connection) => view! { <Desk connection open/> }.into_any(),
        None => view! {
            <div class="inbox-none"><h1 tabindex="-1">{INBOX.name}</h1><NoConnection provider=Provider::Kapso/></div>
        }
        .into_any(),
    }
    };
    view! {
        <Show
            when=move || app.frame.connections.loaded()
            fallback=move || view! { <InboxComing reading=open.with_untracked(Option::is_some)/> }
        >
            {content}
        </Show>
    }
}

/// The list and the conversation of one connection.
#[component]
fn Desk(connection: Connection, open: Memo<Option<String>>) -> impl IntoView {
    let app = App::use_app();
    let id = connection.id.clone();
    spawn_local(async move {
        app.inbox.load(app, &id).await;
        app.writing.load(untrack(|| app.inbox.keep(app)), &id).await;
    });
    let follow = StoredValue::new_local(Some(app.inbox.follow(&connection.id, None)));
    on_cleanup(move || drop(follow.try_update_value(Option::take)));
    let shared = StoredValue::new(connection.clone());
    let key = move || open.get().map(|id| shared.with_value(|connection| Key::new(&connection.id, &id)));
    Effect::new(move |_| {
        let name = key().and_then(|key| app.inbox.conversation(&key)).map(|row| contact::name(&row));
        let title = name.map_or("Inbox".to_owned(), |name| format!("{name} · Inbox"));
        page::document().set_title(&format!("{title} · Switchboard"));
    });
    let (filter, aside, map) = (Filter::new(app, &connection), Aside::new(), RwSignal::new(false));
    keys::listen(filter, open, map);
    let place = Place::of(app, &connection, open);
    let shows_thread = Memo::new(move |_| place.shows_thread());
    // Beginning a conversation takes the place of the one that is open, until one is chosen. The address
    // may ask for it.
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(asks_to_start));
    let starting =
        RwSignal::new(open.with_untracked(Option::is_none) && asked.with_untracked(Option::is_some));
    Effect::new(move |before: Option<Option<(Option<String>, Option<String>)>>| {
        // The page may be gone by now.
        let now = (open.try_get()?, asked.try_get()?);
        if before.flatten().is_some_and(|before| before != now) {
            let begins = now.0.is_none() && now.1.is_some();
            if starting.try_get_untracked()? != begins {
                starting.try_set(begins);
            }
        }
        Some(now)
    });
    let from = move || asked.get().filter(|from| !from.is_empty());
    view! {
        <div class="inbox" class:reading=move || open.with(Option::is_some) || starting.get()>
            // On a small screen the list makes room for a conversation; the title of the page does not.
            <h1 class="unseen" tabindex="-1">{INBOX.name}</h1>
            <ConversationList connection open starting filter map/>
            <section class="thread-side" aria-label="Conversation">
                <PlaceNotice place/>
                {move || match key() {
                    _ if starting.get() => view! { <StartPane connection=shared.get_value() starting from=from()/> }.into_any(),
                    Some(key) if shows_thread.get() => view! { <ThreadPane connection=shared.get_value() key aside/> }.into_any(),
                    Some(_) => ().into_any(),
                    None => view! { <p class="empty thread-empty">{INBOX.about}" "{READ_HERE}</p> }.into_any(),
                }}
            </section>
            <KeyMap open=map/>
        </div>
    }
}

/// Whether an address asks to begin a conversation, and the config whose number is to write; empty where it
/// names none.
fn asks_to_start(query: &ParamsMap) -> Option<String> {
    query.get("from").or_else(|| query.get("new").map(|_| String::new()))
}
