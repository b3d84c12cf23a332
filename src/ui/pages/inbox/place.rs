//! What stands in place of a conversation that the connection in use does not know: where it was found,
//! or that nobody knows it. Where messages of it are stored here, they stay, and this stands above them.

use crate::{
    browser::{focus, page, threads::Key},
    catalogue::{failure::Failure, provider::Provider},
    domain::connection::Connection,
    state::{
        App,
        inbox::{Located, is_missing},
    },
};
use leptos::prelude::*;
use leptos_router::components::A;

/// Where the open conversation belongs, as far as that is a question.
#[derive(Clone, Copy)]
pub struct Place {
    app: App,
    connection: StoredValue<Connection>,
    open: Memo<Option<String>>,
    pub located: Memo<Option<Located>>,
    /// Whether messages of it are stored here.
    stored: Memo<bool>,
}

impl Place {
    /// Looks for the address that is open, once the list has been read and does not have it.
    pub fn of(app: App, connection: &Connection, open: Memo<Option<String>>) -> Place {
        let connection = StoredValue::new(connection.clone());
        let key =
            move || open.get().map(|id| connection.with_value(|connection| Key::new(&connection.id, &id)));
        // A row that was known here may be gone at the provider.
        let missing = move |key: &Key| app.inbox.trouble(key).is_some_and(|failure| is_missing(&failure));
        let unlisted = move |key: &Key| app.inbox.conversation(key).is_none();
        let unknown = Memo::new(move |_| key().filter(|key| unlisted(key) || missing(key)));
        let located = Memo::new(move |_| unknown.get().and_then(|key| app.inbox.located(&key)));
        let stored = Memo::new(move |_| {
            let newest = |key: Key| {
                let summaries = app.inbox.listing(&key.connection).summaries;
                summaries.get(&key.conversation).is_some_and(|summary| summary.newest.is_some())
            };
            key().is_some_and(newest)
        });
        let due = Memo::new(move |_| {
            let key = unknown.get()?;
            let listed = app.inbox.listing(&key.connection).pages > 0;
            // What could not be found out is tried again with each reading of the list.
            let read_at = app.inbox.freshness(&key.connection).read_at.filter(|_| unlisted(&key));
            (listed || missing(&key)).then_some((key, read_at))
        });
        Effect::new(move |_| {
            if let Some((key, _)) = due.get() {
                connection.with_value(|connection| app.inbox.locate(app, connection, &key, false));
            }
        });
        Place { app, connection, open, located, stored }
    }

    /// Whether the conversation itself can be shown.
    pub fn shows_thread(self) -> bool {
        let in_doubt = matches!(
            self.located.get(),
            Some(Located::Looking | Located::Elsewhere(_) | Located::Nowhere(_))
        );
        !in_doubt || self.stored.get()
    }

    fn look_again(self) {
        let Some(id) = self.open.get_untracked() else { return };
        self.connection.with_value(|connection| {
            self.app.inbox.locate(self.app, connection, &Key::new(&connection.id, &id), true);
        });
    }

    fn switch_to(self, connection: &Connection) {
        self.app.frame.connections.choose(Provider::Kapso, &connection.id);
        focus::first_soon(vec!["main [data-arrival]".into(), "main h1".into()]);
    }
}

#[component]
pub fn PlaceNotice(place: Place) -> impl IntoView {
    let back = || view! { <A href=page::place("/inbox")>"Back to the conversations"</A> };
    let here = move || place.connection.with_value(|connection| connection.label.clone());
    let content = move || {
        match place.located.get() {
        Some(Located::Looking) => view! {
            <p>{format!("“{}” does not know this conversation. Asking the other Kapso connections…", here())}</p>
        }
        .into_any(),
        Some(Located::Elsewhere(other)) => {
            let (label, host) = (other.label.clone(), other.host());
            view! {
                <h2 tabindex="-1" data-arrival="">"This conversation belongs to another connection"</h2>
                <p>{format!("“{}” does not know it. It was found on “{label}” ({host}).", here())}</p>
                <p class="foot">
                    <button type="button" class="primary" on:click=move |_| place.switch_to(&other)>{format!("Switch to {label}")}</button>
                    {back()}
                </p>
            }
            .into_any()
        }
        Some(Located::Nowhere(unasked)) => view! {
            <h2 tabindex="-1" data-arrival="">"Conversation not found"</h2>
            <p>"No Kapso connection knows the conversation "<code>{place.open.get_untracked()}</code>"."</p>
            <Unasked unasked/>
            <p class="foot"><button type="button" on:click=move |_| place.look_again()>"Look again"</button>{back()}</p>
        }
        .into_any(),
        _ => ().into_any(),
    }
    };
    view! { <div class="thread-place" role="status" class:above=move || place.shows_thread()>{content}</div> }
}

/// Connections that could not be asked, and why.
#[component]
fn Unasked(unasked: Vec<(Connection, Failure)>) -> impl IntoView {
    let row = |(connection, failure): (Connection, Failure)| {
        view! { <li>{connection.label}": "{failure.sentence()}</li> }
    };
    (!unasked.is_empty()).then(|| {
        view! {
            <p>"These could not be asked:"</p>
            <ul>{unasked.into_iter().map(row).collect_view()}</ul>
            <p><A href=page::place("/connections")>"Open Connections"</A></p>
        }
    })
}
