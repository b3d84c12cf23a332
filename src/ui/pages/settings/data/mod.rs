//! What is kept on this device by kind, how much room it takes, and how to be rid of it; and the file in which it
//! moves to another device.

mod export;
mod import;
mod kinds;
mod room;

use super::section::Section;
use crate::{
    browser::focus,
    domain::holding::Kind,
    state::{App, Frame},
    ui::parts::Sure,
};
use export::Export;
use import::Import;
use kinds::Kinds;
use leptos::{prelude::*, task::spawn_local};
use room::Room;
use std::collections::BTreeSet;

#[component]
pub fn Data() -> impl IntoView {
    let word = App::use_app().device.word();
    if word.is_some() {
        // What was said before the page was loaded again is seen.
        focus::arrive_soon("#data".into(), "#data-heading".into());
    }
    view! {
        <Section id="data" title="Data on this device">
            <p>"All of it is in this browser alone, on this device. Keys that are not in the vault are gone with the tab."</p>
            <p class="said" role="status">{word}</p>
            <Kinds/>
            <Room/>
            <EraseAll/>
        </Section>
    }
}

#[component]
pub fn Move() -> impl IntoView {
    let connections = Frame::use_frame().connections;
    view! {
        <Section id="move" title="Export and import">
            <p>"One file takes what is on this device to another one, or to another browser. Keys and the vault are never in it; messages and names of customers are, so keep it where nobody else finds it."</p>
            // What the site's host allows has to be known.
            <Show when=move || connections.loaded()>
                <Export/>
                <Import/>
            </Show>
        </Section>
    }
}

/// A box for each kind, ticked where it is wanted.
#[component]
fn Choice(
    name: &'static str,
    legend: &'static str,
    /// What there is to choose from, with what stands beside it.
    #[prop(into)]
    kinds: Signal<Vec<(Kind, String)>>,
    wanted: RwSignal<BTreeSet<Kind>>,
) -> impl IntoView {
    let row = move |(kind, beside): (Kind, String)| {
        let choose = move |event| {
            let ticked = event_target_checked(&event);
            wanted.update(|wanted| match ticked {
                true => drop(wanted.insert(kind)),
                false => drop(wanted.remove(&kind)),
            });
        };
        view! {
            <label class="switch kind-box">
                <input type="checkbox" name=name value=kind.id() prop:checked=move || wanted.with(|wanted| wanted.contains(&kind)) on:change=choose/>
                <span>{kind.label()}<span class="note">{beside}</span></span>
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>{legend}</legend>
            {move || kinds.get().into_iter().map(row).collect_view()}
        </fieldset>
    }
}

/// Erasing everything asks once, in place.
#[component]
fn EraseAll() -> impl IntoView {
    let app = App::use_app();
    let asking = RwSignal::new(false);
    let erase = move |()| spawn_local(async move { app.device.erase_all(app).await });
    let keep = move |()| {
        asking.set(false);
        focus::soon("#erase-all button".into());
    };
    view! {
        <div class="foot" id="erase-all">
            {move || if asking.get() {
                view! {
                    <Sure does="Erase them" keeps="Keep them" on_yes=erase on_no=keep>
                        "Erase drafts, conversations, history, connections, settings, the vault with its keys and the sandbox's world?"
                    </Sure>
                }.into_any()
            } else {
                view! { <button type="button" class="danger" on:click=move |_| asking.set(true)>"Erase the data on this device…"</button> }.into_any()
            }}
        </div>
    }
}
