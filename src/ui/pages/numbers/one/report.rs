//! A text for the provider's support, to copy.

use super::Shown;
use crate::{
    browser::{locale, page},
    domain::{ledger::Ledger, report},
    state::numbers::Acted,
    ui::parts::Copy,
};
use leptos::prelude::*;

#[component]
pub fn Report(shown: Shown, ledger: ReadSignal<Ledger>) -> impl IntoView {
    let Shown { app, key, track, acted, .. } = shown;
    let text = Signal::derive(move || {
        let health = key.with_value(|key| app.numbers.health(key)).failure;
        let done = acted.get().and_then(|(_, acted)| match acted {
            Acted::Refused(failure) | Acted::Unknown(failure) => Some(failure),
            _ => None,
        });
        let failures: Vec<_> = health.into_iter().chain(done).collect();
        let ledger = ledger.get();
        track.with(|track| report::report(track, &ledger, &failures, page::now(), &locale::iso))
    });
    view! {
        <details class="panel report">
            <summary>"Report for Vonage's support"</summary>
            <div class="code-tools"><Copy text label="Copy the report"/></div>
            <pre class="code" tabindex="0" aria-label="Report"><code>{text}</code></pre>
        </details>
    }
}
