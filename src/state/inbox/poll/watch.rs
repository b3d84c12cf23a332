//! What makes a question due, and what a page may ask of the asking.

use super::{App, Follow, Freshness, Key, Polling};
use crate::{browser::page, catalogue::failure::Failure, domain::freshness, state::inbox::Inbox};
use gloo_timers::future::TimeoutFuture;
use leptos::{ev, prelude::*, task::spawn_local};

/// Listens to what makes a question due: somebody comes back, the network does, a key was entered.
pub fn watch(app: App) {
    let polling = app.inbox.polling;
    polling.inner.update_value(|inner| {
        inner.app = Some(app);
        inner.touched = page::ticks();
    });
    let seen = leptos::leptos_dom::helpers::window_event_listener_untyped(
        "visibilitychange",
        move |_: ev::Event| {
            if page::document().hidden() { polling.plan_all() } else { polling.look_all() }
        },
    );
    // A window that was seen all the time may come to the front.
    let focus = window_event_listener(ev::focus, move |_| polling.look_all());
    let online = window_event_listener(ev::online, move |_| polling.look_all());
    let offline = window_event_listener(ev::offline, move |_| polling.plan_all());
    let touched = ["pointerdown", "keydown", "wheel"].map(|name| {
        leptos::leptos_dom::helpers::window_event_listener_untyped(name, move |_: ev::Event| {
            polling.touched()
        })
    });
    on_cleanup(move || {
        seen.remove();
        focus.remove();
        online.remove();
        offline.remove();
        touched.into_iter().for_each(|listener| listener.remove());
    });
    Effect::new(move |_| {
        app.keys.track();
        polling.retry_refused();
    });
}

impl Polling {
    /// Counts the messages that were sent to a conversation.
    fn sent_to(self, key: &Key) -> u32 {
        self.with(&key.connection, |desk| {
            let sent = desk.sent.entry(key.conversation.clone()).or_default();
            *sent += 1;
            *sent
        })
    }

    fn is_newest(self, key: &Key, sent: u32) -> bool {
        self.with(&key.connection, |desk| desk.sent.get(&key.conversation) == Some(&sent))
    }

    /// Whether somebody has a conversation open, here or in another tab.
    pub fn has_reader(self, key: &Key) -> bool {
        let thread = |desk: &mut super::Desk| {
            let thread = desk.threads.get(&key.conversation);
            thread.is_some_and(|thread| thread.is_looked_at(page::ticks()))
        };
        self.with(&key.connection, thread)
    }
}

impl Inbox {
    /// Keeps a list, and a conversation of it, up to date for as long as this is kept.
    pub fn follow(self, connection: &str, conversation: Option<&str>) -> Follow {
        self.polling.follow(connection, conversation)
    }

    pub fn freshness(self, connection: &str) -> Freshness {
        self.polling.freshness.with(|all| all.get(connection).cloned().unwrap_or_default())
    }

    /// Why the newest messages of a conversation could not be read.
    pub fn trouble(self, key: &Key) -> Option<Failure> {
        self.polling.readings.with(|all| all.get(key)?.failure.clone())
    }

    /// Whether what is stored of a conversation held all of its newest messages not long ago.
    pub fn is_current(self, key: &Key, now: u64) -> bool {
        let read_at = self.polling.readings.with(|all| all.get(key)?.at);
        read_at.is_some_and(|at| now.saturating_sub(at) < freshness::CURRENT)
    }

    /// A message was sent: how far it comes is looked for sooner than usual.
    pub fn after_sending(self, key: &Key) {
        let (polling, key) = (self.polling, key.clone());
        spawn_local(async move {
            let this = polling.sent_to(&key);
            for wait in freshness::AFTER_SENDING {
                TimeoutFuture::new(wait as u32).await;
                // Another message was sent meanwhile: its own looks take the place of these.
                if !polling.is_newest(&key, this) {
                    return;
                }
                polling.at_once_thread(&key);
            }
        });
    }

    /// Asks at once for everything of a connection that is looked at.
    pub fn refresh(self, connection: &str) {
        self.polling.at_once(connection);
    }
}
