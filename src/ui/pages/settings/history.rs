//! The history of calls: what is kept of it, and where it is looked at.

use super::section::Section;
use crate::{browser::page, ui::parts::HistorySettings};
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn History() -> impl IntoView {
    view! {
        <Section id="history" title="History">
            <p>
                "What left this device is listed under "<A href=page::place("/activity")>"Activity"</A>
                ", without keys and other secrets."
            </p>
            <HistorySettings/>
        </Section>
    }
}
