//! Ending a conversation and opening it again. The status is the provider's; nothing is sent to the
//! contact.

use super::{
    Subject,
    write::{Went, Write},
};
use crate::{
    catalogue::{
        draft::Draft,
        kapso::{
            UPDATE_CONVERSATION,
            replies::{self, Conversation, ENDED},
        },
        operation::Operation,
    },
    ui::{
        form::{Form, SendButton},
        parts::Outcome,
    },
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::json;

const OPERATION: &Operation = &UPDATE_CONVERSATION;
const STATUS: &str = "whatsapp_conversation.status";
const ACTIVE: &str = "active";

#[component]
pub fn Ending(subject: Subject, row: Memo<Option<Conversation>>) -> impl IntoView {
    let Subject { app, connection, key } = subject;
    let ended = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(Conversation::is_ended)));
    let draft = key.with_value(|key| json!({ "conversation_id": key.conversation }));
    let form = connection
        .with_value(|connection| Form::loose(OPERATION, Draft::from_json(OPERATION, &draft), connection));
    // What was asked for last: ended, or not.
    let end = StoredValue::new(false);
    let look = move |outcome: RwSignal<Outcome>| {
        let (connection, key) = (connection.get_value(), key.get_value());
        spawn_local(async move {
            let found = match app.inbox.look_at(app, &connection, &key).await {
                Ok(row) => found(&row, end.try_get_value()),
                Err(failure) => Outcome::Unknown(failure),
            };
            outcome.try_set(found);
        });
    };
    let write = Write::new(subject, look);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if untrack(|| write.waits()) {
            return;
        }
        let wish = !ended.get_untracked();
        end.set_value(wish);
        form.set(STATUS, if wish { ENDED } else { ACTIVE }.to_owned());
        let key = key.get_value();
        let took = move |json: &_| app.inbox.take_row(&key, replies::record(json));
        write.send(form, took, move |_| sentence(wish));
    };
    let label = move || if ended.get() { "Reopen conversation" } else { "End conversation" }.to_owned();
    view! {
        <form class="details-act" novalidate on:submit=submit>
            <p class="note">{move || if ended.get() {
                "Reopening sets its status at Kapso to active. The contact is sent nothing, and the 24-hour window stays as it is."
            } else {
                "Ending sets its status at Kapso to ended. The contact is sent nothing; it can be reopened here."
            }}</p>
            <SendButton operation=OPERATION label=Signal::derive(label) sending=write.sending connection=connection.get_value() waits=Signal::derive(move || write.waits())/>
            <Went write/>
        </form>
    }
}

fn sentence(ended: bool) -> String {
    if ended { "The conversation is ended." } else { "The conversation is open again." }.to_owned()
}

/// What reading the conversation again shows.
fn found(row: &Conversation, wish: Option<bool>) -> Outcome {
    let saved = Some(row.is_ended()) == wish;
    let state = if row.is_ended() { "it is ended" } else { "it is active" };
    let change = if saved { "the change took place" } else { "nothing was changed" };
    let sentence = format!("No usable answer came. The conversation was read again: {state}, so {change}.");
    Outcome::Found { saved, sentence }
}
