//! One number: the way it takes while it is being set up, afterwards what people see of it. Which
//! connection it belongs to is found out first.

mod code;
mod delete;
mod photo;
mod profile;
mod report;
mod share;
mod stage;
mod stickers;
mod timeline;

use crate::{
    browser::page,
    catalogue::{failure::Failure, provider::Provider},
    domain::{
        connection::{Connection, Credential},
        duration,
        ledger::{Act, Ledger, subject_of_number},
        phone,
        provisioning::{Stage, Track},
        schedule::Pause,
    },
    state::{
        App,
        numbers::{Acted, Asking, Key, Located, locate},
    },
    ui::parts::{
        Attempts, Copy, Crumbs as BelowPlace, Icon, KeyEntry, PageHead, StageBadge, Trouble, World, ledger,
        seconds,
    },
};
use delete::Delete;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{components::A, hooks::use_params_map};
use photo::Photo;
use profile::Profile;
use report::Report;
use share::Share;
use stage::StagePanel;
use stickers::Stickers;
use timeline::Timeline;

#[component]
pub fn NumberPage() -> impl IntoView {
    let app = App::use_app();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("deployment_id").unwrap_or_default()));
    let located: RwSignal<Option<Located>> = RwSignal::new(None);
    let look_for = move |id: String| {
        located.set(None);
        spawn_local(async move {
            let found = locate(app, &id).await;
            // The page may be gone by now, or show another number.
            if id_is(id, &found) {
                located.try_set(Some(found));
            }
        });
    };
    let ready = move || app.numbers.loaded() && app.frame.connections.loaded();
    Effect::new(move |_| {
        let id = id.get();
        if ready() {
            look_for(id);
        }
    });
    let look = move || look_for(id.get_untracked());
    move || {
        match located.get() {
        None => view! {
            <Crumbs/>
            <PageHead title="Number"/>
            <div class="skeleton" aria-busy="true"></div>
        }
        .into_any(),
        Some(Located::Here(key)) => view! { <Number key elsewhere=false/> }.into_any(),
        Some(Located::Elsewhere(key)) => view! { <Number key elsewhere=true/> }.into_any(),
        Some(Located::Failed(connection, failure)) => view! {
            <Crumbs/>
            <PageHead title="Number"/>
            <p class="lead">"This number is not known on this device, and it could not be asked for."</p>
            <section class="panel"><World connection=connection.clone()/><Trouble failure connection again=move |()| look()/></section>
        }
        .into_any(),
        Some(Located::Nowhere(unasked)) => view! { <Nowhere id=id.get_untracked() unasked look=Callback::new(move |()| look())/> }.into_any(),
    }
    }
}

/// Whether what was found is about the number that the page shows.
fn id_is(id: String, found: &Located) -> bool {
    match found {
        Located::Here(key) | Located::Elsewhere(key) => key.id == id,
        _ => true,
    }
}

#[component]
fn Crumbs() -> impl IntoView {
    view! { <BelowPlace above=("/numbers", "Numbers") here="One number"/> }
}

/// No connection knows the id.
#[component]
fn Nowhere(id: String, unasked: Vec<(Connection, Failure)>, look: Callback<()>) -> impl IntoView {
    let none = App::use_app().frame.connections.of(Provider::Vonage).is_empty();
    let row = |(connection, failure): (Connection, Failure)| {
        view! { <li>{connection.label}": "{failure.sentence()}</li> }
    };
    view! {
        <Crumbs/>
        <PageHead title="Not found"/>
        <div class="empty">
            {if none {
                view! { <p>"There is no connection to Vonage yet."</p> }.into_any()
            } else {
                view! { <p>"No Vonage connection knows the deployment "<code>{id}</code>"."</p> }.into_any()
            }}
            {(!unasked.is_empty()).then(|| view! { <p>"These could not be asked:"</p><ul>{unasked.into_iter().map(row).collect_view()}</ul> })}
            <p class="foot">
                <button type="button" on:click=move |_| look.run(())>"Look again"</button>
                <A href=page::place("/connections")>"Open Connections"</A>
            </p>
        </div>
    }
}

#[component]
fn Number(key: Key, elsewhere: bool) -> impl IntoView {
    let app = App::use_app();
    let follow = app.numbers.follow(&key);
    on_cleanup(move || drop(follow));
    let shared = StoredValue::new(key.clone());
    let track = Memo::new(move |_| shared.with_value(|key| app.numbers.get(key)));
    let connection = Memo::new(move |_| shared.with_value(|key| app.frame.connections.find(&key.connection)));
    // What is drawn is drawn once: a new state does not take away what is being typed.
    let known = Memo::new(move |_| track.with(Option::is_some));
    move || match (connection.get(), known.get()) {
        (Some(connection), true) => {
            let track = Memo::new(move |before: Option<&Track>| {
                track.get().or(before.cloned()).unwrap_or_else(|| Track::new("", "", 0))
            });
            view! { <Known key=shared.get_value() track connection elsewhere/> }.into_any()
        }
        (_, false) => view! {
            <Crumbs/>
            <PageHead title="Forgotten"/>
            <div class="empty">
                <p>"This number was forgotten on this device. Nothing changed at Vonage."</p>
                <p><A href=page::place("/numbers")>"Go to Numbers"</A></p>
            </div>
        }
        .into_any(),
        (None, true) => view! {
            <Crumbs/>
            <PageHead title="Connection gone"/>
            <div class="empty">
                <p>"The connection that this number belongs to was removed."</p>
                <p><A href=page::place("/connections")>"Open Connections"</A></p>
            </div>
        }
        .into_any(),
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Shown {
    app: App,
    key: StoredValue<Key>,
    connection: StoredValue<Connection>,
    track: Memo<Track>,
    /// How the last thing ended that was done here.
    acted: RwSignal<Option<(Act, Acted)>>,
}

#[component]
fn Known(key: Key, track: Memo<Track>, connection: Connection, elsewhere: bool) -> impl IntoView {
    let app = App::use_app();
    let stage = Memo::new(move |_| track.with(Track::stage));
    let name = Memo::new(move |_| track.with(|track| phone::display(&track.country_code, &track.number)));
    let title = Signal::derive(move || name.get());
    let tab = Signal::derive(move || match stage.get() {
        Stage::Setup(step) => format!("{step} of 3 · {}", name.get()),
        stage => format!("{} · {}", stage.word(), name.get()),
    });
    let subject = move || track.with(|track| subject_of_number(&track.country_code, &track.number));
    let id = key.id.clone();
    let of_number = ledger(app, connection.clone(), subject);
    let of_deployment = ledger(app, connection.clone(), move || id.clone());
    let (ledger, set_ledger) = signal(Ledger::default());
    Effect::new(move |_| set_ledger.set(of_number.get().merged(of_deployment.get())));
    let shown = Shown {
        app,
        key: StoredValue::new(key.clone()),
        connection: StoredValue::new(connection.clone()),
        track,
        acted: RwSignal::new(None),
    };
    let live = Memo::new(move |_| stage.get() == Stage::Live);
    view! {
        <Crumbs/>
        <PageHead title tab><StageBadges stage/></PageHead>
        <p class="under-title">
            <World connection=connection.clone()/>
            {elsewhere.then(|| view! { <span class="note">"Found on this connection, which is not the one in use."</span> })}
        </p>
        <div class="number-page">
            <div class="number-main">
                <p class="unseen" role="status">{move || stage.get().word()}</p>
                <Interrupted shown/>
                <StagePanel shown stage ledger/>
                <Show when=move || live.get()><LiveParts shown/></Show>
                <Delete shown stage ledger/>
            </div>
            <div class="number-side">
                <Timeline track/>
                <Asked shown/>
                <section class="panel"><Attempts ledger/></section>
                <Facts shown/>
                <Report shown ledger/>
            </div>
        </div>
    }
}

#[component]
fn StageBadges(stage: Memo<Stage>) -> impl IntoView {
    move || view! { <StageBadge stage=stage.get()/> }
}

/// What a live number has; drawn once and kept while its state is read again.
#[component]
fn LiveParts(shown: Shown) -> impl IntoView {
    let (connection, id) = (shown.connection.get_value(), shown.key.with_value(|key| key.id.clone()));
    let number = shown.track.with_untracked(|track| format!("{}{}", track.country_code, track.number));
    view! {
        <Share number/>
        <Profile connection=connection.clone() deployment_id=id.clone()/>
        <Photo connection=connection.clone() deployment_id=id.clone()/>
        <Stickers connection deployment_id=id/>
    }
}

/// Why the state cannot be read just now; above everything else, for what is below may be old.
#[component]
fn Interrupted(shown: Shown) -> impl IntoView {
    let Shown { app, key, connection, track, .. } = shown;
    let health = Memo::new(move |_| key.with_value(|key| app.numbers.health(key)));
    let failure = Memo::new(move |_| health.with(|health| health.failure.clone()));
    let offline = Memo::new(move |_| health.with(|health| health.asking == Asking::Paused(Pause::Offline)));
    let now = seconds();
    let age = move || track.with(|track| track.read_at).map(|at| duration::ago(now.get().saturating_sub(at)));
    let old = move || match age() {
        Some(age) => format!("What is shown below was read {age}."),
        None => "Nothing could be read yet.".to_owned(),
    };
    let content = move || match failure.get() {
        Some(failure) => {
            let again = move |()| key.with_value(|key| app.numbers.ask_now(key));
            view! { <Trouble failure connection=connection.get_value() again/> }.into_any()
        }
        None => view! { <p>"This computer is offline. It goes on by itself when the network is back."</p> }
            .into_any(),
    };
    view! {
        <Show when=move || failure.with(Option::is_some) || offline.get()>
            <section class="panel interrupted" aria-labelledby="interrupted-heading">
                <h2 id="interrupted-heading"><Icon name="alert"/>"The state cannot be read just now"</h2>
                <p class="note figures">{old}</p>
                {content}
            </section>
        </Show>
    }
}

/// How the asking goes, and a button to ask now.
#[component]
fn Asked(shown: Shown) -> impl IntoView {
    let Shown { app, key, connection, track, .. } = shown;
    let health = Memo::new(move |_| key.with_value(|key| app.numbers.health(key)));
    let now = seconds();
    let last = move || {
        let since = |at: u64| duration::ago(now.get().saturating_sub(at));
        track
            .with(|track| track.read_at)
            .map_or("Not read yet.".to_owned(), |at| format!("Read {}.", since(at)))
    };
    let pace = move || match health.get().asking {
        Asking::Elsewhere => "Another tab asks Vonage and tells this one.".to_owned(),
        Asking::Now => "Asking now…".to_owned(),
        Asking::Every(wait) => format!("Asks again after {}.", duration::words(wait.next_multiple_of(1000))),
        Asking::Paused(Pause::Offline) => "Paused: this computer is offline.".to_owned(),
        Asking::Paused(Pause::Refused) => "Paused until you ask again.".to_owned(),
        Asking::Done => "Nothing changes by itself any more.".to_owned(),
    };
    let asks = connection.with_value(|connection| connection.credential == Credential::Ask);
    view! {
        <section class="panel asked" aria-label="Reading the state">
            <p>{last}" "<span class="note">{pace}</span></p>
            <Show when=move || health.with(|health| health.failure.is_none())>
                <button type="button" on:click=move |_| key.with_value(|key| app.numbers.ask_now(key))>"Look now"</button>
                {asks.then(|| view! { <details><summary>"Token of this connection"</summary><KeyEntry connection=connection.get_value()/></details> })}
            </Show>
        </section>
    }
}

/// The ids, to copy.
#[component]
fn Facts(shown: Shown) -> impl IntoView {
    let id = shown.key.with_value(|key| key.id.clone());
    let waba = Memo::new(move |_| shown.track.with(|track| track.waba_id.clone()));
    let number = Memo::new(move |_| {
        shown.track.with(|track| match track.number.as_str() {
            "" => String::new(),
            number => format!("+{}{number}", track.country_code),
        })
    });
    view! {
        <section class="panel" aria-label="IDs">
            <dl class="ids stacked">
                <dt>"Deployment"</dt>
                <dd><code>{id.clone()}</code><Copy text=Signal::stored(id) label="Copy the deployment ID"/></dd>
                <Show when=move || !number.with(String::is_empty)>
                    <dt>"Number"</dt>
                    <dd><code>{number}</code><Copy text=number label="Copy the number"/></dd>
                </Show>
                <Show when=move || !waba.with(String::is_empty)>
                    <dt>"WhatsApp Business account"</dt>
                    <dd><code>{waba}</code><Copy text=waba label="Copy the ID of the WhatsApp Business account"/></dd>
                </Show>
            </dl>
        </section>
    }
}
