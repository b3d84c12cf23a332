//! The conversations of a connection. Names, numbers and times are the provider's; previews, what is
//! unread and the window are as good as what is stored here, and said to be that.

use super::name_of;
use crate::{
    browser::{locale, page},
    catalogue::{
        failure::{Failure, FailureKind},
        kapso::replies::Conversation,
    },
    domain::{
        connection::Connection,
        duration, markup, phone,
        schedule::Pause,
        thread::{
            summary::{MOST_UNREAD, Summary},
            window::{Evidence, Window},
        },
    },
    state::App,
    ui::parts::{Icon, Trouble, World, seconds},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::A;

/// Characters of a preview.
const PREVIEW: usize = 80;
/// Rows that are drawn at first, and more at each wish.
const DRAWN: usize = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    Active,
    Ended,
    All,
}

#[component]
pub fn ConversationList(connection: Connection, open: Memo<Option<String>>) -> impl IntoView {
    let app = App::use_app();
    let id = StoredValue::new(connection.id.clone());
    let shared = StoredValue::new(connection.clone());
    let (which, search) = (RwSignal::new(Which::Active), RwSignal::new(String::new()));
    let drawn = RwSignal::new(DRAWN);
    let listing = Memo::new(move |_| id.with_value(|id| app.inbox.listing(id)));
    let fits = Memo::new(move |_| {
        let wanted = search.get().trim().to_lowercase();
        let digits = phone::digits(&wanted);
        let fits = |row: &&Conversation| {
            let status = match which.get() {
                Which::Active => !row.is_ended(),
                Which::Ended => row.is_ended(),
                Which::All => true,
            };
            let number = phone::digits(&row.phone_number);
            let by_number = digits.len() > 2
                && digits.chars().all(|c| c.is_ascii_digit() || c == '+')
                && number.contains(digits.trim_start_matches('+'));
            status && (wanted.is_empty() || by_number || name_of(row).to_lowercase().contains(&wanted))
        };
        listing.with(|listing| listing.rows.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    let shown = move || fits.with(|rows| rows.iter().take(drawn.get()).cloned().collect::<Vec<_>>());
    let more_drawn = move || fits.with(Vec::len) > drawn.get();
    let beyond = Memo::new(move |_| listing.with(|listing| listing.pages > 0 && !listing.complete));
    let reading = RwSignal::new(false);
    // Why older ones could not be read.
    let trouble = RwSignal::new(None::<Failure>);
    let more = move || {
        // What is known already is drawn first; then more is read.
        let known = untrack(more_drawn);
        drawn.update(|drawn| *drawn += DRAWN);
        if known || reading.get_untracked() || !beyond.get_untracked() {
            return;
        }
        reading.set(true);
        spawn_local(async move {
            let Some(connection) = shared.try_get_value() else { return };
            let failure = app.inbox.more(app, &connection).await.err();
            trouble.try_set(failure);
            reading.try_set(false);
        });
    };
    let nothing = move || {
        let (read, any) = listing.with(|listing| (listing.pages > 0, !listing.rows.is_empty()));
        match (read, any) {
            (false, false) => view! { <div class="skeleton conversations-skeleton" role="status" aria-label="Reading the conversations" aria-busy="true"></div> }.into_any(),
            (_, true) if !search.with(String::is_empty) => view! { <p class="empty">"No conversation that is known here fits. Kapso's list has no search; older ones can be loaded below."</p> }.into_any(),
            (_, true) => view! { <p class="empty">{move || match which.get() {
                Which::Active => "No conversation is active.",
                _ => "No conversation has ended.",
            }}</p> }.into_any(),
            (true, false) => view! { <p class="empty">"This project has no conversation yet. One begins when a customer writes, or when you send a template to a number."</p> }.into_any(),
        }
    };
    view! {
        <div class="conversations" role="region" aria-label="Conversations">
            <header class="conversations-head">
                <p class="conversations-title" aria-hidden="true">"Inbox"</p>
                <World connection=connection.clone()/>
                <Freshness connection/>
                <div class="conversations-tools">
                    <input class="input" type="search" aria-label="Search names and numbers" placeholder="Name or number" prop:value=search on:input=move |event| search.set(event_target_value(&event))/>
                    <select class="input" aria-label="Which conversations" on:change=move |event| {
                        which.set(match event_target_value(&event).as_str() {
                            "ended" => Which::Ended,
                            "all" => Which::All,
                            _ => Which::Active,
                        });
                    }>
                        <option value="active">"Active"</option>
                        <option value="ended">"Ended"</option>
                        <option value="all">"All"</option>
                    </select>
                </div>
            </header>
            <div class="conversations-scroll">
                <ul class="conversation-rows">
                    <For each=shown key=|row| row.id.clone() let:row>
                        <Row row connection=id.get_value() open/>
                    </For>
                </ul>
                <Show when=move || fits.with(Vec::is_empty)>{nothing}</Show>
                <Show when=move || more_drawn() || beyond.get()>
                    {move || trouble.get().map(|failure| view! {
                        <div class="foot"><p>"Older conversations could not be read."</p><Trouble failure connection=shared.get_value() again=move |()| more()/></div>
                    })}
                    <p class="foot">
                        <button type="button" aria-disabled=move || reading.get().then_some("true") on:click=move |_| more()>
                            {move || if reading.get() { "Reading…" } else { "Show older conversations" }}
                        </button>
                    </p>
                </Show>
            </div>
        </div>
    }
}

/// How old the list is, and why where it is not new.
#[component]
fn Freshness(connection: Connection) -> impl IntoView {
    let app = App::use_app();
    let id = StoredValue::new(connection.id.clone());
    let connection = StoredValue::new(connection);
    let fresh = Memo::new(move |_| id.with_value(|id| app.inbox.freshness(id)));
    let now = seconds();
    let age = move || {
        let fresh = fresh.get();
        let ago = fresh.read_at.map(|at| duration::words(now.get().saturating_sub(at)));
        match (ago, fresh.paused) {
            (Some(ago), Some(Pause::Offline)) => format!("Offline. Read {ago} ago."),
            (None, Some(Pause::Offline)) => "Offline. What is stored here is shown.".to_owned(),
            (Some(ago), Some(Pause::Refused)) => format!("Paused. Read {ago} ago."),
            (None, Some(Pause::Refused)) => "Paused.".to_owned(),
            (Some(ago), None) => format!("Updated {ago} ago"),
            (None, None) => "Reading…".to_owned(),
        }
    };
    // What is left of the provider's quota, where it makes a difference and is not said below.
    let quota = move || {
        now.track();
        let refused = fresh.with(|fresh| {
            let kind = fresh.failure.as_ref().map(|failure| failure.kind);
            matches!(kind, Some(FailureKind::Throttled { .. }))
        });
        let quota = id.with_value(|id| app.inbox.quota(id)).filter(|_| !refused);
        quota.and_then(|quota| quota.said(page::ticks())).map_or(String::new(), |said| format!(", {said}"))
    };
    let trouble = move || {
        fresh.with(|fresh| fresh.failure.clone()).map(|failure: Failure| {
            let again = move |()| id.with_value(|id| app.inbox.refresh(id));
            view! { <Trouble failure connection=connection.get_value() again/> }
        })
    };
    view! {
        <p class="fresh note figures">
            <span>{age}{quota}</span>
            <button type="button" class="icon-button" title="Refresh" aria-label="Refresh the conversations" on:click=move |_| id.with_value(|id| app.inbox.refresh(id))>
                <Icon name="refresh"/>
            </button>
        </p>
        {trouble}
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
    let current = move || open.with(|open| id.with_value(|id| open.as_ref() == Some(id)));
    let href = page::place(&format!("/inbox/{}", id.with_value(|id| crate::catalogue::call::encode(id))));
    let when = move || row.with(|row| row.last_active_at).map(locale::short_moment);
    view! {
        <li>
            <A href=href attr:class="conversation" attr:aria-current=move || current().then_some("true")>
                <span class="conversation-name"><bdi>{move || row.with(name_of)}</bdi></span>
                <time class="conversation-time figures">{when}</time>
                <Preview row summary/>
            </A>
        </li>
    }
}

/// The newest words, and what there is to know before the conversation is opened.
#[component]
fn Preview(row: Memo<Conversation>, summary: Memo<Summary>) -> impl IntoView {
    let now = seconds();
    let words = move || {
        summary.with(|summary| {
            let newest = summary.newest.as_ref()?;
            let words = markup::one_line(&newest.words, PREVIEW);
            Some(if newest.inbound { words } else { format!("You: {words}") })
        })
    };
    // Something has happened there that was not read yet.
    let moved = move || {
        let stored = summary.with(|summary| summary.newest.as_ref().map(|newest| newest.place.at));
        row.with(|row| row.last_active_at).is_some_and(|at| stored.is_none_or(|stored| at > stored + SLACK))
    };
    let unread = move || summary.with(|summary| summary.unread);
    let window = Memo::new(move |_| {
        let last_inbound = summary.with(|summary| summary.last_inbound.as_ref().map(|place| place.at));
        let evidence = Evidence {
            last_inbound,
            complete: summary.with(|summary| summary.complete),
            current: !moved(),
            ahead: None,
        };
        match Window::of(evidence, now.get()) {
            window @ Window::Open { left } if window.is_closing() => {
                format!("{} left", duration::words(left))
            }
            _ => String::new(),
        }
    });
    view! {
        <span class="conversation-words note"><bdi>{move || words().unwrap_or_else(|| "Not read here yet".to_owned())}</bdi></span>
        <span class="conversation-marks">
            {move || window.with(|left| (!left.is_empty()).then(|| view! { <span class="window-left figures">{left.clone()}</span> }))}
            {move || match unread() {
                0 => moved().then(|| view! { <span class="moved" title="Something new, not read here yet"><span class="unseen">"something new"</span></span> }).into_any(),
                count => {
                    let text = if count > MOST_UNREAD { format!("{MOST_UNREAD}+") } else { count.to_string() };
                    view! { <span class="unread figures">{text}<span class="unseen">" unread"</span></span> }.into_any()
                }
            }}
        </span>
    }
}

/// Milliseconds by which a conversation's activity may be later than its newest message.
const SLACK: u64 = 2_000;
