//! The 24-hour window of the conversation that is open, and the sentence about it. What it is computed
//! from stands in `domain`; every part of the page that speaks of it reads it here.

use crate::{
    domain::{
        duration,
        thread::window::{Evidence, Window},
    },
    state::{App, inbox::Thread},
    ui::parts::seconds,
};
use leptos::prelude::*;

/// What is known of it now.
pub fn window(app: App, thread: Thread) -> Memo<Window> {
    let key = StoredValue::new(thread.key());
    // Whose clock it is does not change while the conversation is open.
    let connection =
        StoredValue::new(untrack(|| key.with_value(|key| app.frame.connections.find(&key.connection))));
    let now = seconds();
    let elsewhere = Memo::new(move |_| key.with_value(|key| app.inbox.last_heard(key)));
    Memo::new(move |_| {
        let opened = thread.opened();
        let here = opened.summary.last_inbound.as_ref().map(|place| place.at);
        let evidence = Evidence {
            last_inbound: here.max(elsewhere.get()),
            complete: opened.summary.complete,
            current: key.with_value(|key| app.inbox.is_current(key, now.get())),
            ahead: connection.with_value(|connection| app.clocks.of(connection.as_ref()?).about()),
        };
        Window::of(evidence, now.get())
    })
}

/// The same in words.
pub fn words(window: Memo<Window>) -> Memo<String> {
    Memo::new(move |_| match window.get() {
        Window::Open { left } => format!("Open for {}", duration::left(left)),
        Window::Closed { .. } => "Closed: only a template can be sent".to_owned(),
        Window::NeverOpened => "The contact has not written yet: only a template can be sent".to_owned(),
        Window::Unknown => "Not known yet".to_owned(),
    })
}

/// What it is, for whoever wonders.
pub const MEANING: &str = "WhatsApp lets a business write freely for 24 hours after the contact last wrote. Computed from the messages that are stored here.";
