//! The settings, one section a file, and the list that leads to each. A section's id is its address, as in
//! `/settings#vault`.

mod about;
mod appearance;
mod data;
mod history;
mod inbox;
mod notifications;
mod sandbox;
mod section;
mod vault;

use crate::{
    browser::{focus, page},
    state::Frame,
    ui::places::{PlaceHead, SETTINGS},
};
use about::About;
use appearance::{Appearance, Language};
use data::{Data, Move};
use history::History;
use inbox::Inbox;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use notifications::Notifications;
use sandbox::Sandbox;
use vault::Vault;

/// Ids and titles, in the order of the page.
const SECTIONS: [(&str, &str); 10] = [
    ("appearance", "Appearance"),
    ("language", "Language"),
    ("notifications", "Notifications"),
    ("inbox", "Inbox"),
    ("vault", "Vault"),
    ("history", "History"),
    ("data", "Data on this device"),
    ("move", "Export and import"),
    (SANDBOX, "Sandbox"),
    ("about", "About"),
];

/// It is hidden where the site's host wants none.
const SANDBOX: &str = "sandbox";

#[component]
pub fn SettingsPage() -> impl IntoView {
    let connections = Frame::use_frame().connections;
    arrive();
    view! {
        <PlaceHead place=&SETTINGS/>
        <div class="settings">
            <Contents/>
            <div class="settings-sections">
                <Appearance/>
                <Language/>
                <Notifications/>
                <Inbox/>
                <Vault/>
                <History/>
                <Data/>
                <Move/>
                <Show when=move || connections.offers_sandbox()><Sandbox/></Show>
                <About/>
            </div>
        </div>
    }
}

/// Goes to the section that the address names, once the site's own word on what there is was read.
fn arrive() {
    let (hash, connections) = (use_location().hash, Frame::use_frame().connections);
    Effect::new(move |_| {
        let (hash, loaded) = (hash.get(), connections.loaded());
        let wanted = hash.trim_start_matches('#');
        if let Some((id, _)) = SECTIONS.iter().find(|(id, _)| *id == wanted).filter(|_| loaded) {
            go_to(id);
        }
    });
}

fn go_to(id: &str) {
    focus::arrive_soon(format!("#{id}"), format!("#{id}-heading"));
}

/// The list of the sections.
#[component]
fn Contents() -> impl IntoView {
    let connections = Frame::use_frame().connections;
    let shown = move |id: &str| id != SANDBOX || connections.offers_sandbox();
    let row = |(id, title): (&'static str, &'static str)| {
        // A second press of the same link changes no address.
        view! { <li><a href=page::place(&format!("/settings#{id}")) on:click=move |_| go_to(id)>{title}</a></li> }
    };
    view! {
        <nav class="contents" aria-label="Sections of the settings">
            <ul>{move || SECTIONS.into_iter().filter(|(id, _)| shown(id)).map(row).collect_view()}</ul>
        </nav>
    }
}
