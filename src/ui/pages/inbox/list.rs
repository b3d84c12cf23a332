//! The conversations of a connection. Names, numbers and times are the provider's; previews, what is
//! unread and the window are as good as what is stored here, and said to be that.

use super::{
    ask::AskKapso,
    filter::{Filter, NONE_FITS, Which},
    freshness::Freshness,
    older::Older,
};
use crate::{
    browser::{locale, page, threads::Key},
    catalogue::kapso::replies::Conversation,
    domain::{
        connection::Connection,
        contact, duration, markup,
        thread::{
            status::Status,
            summary::{MOST_UNREAD, Summary},
            window::{Evidence, Window},
        },
    },
    state::{App, outbox::Hand},
    ui::{
        parts::{Icon, Trouble, World, seconds},
        places::READ_HERE,
    },
};
use leptos::prelude::*;
use leptos_router::components::A;

/// Characters of a preview.
const PREVIEW: usize = 80;

#[component]
pub fn ConversationList(
    connection: Connection,
    open: Memo<Option<String>>,
    starting: RwSignal<bool>,
    filter: Filter,
    /// Whether the map of the keys is open.
    map: RwSignal<bool>,
) -> impl IntoView {
    let app = App::use_app();
    let id = StoredValue::new(connection.id.clone());
    let shared = StoredValue::new(connection.clone());
    let older = Older::new(app, filter, &connection);
    view! {
        <div class="conversations" role="region" aria-label="Conversations">
            <header class="conversations-head">
                <div class="conversations-top">
                    <p class="conversations-title" aria-hidden="true">"Inbox"</p>
                    <button type="button" class="icon-button key-map-button" aria-label="Keys in the inbox" title="Keys (?)" on:click=move |_| map.set(true)>"?"</button>
                    <button type="button" aria-pressed=move || if starting.get() { "true" } else { "false" } on:click=move |_| starting.set(true)><Icon name="plus"/>"New"<span class="unseen">" conversation"</span></button>
                </div>
                <World connection=connection.clone()/>
                <Freshness connection/>
                <div class="conversations-tools">
                    <input class="input" type="search" aria-label="Search names and numbers" placeholder="Name or number" prop:value=filter.search on:input=move |event| filter.search.set(event_target_value(&event))/>
                    <select class="input" aria-label="Which conversations" on:change=move |event| older.choose(&event_target_value(&event))>
                        {Which::ALL.map(|which| view! {
                            <option value=which.id() prop:selected=move || filter.which.get() == which>{which.label()}</option>
                        })}
                    </select>
                </div>
                <AskKapso filter connection=shared.get_value()/>
            </header>
            <p class="unseen" role="status">{move || filter.said()}</p>
            <div class="conversations-scroll">
                <ul class="conversation-rows">
                    <For each=move || filter.shown() key=|row| row.id.clone() let:row>
                        <Row row connection=id.get_value() open/>
                    </For>
                </ul>
                <Show when=move || !filter.fits.with(Vec::is_empty)><p class="note conversations-note">{READ_HERE}</p></Show>
                <Show when=move || filter.fits.with(Vec::is_empty)><Nothing connection=id.get_value() filter older/></Show>
                <Show when=move || filter.has_undrawn() || older.beyond()>
                    {move || older.trouble.get().map(|failure| view! {
                        <div class="foot"><p>"Older conversations could not be read."</p><Trouble failure connection=shared.get_value() again=move |()| older.more()/></div>
                    })}
                    <p class="foot">
                        <button type="button" aria-disabled=move || older.reading.get().then_some("true") on:click=move |_| older.more()>
                            {move || if older.reading.get() { "Reading…" } else { "Show older conversations" }}
                        </button>
                    </p>
                </Show>
            </div>
        </div>
    }
}

/// Why no row is shown.
#[component]
fn Nothing(connection: String, filter: Filter, older: Older) -> impl IntoView {
    let app = App::use_app();
    let fresh = Memo::new(move |_| app.inbox.freshness(&connection));
    move || {
        let (read, any) = filter.listing.with(|listing| (listing.pages > 0, !listing.rows.is_empty()));
        // Why it could not be read stands above.
        if !read && !any && fresh.with(|fresh| fresh.failure.is_some()) {
            return ().into_any();
        }
        let waits = !read && !any || filter.which.get() == Which::Ended && older.reading.get();
        if waits {
            return view! { <div class="skeleton conversations-skeleton" role="status" aria-label="Reading the conversations" aria-busy="true"></div> }.into_any();
        }
        let sentence = match (any, filter.which.get()) {
            (false, _) => {
                "This project has no conversation yet. One begins when a customer writes, or when you send a template to a number."
            }
            (true, _) if !filter.search.with(String::is_empty) => NONE_FITS,
            (true, Which::Active) if older.beyond() => {
                "None of the conversations that are known here is active."
            }
            (true, Which::Active) => "No conversation is active.",
            (true, _) if older.beyond() => "None of the conversations that are known here has ended.",
            (true, _) => "No conversation has ended.",
        };
        view! { <p class="empty">{sentence}</p> }.into_any()
    }
}

#[component]
fn Row(row: Conversation, connection: String, open: Memo<Option<String>>) -> impl IntoView {
    let app = App::use_app();
    let id = StoredValue::new(row.id.clone());
    let connection = StoredValue::new(connection);
    let listing = move || connection.with_value(|connection| app.inbox.listing(connection));
    let row = Memo::new(move |before: Option<&Conversation>| {
        let now = listing().rows.into_iter().find(|row| id.with_value(|id| *id == row.id));
        now.or(before.cloned()).unwrap_or_else(|| row.clone())
    });
    let summary =
        Memo::new(move |_| id.with_value(|id| listing().summaries.get(id).cloned()).unwrap_or_default());
    let key = StoredValue::new(Key::new(&connection.get_value(), &id.get_value()));
    let current = move || open.with(|open| id.with_value(|id| open.as_ref() == Some(id)));
    let href = page::place(&format!("/inbox/{}", id.with_value(|id| crate::catalogue::call::encode(id))));
    let when = move || row.with(|row| row.last_active_at).map(locale::short_moment);
    view! {
        <li>
            <A href=href attr:class="conversation" attr:aria-current=move || current().then_some("true")>
                <span class="conversation-name"><bdi>{move || row.with(contact::name)}</bdi></span>
                <time class="conversation-time figures">{when}</time>
                <Preview row summary key=key.get_value()/>
            </A>
        </li>
    }
}

/// The newest words, and what there is to know before the conversation is opened.
#[component]
fn Preview(row: Memo<Conversation>, summary: Memo<Summary>, key: Key) -> impl IntoView {
    let app = App::use_app();
    let now = seconds();
    let of = StoredValue::new(untrack(|| app.frame.connections.find(&key.connection)));
    let key = StoredValue::new(key);
    let hand = Memo::new(move |_| key.with_value(|key| app.outbox.hand(key)));
    let draft = Memo::new(move |_| key.with_value(|key| app.writing.preview(key)));
    let words = move || {
        summary.with(|summary| {
            let newest = summary.newest.as_ref()?;
            if newest.words.is_empty() {
                return Some("No longer kept here".to_owned());
            }
            let words = markup::own_line(&newest.words, PREVIEW);
            Some(if newest.inbound { words } else { format!("You: {words}") })
        })
    };
    // Something has happened there that was not read yet.
    let moved = move || {
        let stored = summary.with(|summary| summary.newest.as_ref().map(|newest| newest.place.at));
        row.with(|row| row.last_active_at).is_some_and(|at| stored.is_none_or(|stored| at > stored + SLACK))
    };
    let unread = move || summary.with(|summary| summary.unread);
    let failed = move || {
        summary.with(|summary| summary.newest.as_ref().is_some_and(|newest| newest.status == Status::Failed))
    };
    let window = Memo::new(move |_| {
        let last_inbound = summary.with(|summary| summary.last_inbound.as_ref().map(|place| place.at));
        let evidence = Evidence {
            last_inbound,
            complete: summary.with(|summary| summary.complete),
            current: !moved(),
            ahead: of.with_value(|of| app.clocks.of(of.as_ref()?).about()),
        };
        match Window::of(evidence, now.get()) {
            window @ Window::Open { left } if window.is_closing() => {
                format!("{} left", duration::left(left))
            }
            _ => String::new(),
        }
    });
    view! {
        <span class="conversation-words note">{move || match (hand.get(), draft.get()) {
            (Some(Hand::NotSent), _) => view! { <strong class="not-sent">"Not sent"</strong> }.into_any(),
            (Some(Hand::Unknown), _) => view! { <strong class="draft">"Not known whether sent"</strong> }.into_any(),
            (None, None) if failed() => view! { <strong class="not-sent">"Not delivered: "</strong><bdi>{words()}</bdi> }.into_any(),
            (None, Some(draft)) => view! { <strong class="draft">"Draft: "</strong><bdi>{draft}</bdi> }.into_any(),
            (None, None) => view! { <bdi>{words().unwrap_or_else(|| "Not read here yet".to_owned())}</bdi> }.into_any(),
        }}</span>
        <span class="conversation-marks">
            {move || window.with(|left| (!left.is_empty()).then(|| view! { <span class="window-left figures" title=READ_HERE>{left.clone()}</span> }))}
            {move || match unread() {
                0 => moved().then(|| view! { <span class="moved" title="Something new, not read here yet"><span class="unseen">"something new"</span></span> }).into_any(),
                count => {
                    let text = if count > MOST_UNREAD { format!("{MOST_UNREAD}+") } else { count.to_string() };
                    view! { <span class="unread figures" title=READ_HERE>{text}<span class="unseen">" unread"</span></span> }.into_any()
                }
            }}
        </span>
    }
}

/// Milliseconds by which a conversation's activity may be later than its newest message.
const SLACK: u64 = 2_000;
