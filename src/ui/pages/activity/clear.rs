//! Deletes the history. It asks once, in place.

use crate::{browser::page, state::App};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Clear() -> impl IntoView {
    let activity = App::use_app().activity;
    let asking = RwSignal::new(false);
    let clear = move |_| {
        spawn_local(activity.clear());
    };
    move || {
        if asking.get() {
            view! {
                <span class="asking">
                    "Delete the whole history?"
                    <button type="button" class="danger" on:click=clear>"Delete it"</button>
                    <button type="button" on:click=move |_| asking.set(false)>"Keep it"</button>
                </span>
            }
            .into_any()
        } else {
            let ask = move |_| {
                asking.set(true);
                page::focus_soon(".page-head .asking button".into());
            };
            view! { <button type="button" on:click=ask>"Clear"</button> }.into_any()
        }
    }
}
