//! The link and the code that lead people to a live number.

use leptos::prelude::*;

/// `number`: country code and number, digits alone.
#[component]
pub fn Share(number: String) -> impl IntoView {
    view! { <section class="panel"><h2>"Share"</h2><p>{number}</p></section> }
}
