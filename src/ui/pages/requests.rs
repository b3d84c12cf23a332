//! Every documented request, by provider and section, with a search.

use crate::{
    browser::page,
    catalogue::{self, operation::Heading, provider::Provider},
    state::Frame,
    ui::{
        parts::World,
        places::{PlaceHead, REQUESTS},
    },
};
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn RequestsPage() -> impl IntoView {
    let search = RwSignal::new(String::new());
    let any =
        move || search.with(|words| Provider::ALL.iter().any(|provider| !found(*provider, words).is_empty()));
    view! {
        <PlaceHead place=&REQUESTS>
            <input
                type="search"
                class="input search"
                aria-label="Search the requests"
                placeholder="Search"
                prop:value=search
                on:input=move |event| search.set(event_target_value(&event))
            />
        </PlaceHead>
        <Show
            when=any
            fallback=move || view! {
                <div class="empty" role="status">
                    <p>"No request contains “"{search}"”."</p>
                    <button type="button" on:click=move |_| search.set(String::new())>"Show all requests"</button>
                </div>
            }
        >
            {Provider::ALL.map(|provider| view! { <OfProvider provider search/> }).collect_view()}
        </Show>
    }
}

/// The requests of a provider that contain every word.
fn found(provider: Provider, words: &str) -> Vec<Heading> {
    let words = words.to_lowercase();
    let fits = |heading: &&Heading| {
        let said =
            [heading.id, heading.title, heading.summary, heading.section, heading.path, provider.name()];
        let said = said.join(" ").to_lowercase();
        words.split_whitespace().all(|word| said.contains(word))
    };
    catalogue::headings(provider).iter().filter(fits).copied().collect()
}

#[component]
fn OfProvider(provider: Provider, search: RwSignal<String>) -> impl IntoView {
    let connections = Frame::use_frame().connections;
    let list = Memo::new(move |_| search.with(|words| found(provider, words)));
    let sections = move || {
        let mut sections: Vec<(&'static str, Vec<Heading>)> = vec![];
        for heading in list.get() {
            match sections.iter_mut().find(|(name, _)| *name == heading.section) {
                Some((_, of_section)) => of_section.push(heading),
                None => sections.push((heading.section, vec![heading])),
            }
        }
        sections
    };
    view! {
        <Show when=move || list.with(|list| !list.is_empty())>
            <section class="provider">
                <header>
                    <h2>{provider.name()}</h2>
                    {move || connections.active(provider).map(|connection| view! { <World connection/> })}
                    <p>{provider.job()}</p>
                </header>
                {move || sections().into_iter().map(|(name, list)| view! {
                    <h3>{name}</h3>
                    <ul class="operations">{list.into_iter().map(row).collect_view()}</ul>
                }).collect_view()}
            </section>
        </Show>
    }
}

fn row(heading: Heading) -> impl IntoView {
    view! {
        <li>
            <A href=page::place(&format!("/requests/{}", heading.id))>
                <span class=format!("method {}", heading.method.name().to_lowercase())>{heading.method.name()}</span>
                <span class="title">{heading.title}</span>
                <span class="path">{heading.path}</span>
            </A>
        </li>
    }
}
