//! What will be saved, field by field, before and after; and the one button that saves it. Nothing is
//! changed here.

use super::desk::Desk;
use crate::{
    domain::profile::Change,
    ui::{
        form::{SendButton, once_a_press},
        parts::Dialog,
    },
};
use leptos::prelude::*;

#[component]
pub fn Review(desk: Desk) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.save();
    };
    let cleared = move || {
        let labels = desk.cleared();
        (!labels.is_empty()).then(|| {
            let labels = labels.join(", ");
            view! { <p class="note">"Emptied, so not sent: "{labels}". The old text stays."</p> }
        })
    };
    view! {
        <Dialog id="review-heading" title="Review the changes" open=desk.reviewing>
            // The focus begins where the reading does, and not on the button that saves.
            <ul class="changes" tabindex="-1" autofocus>
                {move || desk.changes.get().into_iter().map(|change| view! { <Row change/> }).collect_view()}
            </ul>
            {cleared}
            <p role="status" class="warning-line">
                {move || desk.moved.get().then(|| format!("Somebody has saved this {} since you opened it. “Before” is what it has now.", desk.subject.noun))}
            </p>
            <form on:submit=submit on:keydown=once_a_press>
                <div class="foot">
                    <SendButton
                        operation=desk.subject.operation
                        label="Save the changes"
                        sending=desk.sending
                        connection=desk.connection.get_value()
                    />
                    <button type="button" on:click=move |_| desk.reviewing.set(false)>"Back to the form"</button>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
fn Row(change: Change) -> impl IntoView {
    let Change { field, before, after, .. } = change;
    let before = if field.is_secret() {
        view! { <span class="note">"what it has, never shown"</span> }.into_any()
    } else if before.is_empty() {
        view! { <span class="note">"nothing"</span> }.into_any()
    } else {
        view! { <del dir="auto">{before}</del> }.into_any()
    };
    view! {
        <li class="change">
            <h3>{field.label}</h3>
            <dl>
                <dt>"Before"</dt>
                <dd>{before}</dd>
                <dt>"After"</dt>
                <dd><ins dir="auto">{after}</ins></dd>
            </dl>
        </li>
    }
}
