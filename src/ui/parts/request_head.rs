//! The head of one request's page: where it stands, what it is called, and what it does.

use super::{Crumbs, PageHead};
use crate::catalogue::{operation::Heading, provider::Provider};
use leptos::prelude::*;

#[component]
pub fn RequestHead(provider: Provider, heading: Heading) -> impl IntoView {
    view! {
        <Crumbs above=("/requests", "Requests") here=provider.name()/>
        <PageHead title=heading.title>
            <code class="route">{heading.method.name()}" "{heading.path}</code>
        </PageHead>
        <p class="lead">{heading.summary}</p>
    }
}
