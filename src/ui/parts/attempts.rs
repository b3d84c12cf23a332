//! What was spent on a number from this device, before more is: said to be only that.

use crate::{
    browser::{locale, page},
    domain::{
        connection::Connection,
        ledger::{ATTEMPTS, Act, Entry, Ledger},
    },
    state::App,
};
use leptos::{prelude::*, task::spawn_local};

/// The ledger of a number, or of a deployment whose number is not known; read again with every change.
pub fn ledger(
    app: App,
    connection: Connection,
    subject: impl Fn() -> String + Send + Sync + 'static,
) -> ReadSignal<Ledger> {
    let (shown, show) = signal(Ledger::default());
    let subject = Memo::new(move |_| subject());
    Effect::new(move |_| {
        app.attempts.changed.track();
        let (connection, subject) = (connection.clone(), subject.get());
        spawn_local(async move {
            let ledger = app.attempts.of_number(&connection, &subject).await;
            // The page may be gone by now.
            show.try_update(|shown| {
                if *shown != ledger {
                    *shown = ledger;
                }
            });
        });
    });
    shown
}

#[component]
pub fn Attempts(ledger: ReadSignal<Ledger>) -> impl IntoView {
    let starts = move || ledger.with(|ledger| ledger.recent_starts(page::now()));
    let none = move || ledger.with(|ledger| ledger.entries.is_empty());
    let rows = move || ledger.with(|ledger| ledger.entries.iter().rev().take(SHOWN).map(row).collect_view());
    view! {
        <section class="attempts" aria-label="Attempts from this device">
            <h2>"Attempts from this device"</h2>
            <p>
                {move || match starts() {
                    0 => "No start from this device in the last 72 hours.".to_owned(),
                    1 => "1 start from this device in the last 72 hours may count.".to_owned(),
                    many => format!("{many} starts from this device in the last 72 hours may count."),
                }}
                " "<span class="note">{format!("Meta allows {ATTEMPTS} in 72 hours, then locks the number for three days. What colleagues or other devices did is not seen here.")}</span>
            </p>
            <Show when=move || !none()>
                <ul class="ledger">{rows}</ul>
            </Show>
        </section>
    }
}

/// Rows that are shown of a ledger.
const SHOWN: usize = 12;

fn row(entry: &Entry) -> impl IntoView + use<> {
    let method = match (entry.act, entry.method.as_str()) {
        (Act::Create | Act::Resend, "sms") => ", by text message",
        (Act::Create | Act::Resend, "voice") => ", by call",
        _ => "",
    };
    let full = locale::moment(entry.at, true);
    view! {
        <li>
            <time title=full>{locale::moment(entry.at, false)}</time>
            <span>{entry.act.word()}{method}": "{entry.outcome.word()}</span>
        </li>
    }
}
