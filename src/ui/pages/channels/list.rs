//! A list of a provider, page by page, in all its states. What a row looks like is the caller's matter.

use crate::{
    browser::{focus, locale},
    catalogue::reply::text,
    domain::{connection::Connection, listed},
    state::{
        App,
        channels::{Listed, Source},
    },
    ui::parts::{Icon, Trouble},
};
use leptos::prelude::*;
use serde_json::Value as Json;

/// Rows drawn at first, and as many more with each request for more: a browser takes seconds for thousands.
const DRAWN: usize = 200;

/// What a search looks through, and the words.
#[derive(Clone, Copy)]
pub struct Search {
    pub words: RwSignal<String>,
    pub members: &'static [&'static str],
}

/// What is known of a source; it is read when this is called, and whatever was known shows meanwhile.
pub fn follow(app: App, connection: &Connection, source: Source) -> Memo<Listed> {
    let id = connection.id.clone();
    app.channels.refresh(app, connection, source);
    Memo::new(move |_| app.channels.listed(&id, source))
}

#[component]
pub fn List<R>(
    source: Source,
    listed: Memo<Listed>,
    connection: Connection,
    /// What its rows are, such as `customers`.
    what: &'static str,
    #[prop(optional_no_strip)] search: Option<Search>,
    /// What is said where there is no row at all.
    nothing: &'static str,
    row: R,
) -> impl IntoView
where
    R: Fn(Json) -> AnyView + Copy + Send + Sync + 'static,
{
    let fitting = Memo::new(move |_| fitting(&listed.read(), search));
    let fit = Memo::new(move |_| fitting.with(Vec::len));
    let room = room(search);
    let drawn = move || fitting.with(|rows| rows.iter().take(room.get()).cloned().collect::<Vec<_>>());
    view! {
        <Fresh source listed connection=connection.clone() what/>
        <ul class="channel-rows" data-list=what aria-label=capital(what)>
            <For each=drawn key=|row| (text(&row["id"]), row.to_string()) let:found>{row(found)}</For>
        </ul>
        {move || (fit.get() == 0).then(|| view! { <Nothing listed search what nothing/> })}
        <More source listed connection what fit room/>
    }
}

/// How many rows are drawn where that is not all, and the way to the next ones.
#[component]
fn More(
    source: Source,
    listed: Memo<Listed>,
    connection: Connection,
    what: &'static str,
    /// Rows that were read and that the search lets through.
    fit: Memo<usize>,
    /// Rows that are drawn at most.
    room: RwSignal<usize>,
) -> impl IntoView {
    let app = App::use_app();
    let shared = StoredValue::new(connection);
    let drawn = move || fit.get().min(room.get());
    let go_to =
        move |row| focus::if_lost(format!("[data-list='{what}'] > li:nth-child({row}) :is(a, summary)"));
    // The row at which the reading goes on, once the next page is there.
    let next: RwSignal<Option<(usize, usize)>> = RwSignal::new(None);
    let more = move |_| {
        let (drawn, fit) = (untrack(drawn), fit.get_untracked());
        room.set(drawn + DRAWN);
        if fit > drawn {
            return go_to(drawn + 1);
        }
        next.set(Some((listed.with_untracked(|listed| listed.pages), drawn + 1)));
        shared.with_value(|connection| app.channels.more(app, connection, source));
    };
    Effect::new(move |_| {
        let pages = listed.with(|listed| listed.pages);
        if let Some((_, row)) = next.get_untracked().filter(|(before, _)| pages > *before) {
            next.set(None);
            go_to(row);
        }
    });
    let reading = move || listed.with(|listed| listed.reading);
    let part = move || {
        let [drawn, fit] = [drawn(), fit.get()];
        let [first, all] = [drawn, fit].map(locale::number);
        (fit > drawn).then(|| format!("The first {first} of {all} {what} are shown."))
    };
    view! {
        <p class="note" role="status">{part}</p>
        <Show when=move || { fit.get() > room.get() || listed.with(|listed| listed.more) }>
            <p class="foot">
                <button type="button" aria-disabled=move || reading().then_some("true") on:click=more>
                    {move || if reading() { "Reading…".to_owned() } else { format!("Show more {what}") }}
                </button>
            </p>
        </Show>
    }
}

/// The rows that a search lets through.
fn fitting(listed: &Listed, search: Option<Search>) -> Vec<Json> {
    let Some(Search { words, members }) = search else { return listed.rows.as_ref().clone() };
    words.with(|words| listed.rows.iter().filter(|row| listed::fits(row, members, words)).cloned().collect())
}

/// How many rows are drawn; another search begins with the first again.
fn room(search: Option<Search>) -> RwSignal<usize> {
    let room = RwSignal::new(DRAWN);
    if let Some(Search { words, .. }) = search {
        Effect::new(move |before: Option<()>| {
            words.track();
            if before.is_some() {
                room.set(DRAWN);
            }
        });
    }
    room
}

/// Why no row is shown.
#[component]
fn Nothing(
    listed: Memo<Listed>,
    search: Option<Search>,
    what: &'static str,
    nothing: &'static str,
) -> impl IntoView {
    move || {
        let listed = listed.get();
        match (listed.read_at, search) {
            // Why it could not be read stands above.
            (None, _) if listed.failure.is_some() => ().into_any(),
            (None, _) => {
                let label = format!("Reading the {what}");
                view! { <div class="skeleton channel-skeleton" role="status" aria-label=label aria-busy="true"></div> }.into_any()
            }
            (Some(_), Some(_)) if !listed.rows.is_empty() => {
                let beyond = if listed.more { " There are more to read." } else { "" };
                view! { <p class="note" role="status">{format!("None of the {} {what} that were read fits.{beyond}", locale::number(listed.rows.len()))}</p> }.into_any()
            }
            _ => view! { <p class="empty">{nothing}</p> }.into_any(),
        }
    }
}

/// How old it is, and why where it is not new.
#[component]
pub fn Fresh(
    source: Source,
    listed: Memo<Listed>,
    connection: Connection,
    what: &'static str,
) -> impl IntoView {
    let app = App::use_app();
    let shared = StoredValue::new(connection);
    let again = move || shared.with_value(|connection| app.channels.refresh(app, connection, source));
    let age = move || {
        listed.with(|listed| match (listed.read_at, &listed.failure) {
            (Some(at), Some(_)) => format!("What is shown is from {}.", locale::moment(at, false)),
            (_, None) if listed.reading => "Reading…".to_owned(),
            (Some(at), None) => format!("Read at {}", locale::moment(at, false)),
            (None, _) => String::new(),
        })
    };
    let failure = Memo::new(move |_| listed.with(|listed| listed.failure.clone()));
    let trouble = move || {
        failure.get().map(|failure| {
            view! { <Trouble failure connection=shared.get_value() again=move |()| again()/> }
        })
    };
    view! {
        <p class="channel-fresh note figures">
            <span>{age}</span>
            <button type="button" class="icon-button" title="Refresh" aria-label=format!("Refresh the {what}") on:click=move |_| again()>
                <Icon name="refresh"/>
            </button>
        </p>
        {trouble}
    }
}

fn capital(what: &str) -> String {
    let mut chars = what.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
