//! The start page: what waits for a person, what is connected, and the way of somebody who is new. It is
//! all that the start module has, so nothing here may ask for more than the frame.

mod connected;
mod steps;

use crate::{
    browser::{focus, locale, page},
    catalogue::provider::Provider,
    domain::{
        duration,
        hand::{Hand, Need},
    },
    state::{App, Frame, numbers::Numbers},
    ui::{
        parts::{Icon, seconds},
        places::{HOME, PlaceHead},
    },
};
use connected::Connected;
use leptos::prelude::*;
use steps::FirstSteps;

/// Lines that are shown at once of what waits; the others are folded behind one.
const FIRST: usize = 20;

#[component]
pub fn HomePage() -> impl IntoView {
    let frame = Frame::use_frame();
    let hands = Memo::new(move |_| frame.hands.all());
    let unfolded = RwSignal::new(false);
    let folded = move || if unfolded.get() { 0 } else { hands.with(Vec::len).saturating_sub(FIRST) };
    let shown = move || {
        let mut shown = hands.get();
        shown.truncate(shown.len() - folded());
        shown
    };
    let unfold = move |_| {
        unfolded.set(true);
        focus::soon(format!(".waiting li:nth-child({}) a", FIRST + 1));
    };
    let now = seconds();
    let live = Memo::new(move |_| is_connected(frame));
    let any = move || hands.with(|hands| !hands.is_empty());
    view! {
        <PlaceHead place=&HOME/>
        <Show when=move || frame.connections.loaded() fallback=|| view! { <div class="skeleton" aria-busy="true"></div> }>
            <Show when=move || !live.get() && !any()>
                <p class="lead">"Run WhatsApp for your business from here: bring numbers live, answer customers, send to many, put an assistant on a number. It works with what Vonage, Kapso, Webex Connect and Rapida give you, and with a sandbox that needs no account."</p>
            </Show>
            <Show when=any>
                <section class="panel waiting" aria-labelledby="waiting">
                    <h2 id="waiting">"Waiting for you"</h2>
                    <ul>
                        <For each=shown key=|hand| format!("{hand:?}") let:hand><Row hand now/></For>
                    </ul>
                    <Show when=move || folded() != 0>
                        <p class="folded"><span>{move || locale::number(folded())}" more"</span><button type="button" on:click=unfold>"Show all"</button></p>
                    </Show>
                </section>
            </Show>
            <Show when=move || live.get() && !any()>
                <p class="all-well"><Icon name="check"/>"Nothing waits for you."</p>
            </Show>
            <FirstSteps/>
            <Connected/>
        </Show>
    }
}

/// The same in the console module, where numbers that are on their way are asked for while it is shown.
#[component]
pub fn LiveHomePage() -> impl IntoView {
    Numbers::follow_moving(App::use_app());
    view! { <HomePage/> }
}

/// Whether any provider is connected beside the sandbox.
pub(super) fn is_connected(frame: Frame) -> bool {
    let mut all = Provider::ALL.into_iter().flat_map(|provider| frame.connections.of(provider));
    all.any(|connection| !connection.is_sandbox())
}

#[component]
fn Row(hand: Hand, now: ReadSignal<u64>) -> impl IntoView {
    let icon = match hand.need {
        Need::Code | Need::OtherCode => "pencil",
        Need::Refused(_) | Need::Number => "cross",
        Need::Unknown(_) | Need::Creation(_) | Need::Held | Need::Sending(_) => "alert",
        Need::Token => "key",
        Need::Connection(_) => "plug",
    };
    let class = match hand.need {
        Need::Refused(_) | Need::Number | Need::Connection(_) | Need::Token => "bad",
        _ => "doubtful",
    };
    let since = hand.since;
    let ago = move || since.map(|at| duration::ago(now.get().saturating_sub(at)));
    let full = since.map(|at| locale::moment(at, true));
    view! {
        <li>
            <a href=page::place(&hand.place) class="hand">
                <span class=format!("hand-icon {class}")><Icon name=icon/></span>
                <bdi class="hand-what">{hand.sentence(locale::number)}</bdi>
                <time class="note" title=full>{ago}</time>
                <span class="hand-action">{hand.action()}</span>
            </a>
        </li>
    }
}
