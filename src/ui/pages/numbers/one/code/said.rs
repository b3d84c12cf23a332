//! What came of the last thing that was done about the code, here or in an earlier visit.

use super::{super::Shown, entry::Entry};
use crate::{
    domain::{ledger::Act, settlement},
    state::numbers::{Acted, find_out},
    ui::parts::{Refused, Trouble},
};
use leptos::{prelude::*, task::spawn_local};

/// Id of what the provider said of a code: it describes the field as long as that code stands there.
pub const REFUSAL: &str = "code-refusal";

/// What came of the last thing that was done here.
#[component]
pub fn Said(entry: Entry, unsettled: Memo<Option<Act>>) -> impl IntoView {
    let Shown { app, key, connection, acted, .. } = entry.shown;
    let look = move |what: Act| {
        spawn_local(async move {
            let (Some(key), Some(connection)) = (key.try_get_value(), connection.try_get_value()) else {
                return;
            };
            let found = find_out(app, &connection, &key, what).await;
            acted.try_set(Some((what, found)));
        });
    };
    let spoken = move || {
        match (acted.get(), unsettled.get()) {
        (Some((Act::Resend, Acted::Done)), _) => "Another code is on its way.".to_owned(),
        (Some((what, Acted::Settled(outcome))), _) => settlement::sentence(what, &outcome).to_owned(),
        (Some((_, Acted::Unknown(_))), _) | (None, Some(_)) => {
            "No answer came, so it is not known what became of the request. It is found out before it is offered again.".to_owned()
        }
        _ => settled(entry),
    }
    };
    let below = move || match acted.get() {
        Some((_, Acted::Refused(failure))) => {
            let connection = connection.get_value();
            // That nothing was carried out is no news: an attempt was spent all the same.
            view! { <Refused failure connection writes=false/> }.into_any()
        }
        Some((what, Acted::Unknown(failure))) => {
            let connection = connection.get_value();
            view! { <Trouble failure connection again=move |()| look(what)/> }.into_any()
        }
        _ => ().into_any(),
    };
    // The state may stay what it was, so nothing else tells whoever does not see it that this code was wrong too.
    let refused = move || match acted.get() {
        Some((_, Acted::Refused(failure))) => failure.sentence().into_owned(),
        _ => String::new(),
    };
    view! {
        <p class="certainty" role="status">{spoken}</p>
        <p class="unseen" role="status">{refused}</p>
        <div class="said-below" id=REFUSAL>{below}</div>
    }
}

/// What was found out about a request of an earlier visit.
fn settled(entry: Entry) -> String {
    let found = entry.shown.app.numbers.settled.get();
    match found {
        Some((key, act, outcome)) if entry.shown.key.with_value(|mine| *mine == key) => {
            settlement::sentence(act, &outcome).to_owned()
        }
        _ => String::new(),
    }
}
