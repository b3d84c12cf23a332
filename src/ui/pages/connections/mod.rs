//! The connections of each provider: the sandbox first, the host's, one's own; which one is in use.

mod editor;
mod found;

use crate::{
    browser::{download, focus, locale, page},
    catalogue::provider::Provider,
    domain::{
        connection::{Connection, Credential, Home},
        for_it, hand,
    },
    state::{App, Frame, begun_connections},
    ui::{
        parts::{CheckConnection, Icon, KeyEntry, Sure, World},
        places::{CONNECTIONS, PlaceHead},
    },
};
use editor::Editor;
use found::Found;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;

#[component]
pub fn ConnectionsPage() -> impl IntoView {
    let connections = Frame::use_frame().connections;
    let fault = move || {
        connections.fault.get().map(|fault| view! {
            <div class="refusal" role="alert">
                <p>"The file switchboard.json of this site could not be used: "{fault}"."</p>
                <p class="next">"Tell whoever hosts the site. Until then its connections are missing; everything else works."</p>
            </div>
        })
    };
    view! {
        <PlaceHead place=&CONNECTIONS/>
        {fault}
        <ForIt/>
        <Show when=move || connections.loaded() fallback=|| view! { <div class="skeleton" aria-busy="true"></div> }>
            {Provider::ALL.map(|provider| view! { <OfProvider provider/> }).collect_view()}
        </Show>
    }
}

/// A file that says what whoever runs the web server has to forward.
#[component]
fn ForIt() -> impl IntoView {
    let app = App::use_app();
    let connections = app.frame.connections;
    let said = RwSignal::new("");
    let save = move |_| {
        let all = Provider::ALL.into_iter().flat_map(|provider| connections.of(provider));
        let checked = untrack(|| all.map(|one| (one.clone(), app.checks.of(&one))).collect::<Vec<_>>());
        let text = for_it::text(&format!("{}{}/", page::origin(), page::base_path()), &checked);
        let file = download::text_file(&text, "text/markdown;charset=utf-8");
        let saved = file.is_some_and(|file| download::save("switchboard-for-it.md", &file));
        said.set(if saved {
            "The file was handed over. It holds no key."
        } else {
            "The browser did not take the file."
        });
    };
    view! {
        <p class="for-it">
            <span>"No provider is known to allow calls from a browser: a relay on this site's own address forwards them."</span>
            <button type="button" on:click=save>"Save a file for IT"</button>
            <span role="status" class="note">{said}</span>
        </p>
    }
}

#[component]
fn OfProvider(provider: Provider) -> impl IntoView {
    let connections = Frame::use_frame().connections;
    // The address may ask for it.
    let adds = arrives_at(format!("add-{}", provider.id()));
    // So does what was typed on an earlier visit, and not added.
    let adding = RwSignal::new(adds.get_untracked() || begun_connections::of(provider).is_some());
    Effect::new(move |_| {
        if adds.get() {
            adding.set(true);
            focus::soon(format!("[aria-labelledby='connections-{}'] .editor input", provider.id()));
        }
    });
    let heading = format!("connections-{}", provider.id());
    view! {
        <section class="provider" aria-labelledby=heading>
            <header>
                <h2 id=format!("connections-{}", provider.id())>{provider.name()}</h2>
                <p>{provider.job()}</p>
            </header>
            <ul class="cards">
                <For each=move || connections.of(provider) key=|connection| format!("{connection:?}") let:connection>
                    <Card connection/>
                </For>
            </ul>
            <Show
                when=move || adding.get()
                fallback=move || view! {
                    <button type="button" class="add" id=format!("add-{}", provider.id()) on:click=move |_| {
                        adding.set(true);
                        focus::soon(format!("[aria-labelledby='connections-{}'] .editor input", provider.id()));
                    }>
                        <Icon name="plus"/>"Add a "{provider.name()}" connection"
                    </button>
                }
            >
                <Editor provider before=None done=move || {
                    adding.set(false);
                    focus::soon(format!("#add-{}", provider.id()));
                }/>
            </Show>
        </section>
    }
}

#[component]
fn Card(connection: Connection) -> impl IntoView {
    let app = App::use_app();
    let connections = app.frame.connections;
    let provider = connection.provider;
    let editing = RwSignal::new(false);
    let shared = StoredValue::new(connection.clone());
    let active = {
        let id = connection.id.clone();
        move || connections.active(provider).is_some_and(|active| active.id == id)
    };
    let origin = match connection.home {
        Home::Page => "Built in",
        Home::Deployed => "Set up by whoever hosts this site",
        Home::Own => "Added in this browser",
    };
    let own = connection.home == Home::Own;
    let anchor = hand::anchor(&connection.id);
    let arrived = arrives_at(anchor.clone());
    let state = move || {
        if active() {
            view! { <span class="badge in-use"><Icon name="check"/>"In use"</span> }.into_any()
        } else {
            let choose = move |_| {
                shared.with_value(|one| connections.choose(provider, &one.id));
                // The button is gone with that; the others of its kind are still there.
                focus::if_lost(format!(
                    "[aria-labelledby='connections-{}'] .card-tools button",
                    provider.id()
                ));
            };
            let label = shared.with_value(|one| format!("Use this: {} for {}", one.label, provider.name()));
            view! { <button type="button" aria-label=label on:click=choose>"Use this"</button> }.into_any()
        }
    };
    let refused = Signal::derive(move || {
        shared.with_value(|one| app.troubles.of(app, one).is_some_and(|trouble| trouble.asks_for_a_key(one)))
    });
    let remove = move || {
        let id = shared.with_value(|one| one.id.clone());
        connections.remove(&id);
        app.outbox.forget(&id);
        focus::soon(format!("#add-{}", provider.id()));
        spawn_local(async move {
            if let Err(fault) = app.keys.let_go(&id).await {
                app.frame.notices.tell(fault.sentence());
            }
        });
    };
    let id = StoredValue::new(connection.id.clone());
    let tools = move || {
        let label = shared.with_value(|one| one.label.clone());
        view! {
            <button type="button" id=format!("edit-{}", id.get_value()) aria-label=format!("Edit {label}") on:click=move |_| {
                editing.set(true);
                focus::soon(format!("#{}-label", id.get_value()));
            }>"Edit"</button>
            <Remove label id=id.get_value() on_remove=remove/>
        }
    };
    view! {
        <li class="card" id=anchor tabindex="-1" data-arrival=move || arrived.get().then_some("")>
            <div class="card-head">
                <h3>{connection.label.clone()}</h3>
                <World connection=connection.clone()/>
                <div class="card-tools">{state}{own.then(tools)}</div>
            </div>
            <p class="note">
                {origin}
                {(!connection.base_url.is_empty()).then(|| view! { ", "<code>{connection.base_url.clone()}</code> })}
            </p>
            <Found connection=connection.clone()/>
            {match connection.credential {
                Credential::Ask => view! { <KeyEntry connection=connection.clone() refused/> }.into_any(),
                Credential::Relay => view! { <p class="note">"The relay adds the key; this browser never sees it."</p> }.into_any(),
                Credential::Sandbox => view! { <p class="note">"Needs no key. Nothing real happens through it."</p> }.into_any(),
            }}
            {(connection.home != Home::Page).then(|| view! { <CheckConnection connection=connection.clone()/> })}
            <Show when=move || editing.get()>
                <Editor provider before=Some(shared.get_value()) done=move || {
                    editing.set(false);
                    focus::soon(format!("#edit-{}", id.get_value()));
                }/>
            </Show>
        </li>
    }
}

/// Whether the address points at this part of the page, which then begins there.
fn arrives_at(anchor: String) -> Memo<bool> {
    let hash = use_location().hash;
    let selector = format!("#{anchor}");
    let arrives = Memo::new(move |_| hash.with(|hash| hash.strip_prefix('#') == Some(anchor.as_str())));
    Effect::new(move |_| {
        if arrives.get() {
            focus::soon(selector.clone());
        }
    });
    arrives
}

/// Removing asks once, in place: the key goes with the connection.
#[component]
fn Remove(label: String, id: String, on_remove: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let app = App::use_app();
    let asking = RwSignal::new(false);
    let id = StoredValue::new(id);
    let lost = move || match id.with_value(|id| app.outbox.unsent(id)) {
        0 => String::new(),
        1 => " 1 message that was not sent is lost with it.".to_owned(),
        many => format!(" {} messages that were not sent are lost with it.", locale::number(many)),
    };
    let keep = move |()| {
        asking.set(false);
        focus::soon(format!("#remove-{}", id.get_value()));
    };
    move || {
        if asking.get() {
            let question = format!("Remove {label} and its key?");
            view! {
                <Sure does="Remove it" on_yes=move |()| on_remove() on_no=keep>{question}{lost}</Sure>
            }
            .into_any()
        } else {
            view! { <button type="button" id=format!("remove-{}", id.get_value()) aria-label=format!("Remove {label}") on:click=move |_| asking.set(true)>"Remove"</button> }.into_any()
        }
    }
}
