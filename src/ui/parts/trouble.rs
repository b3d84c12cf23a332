//! A part of a page that could not be read: why, what to do, the key again where it was refused, and
//! another try. The rest of the page goes on.

use super::Refused;
use crate::{catalogue::failure::Failure, domain::connection::Connection, state::App};
use leptos::prelude::*;

#[component]
pub fn Trouble(
    failure: Failure,
    connection: Connection,
    /// Runs at another try.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    let keys = App::use_app().keys;
    if connection.asks_again(&failure) {
        let connection = connection.clone();
        // A key that was entered anywhere on the page is tried here as well.
        Effect::new(move |before: Option<Option<u32>>| {
            let now = keys.number(&connection);
            if now.is_some() && before.is_some_and(|before| before != now) {
                again.run(());
            }
            now
        });
    }
    view! {
        <div class="trouble">
            <Refused failure connection writes=false/>
            <button type="button" on:click=move |_| again.run(())>"Try again"</button>
        </div>
    }
}
