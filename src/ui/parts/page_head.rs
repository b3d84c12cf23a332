//! The head of every page: its one `h1`, and the title of the tab.

use crate::browser::{focus, page};
use leptos::prelude::*;

#[component]
pub fn PageHead(
    #[prop(into)] title: Signal<String>,
    /// What the tab says where it is more than the page's title, such as a state.
    #[prop(optional, into)]
    tab: Option<Signal<String>>,
    /// What stands beside the title, such as the page's main action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let tab = tab.unwrap_or(title);
    // A title that takes the place of another, as when it is known at last, takes its focus as well.
    if focus::is_at_title() {
        focus::if_lost("main h1".into());
    }
    Effect::new(move |_| page::document().set_title(&format!("{} · Switchboard", tab.get())));
    view! {
        <header class="page-head">
            <h1 tabindex="-1">{title}</h1>
            {children.map(|children| children())}
        </header>
    }
}
