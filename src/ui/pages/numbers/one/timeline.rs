//! The way of a number, drawn: what was seen of it with the time it took, and what is ahead.

use crate::{
    browser::locale,
    catalogue::vonage::State,
    domain::{
        duration,
        provisioning::{Sight, Stage, Track, WAY},
    },
    ui::parts::{Icon, seconds},
};
use leptos::prelude::*;

#[component]
pub fn Timeline(track: Memo<Track>) -> impl IntoView {
    let now = seconds();
    let rows = move || {
        let (seen, stage) = track.with(|track| (track.seen.clone(), track.stage()));
        let present = seen.len().saturating_sub(1);
        let past = seen.into_iter().enumerate().map(|(at, sight)| {
            let is_present = at == present;
            view! { <Seen sight now present=is_present ended=stage_is_over(stage)/> }
        });
        let ahead = track.with(ahead).into_iter().map(|state| {
            view! { <li class="ahead"><span class="dot" aria-hidden="true"></span><span class="state">{words(&state)}</span><span class="unseen">" (ahead)"</span></li> }
        });
        view! { {past.collect_view()} {ahead.collect_view()} }
    };
    view! {
        <section class="panel" aria-labelledby="timeline-heading">
            <h2 id="timeline-heading">"Timeline"</h2>
            <ol class="timeline">{rows}</ol>
            <p class="note">"Times are those at which this device saw each state."</p>
        </section>
    }
}

fn stage_is_over(stage: Stage) -> bool {
    matches!(stage, Stage::Live | Stage::Failed | Stage::Gone)
}

#[component]
fn Seen(sight: Sight, now: ReadSignal<u64>, present: bool, ended: bool) -> impl IntoView {
    let full = locale::moment(sight.first, true);
    let (first, last) = (sight.first, sight.last);
    let took = move || match (present, ended) {
        (true, true) => String::new(),
        (true, false) => duration::clock(now.get().saturating_sub(first)),
        (false, _) => duration::clock(last - first),
    };
    let bad = matches!(sight.state, State::WrongCode | State::Error);
    view! {
        <li class:present=present class:bad=bad aria-current=present.then_some("step")>
            <span class="dot" aria-hidden="true">{(!present || ended).then(|| view! { <Icon name=if bad { "cross" } else { "check" }/> })}</span>
            <span class="state">{words(&sight.state)}<code>{sight.state.title().to_owned()}</code></span>
            <span class="took"><time title=full>{locale::moment(first, false)}</time>" "<span class="figures">{took}</span></span>
        </li>
    }
}

/// What is ahead on the documented way; nothing where it leads elsewhere.
fn ahead(track: &Track) -> Vec<State> {
    let from = match track.state() {
        None => return WAY.to_vec(),
        Some(State::WrongCode) => Some(&State::CodeSent),
        state => state,
    };
    match WAY.iter().position(|state| Some(state) == from) {
        Some(at) => WAY[at + 1..].to_vec(),
        None => vec![],
    }
}

/// A state in words for an admin.
fn words(state: &State) -> &'static str {
    match state {
        State::Initializing => "Request accepted",
        State::CreatingCluster => "Creating the number",
        State::ClusterCreated => "Number created",
        State::CodeSent => "Code sent",
        State::WrongCode => "Wrong code",
        State::CodeVerified => "Code accepted",
        State::Finalizing => "Last checks",
        State::Ready => "Live",
        State::Error => "Failed",
        State::Deleting => "Being deleted",
        State::Deleted => "Deleted",
        State::Unknown(_) => "New state from Vonage",
    }
}
