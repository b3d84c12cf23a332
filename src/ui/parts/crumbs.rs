//! Where a page stands below its place. The page itself is no link, and none of the links is the page.

use crate::browser::page;
use leptos::prelude::*;

#[component]
pub fn Crumbs(
    /// Path of the place above, below the site's base, and its name.
    above: (&'static str, &'static str),
    /// What lies between the two, each with the sign after it.
    #[prop(optional)]
    children: Option<Children>,
    #[prop(into)] here: Signal<String>,
) -> impl IntoView {
    let (path, name) = above;
    view! {
        <nav class="crumbs" aria-label="Where this is">
            <a href=page::place(path)>{name}</a>
            <Between/>
            {children.map(|children| children())}
            <span>{here}</span>
        </nav>
    }
}

/// The sign between two crumbs.
#[component]
pub fn Between() -> impl IntoView {
    view! { <span aria-hidden="true">"›"</span> }
}
