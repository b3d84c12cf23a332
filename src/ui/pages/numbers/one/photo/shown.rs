//! A picture as WhatsApp crops it, a picture as it is, and what was found about it. Where it comes from
//! does not matter here.

use crate::{domain::picture::Finding, ui::parts::Icon};
use leptos::prelude::*;

/// The middle of a picture, as a circle.
#[component]
pub fn Round(#[prop(into)] url: String, alt: &'static str) -> impl IntoView {
    let broken = RwSignal::new(false);
    let url = StoredValue::new(url);
    let lost = || {
        view! {
            <span class="round initial" aria-hidden="true">"?"</span>
            <span class="note">"The picture could not be loaded here."</span>
        }
    };
    view! {
        <Show when=move || !broken.get() fallback=lost>
            <img
                class="round"
                alt=alt
                loading="lazy"
                referrerpolicy="no-referrer"
                on:error=move |_| broken.set(true)
                src=url.get_value()
            />
        </Show>
    }
}

/// A picture cropped and whole, side by side.
#[component]
pub fn Pair(#[prop(into)] url: String) -> impl IntoView {
    view! {
        <div class="pair">
            <figure>
                <Round url=url.clone() alt="The picture, cropped to a circle"/>
                <figcaption>"As WhatsApp shows it"</figcaption>
            </figure>
            <figure>
                <img class="whole" alt="The whole picture" referrerpolicy="no-referrer" src=url/>
                <figcaption>"The whole picture"</figcaption>
            </figure>
        </div>
    }
}

#[component]
pub fn Findings(findings: Vec<Finding>) -> impl IntoView {
    let line = |finding: Finding| {
        let (icon, class) = if finding.blocks { ("cross", "problem") } else { ("alert", "warning") };
        view! { <p class=class><Icon name=icon/><span>{finding.sentence}</span></p> }
    };
    findings.into_iter().map(line).collect_view()
}
