//! Every documented request, by provider and section, with a search.

use crate::{
    browser::page,
    catalogue::{self, operation::Operation, provider::Provider},
    state::App,
    ui::parts::{PageHead, World},
};
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn RequestsPage() -> impl IntoView {
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let words = search.get().to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        catalogue::all()
            .filter(|operation| fits(operation, &words))
            .map(|operation| operation.id)
            .collect::<Vec<_>>()
    });
    view! {
        <PageHead title="Requests">
            <input
                type="search"
                class="input search"
                aria-label="Search the requests"
                placeholder="Search"
                prop:value=search
                on:input=move |event| search.set(event_target_value(&event))
            />
        </PageHead>
        <p class="lead">"Every documented request of the four providers, as a form. Its limits are shown before you send."</p>
        <Show
            when=move || found.with(|found| !found.is_empty())
            fallback=move || view! {
                <div class="empty" role="status">
                    <p>"No request contains “"{search}"”."</p>
                    <button type="button" on:click=move |_| search.set(String::new())>"Show all requests"</button>
                </div>
            }
        >
            {Provider::ALL.map(|provider| view! { <OfProvider provider found/> }).collect_view()}
        </Show>
    }
}

/// Whether every word stands somewhere in what an operation says of itself.
fn fits(operation: &Operation, words: &[&str]) -> bool {
    let text = format!(
        "{} {} {} {} {} {}",
        operation.id,
        operation.title,
        operation.summary,
        operation.section,
        operation.path,
        operation.provider.name()
    )
    .to_lowercase();
    words.iter().all(|word| text.contains(word))
}

#[component]
fn OfProvider(provider: Provider, found: Memo<Vec<&'static str>>) -> impl IntoView {
    let connections = App::use_app().connections;
    let sections = move || {
        let mut sections: Vec<(&'static str, Vec<&'static Operation>)> = vec![];
        found.with(|found| {
            for operation in catalogue::operations(provider).iter().filter(|one| found.contains(&one.id)) {
                match sections.iter_mut().find(|(name, _)| *name == operation.section) {
                    Some((_, list)) => list.push(operation),
                    None => sections.push((operation.section, vec![operation])),
                }
            }
        });
        sections
    };
    let any =
        move || found.with(|found| catalogue::operations(provider).iter().any(|one| found.contains(&one.id)));
    view! {
        <Show when=any>
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

fn row(operation: &'static Operation) -> impl IntoView {
    view! {
        <li>
            <A href=page::place(&format!("/requests/{}", operation.id))>
                <span class=format!("method {}", operation.method.name().to_lowercase())>{operation.method.name()}</span>
                <span class="title">{operation.title}</span>
                <span class="path">{operation.path}</span>
            </A>
        </li>
    }
}
