//! One message that was sent off: how far it is, what holds it up, what can be done, and the results.

use super::{earlier, grouped, persons, requests, results::Results};
use crate::{
    browser::{leaving, locale, page, store::StoreFault},
    domain::{
        bulk::{Batch, Pause, Progress, Standing, results::MEANING},
        connection::Home,
        duration,
    },
    state::{
        App,
        bulk::{Held, Shown},
    },
    ui::{
        pages::inbox::body::Text,
        parts::{CheckOffer, Crumbs, Dialog, Icon, PageHead, Refused, World, seconds},
    },
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::A;
use std::sync::Arc;

#[component]
pub fn BatchView(id: String) -> impl IntoView {
    let bulk = App::use_app().bulk;
    let id = StoredValue::new(id);
    let batch = Memo::new(move |_| id.with_value(|id| bulk.get(id)).map(|shown| shown.batch));
    let body = move || match (bulk.loaded(), batch.get()) {
        (false, _) => view! { <div class="skeleton" aria-busy="true"></div> }.into_any(),
        (true, None) => view! {
            <div class="empty">
                <p>"This message is not on this device: it was deleted, or it was sent from elsewhere."</p>
                <p><A href=page::place("/send")>"Write a message"</A></p>
            </div>
        }
        .into_any(),
        (true, Some(batch)) => view! { <Whole batch/> }.into_any(),
    };
    let title = Signal::derive(move || match batch.get() {
        Some(batch) => format!("Message to {}", persons(batch.people)),
        None => "Message".to_owned(),
    });
    view! {
        <Crumbs above=("/send", "Send") here="One message"/>
        <PageHead title/>
        {body}
    }
}

#[component]
fn Whole(batch: Arc<Batch>) -> impl IntoView {
    let app = App::use_app();
    let (bulk, connections) = (app.bulk, app.frame.connections);
    let id = batch.id.clone();
    let progress = Memo::new(move |before: Option<&Progress>| {
        bulk.get(&id).map(|shown| shown.progress).or(before.cloned()).unwrap_or_default()
    });
    let shared = batch.clone();
    let shown = Signal::derive(move || Shown { batch: shared.clone(), progress: progress.get() });
    let from = if batch.file.is_empty() { String::new() } else { format!(" · from {}", batch.file) };
    let full = locale::moment(batch.made, true);
    let label = StoredValue::new(batch.label.clone());
    let through = batch.connection.clone();
    let connection = Memo::new(move |_| connections.find(&through));
    view! {
        <p class="under-title">
            {move || match connection.get() {
                Some(connection) => view! { <World connection/> }.into_any(),
                // It was removed since.
                None => view! { <span class="note">{label.get_value()}</span> }.into_any(),
            }}
            <span class="note"><time title=full>{locale::moment(batch.made, false)}</time>{from}" · "{requests(batch.parts())}</span>
        </p>
        <section class="panel" aria-labelledby="progress-heading">
            <h2 id="progress-heading">"Progress"</h2>
            <Bar progress people=batch.people/>
            <Left progress batch=batch.clone()/>
            <Why progress batch=batch.clone()/>
            <Tools progress batch=batch.clone()/>
            <details class="send-text">
                <summary>"The text"</summary>
                <div class="bubble"><Text text=batch.text.clone()/></div>
            </details>
        </section>
        <section class="panel" aria-labelledby="results-heading">
            <h2 id="results-heading">"Results"</h2>
            <p class="note send-meaning">{MEANING}</p>
            <Results shown progress/>
        </section>
    }
}

/// How far it is, as a bar and in words.
#[component]
fn Bar(progress: Memo<Progress>, people: u32) -> impl IntoView {
    let counts = Memo::new(move |_| progress.with(|progress| progress.counts));
    let share = move |count: u32| format!("{}%", f64::from(count) * 100.0 / f64::from(people.max(1)));
    let ended = move || people - counts.get().waiting.min(people);
    let word = move |count: u32, class: &'static str, word: &'static str, icon: &'static str| {
        view! { <li class=class><Icon name=icon/><strong>{grouped(count)}</strong>" "{word}</li> }
    };
    view! {
        <div class="send-bar" role="progressbar" aria-label="Answered" aria-valuemin="0" aria-valuemax=people
            aria-valuenow=ended aria-valuetext=move || format!("{} of {}", grouped(ended()), persons(people))>
            <span class="queued" style:width=move || share(counts.get().queued)></span>
            <span class="refused" style:width=move || share(counts.get().refused)></span>
            <span class="unknown" style:width=move || share(counts.get().unknown)></span>
        </div>
        <ul class="send-counts figures">
            {move || {
                let counts = counts.get();
                let stopped = progress.with(|progress| progress.standing == Standing::Stopped);
                view! {
                    {word(counts.queued, "queued", "queued", "check")}
                    {word(counts.refused, "refused", "refused", "cross")}
                    {word(counts.unknown, "unknown", "unknown", "alert")}
                    {word(counts.waiting, "waiting", if stopped { "not sent" } else { "to go" }, "clock")}
                }
            }}
        </ul>
    }
}

/// Where it stands, and how long it still takes, by what was seen so far or by its pace.
#[component]
fn Left(progress: Memo<Progress>, batch: Arc<Batch>) -> impl IntoView {
    let bulk = App::use_app().bulk;
    let id = batch.id.clone();
    let held = Memo::new(move |_| bulk.held(&id));
    let standing = Memo::new(move |_| {
        let held = held.get();
        let (_, _, word) = progress.with(|progress| earlier::word(progress, held.as_ref()));
        match word {
            "Sending" => "Sending. You can leave this page, but keep a page of this site open.",
            "Waits" => "Waits for the provider.",
            "Held" => "Held: nothing leaves at the moment.",
            "Stopped" => "Stopped. Whoever had not been written to was not.",
            "Paused" => "Paused.",
            _ => "Done: every request has left.",
        }
    });
    // What was there when this was first seen, to measure from.
    let first = StoredValue::new(None::<(f64, u32)>);
    let left = move || {
        let progress = progress.get();
        if !progress.moves() || held.with(Option::is_some) {
            return String::new();
        }
        let waiting = progress.counts.waiting;
        let (since, before) = first.get_value().unwrap_or_else(|| {
            let now = (page::ticks(), waiting);
            first.set_value(Some(now));
            now
        });
        let done = before.saturating_sub(waiting);
        let by_pace = (f64::from(waiting) / f64::from(batch.per.max(1))).ceil() * batch.interval as f64;
        let measured = (page::ticks() - since) / f64::from(done.max(1)) * f64::from(waiting);
        let least = if done > 0 { measured.max(by_pace) } else { by_pace };
        if least < 1_000.0 { String::new() } else { format!(" About {} left.", duration::left(least as u64)) }
    };
    view! { <p class="send-standing"><span role="status">{move || standing.get()}</span><span class="figures">{left}</span></p> }
}

/// Why it does not move, and the next step.
#[component]
fn Why(progress: Memo<Progress>, batch: Arc<Batch>) -> impl IntoView {
    let app = App::use_app();
    let now = seconds();
    let id = StoredValue::new(batch.id.clone());
    let connection = move || app.frame.connections.find(&batch.connection);
    let held = Memo::new(move |_| id.with_value(|id| app.bulk.held(id)));
    let standing = Memo::new(move |_| progress.with(|progress| progress.standing.clone()));
    let moves = Memo::new(move |_| progress.with(Progress::moves));
    let answered =
        Memo::new(move |_| progress.with(|Progress { counts, .. }| counts.queued + counts.refused > 0));
    let lost = Memo::new(move |_| progress.with(|progress| progress.lost));
    let alert =
        |text: String| view! { <p class="send-why"><Icon name="alert"/><span>{text}</span></p> }.into_any();
    move || {
        match (standing.get(), held.get().filter(|_| moves.get())) {
        (Standing::Paused(Pause::Asked) | Standing::Stopped | Standing::Written, _) | (Standing::Running, None) => ().into_any(),
        (Standing::Paused(Pause::Away), _) => alert("No page of this site was open for more than ten minutes, and nothing has left since. Go on if it is still to be sent.".into()),
        (Standing::Paused(Pause::Alike { reason }), _) => alert(format!("The last requests were all refused for the same reason, so the others were not tried: {reason} Mend that, then go on.")),
        (Standing::Paused(Pause::Lost { reason }), _) => {
            let last = if lost.get() == 1 { "the last request" } else { "the last requests" };
            let perhaps = if answered.get() { "" } else { " No request was answered yet: a browser may not be allowed to call this address." };
            let text = format!("It is not known what became of {last}. {reason} The others were not risked.{perhaps} Check the connection, then go on.");
            // The sandbox in the page is not reached by any network.
            let check = connection().filter(|connection| connection.home != Home::Page);
            view! { {alert(text)}{check.map(|connection| view! { <CheckOffer connection/> })} }.into_any()
        }
        (_, Some(Held::Throttled { until })) => {
            let left = move || duration::words(until.saturating_sub(now.get()).max(1_000));
            view! { <p class="send-why"><Icon name="clock"/><span class="figures">"The provider had too many requests and asked to wait. It goes on by itself in "{left}"."</span></p> }.into_any()
        }
        (_, Some(Held::Gone)) => alert("The connection that this message goes through was removed. Add it again to go on, or stop.".into()),
        (_, Some(Held::Storage(fault))) => alert(match fault {
            StoreFault::Full => "The browser's storage is full, so nothing more leaves: without a note of it somebody could get it twice. Nobody is lost. Free some space, then go on.",
            _ => "The browser does not let the page store anything, so nothing more leaves: without a note of it somebody could get it twice. Nobody is lost. Allow it, then go on.",
        }.into()),
        (_, Some(Held::Failure(failure))) => match connection() {
            Some(connection) => view! { <div class="send-why-failure"><Refused failure connection writes=false/></div> }.into_any(),
            None => ().into_any(),
        },
    }
    }
}

#[component]
fn Tools(progress: Memo<Progress>, batch: Arc<Batch>) -> impl IntoView {
    let app = App::use_app();
    let bulk = app.bulk;
    let id = StoredValue::new(batch.id.clone());
    let stopping = RwSignal::new(false);
    let deleting = RwSignal::new(false);
    let held = Memo::new(move |_| id.with_value(|id| bulk.held(id)));
    let state = Memo::new(move |_| {
        progress.with(|progress| {
            let over = progress.is_done() || progress.standing == Standing::Stopped;
            let stands = !over
                && (!progress.moves()
                    || held.get().is_some_and(|held| !matches!(held, Held::Throttled { .. })));
            (over, stands, over && progress.wants().is_some())
        })
    });
    let go_on = move |_| id.with_value(|id| bulk.go_on(app, id));
    let pause = move |_| id.with_value(|id| bulk.pause(id));
    let settle = move |_| id.with_value(|id| bulk.settle(id));
    let stop = move |_| {
        stopping.set(false);
        id.with_value(|id| bulk.stop(id));
    };
    let remove = move |_| {
        deleting.set(false);
        let id = id.get_value();
        spawn_local(async move {
            bulk.remove(&id).await;
            leaving::go(&page::place("/send"));
        });
    };
    let waiting = move || persons(progress.with(|progress| progress.counts.waiting));
    view! {
        <div class="foot send-tools">
            <Show when=move || { let (over, stands, _) = state.get(); !over && stands }><button type="button" class="primary" on:click=go_on>"Go on"</button></Show>
            <Show when=move || { let (over, stands, _) = state.get(); !over && !stands }><button type="button" on:click=pause>"Pause"</button></Show>
            <Show when=move || !state.get().0><button type="button" class="danger" on:click=move |_| stopping.set(true)>"Stop the rest"</button></Show>
            <Show when=move || state.get().0><A href=page::place("/send") attr:class="button primary">"Write another message"</A></Show>
            <Show when=move || state.get().2><button type="button" on:click=settle>"Leave it at that"</button></Show>
            <Show when=move || state.get().0><button type="button" class="danger" on:click=move |_| deleting.set(true)>"Delete from this device"</button></Show>
        </div>
        <Dialog id="stop-heading" title="Stop the rest?" open=stopping>
            <p>{waiting}" have not been written to. They get nothing from this message, and it cannot go on afterwards. To look at something first, pause it instead."</p>
            <div class="foot">
                <button type="button" autofocus on:click=move |_| stopping.set(false)>"Do not stop"</button>
                <button type="button" class="danger" on:click=stop>"Stop the rest"</button>
            </div>
        </Dialog>
        <Dialog id="delete-heading" title="Delete this message and its results?" open=deleting>
            <p>"Numbers, results and transaction IDs are removed from this device. What Webex Connect has taken is not called back. Export the results first if you need them."</p>
            <div class="foot">
                <button type="button" autofocus on:click=move |_| deleting.set(false)>"Keep it"</button>
                <button type="button" class="danger" on:click=remove>"Delete it"</button>
            </div>
        </Dialog>
    }
}
