//! One message: whose it is, what it says, when it was sent and how far it has come.

use super::{
    body::Drawn,
    composer::Composing,
    leaving::LeavingRow,
    media::{Origin, looks_same},
};
use crate::{
    browser::{locale, page},
    domain::{
        markup,
        outbox::Item,
        thread::{
            body::Body,
            entry::{Entry, Place},
            reactions::Reaction,
            status::Status,
            told::{self, Reason, WINDOW_CLOSED},
        },
    },
    state::inbox::Thread,
    ui::parts::{Copy, Icon},
};
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

/// Characters of a message that its name has.
const NAMED: usize = 160;

/// What a row shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// A message that is not at hand yet, by its row.
    Waiting(usize),
    Stored(Arc<Stored>),
    /// A message that shows on another one instead, by its id.
    Elsewhere(String),
    /// One that has not arrived at the provider yet, and whether it has waited too long to go by itself.
    Leaving(Item, bool),
}

/// A stored message, and how it stands among the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    entry: Entry,
    /// The day, where it begins with this row.
    day: Option<String>,
    /// Whether it goes on with what the row above said.
    together: bool,
    /// Whether what nobody has read begins with it.
    unread: bool,
    /// Whether it is shown because its words were searched for.
    hit: bool,
}

impl Line {
    pub fn new(
        thread: Thread,
        entry: &Entry,
        day: Option<String>,
        together: bool,
        unread: bool,
        hit: bool,
    ) -> Line {
        if stands_alone(thread, entry) {
            Line::Stored(Arc::new(Stored { entry: entry.clone(), day, together, unread, hit }))
        } else {
            Line::Elsewhere(entry.place.id.clone())
        }
    }

    /// Rows of one key are one row, whatever changes in it: what plays in a stored message goes on.
    pub fn key(&self) -> String {
        match self {
            Line::Waiting(row) => format!("waiting {row}"),
            Line::Stored(stored) => format!("stored {}", stored.entry.place.id),
            Line::Elsewhere(id) => format!("elsewhere {id}"),
            Line::Leaving(item, stale) => format!("leaving {}\n{:?}\n{stale}", item.key, item.state),
        }
    }
}

/// Whether it shows on another message, as a reaction does.
fn is_elsewhere(thread: Thread, body: &Body) -> bool {
    let Body::Reaction { target, .. } = body else { return false };
    thread.opened_untracked().reactions.on(target).is_some_and(|both| !both.loose)
}

/// Whether a message has a row that is seen.
pub fn stands_alone(thread: Thread, entry: &Entry) -> bool {
    entry.message().is_none_or(|message| !is_elsewhere(thread, &Body::of_message(&message)))
}

/// What a screen reader says of a message where only its whole is read, as with the arrow keys: whose it is,
/// when it came, and what it says.
pub fn called(entry: &Entry, body: Option<&Body>) -> String {
    let head = format!("{}, {}", whose(entry.inbound), locale::time(entry.place.at));
    body.map_or_else(|| format!("{head}: "), |body| named(&head, body))
}

/// The same for a message of this kind.
pub fn named(head: &str, body: &Body) -> String {
    format!("{head}: {}", markup::one_line(&body.own_words(), NAMED))
}

fn whose(inbound: bool) -> &'static str {
    if inbound { "From the contact" } else { "From you" }
}

#[component]
pub fn Row(line: Line, rows: Memo<Vec<Line>>, thread: Thread) -> impl IntoView {
    match line {
        Line::Waiting(_) => view! { <div class="message waiting" aria-hidden="true"></div> }.into_any(),
        Line::Elsewhere(_) => view! { <div class="message on-another" aria-hidden="true"></div> }.into_any(),
        Line::Leaving(item, _) => {
            view! { <LeavingRow item key=StoredValue::new(thread.key()) thread/> }.into_any()
        }
        Line::Stored(first) => {
            let place = first.entry.place.clone();
            let stored = Memo::new(move |before: Option<&Arc<Stored>>| {
                let this = |line: &Line| match line {
                    Line::Stored(stored) if stored.entry.place.id == first.entry.place.id => {
                        Some(stored.clone())
                    }
                    _ => None,
                };
                // A row that is about to go stays as it was.
                let found = rows.with(|rows| rows.iter().find_map(this));
                found.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
            });
            view! { <StoredRow place stored thread/> }.into_any()
        }
    }
}

#[component]
fn StoredRow(place: Place, stored: Memo<Arc<Stored>>, thread: Thread) -> impl IntoView {
    let full = locale::moment(place.at, true);
    let time = locale::time(place.at);
    let id = place.id.clone();
    let origin = Origin::new(thread, place.clone());
    let message = Memo::new(move |_| stored.with(|stored| stored.entry.message()));
    let body = Memo::new_with_compare(
        move |_| message.with(|message| message.as_ref().map(Body::of_message)),
        |before, now| match (before, now) {
            (Some(Some(before)), Some(Some(now))) => !looks_same(before, now),
            (before, now) => before != now,
        },
    );
    let reply = Memo::new(move |_| message.with(|message| message.as_ref().and_then(told::reply_to)));
    let wamid = Memo::new(move |_| stored.with(|stored| stored.entry.wamid.clone()));
    let status = Memo::new(move |_| stored.with(|stored| stored.entry.status));
    let inbound = Memo::new(move |_| stored.with(|stored| stored.entry.inbound));
    let day = Memo::new(move |_| stored.with(|stored| stored.day.clone()));
    let is = move |of: fn(&Stored) -> bool| move || stored.with(|stored| of(stored));
    let unread = Memo::new(move |_| stored.with(|stored| stored.unread));
    let reason = Memo::new(move |_| {
        let failed = status.get() == Status::Failed;
        failed.then(|| message.with(|message| message.as_ref().and_then(told::reason).unwrap_or_default()))
    });
    let name = move || stored.with(|stored| body.with(|body| called(&stored.entry, body.as_ref())));
    // Older messages shift the rows, and while there may be some nobody knows how many there are.
    let position = move || {
        thread.revision.track();
        thread.row_of(&place).map(|row| row + 1)
    };
    let of = move || thread.size();
    let raw = move || stored.with_untracked(|stored| stored.entry.raw.clone());
    let says = move || match body.get() {
        Some(body) => view! { <Drawn body raw=raw() origin/> }.into_any(),
        None => view! { <p class="note">"This message could not be read."</p> }.into_any(),
    };
    view! {
        <article class="message" class:ours=move || !inbound.get() class:together=is(|stored| stored.together) class:hit=is(|stored| stored.hit) class:deleted=move || status.get() == Status::Deleted tabindex="-1" aria-label=name data-message-id=id aria-posinset=position aria-setsize=of>
            {move || day.get().map(|day| view! { <p class="day"><span>{day}</span></p> })}
            {move || unread.get().then(|| view! { <p class="unread-line"><span>"New"</span></p> })}
            <div class="bubble">
                <span class="unseen">{move || whose(inbound.get())}": "</span>
                {move || reply.get().map(|wamid| view! { <Quoted wamid thread/> })}
                {says}
                <p class="message-foot figures">
                    <Actions stored/>
                    <Details stored/>
                    <time title=full>{time}</time>
                    {move || match (inbound.get(), status.get()) {
                        (false, status) => Some(view! { <Ticks status/> }.into_any()),
                        (true, Status::Deleted) => Some(view! { <span>{Status::Deleted.label()}</span> }.into_any()),
                        (true, _) => None,
                    }}
                </p>
                <Reactions wamid thread/>
            </div>
            {move || reason.get().map(|reason| view! { <Failed reason/> })}
        </article>
    }
}

/// How far a message of ours has come: a sign, and the word for it.
#[component]
fn Ticks(status: Status) -> impl IntoView {
    let sign = match status {
        Status::Sent => "✓",
        Status::Delivered | Status::Read | Status::Played => "✓✓",
        Status::Failed => "✕",
        _ => "",
    };
    view! {
        <span class="ticks" class:read=(status >= Status::Read) title=status.label()>
            <span aria-hidden="true">{sign}</span>
            <span class="unseen">{status.label()}</span>
        </span>
    }
}

/// Why a message that had left did not arrive, and what can be done.
#[component]
fn Failed(reason: Reason) -> impl IntoView {
    let explained = reason.explained();
    let sentence = match explained {
        Some(explained) => explained.meaning.to_owned(),
        None if reason.detail.is_empty() => "WhatsApp gave no reason.".to_owned(),
        None => reason.detail.clone(),
    };
    let next =
        explained.map_or("Send it again, or ask Kapso's support with the IDs under Details.", |one| one.next);
    // Told already where it is the sentence.
    let words = explained.is_some().then(|| reason.detail.clone()).filter(|words| !words.is_empty());
    let template = (reason.code == WINDOW_CLOSED).then(use_context::<Composing>).flatten().map(|composing| {
        view! { <button type="button" on:click=move |_| composing.choose("template")>"Send a template"</button> }
    });
    view! {
        <div class="leaving-why bad">
            <p><Icon name="alert"/><span><strong>"Not delivered: "</strong>{sentence}" "{next}</span></p>
            {words.map(|words| view! { <p class="note" dir="auto">"WhatsApp says: "{words}</p> })}
            {(!reason.code.is_empty()).then(|| view! { <p class="note figures">"Code "{reason.code.clone()}</p> })}
            {template.map(|template| view! { <p class="leaving-tools">{template}</p> })}
        </div>
    }
}

/// The message that this one replies to, which need not be near, and may be read later.
#[component]
pub fn Quoted(wamid: String, thread: Thread) -> impl IntoView {
    let words = RwSignal::new(None::<String>);
    let looked = RwSignal::new(false);
    let wamid = StoredValue::new(wamid);
    Effect::new(move |_| {
        thread.revision.track();
        if words.with_untracked(Option::is_some) {
            return;
        }
        spawn_local(async move {
            let Some(wamid) = wamid.try_get_value() else { return };
            let found = thread.quoted(&wamid).await;
            words.try_set(found);
            looked.try_set(true);
        });
    });
    let shown = move || match words.get() {
        Some(words) => words,
        None if looked.get() => "A message that is not stored here".to_owned(),
        None => "…".to_owned(),
    };
    view! { <blockquote class="quoted" dir="auto">{shown}</blockquote> }
}

#[component]
fn Reactions(wamid: Memo<String>, thread: Thread) -> impl IntoView {
    let both = Memo::new(move |_| wamid.with(|wamid| thread.reactions(wamid)).unwrap_or_default());
    let one = |reaction: Option<Reaction>, whose: &'static str| {
        reaction.filter(|reaction| !reaction.emoji.is_empty()).map(|reaction| {
            let failed = reaction.status == Status::Failed;
            view! {
                <span class="reaction" class:failed=failed title=whose>
                    <span class="unseen">{whose}": "</span>{reaction.emoji}{failed.then_some(" (not sent)")}
                </span>
            }
        })
    };
    move || {
        let both = both.get();
        let any = [&both.theirs, &both.ours].into_iter().flatten().any(|reaction| !reaction.emoji.is_empty());
        any.then(|| view! {
            <p class="reactions">{one(both.theirs.clone(), "Reaction of the contact")}{one(both.ours.clone(), "Your reaction")}</p>
        })
    }
}

/// What can be done with a message beside reading it.
#[component]
fn Actions(stored: Memo<Arc<Stored>>) -> impl IntoView {
    let composing = use_context::<Composing>()?;
    let quotes = Memo::new(move |_| stored.with(|stored| Composing::quotes(&stored.entry)));
    let reacts = Memo::new(move |_| stored.with(|stored| Composing::reacts(&stored.entry, page::now())));
    let quote = move || {
        quotes.get().then(|| {
        view! { <button type="button" class="link message-action" on:click=move |_| stored.with_untracked(|stored| composing.quote(&stored.entry))>"Quote"</button> }
    })
    };
    let react = move || {
        reacts.get().then(|| {
        view! { <button type="button" class="link message-action" on:click=move |_| stored.with_untracked(|stored| composing.react(&stored.entry))>"React"</button> }
    })
    };
    Some(view! { {quote}{react} })
}

/// The ids of a message and the provider's own words about it, on request.
#[component]
fn Details(stored: Memo<Arc<Stored>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let shown = move || {
        stored.with(|stored| {
            let entry = &stored.entry;
            let pretty = serde_json::from_str::<serde_json::Value>(&entry.raw)
                .and_then(|json| serde_json::to_string_pretty(&json))
                .unwrap_or_else(|_| entry.raw.clone());
            let (id, wamid) = (entry.place.id.clone(), entry.wamid.clone());
            view! {
                <dl class="ids message-ids">
                    <dt>"Kapso"</dt><dd><code>{id.clone()}</code><Copy text=Signal::stored(id) label="Copy Kapso's ID of the message"/></dd>
                    {(!wamid.is_empty()).then(|| view! { <dt>"WhatsApp"</dt><dd><code>{wamid.clone()}</code><Copy text=Signal::stored(wamid) label="Copy WhatsApp's ID of the message"/></dd> })}
                </dl>
                <pre class="raw" tabindex="0">{pretty}</pre>
            }
        })
    };
    view! {
        <button type="button" class="link message-action" aria-expanded=move || if open.get() { "true" } else { "false" } on:click=move |_| open.update(|open| *open = !*open)>
            {move || if open.get() { "Less" } else { "Details" }}
        </button>
        <Show when=move || open.get()>{shown}</Show>
    }
}
