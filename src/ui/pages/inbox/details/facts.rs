//! What a conversation is: its window, number and status, and the ids and words of the provider.

use super::{super::window, Subject};
use crate::{browser::locale, catalogue::kapso::replies::Conversation, domain::phone, ui::parts::Copy};
use leptos::prelude::*;

type Row = Memo<Option<Conversation>>;

#[component]
pub fn Facts(row: Row, window: Memo<String>) -> impl IntoView {
    let number = Memo::new(move |_| {
        row.with(|row| row.as_ref().map(|row| row.phone_number.clone())).unwrap_or_default()
    });
    let status = move || {
        let told = row.with(|row| row.as_ref().map(|row| row.status.clone())).unwrap_or_default();
        match told.as_str() {
            "active" => "Active".to_owned(),
            "ended" => "Ended".to_owned(),
            "" => "Not told".to_owned(),
            other => other.to_owned(),
        }
    };
    let active = move || row.with(|row| row.as_ref().and_then(|row| row.last_active_at));
    view! {
        <dl class="facts">
            <dt>"24-hour window"</dt>
            <dd class="figures" title=window::MEANING>{window}</dd>
            <dt>"Number"</dt>
            <dd>
                {move || match number.get() {
                    number if number.is_empty() => view! { "Not told" }.into_any(),
                    number => view! {
                        <bdi class="figures">{phone::shown(&number)}</bdi>
                        <Copy text=Signal::stored(number) label="Copy the number"/>
                    }
                    .into_any(),
                }}
            </dd>
            <dt>"Status"</dt>
            <dd>{status}</dd>
            <dt>"Last active"</dt>
            <dd>{move || match active() {
                Some(at) => view! { <time title=locale::moment(at, true)>{locale::moment(at, false)}</time> }.into_any(),
                None => view! { "Not told" }.into_any(),
            }}</dd>
        </dl>
    }
}

/// Ids to copy, and the provider's own words.
#[component]
pub fn Ids(subject: Subject, row: Row) -> impl IntoView {
    let id = subject.key.with_value(|key| key.conversation.clone());
    let config =
        Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.config_id.clone())).unwrap_or_default());
    let said = Memo::new(move |_| {
        let said = subject.key.with_value(|key| subject.app.inbox.said_of(key));
        said.and_then(|json| serde_json::to_string_pretty(&json).ok()).unwrap_or_default()
    });
    view! {
        <section class="details-part" aria-labelledby="details-ids">
            <h3 id="details-ids">"IDs"</h3>
            <dl class="ids stacked">
                <dt>"Conversation"</dt>
                <dd><code>{id.clone()}</code><Copy text=Signal::stored(id) label="Copy the conversation ID"/></dd>
                {move || (!config.with(String::is_empty)).then(|| view! {
                    <dt>"WhatsApp config"</dt>
                    <dd><code>{config}</code><Copy text=config label="Copy the config ID"/></dd>
                })}
            </dl>
            <details>
                <summary>"What Kapso says of it"</summary>
                <div class="code-tools"><Copy text=said label="Copy what Kapso says"/></div>
                <pre class="raw" tabindex="0" aria-label="What Kapso says">{said}</pre>
            </details>
        </section>
    }
}
