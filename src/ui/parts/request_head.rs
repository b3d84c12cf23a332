//! The head of one request's page: where it stands, what it is called, and what it does.

use super::PageHead;
use crate::{
    browser::page,
    catalogue::{operation::Heading, provider::Provider},
};
use leptos::prelude::*;

#[component]
pub fn RequestHead(provider: Provider, heading: Heading) -> impl IntoView {
    view! {
        <nav class="crumbs" aria-label="Where this is">
            <a href=page::place("/requests")>"Requests"</a>
            <span aria-hidden="true">"›"</span>
            <span>{provider.name()}</span>
        </nav>
        <PageHead title=heading.title>
            <code class="route">{heading.method.name()}" "{heading.path}</code>
        </PageHead>
        <p class="lead">{heading.summary}</p>
    }
}
