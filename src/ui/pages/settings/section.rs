//! One section of the settings: an id that addresses name, a heading that takes the focus, and what is in it.

use leptos::prelude::*;

#[component]
pub fn Section(id: &'static str, title: &'static str, children: Children) -> impl IntoView {
    let heading = format!("{id}-heading");
    view! {
        <section class="panel" id=id aria-labelledby=heading.clone()>
            <h2 id=heading.clone() tabindex="-1">{title}</h2>
            {children()}
        </section>
    }
}
