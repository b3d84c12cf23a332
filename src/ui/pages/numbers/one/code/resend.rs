//! Asking for another code: by either way, after a countdown.

use super::entry::Entry;
use crate::{
    browser::page,
    catalogue::{field::Kind, vonage},
    domain::{duration, ledger::Act},
    ui::parts::seconds,
};
use leptos::{ev, prelude::*};

/// Another code, by either way, after a countdown.
#[component]
pub fn Resend(entry: Entry, unsettled: Memo<Option<Act>>) -> impl IntoView {
    let track = entry.shown.track;
    let now = seconds();
    // The clock may be set meanwhile, and the machine may sleep: what says less of the two counts.
    let begun = Memo::new(move |_| {
        track.with(|track| (track.code.clone(), track.throttled_until));
        (track.with_untracked(|track| track.resend_in(page::now())), page::ticks() as u64)
    });
    let left = Memo::new(move |_| {
        let (wait, then) = begun.get();
        let by_clock = track.with(|track| track.resend_in(now.get()));
        by_clock.min(wait.saturating_sub((page::ticks() as u64).saturating_sub(then))).div_ceil(1000)
    });
    let methods = match vonage::RESEND_OTP.field("method").map(|field| field.kind) {
        Some(Kind::Choice(methods)) => methods,
        _ => &[],
    };
    let off = move || left.get() > 0 || entry.pending.get().is_some() || unsettled.get().is_some();
    view! {
        <div class="resend" role="group" aria-labelledby="resend-heading">
            <h3 id="resend-heading">"No code?"</h3>
            <p class="figures" id="resend-wait">
                {move || match left.get() {
                    0 => "You can ask for another one. It makes the one before it invalid.".to_owned(),
                    left => format!("You can ask for another one in {}.", duration::clock(left * 1000)),
                }}
            </p>
            <div class="foot">
                {methods.iter().map(|method| view! {
                    <button
                        type="button"
                        aria-describedby="resend-wait"
                        aria-disabled=move || off().then_some("true")
                        on:click=move |event: ev::MouseEvent| if !off() && event.detail() < 2 { entry.resend(method.value) }
                    >
                        {format!("Send again: {}", method.label)}
                    </button>
                }).collect_view()}
            </div>
        </div>
    }
}
