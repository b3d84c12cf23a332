//! Beginning a conversation with a number: a template first, because WhatsApp takes nothing else from a
//! business that was not written to.

use super::{
    composer::{Composer, Composing},
    leaving::{LeavingRow, keep_focus},
};
use crate::{
    browser::{focus, threads::Key},
    domain::{
        connection::Connection,
        thread::window::Window,
        written::{FROM, KIND, RECIPIENT},
    },
    state::App,
    ui::parts::Icon,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

#[component]
pub fn StartPane(
    connection: Connection,
    starting: RwSignal<bool>,
    /// The config whose number writes, where the way here named one.
    from: Option<String>,
) -> impl IntoView {
    let app = App::use_app();
    let key = Key::new(&connection.id, "");
    let writing = app.writing.of(app, &key);
    let name = Signal::derive(move || {
        let number = writing.entry.draft.with(|draft| draft.text(RECIPIENT).trim().to_owned());
        if number.is_empty() { "this number".to_owned() } else { number }
    });
    // Whether a conversation is open is not known before the provider is asked.
    let window = Memo::new(|_| Window::Unknown);
    let composing = Composing::new(app, &connection, &key, name, window, Callback::new(|()| {}));
    provide_context(composing);
    // Before anything can be typed: what an earlier visit left comes later, and brings its own kind.
    if writing.written_untracked().is_empty() {
        composing.form.set(KIND, "template".to_owned());
    }
    Effect::new(move |done: Option<bool>| {
        let loaded = writing.loaded.get();
        if let (true, None | Some(false), Some(from)) = (loaded, done, &from) {
            composing.form.set(FROM, from.clone());
        }
        loaded
    });
    focus::soon(".thread-head h2".into());
    let navigate = use_navigate();
    app.outbox.begun.set(None);
    Effect::new(move |_| {
        if let Some(begun) = app.outbox.begun.get() {
            let id = crate::catalogue::call::encode(&begun.conversation);
            navigate(&format!("/inbox/{id}"), Default::default());
        }
    });
    let queue_key = key.clone();
    let queue = Memo::new(move |_| app.outbox.queue(&queue_key));
    let key = StoredValue::new(key);
    let leaving = move || {
        keep_focus();
        let row = |item: &crate::domain::outbox::Item| {
            let to = item.recipient().to_owned();
            view! { <p class="note">{format!("To {to}")}</p><LeavingRow item=item.clone() key/> }
        };
        queue.with(|queue| queue.iter().map(row).collect_view())
    };
    view! {
        <header class="thread-head">
            <button type="button" class="icon-button" aria-label="Back to the conversations" on:click=move |_| starting.set(false)><Icon name="left"/></button>
            <div class="thread-who"><h2 tabindex="-1">"New conversation"</h2></div>
        </header>
        <div class="start">
            <p class="note">"To somebody who has not written in the last 24 hours WhatsApp takes only a template. The conversation opens here once it is sent; an active one with the same number goes on."</p>
            <div class="start-leaving">{leaving}</div>
            <Composer composing/>
        </div>
    }
}
