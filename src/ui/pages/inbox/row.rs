//! One message: whose it is, what it says, when it was sent and how far it has come.

use super::{body::Drawn, composer::Composing, leaving::LeavingRow};
use crate::{
    browser::{locale, page},
    domain::{
        markup,
        outbox::Item,
        thread::{
            body::Body,
            entry::Entry,
            reactions::Reaction,
            status::Status,
            told::{self, Reason, WINDOW_CLOSED},
        },
    },
    state::inbox::Thread,
    ui::parts::{Copy, Icon},
};
use leptos::{prelude::*, task::spawn_local};

/// Characters of a message that its name has.
const NAMED: usize = 160;

/// What a row is drawn from. Rows of one key look the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub key: String,
    entry: Option<Entry>,
    /// One that is on its way out, in the place of a stored one.
    leaving: Option<Item>,
    /// The day, where it begins with this row.
    day: Option<String>,
    /// Whether it goes on with what the row above said.
    together: bool,
    /// Whether what nobody has read begins with it.
    unread: bool,
    /// Whether it is shown because its words were searched for.
    hit: bool,
    /// Whether it shows on another message instead.
    elsewhere: bool,
}

impl Line {
    /// A row whose message is not at hand yet.
    pub fn waiting(row: usize) -> Line {
        Line {
            key: format!("row {row}"),
            entry: None,
            leaving: None,
            day: None,
            together: false,
            unread: false,
            hit: false,
            elsewhere: false,
        }
    }

    /// A row whose message has not arrived at the provider yet.
    pub fn leaving(item: &Item, stale: bool) -> Line {
        let key = format!("{}\n{:?}\n{stale}", item.key, item.state);
        Line { leaving: Some(item.clone()), ..Line { key, ..Line::waiting(0) } }
    }

    pub fn new(
        thread: Thread,
        entry: &Entry,
        day: Option<String>,
        together: bool,
        unread: bool,
        hit: bool,
    ) -> Line {
        let elsewhere = !stands_alone(thread, entry);
        let key = format!(
            "{}\n{:?}\n{}\n{day:?}\n{together}\n{unread}\n{hit}\n{elsewhere}",
            entry.place.id,
            entry.status,
            hash(&entry.raw)
        );
        Line { key, entry: Some(entry.clone()), leaving: None, day, together, unread, hit, elsewhere }
    }
}

fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
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
pub fn Row(line: Line, thread: Thread) -> impl IntoView {
    let Line { entry, leaving, day, together, unread, hit, elsewhere, .. } = line;
    if let Some(item) = leaving {
        return view! { <LeavingRow item key=StoredValue::new(thread.key()) thread/> }.into_any();
    }
    let Some(entry) = entry else {
        return view! { <div class="message waiting" aria-hidden="true"></div> }.into_any();
    };
    let message = entry.message();
    let body = message.as_ref().map(Body::of_message);
    if elsewhere {
        return view! { <div class="message on-another" aria-hidden="true"></div> }.into_any();
    }
    let wamid = entry.wamid.clone();
    let reply = message.as_ref().and_then(told::reply_to);
    let reason = message
        .as_ref()
        .filter(|_| entry.status == Status::Failed)
        .map(|message| told::reason(message).unwrap_or_default());
    let failed = reason.map(|reason| view! { <Failed reason/> });
    let inbound = entry.inbound;
    let label = whose(inbound);
    let full = locale::moment(entry.place.at, true);
    let name = called(&entry, body.as_ref());
    let id = entry.place.id.clone();
    let place = StoredValue::new(entry.place.clone());
    // Older messages shift the rows, and while there may be some nobody knows how many there are.
    let position = move || {
        thread.revision.track();
        place.with_value(|place| thread.row_of(place)).map(|row| row + 1)
    };
    let of = move || thread.size();
    view! {
        <article class="message" class:ours=!inbound class:together=together class:hit=hit class:deleted=(entry.status == Status::Deleted) tabindex="-1" aria-label=name data-message-id=id aria-posinset=position aria-setsize=of>
            {day.map(|day| view! { <p class="day"><span>{day}</span></p> })}
            {unread.then(|| view! { <p class="unread-line"><span>"New"</span></p> })}
            <div class="bubble">
                <span class="unseen">{label}": "</span>
                {reply.map(|wamid| view! { <Quoted wamid thread/> })}
                {match body {
                    Some(body) => view! { <Drawn body raw=entry.raw.clone()/> }.into_any(),
                    None => view! { <p class="note">"This message could not be read."</p> }.into_any(),
                }}
                <p class="message-foot figures">
                    <Actions entry=entry.clone()/>
                    <Details entry=entry.clone()/>
                    <time title=full>{locale::time(entry.place.at)}</time>
                    {(!inbound).then(|| view! { <Ticks status=entry.status/> })}
                    {(inbound && entry.status == Status::Deleted).then(|| view! { <span>{entry.status.label()}</span> })}
                </p>
                <Reactions wamid thread/>
            </div>
            {failed}
        </article>
    }
    .into_any()
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
fn Reactions(wamid: String, thread: Thread) -> impl IntoView {
    let both = Memo::new(move |_| thread.reactions(&wamid).unwrap_or_default());
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
fn Actions(entry: Entry) -> impl IntoView {
    let composing = use_context::<Composing>()?;
    let (quotes, reacts) = (Composing::quotes(&entry), Composing::reacts(&entry, page::now()));
    let entry = StoredValue::new(entry);
    let quote = quotes.then(|| {
        view! { <button type="button" class="link message-action" on:click=move |_| entry.with_value(|entry| composing.quote(entry))>"Quote"</button> }
    });
    let react = reacts.then(|| {
        view! { <button type="button" class="link message-action" on:click=move |_| entry.with_value(|entry| composing.react(entry))>"React"</button> }
    });
    Some(view! { {quote}{react} })
}

/// The ids of a message and the provider's own words about it, on request.
#[component]
fn Details(entry: Entry) -> impl IntoView {
    let open = RwSignal::new(false);
    let entry = StoredValue::new(entry);
    let shown = move || {
        entry.with_value(|entry| {
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
        <Show when=move || open.get()>{shown()}</Show>
    }
}
