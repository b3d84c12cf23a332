//! Messages that are on this device longer than they should be: removed when the console starts, once a
//! day, and when the person changes how long they stay. How long that is, is in `state::retention`.

use super::{App, Inbox, Keep};
use crate::{
    browser::{page, store::StoreFault, tabs, threads},
    domain::retention::Retention,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

/// One tab does it.
const LOCK: &str = "switchboard.inbox.expiry";
const DAY: u32 = 24 * 60 * 60 * 1000;
/// Milliseconds of rest before it begins, for what is to be seen first, and between two steps,
const REST_FIRST: u32 = 2_000;
const REST: u32 = 20;
/// and until everything is removed a second time.
const REST_AFTER: u32 = 1_000;

impl Inbox {
    /// Removes what is too old, or everything where nothing may be kept, from now on.
    pub(super) fn clear_away(self, app: App) {
        Effect::new(move |before: Option<Option<Retention>>| {
            // The site's own word has to be known first.
            let now = app.frame.connections.loaded().then(|| app.retention.get());
            let before = before.flatten();
            if now.is_some() && before != now {
                if before.is_some() {
                    self.polling.renew();
                }
                spawn_local(async move {
                    let rest = if before.is_some() { 0 } else { REST_FIRST };
                    TimeoutFuture::new(rest).await;
                    if app.retention.keeps() { self.expire(app).await } else { self.forget(app).await }
                });
            }
            now
        });
        spawn_local(async move {
            loop {
                TimeoutFuture::new(DAY).await;
                if app.retention.keeps() {
                    self.expire(app).await;
                }
            }
        });
    }

    /// Removes every message from the device.
    async fn forget(self, app: App) {
        // What a person has written is not lost by it: it lasts as long as this page.
        app.outbox.leave_the_device().await;
        self.forget_jotted().await;
        self.notices.stored(threads::forget().await);
        app.drafts.forget_messages().await;
        app.activity.forget_messages().await;
        // What was about to be written when the person chose has been written by now.
        TimeoutFuture::new(REST_AFTER).await;
        if !app.retention.keeps() {
            app.outbox.leave_the_device().await;
            self.notices.stored(threads::forget().await);
        }
    }

    /// Removes what is too old, in small steps, so that a conversation can be opened in between.
    async fn expire(self, app: App) {
        let Some(_turn) = tabs::try_claim(LOCK).await else { return };
        self.notices.stored(self.expire_all(app).await);
    }

    async fn expire_all(self, app: App) -> Result<(), StoreFault> {
        let mut after = Some(String::new());
        while let Some(from) = after {
            // The person may change it meanwhile.
            let Some(before) = app.retention.before(page::now()) else { return Ok(()) };
            let (keys, next) = threads::aged(before, &from).await?;
            for key in keys {
                while app.retention.keeps() && threads::expire(Keep::Device, &key, before).await? {
                    TimeoutFuture::new(REST).await;
                }
                self.reopened(&key).await;
                self.tell_merged(app, &key);
            }
            after = next;
        }
        Ok(())
    }
}
