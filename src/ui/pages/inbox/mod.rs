//! Conversations with customers: the list of them, and one that is being read. What is stored on this
//! device shows at once; what the provider has beyond it is read behind that.

mod body;
mod find;
mod list;
mod row;
mod scroll;
mod thread;

use crate::{
    browser::{page, threads::Key},
    catalogue::provider::Provider,
    domain::connection::Connection,
    state::App,
    ui::parts::NoConnection,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;
use list::ConversationList;
use thread::ThreadPane;

#[component]
pub fn InboxPage() -> impl IntoView {
    let app = App::use_app();
    let params = use_params_map();
    let open =
        Memo::new(move |_| params.with(|params| params.get("conversation_id")).filter(|id| !id.is_empty()));
    let active = Memo::new(move |_| app.frame.connections.active(Provider::Kapso));
    let content = move || {
        match active.get() {
        Some(connection) => view! { <Desk connection open/> }.into_any(),
        None => view! {
            <div class="inbox-none"><h1 tabindex="-1">"Inbox"</h1><NoConnection provider=Provider::Kapso/></div>
        }
        .into_any(),
    }
    };
    view! {
        <Show
            when=move || app.frame.connections.loaded()
            fallback=|| view! { <div class="skeleton" aria-busy="true"></div> }
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
    spawn_local(async move { app.inbox.load(app, &id).await });
    let follow = StoredValue::new_local(Some(app.inbox.follow(&connection.id, None)));
    on_cleanup(move || drop(follow.try_update_value(Option::take)));
    let shared = StoredValue::new(connection.clone());
    let key = move || open.get().map(|id| shared.with_value(|connection| Key::new(&connection.id, &id)));
    Effect::new(move |_| {
        let name = key().and_then(|key| app.inbox.conversation(&key)).map(|row| name_of(&row));
        let title = name.map_or("Inbox".to_owned(), |name| format!("{name} · Inbox"));
        page::document().set_title(&format!("{title} · Switchboard"));
    });
    view! {
        <div class="inbox" class:reading=move || open.with(Option::is_some)>
            // On a small screen the list makes room for a conversation; the title of the page does not.
            <h1 class="unseen" tabindex="-1">"Inbox"</h1>
            <ConversationList connection open/>
            <section class="thread-side" aria-label="Conversation">
                {move || match key() {
                    Some(key) => view! { <ThreadPane connection=shared.get_value() key/> }.into_any(),
                    None => view! { <p class="empty thread-empty">"Choose a conversation to read it."</p> }.into_any(),
                }}
            </section>
        </div>
    }
}

/// Has a conversation kept up to date for as long as the present owner lives, once what is stored of it is
/// on the screen: what an answer brings would otherwise be worked on first.
fn follow(app: App, key: &Key, shown: RwSignal<bool>) {
    let follow = StoredValue::new_local(None);
    let key = key.clone();
    let begin = move || {
        follow.try_update_value(|follow| {
            *follow = Some(app.inbox.follow(&key.connection, Some(&key.conversation)));
        });
    };
    Effect::new(move |_| {
        let begin = begin.clone();
        if !shown.get() {
            return;
        }
        // Where nobody looks nothing is drawn.
        if page::document().hidden() { begin() } else { request_animation_frame(begin) }
    });
    on_cleanup(move || drop(follow.try_update_value(Option::take)));
}

/// How a conversation is called: by its contact, or else by the number.
fn name_of(row: &crate::catalogue::kapso::replies::Conversation) -> String {
    let name = [row.contact_name.as_str(), row.phone_number.as_str(), row.id.as_str()];
    name.into_iter().map(str::trim).find(|name| !name.is_empty()).unwrap_or_default().to_owned()
}
