//! What this is: its version, and on what terms it may be used.

use super::section::Section;
use crate::{browser::page, state::Frame, ui::parts::Version};
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn About() -> impl IntoView {
    view! {
        <Section id="about" title="About">
            <Version release=Frame::use_frame().release/>
            <p class="note">"It may be used, changed and passed on under the MIT licence or the Apache licence 2.0, as you choose. What each provider documents stands on the forms under "<A href=page::place("/requests")>"Requests"</A>", with its source."</p>
        </Section>
    }
}
