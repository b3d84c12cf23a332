//! The head of every page: its one `h1`, and the title of the tab.

use crate::browser::page;
use leptos::prelude::*;

#[component]
pub fn PageHead(
    #[prop(into)] title: Signal<String>,
    /// What stands beside the title, such as the page's main action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    Effect::new(move |_| page::document().set_title(&format!("{} · Switchboard", title.get())));
    view! {
        <header class="page-head">
            <h1 tabindex="-1">{title}</h1>
            {children.map(|children| children())}
        </header>
    }
}
