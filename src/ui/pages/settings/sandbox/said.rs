//! What came of the last command, beside what it was about.

use crate::state::training::{Part, Training};
use leptos::prelude::*;

#[component]
pub fn Said(training: Training, about: Part) -> impl IntoView {
    view! { <p role="status" class="training-said">{move || training.said(about)}</p> }
}
