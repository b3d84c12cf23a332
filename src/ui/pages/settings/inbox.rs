//! How long messages of customers stay on this device, and when their pictures and media are loaded.

use super::section::Section;
use crate::{
    domain::retention::Retention,
    state::{App, media::When},
};
use leptos::prelude::*;

#[component]
pub fn Inbox() -> impl IntoView {
    let app = App::use_app();
    let loaded = move || app.frame.connections.loaded();
    view! {
        <Section id="inbox" title="Inbox">
            <Show when=loaded>
                {move || if app.retention.is_forbidden() {
                    view! { <p>"This site keeps no messages of customers on any device: whoever hosts it has decided so. They are read again with every visit."</p> }.into_any()
                } else {
                    view! { <Keep/> }.into_any()
                }}
            </Show>
            <Load/>
        </Section>
    }
}

#[component]
fn Keep() -> impl IntoView {
    let app = App::use_app();
    let said = RwSignal::new(String::new());
    let choose = move |one: Retention| {
        app.retention.choose(one);
        said.set(match one {
            Retention::Nothing => {
                "Messages were removed from this device, and what carried them from drafts and history."
                    .to_owned()
            }
            Retention::Always => "Messages are kept until they are erased.".to_owned(),
            one => format!("Messages older than {} are removed from now on.", one.label()),
        });
    };
    let radio = move |one: Retention| {
        view! {
            <label class="switch">
                <input type="radio" name="retention" value=one.id() prop:checked=move || app.retention.get() == one on:change=move |_| choose(one)/>
                {one.label()}
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>"Keep messages on this device"</legend>
            {Retention::ALL.map(radio).collect_view()}
        </fieldset>
        <p class="note">"What is kept shows at once, also without a network, and can be searched. Older messages are removed once a day, and read again where somebody scrolls back to them. With “Not at all” every visit reads anew, and what is kept now is removed at once, in every tab."</p>
        <p role="status">{said}</p>
    }
}

#[component]
fn Load() -> impl IntoView {
    let media = App::use_app().media;
    let radio = move |one: When| {
        view! {
            <label class="switch">
                <input type="radio" name="media" value=one.id() prop:checked=move || media.when() == one on:change=move |_| media.choose(one)/>
                {one.label()}
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>"Load pictures and media of messages"</legend>
            {When::ALL.map(radio).collect_view()}
        </fieldset>
        <p class="note">"They come from wherever they were stored, and whoever stores them sees that this device asks. Nothing plays by itself."</p>
    }
}
