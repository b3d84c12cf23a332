//! A list of a provider, page by page, in all its states. What a row looks like is the caller's matter.

use crate::{
    browser::{locale, page},
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
    let app = App::use_app();
    let shared = StoredValue::new(connection.clone());
    let shown = Memo::new(move |_| {
        let rows = listed.with(|listed| listed.rows.clone());
        match search {
            Some(Search { words, members }) => words
                .with(|words| rows.iter().filter(|row| listed::fits(row, members, words)).cloned().collect()),
            None => rows.as_ref().clone(),
        }
    });
    // The row at which the reading goes on, once the next page is there.
    let next: RwSignal<Option<(usize, usize)>> = RwSignal::new(None);
    let more = move |_| {
        next.set(Some((listed.with_untracked(|listed| listed.pages), shown.with_untracked(Vec::len) + 1)));
        shared.with_value(|connection| app.channels.more(app, connection, source));
    };
    Effect::new(move |_| {
        let pages = listed.with(|listed| listed.pages);
        if let Some((_, row)) = next.get_untracked().filter(|(before, _)| pages > *before) {
            next.set(None);
            page::focus_if_lost(format!("[data-list='{what}'] > li:nth-child({row}) :is(a, summary)"));
        }
    });
    let reading = move || listed.with(|listed| listed.reading);
    view! {
        <Fresh source listed connection what/>
        <ul class="channel-rows" data-list=what aria-label=capital(what)>
            <For each=move || shown.get() key=|row| (text(&row["id"]), row.to_string()) let:found>{row(found)}</For>
        </ul>
        {move || shown.with(Vec::is_empty).then(|| view! { <Nothing listed search what nothing/> })}
        <Show when=move || listed.with(|listed| listed.more)>
            <p class="foot">
                <button type="button" aria-disabled=move || reading().then_some("true") on:click=more>
                    {move || if reading() { "Reading…".to_owned() } else { format!("Show more {what}") }}
                </button>
            </p>
        </Show>
    }
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
                view! { <p class="note" role="status">{format!("None of the {} {what} that were read fits.{beyond}", listed.rows.len())}</p> }.into_any()
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
