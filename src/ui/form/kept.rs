//! Whether the device has what is typed in a form.

use super::Form;
use crate::{catalogue::draft::Draft, state::drafts::Kept};
use leptos::prelude::*;

#[component]
pub fn KeptWords(form: Form) -> impl IntoView {
    // While a kept draft is written again the words stay: they would flicker with every key.
    let kept = Memo::new(move |before: Option<&&'static str>| match form.entry.kept.get() {
        Kept::Empty => "",
        Kept::Writing => before.copied().filter(|words| !words.is_empty()).unwrap_or("Keeping the draft…"),
        Kept::Yes if form.entry.draft.with(Draft::has_secrets) => {
            "Draft kept on this device, without its secrets"
        }
        Kept::Yes => "Draft kept on this device",
        Kept::No => "Draft not kept: storage failed",
    });
    view! { <span class="kept" data-kept=move || format!("{:?}", form.entry.kept.get()).to_lowercase()>{kept}</span> }
}
