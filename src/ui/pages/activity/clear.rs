//! Deletes the history. It asks once, in place.

use crate::{browser::page, state::App};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Clear() -> impl IntoView {
    let activity = App::use_app().activity;
    let asking = RwSignal::new(false);
    let clear = move |_| {
        asking.set(false);
        spawn_local(activity.clear());
        page::focus_soon("main h1".into());
    };
    let keep = move |_| {
        asking.set(false);
        page::focus_if_lost(".page-head .clear".into());
    };
    move || {
        if asking.get() {
            view! {
                <span class="asking">
                    "Delete the whole history?"
                    <button type="button" class="danger" on:click=clear>"Delete it"</button>
                    <button type="button" on:click=keep>"Keep it"</button>
                </span>
            }
            .into_any()
        } else {
            let ask = move |_| {
                asking.set(true);
                page::focus_soon(".page-head .asking button".into());
            };
            view! { <button type="button" class="clear" on:click=ask>"Delete the history"</button> }
                .into_any()
        }
    }
}
