//! The numbers that are known here and those that the provider lists, with what needs a hand first.

use crate::{
    browser::{focus, page, transport::Abort},
    catalogue::{
        call::encode,
        failure::Failure,
        provider::Provider,
        vonage::{LIST_DEPLOYMENTS, replies::Deployment},
    },
    domain::{
        connection::Connection,
        duration, phone,
        provisioning::{Stage, Track},
    },
    state::{
        App,
        numbers::{Key, Numbers},
        send,
    },
    ui::{
        parts::{Icon, NoConnection, Refusal, StageBadge, Sure, Trouble, World, seconds},
        places::{NUMBERS, PlaceHead},
    },
};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::{components::A, hooks::use_navigate};
use serde_json::json;

/// What the provider lists.
#[derive(Clone, Debug, PartialEq)]
enum Listed {
    Loading,
    Rows(Vec<Deployment>),
    Failed(Failure),
}

#[component]
pub fn NumbersPage() -> impl IntoView {
    let app = App::use_app();
    let active = Memo::new(move |_| app.frame.connections.active(Provider::Vonage));
    let listed = RwSignal::new(Listed::Loading);
    let refresh = move || {
        let Some(connection) = active.get_untracked() else { return };
        listed.set(Listed::Loading);
        let asked = connection.id.clone();
        spawn_local(async move {
            let Ok(abort) = Abort::new() else { return };
            let exchange = send::ask(app, connection, &LIST_DEPLOYMENTS, json!({}), abort).await;
            let found = match exchange.result {
                Ok(json) => Listed::Rows(Deployment::list(&json)),
                Err(failure) => Listed::Failed(failure),
            };
            // Another connection may be in use by now: its numbers are not these.
            let current = active.try_get_untracked().flatten();
            if current.is_some_and(|current| current.id == asked) {
                listed.try_set(found);
            }
        });
    };
    Effect::new(move |_| {
        if app.frame.connections.loaded() && active.get().is_some() {
            refresh();
        }
    });
    let known = Memo::new(move |_| app.numbers.all());
    view! {
        <PlaceHead place=&NUMBERS>
            <A href=page::place("/numbers/new") attr:class="button primary"><Icon name="plus"/>"New number"</A>
        </PlaceHead>
        {move || active.get().map(|connection| view! { <p class="under-title"><World connection/></p> })}
        <Show
            when=move || app.numbers.loaded() && app.frame.connections.loaded()
            fallback=|| view! { <div class="skeleton" aria-busy="true"></div> }
        >
            <Known known/>
            {move || match active.get() {
                Some(connection) => view! { <AtProvider listed known connection refresh=Callback::new(move |()| refresh())/> }.into_any(),
                None => view! { <NoConnection provider=Provider::Vonage/> }.into_any(),
            }}
            <ById/>
        </Show>
    }
}

/// What this device knows; every number that is on its way is followed while the page is open.
#[component]
fn Known(known: Memo<Vec<Track>>) -> impl IntoView {
    let app = App::use_app();
    Numbers::follow_moving(app);
    let now = seconds();
    let keys = Memo::new(move |_| known.with(|known| known.iter().map(Key::of).collect::<Vec<_>>()));
    view! {
        <Show
            when=move || keys.with(|keys| !keys.is_empty())
            fallback=|| view! {
                <div class="empty">
                    <p>"No number is followed on this device yet. Bring a new one live, or open one that Vonage lists below."</p>
                </div>
            }
        >
            <ul class="numbers" aria-label="Numbers known on this device">
                <For each=move || keys.get() key=Key::clone let:key><Row key now/></For>
            </ul>
        </Show>
    }
}

#[component]
fn Row(key: Key, now: ReadSignal<u64>) -> impl IntoView {
    let app = App::use_app();
    let asking = RwSignal::new(false);
    let shared = StoredValue::new(key.clone());
    let track = Memo::new(move |before: Option<&Track>| {
        shared
            .with_value(|key| app.numbers.get(key))
            .or(before.cloned())
            .unwrap_or_else(|| Track::new("", "", 0))
    });
    let name = move || track.with(|track| phone::display(&track.country_code, &track.number));
    let stage = Memo::new(move |_| track.with(Track::stage));
    let about = move || track.with(|track| about(track, now.get()));
    let connection = move || {
        let label = app.frame.connections.find(&key.connection).map(|connection| connection.label);
        label.unwrap_or_else(|| "connection removed".to_owned())
    };
    let href = shared.with_value(|key| page::place(&format!("/numbers/{}", encode(&key.id))));
    let forget = move |()| {
        shared.with_value(|key| app.numbers.forget(key));
        focus::soon("main h1".into());
    };
    let back = StoredValue::new(href.clone());
    let keep = move |()| {
        asking.set(false);
        focus::if_lost(format!(".numbers a[href='{}'] + button", back.get_value()));
    };
    view! {
        <li>
            <A href=href attr:class="number-row">
                <span class="number-name figures">{name}</span>
                {move || view! { <StageBadge stage=stage.get()/> }}
                <span class="number-about">{about}</span>
                <span class="number-connection">{connection}</span>
            </A>
            {move || if asking.get() {
                view! {
                    <Sure does="Forget it" on_yes=forget on_no=keep>
                        "Forget it on this device? At Vonage nothing changes: the number stays as it is, and its ID brings it back here. To take it out of WhatsApp, open it and delete it."
                    </Sure>
                }.into_any()
            } else {
                view! { <button type="button" class="icon-button" aria-label=format!("Forget {}", untrack(name)) title="Forget on this device" on:click=move |_| asking.set(true)><Icon name="trash"/></button> }.into_any()
            }}
        </li>
    }
}

/// How far a number is, and for how long.
fn about(track: &Track, now: u64) -> String {
    let ago = |at: u64| duration::words(now.saturating_sub(at));
    match (track.stage(), track.since()) {
        (Stage::Setup(step), Some(since)) => format!("step {step} of 3, for {}", ago(since)),
        (Stage::Code { .. }, Some(since)) => {
            let sent = track.code.as_ref().map_or(since, |code| code.at);
            format!("code sent {}{} ago", if track.code_is_older() { "at least " } else { "" }, ago(sent))
        }
        (Stage::Failed, _) => track.detail.clone(),
        (Stage::New, _) => track.state().map(|state| state.title().to_owned()).unwrap_or_default(),
        (_, Some(since)) => format!("for {}", ago(since)),
        (_, None) => String::new(),
    }
}

/// What the provider lists and this device does not know.
#[component]
fn AtProvider(
    listed: RwSignal<Listed>,
    known: Memo<Vec<Track>>,
    connection: Connection,
    refresh: Callback<()>,
) -> impl IntoView {
    let shared = StoredValue::new(connection);
    let unknown = move || match listed.get() {
        Listed::Rows(rows) => {
            let id = shared.with_value(|connection| connection.id.clone());
            let is_known = |row: &Deployment| {
                known.with(|known| known.iter().any(|track| track.id == row.id && track.connection == id))
            };
            rows.into_iter().filter(|row| !row.id.is_empty() && !is_known(row)).collect()
        }
        _ => vec![],
    };
    let content = move || {
        match listed.get() {
        Listed::Loading => view! { <div class="skeleton short" aria-busy="true"></div> }.into_any(),
        // Only a guide shows this request: an account may not have it.
        Listed::Failed(failure) if failure.explained.is_some_and(|known| matches!(known.status, 404 | 410)) => view! {
            <p>"Vonage did not list the deployments of this account. The list is shown in a guide only, and not every account has it. Numbers can be added by their ID below."</p>
            <Refusal failure connection=shared.get_value() writes=false/>
        }
        .into_any(),
        Listed::Failed(failure) => {
            view! { <Trouble failure connection=shared.get_value() again=refresh/> }.into_any()
        }
        Listed::Rows(rows) if rows.is_empty() => view! { <p class="note">"Vonage lists no deployment of this account."</p> }.into_any(),
        Listed::Rows(_) => {
            let unknown = unknown();
            if unknown.is_empty() {
                return view! { <p class="note">"Every deployment that Vonage lists is known on this device."</p> }.into_any();
            }
            view! { <ul class="numbers listed">{unknown.into_iter().map(|deployment| view! { <ListedRow deployment connection=shared.get_value()/> }).collect_view()}</ul> }.into_any()
        }
    }
    };
    view! {
        <section class="panel" aria-labelledby="listed-heading">
            <div class="panel-head">
                <h2 id="listed-heading">"At Vonage"</h2>
                <button type="button" aria-disabled=move || (listed.get() == Listed::Loading).then_some("true") on:click=move |_| refresh.run(())><Icon name="refresh"/>"Refresh"</button>
            </div>
            {content}
        </section>
    }
}

#[component]
fn ListedRow(deployment: Deployment, connection: Connection) -> impl IntoView {
    let app = App::use_app();
    let navigate = use_navigate();
    let name = phone::display(&deployment.country_code, &deployment.number);
    let stage = Stage::of(Some(&deployment.state));
    let label = format!("Open {name}");
    let open = move |_| {
        let key = app.numbers.add(&connection, &deployment);
        navigate(&format!("/numbers/{}", encode(&key.id)), Default::default());
    };
    view! {
        <li>
            <span class="number-name figures">{name}</span>
            <StageBadge stage/>
            <button type="button" aria-label=label on:click=open>"Open"</button>
        </li>
    }
}

/// Adds a number by its id: its page finds out to which connection it belongs.
#[component]
fn ById() -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let navigate = use_navigate();
    let id = move || typed.get().trim().to_owned();
    let empty = move || tried.get() && id().is_empty();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let id = untrack(id);
        if id.is_empty() {
            focus::soon("#number-by-id".into());
        } else {
            navigate(&format!("/numbers/{}", encode(&id)), Default::default());
        }
    };
    view! {
        <section class="panel" aria-labelledby="by-id-heading">
            <h2 id="by-id-heading">"Add by ID"</h2>
            <form novalidate class="by-id" on:submit=submit>
                <div class="field">
                    <label for="number-by-id">"Deployment ID"</label>
                    <div class="covered">
                        <input id="number-by-id" class="input" type="text" autocomplete="off" spellcheck="false" aria-describedby="number-by-id-problem" aria-invalid=move || empty().then_some("true") prop:value=typed on:input=move |event| typed.set(event_target_value(&event))/>
                        <button type="submit">"Open"</button>
                    </div>
                    <div class="problems" id="number-by-id-problem">{move || empty().then(|| view! { <p class="problem"><Icon name="cross"/><span>"Enter the ID that the answer to the creation named."</span></p> })}</div>
                </div>
            </form>
        </section>
    }
}
