//! What is said where another tab has sent off a message since the one on this page was begun.

use super::place_of;
use crate::{state::App, ui::parts::Icon};
use leptos::prelude::*;
use leptos_router::components::A;

/// Id of what is said, which takes the focus where sending was refused.
pub const ELSEWHERE: &str = "send-elsewhere";

#[component]
pub fn SentElsewhere() -> impl IntoView {
    let elsewhere = App::use_app().bulk.composing.elsewhere;
    // Who leaves the page has seen it.
    on_cleanup(move || {
        elsewhere.try_set(None);
    });
    let said = move || {
        elsewhere.get().map(|elsewhere| {
            let (sentence, link) = match elsewhere.same {
                true => (
                    "This message was sent off from another tab, so the form is empty again.",
                    "Look how far it is",
                ),
                false => (
                    "A message was sent off from another tab since this one was begun. Look at it before you send this one, so that nobody gets it twice.",
                    "Open that message",
                ),
            };
            view! {
                <p class="send-why" id=ELSEWHERE tabindex="-1">
                    <Icon name="alert"/><span>{sentence}" "<A href=place_of(&elsewhere.batch)>{link}</A></span>
                </p>
            }
        })
    };
    view! { <div class="send-elsewhere" role="alert">{said}</div> }
}
