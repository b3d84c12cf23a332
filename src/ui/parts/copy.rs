//! A button that copies a text and says so.

use super::Icon;
use crate::browser::page;
use gloo_timers::future::sleep;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// How long it says so.
const SHOWN: Duration = Duration::from_secs(3);

#[component]
pub fn Copy(
    /// What is copied, asked for at the click.
    #[prop(into)]
    text: Signal<String>,
    /// What the button is called, such as `Copy the answer`.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let said = RwSignal::new("");
    let copies = StoredValue::new(0_u32);
    let click = move |_| {
        let text = text.get_untracked();
        copies.update_value(|copies| *copies += 1);
        let this = copies.get_value();
        spawn_local(async move {
            let copied = page::copy(&text).await;
            // The button may be gone by now.
            said.try_set(if copied { "Copied" } else { "Not copied: select the text instead" });
            sleep(SHOWN).await;
            // What a later copy says has its own time.
            if copies.try_get_value() == Some(this) {
                said.try_set("");
            }
        });
    };
    view! {
        <span class="copying">
            <span role="status">{said}</span>
            <button type="button" class="copy" aria-label=label.clone() title=label on:click=click>
                <Icon name="copy"/>
            </button>
        </span>
    }
}
