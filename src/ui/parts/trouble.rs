//! A part of a page that could not be read: why, what to do, the key again where it was refused, and
//! another try. The rest of the page goes on.

use super::{KeyEntry, Refusal};
use crate::{
    catalogue::failure::{Failure, FailureKind},
    domain::connection::{Connection, Credential},
};
use leptos::prelude::*;

#[component]
pub fn Trouble(
    failure: Failure,
    connection: Connection,
    /// Runs at another try.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    let asks = connection.credential == Credential::Ask
        && matches!(failure.kind, FailureKind::RefusedKey | FailureKind::NoCredential);
    view! {
        <div class="trouble">
            <Refusal failure connection=connection.clone() writes=false/>
            {asks.then(|| view! { <KeyEntry connection/> })}
            <button type="button" on:click=move |_| again.run(())>"Try again"</button>
        </div>
    }
}
