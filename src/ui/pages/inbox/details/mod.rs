//! The details of the open conversation: what it is, who looks after it, what the team noted about the
//! contact, and what the provider said of it word for word.

mod assignment;
mod ending;
mod facts;
mod notes;
mod write;

use super::aside::{Aside, HEADING};
use crate::{
    browser::threads::Key,
    domain::{connection::Connection, contact, phone},
    state::{App, inbox::Located},
    ui::parts::{Icon, Trouble},
};
use assignment::Assigned;
use ending::Ending;
use facts::{Facts, Ids};
use leptos::prelude::*;
use notes::Notes;

/// The conversation whose details are open.
#[derive(Clone, Copy)]
pub struct Subject {
    pub app: App,
    pub connection: StoredValue<Connection>,
    pub key: StoredValue<Key>,
}

#[component]
pub fn Details(connection: Connection, key: Key, window: Memo<String>, aside: Aside) -> impl IntoView {
    let app = App::use_app();
    let subject = Subject { app, connection: StoredValue::new(connection), key: StoredValue::new(key) };
    let row = Memo::new(move |_| subject.key.with_value(|key| app.inbox.conversation(key)));
    let digits = Memo::new(move |_| {
        row.with(|row| row.as_ref().map(|row| phone::bare(&row.phone_number)).unwrap_or_default())
    });
    let back = move |_| aside.close();
    view! {
        <section class="details" aria-labelledby=HEADING on:keydown=move |event| aside.pressed(&event)>
            <header class="details-head">
                <button type="button" class="icon-button details-back" aria-label="Back to the messages" on:click=back><Icon name="left"/></button>
                <div class="details-who">
                    <h2 id=HEADING tabindex="-1">"Details"</h2>
                    <p class="note"><bdi>{move || row.with(|row| row.as_ref().map(contact::name))}</bdi></p>
                </div>
                <button type="button" class="icon-button details-close" aria-label="Close the details" title="Close" on:click=back><Icon name="close"/></button>
            </header>
            <div class="details-parts">
                <Show when=move || row.with(Option::is_some) fallback=move || view! { <Untold subject window/> }>
                    <Facts row window/>
                    <Ending subject row/>
                    <Assigned subject/>
                    {move || view! { <Notes subject digits=digits.get()/> }}
                    <Ids subject row/>
                </Show>
            </div>
        </section>
    }
}

/// What is known of a conversation before the provider has told of it.
#[component]
fn Untold(subject: Subject, window: Memo<String>) -> impl IntoView {
    let Subject { app, connection, key } = subject;
    let failure = Memo::new(move |_| {
        let located = key.with_value(|key| app.inbox.located(key));
        let listed = key.with_value(|key| app.inbox.freshness(&key.connection));
        match located {
            Some(Located::Failed(failure)) => Some(failure),
            _ => listed.failure,
        }
    });
    let again = move |()| {
        connection.with_value(|connection| {
            app.inbox.refresh(&connection.id);
            key.with_value(|key| app.inbox.locate(app, connection, key, true));
        });
    };
    view! {
        <dl class="facts"><dt>"24-hour window"</dt><dd>{window}</dd></dl>
        {move || match failure.get() {
            Some(failure) => view! {
                <p>"What Kapso has of this conversation could not be read."</p>
                <Trouble failure connection=connection.get_value() again/>
            }
            .into_any(),
            None => view! { <div class="skeleton details-skeleton" role="status" aria-label="Reading the conversation" aria-busy="true"></div> }.into_any(),
        }}
    }
}
