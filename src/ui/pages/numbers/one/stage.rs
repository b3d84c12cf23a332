//! What a number's state means now, and what can be done: one panel for each stage.

use super::{super::new::keep_certificate_age, Shown, code::CodeEntry};
use crate::{
    browser::{focus, notify, page},
    catalogue::{draft::Draft, vonage},
    domain::{
        channels::Place,
        duration,
        ledger::Ledger,
        provisioning::{Stage, Track},
    },
    ui::parts::{Icon, OpenAsForm, seconds},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::A;
use serde_json::json;

#[component]
pub fn StagePanel(shown: Shown, stage: Memo<Stage>, ledger: ReadSignal<Ledger>) -> impl IntoView {
    // A wrong code changes the state, not the field that it was typed into.
    let code = Memo::new(move |_| stage.get().takes_code());
    let rest = move || {
        match stage.get() {
        Stage::Code { .. } => ().into_any(),
        Stage::Unread => view! { <div class="skeleton short" aria-busy="true"></div> }.into_any(),
        Stage::Setup(step) => view! { <Setup shown step/> }.into_any(),
        Stage::Finishing => view! { <Finishing/> }.into_any(),
        Stage::Live => view! { <Live shown/> }.into_any(),
        Stage::Failed => view! { <Failed shown ledger/> }.into_any(),
        Stage::Leaving => view! { <section class="panel" aria-labelledby="stage-heading"><h2 id="stage-heading" tabindex="-1">"Being deleted"</h2><p>"Vonage is deleting the deployment. This page says when that is over."</p></section> }.into_any(),
        Stage::Gone => view! { <Gone shown/> }.into_any(),
        Stage::New => view! { <New shown/> }.into_any(),
    }
    };
    // What had the focus may be gone with the stage before.
    Effect::new(move |before: Option<Stage>| {
        let now = stage.get();
        if before.is_some_and(|before| before != now) {
            focus::if_lost("#stage-heading".into());
        }
        now
    });
    view! {
        <Show when=move || code.get()><CodeEntry shown stage ledger/></Show>
        {rest}
    }
}

#[component]
fn Setup(shown: Shown, step: u8) -> impl IntoView {
    let now = seconds();
    let began =
        move || shown.track.with(|track| track.seen.first().map_or(track.known_since, |sight| sight.first));
    let so_far = move || duration::clock(now.get().saturating_sub(began()));
    view! {
        <section class="panel" aria-labelledby="stage-heading">
            <h2 id="stage-heading" tabindex="-1">{format!("Setting up, step {step} of 3")}</h2>
            <div class="steps-bar" role="img" aria-label=format!("Step {step} of 3")>
                {(1..=3).map(|at| view! { <span class:done=at < step class:now=at == step></span> }).collect_view()}
            </div>
            <p>"So far "<span class="figures">{so_far}</span>". Vonage sends the code by itself when the number is created."</p>
            <p class="note">"You can close this page. It goes on at Vonage, and this address leads back to it, also in another browser."</p>
            <Notify when="the code is due"/>
        </section>
    }
}

/// Offers a notification for when a person is needed.
#[component]
fn Notify(
    /// What is waited for here.
    when: &'static str,
) -> impl IntoView {
    let permission = RwSignal::new(notify::permission());
    let ask = move |_| {
        spawn_local(async move {
            let given = notify::ask().await;
            permission.try_set(given);
        });
    };
    move || {
        match permission.get() {
        notify::Permission::NotAsked => view! {
            <button type="button" on:click=ask><Icon name="bell"/>{format!("Notify me when {when}")}</button>
        }
        .into_any(),
        notify::Permission::Granted => {
            view! { <p class="note">"You are notified when the code is due or the number is live, while this page is open in a tab."</p> }.into_any()
        }
        notify::Permission::Denied => ().into_any(),
    }
    }
}

#[component]
fn Finishing() -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="stage-heading">
            <h2 id="stage-heading" tabindex="-1">"Code accepted"</h2>
            <p>"WhatsApp is assigning the number. This takes a moment and needs nothing from you."</p>
            <p class="note">"You can close this page; this address leads back to it."</p>
            <Notify when="the number is live"/>
        </section>
    }
}

#[component]
fn Live(shown: Shown) -> impl IntoView {
    let attach = move || {
        let number = shown.track.with(|track| track.id.clone());
        page::place(&Place::Overview { number: Some(number) }.address())
    };
    view! {
        <section class="panel live" aria-labelledby="stage-heading">
            <h2 id="stage-heading" tabindex="-1">"The number is live"</h2>
            <p>"People can write to it on WhatsApp. What to do next:"</p>
            <ul class="next-steps">
                <li><a href="#share-heading" on:click=|event| jump(event, "#share-heading")>"Share it by a link or a QR code"</a></li>
                <li><a href="#profile-heading" on:click=|event| jump(event, "#profile-heading")>"Fill in the profile that customers see"</a></li>
                <li><a href="#photo-heading" on:click=|event| jump(event, "#photo-heading")>"Set the profile photo"</a></li>
                <li>
                    <a href=attach>"Attach it to Kapso"</a>
                    <span class="note">" The number and its WhatsApp Business account are filled in; the phone number ID and the access token come from Meta."</span>
                </li>
            </ul>
        </section>
    }
}

/// Goes to a part of the page: a bare `#id` would resolve against the site's base address.
fn jump(event: leptos::ev::MouseEvent, to: &str) {
    event.prevent_default();
    focus::soon(to.to_owned());
}

#[component]
fn Failed(shown: Shown, ledger: ReadSignal<Ledger>) -> impl IntoView {
    let detail = move || shown.track.with(|track| track.detail.clone());
    let meaning = move || meaning(&detail());
    let starts = move || ledger.with(|ledger| ledger.recent_starts(page::now()));
    view! {
        <section class="panel failed" aria-labelledby="stage-heading">
            <h2 id="stage-heading" tabindex="-1">"Bringing the number live has failed"</h2>
            <Show when=move || !detail().is_empty()>
                <blockquote aria-label="Vonage's words">{detail}</blockquote>
            </Show>
            <p>{meaning}</p>
            <p>
                {move || if is_about_certificate(&detail()) {
                    "Delete this deployment, then start again with a certificate that you copy anew."
                } else {
                    "Delete this deployment, then start again with the same values."
                }}
                " Each start may count against Meta's limit of ten in 72 hours"
                {move || match starts() {
                    0 => ".".to_owned(),
                    1 => "; 1 was made from this device.".to_owned(),
                    many => format!("; {many} were made from this device."),
                }}
            </p>
        </section>
    }
}

fn is_about_certificate(detail: &str) -> bool {
    detail.to_lowercase().contains("certificate")
}

/// What a failure usually means.
fn meaning(detail: &str) -> &'static str {
    if is_about_certificate(detail) {
        "Usually the certificate was opened again after it was copied: WhatsApp makes a new one each time it is viewed, and only the newest is valid."
    } else {
        "Vonage cannot go on with this deployment. Copy the report for Vonage's support if the words above do not help."
    }
}

#[component]
fn Gone(shown: Shown) -> impl IntoView {
    let missing = move || shown.track.with(Track::is_missing);
    let draft = Memo::new(move |_| shown.track.with(again));
    let label = move || {
        if shown.track.with(spoiled) {
            "Start again with a new certificate"
        } else {
            "Start again with the same values"
        }
    };
    // The certificate is as old as what it was started with.
    let first =
        Callback::new(move |()| keep_certificate_age(shown.track.with_untracked(|track| track.known_since)));
    view! {
        <section class="panel" aria-labelledby="stage-heading">
            <h2 id="stage-heading" tabindex="-1">{move || if missing() { "Vonage no longer knows this deployment" } else { "Deleted" }}</h2>
            <p>"The number does not receive messages here any more. Starting again makes a new deployment and needs a new code."</p>
            <div class="foot">
                {move || view! { <OpenAsForm operation=&vonage::CREATE_DEPLOYMENT draft=draft.get() label=label() to="/numbers/new?step=account" first/> }}
                <A href=page::place("/numbers")>"Go to Numbers"</A>
            </div>
        </section>
    }
}

/// Whether its certificate is known to be no good.
fn spoiled(track: &Track) -> bool {
    let failed = track.seen.iter().any(|sight| Stage::of(Some(&sight.state)) == Stage::Failed);
    failed && is_about_certificate(&track.failed_with)
}

/// What it was started with, without a certificate that is no good; of one that was not started here,
/// what Vonage tells.
fn again(track: &Track) -> Draft {
    let known = track.draft.clone().unwrap_or_else(|| {
        let request = json!({
            "country_code": track.country_code, "number": track.number, "waba_id": track.waba_id
        });
        Draft::from_json(&vonage::CREATE_DEPLOYMENT, &request)
    });
    let mut draft = known;
    if spoiled(track) {
        draft.set(&vonage::CREATE_DEPLOYMENT, "vname_certificate", String::new());
    }
    draft
}

#[component]
fn New(shown: Shown) -> impl IntoView {
    let title = move || {
        shown.track.with(|track| track.state().map(|state| state.title().to_owned())).unwrap_or_default()
    };
    let said = move || match title() {
        title if title.is_empty() => "Vonage's answer names no state.".to_owned(),
        title => format!("New state from Vonage: {title}"),
    };
    let detail = move || shown.track.with(|track| track.detail.clone());
    view! {
        <section class="panel" aria-labelledby="stage-heading">
            <h2 id="stage-heading" tabindex="-1">{said}</h2>
            <Show when=move || !detail().is_empty()><blockquote aria-label="Vonage's words">{detail}</blockquote></Show>
            <p>"Switchboard does not know what it means, so it offers nothing that could do harm. It keeps asking and goes on when the state is one it knows."</p>
        </section>
    }
}
