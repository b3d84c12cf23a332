//! How old what is shown is, above the list of conversations and, where only one is seen, above that one.

use crate::{
    browser::page,
    catalogue::failure::{Failure, FailureKind},
    domain::{connection::Connection, duration, schedule::Pause},
    state::{App, inbox},
    ui::parts::{Icon, Trouble, seconds},
};
use leptos::prelude::*;

/// How old what is shown is, and why where it is not new.
pub fn age(fresh: &inbox::Freshness, now: u64) -> String {
    let ago = fresh.read_at.map(|at| duration::ago(now.saturating_sub(at)));
    match (ago, fresh.paused) {
        (Some(ago), Some(Pause::Offline)) => format!("Offline. Read {ago}."),
        (None, Some(Pause::Offline)) => "Offline. What is stored here is shown.".to_owned(),
        (Some(ago), Some(Pause::Refused)) => format!("Paused. Read {ago}."),
        (None, Some(Pause::Refused)) => "Paused.".to_owned(),
        (Some(ago), None) => format!("Updated {ago}"),
        (None, None) if fresh.failure.is_some() => "Not read yet.".to_owned(),
        (None, None) => "Reading…".to_owned(),
    }
}

/// How old the list is, what is left of the quota, and what stands in the way.
#[component]
pub fn Freshness(connection: Connection) -> impl IntoView {
    let app = App::use_app();
    let id = StoredValue::new(connection.id.clone());
    let connection = StoredValue::new(connection);
    let fresh = Memo::new(move |_| id.with_value(|id| app.inbox.freshness(id)));
    let now = seconds();
    let age = move || fresh.with(|fresh| age(fresh, now.get()));
    // What is left of the provider's quota, where it makes a difference and is not said below.
    let quota = move || {
        now.track();
        let refused = fresh.with(|fresh| {
            let kind = fresh.failure.as_ref().map(|failure| failure.kind);
            matches!(kind, Some(FailureKind::Throttled { .. }))
        });
        let quota = id.with_value(|id| app.inbox.quota(id)).filter(|_| !refused);
        quota.and_then(|quota| quota.said(page::ticks())).map_or(String::new(), |said| format!(", {said}"))
    };
    let trouble = move || {
        fresh.with(|fresh| fresh.failure.clone()).map(|failure: Failure| {
            let again = move |()| id.with_value(|id| app.inbox.refresh(id));
            view! { <Trouble failure connection=connection.get_value() again/> }
        })
    };
    view! {
        <p class="fresh note figures">
            <span>{age}{quota}</span>
            <button type="button" class="icon-button" title="Refresh" aria-label="Refresh the conversations" on:click=move |_| id.with_value(|id| app.inbox.refresh(id))>
                <Icon name="refresh"/>
            </button>
        </p>
        {trouble}
    }
}
