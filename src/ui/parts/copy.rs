//! A button that copies a text and says so.

use super::Icon;
use crate::browser::page;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

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
    let click = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let copied = page::copy(&text).await;
            // The button may be gone by now.
            said.try_set(if copied { "Copied" } else { "Not copied: select the text instead" });
            let fade = move || {
                said.try_set("");
            };
            set_timeout(fade, Duration::from_secs(3));
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
