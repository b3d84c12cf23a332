//! Deletes the history. It asks once, in place.

use crate::{browser::focus, state::App, ui::parts::Sure};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Clear() -> impl IntoView {
    let activity = App::use_app().activity;
    let asking = RwSignal::new(false);
    let clear = move |()| {
        asking.set(false);
        spawn_local(activity.clear());
        focus::soon("main h1".into());
    };
    let keep = move |()| {
        asking.set(false);
        focus::if_lost(".page-head .clear".into());
    };
    move || {
        if asking.get() {
            view! {
                <Sure does="Delete it" on_yes=clear on_no=keep>"Delete the whole history?"</Sure>
            }
            .into_any()
        } else {
            view! { <button type="button" class="clear danger" on:click=move |_| asking.set(true)>"Delete the history…"</button> }
                .into_any()
        }
    }
}
