//! Stickers of a live number: its own packs, WhatsApp's, and a check of files before they are uploaded
//! elsewhere. How requests leave and what a form is stands with all other pages.

mod change;
mod check;
mod create;
mod desk;
mod pack;
mod packs;
mod shelf;
mod tile;

use crate::domain::connection::Connection;
use check::FileCheck;
use desk::Desk;
use leptos::{ev, prelude::*};
use packs::{OwnPacks, WhatsAppPacks};
use web_sys::Element;

#[component]
pub fn Stickers(connection: Connection, deployment_id: String) -> impl IntoView {
    let desk = Desk::new(connection, deployment_id);
    view! {
        <section class="panel stickers" aria-labelledby="stickers-heading">
            <h2 id="stickers-heading">"Stickers"</h2>
            <p class="note">"This API gives no pictures, so stickers are shown by their emojis."</p>
            <OwnPacks desk/>
            <WhatsAppPacks desk/>
            <FileCheck/>
        </section>
    }
}

/// Whether what was toggled is open now.
fn is_open(event: &ev::Event) -> bool {
    event_target::<Element>(event).has_attribute("open")
}
