//! The packs of one owner: those of the business, to which one can be added, and WhatsApp's own. What
//! is in a pack stands beside this.

use super::{
    change::{Change, Known, Words},
    create::Create,
    desk::{Desk, Owner},
    pack::Pack,
    shelf::Shelf,
};
use crate::{
    browser::focus,
    catalogue::{
        draft::Draft,
        vonage::{CREATE_STICKERPACK, replies::Stickerpack},
    },
    ui::{
        form::Form,
        parts::{Icon, Trouble},
    },
};
use leptos::prelude::*;

/// Name of the form that creates a pack.
const FORM: &str = "create-pack";

#[component]
pub fn OwnPacks(desk: Desk) -> impl IntoView {
    let packs = Shelf::packs(desk, Owner::Business);
    packs.start();
    let said = RwSignal::new("");
    view! {
        <section class="packs" aria-labelledby="own-packs-heading">
            <h3 id="own-packs-heading">"Your packs"</h3>
            <Packs desk packs owner=Owner::Business nothing="No pack yet. A pack holds the stickers that this number can send."/>
            <p role="status" class="done">
                {move || (!said.get().is_empty()).then(|| view! { <Icon name="check"/>{said} })}
            </p>
            // What is there has to be known before something is added to it.
            <Show when=move || packs.keys.with(Option::is_some)>
                <CreatePack desk packs said/>
            </Show>
        </section>
    }
}

/// They are a second request, which most visits do not need.
#[component]
pub fn WhatsAppPacks(desk: Desk) -> impl IntoView {
    let packs = Shelf::packs(desk, Owner::WhatsApp);
    let opened = RwSignal::new(false);
    let toggle = move |event| {
        // The browser tells of it a little later; the page may be gone by then.
        if super::is_open(&event) && opened.try_get_untracked() == Some(false) {
            opened.set(true);
            packs.start();
        }
    };
    view! {
        <details class="packs" on:toggle=toggle>
            <summary><h3>"WhatsApp's packs"</h3></summary>
            <Show when=move || opened.get()>
                <p class="note">"Every number can send these. They cannot be changed."</p>
                <Packs desk packs owner=Owner::WhatsApp nothing="WhatsApp offers no packs to this number."/>
            </Show>
        </details>
    }
}

/// The list in all its states.
#[component]
fn Packs(desk: Desk, packs: Shelf<Stickerpack>, owner: Owner, nothing: &'static str) -> impl IntoView {
    let again = Callback::new(move |()| packs.start());
    let count = Memo::new(move |_| packs.keys.with(|keys| keys.as_ref().map(Vec::len)));
    let trouble = move || {
        packs.failure.get().map(|failure| {
            view! {
                {count.get().is_some().then(|| view! { <p>"The packs could not all be read."</p> })}
                <Trouble failure connection=desk.connection() again/>
            }
        })
    };
    view! {
        <Show when=move || count.get().is_none() && packs.busy.get()>
            <div class="skeleton packs-skeleton" aria-busy="true"></div>
        </Show>
        <Show when=move || count.get() == Some(0)>
            <p class="empty">{nothing}</p>
        </Show>
        <ul class="pack-list">
            <For each=move || packs.keys.get().unwrap_or_default() key=String::clone let:id>
                <li><Pack desk packs owner id/></li>
            </For>
        </ul>
        {trouble}
    }
}

#[component]
fn CreatePack(desk: Desk, packs: Shelf<Stickerpack>, said: RwSignal<&'static str>) -> impl IntoView {
    let blank = StoredValue::new(Draft::from_json(&CREATE_STICKERPACK, &desk.request(Owner::Business)));
    let form = Form::loose(&CREATE_STICKERPACK, blank.get_value(), &desk.connection());
    // The packs before it was sent, and what was sent.
    let before: StoredValue<Vec<String>> = StoredValue::new(vec![]);
    let sent = StoredValue::new(Stickerpack::default());
    let remember = move |()| {
        said.set("");
        before.set_value(packs.keys.get_untracked().unwrap_or_default());
        let [name, publisher] = ["name", "publisher"].map(|path| untrack(|| form.text(path)));
        sent.set_value(Stickerpack { name, publisher, ..Stickerpack::default() });
    };
    let took_place = move || {
        // In doubt it did: a second one could not be deleted.
        let same = |told: &str, sent: &str| told.is_empty() || told.trim() == sent.trim();
        let fits = |pack: &Stickerpack| {
            sent.with_value(|sent| same(&pack.name, &sent.name) && same(&pack.publisher, &sent.publisher))
        };
        let added = before.with_value(|before| packs.added(before));
        added.iter().any(|id| packs.may_be(id, fits))
    };
    let change = Change::new(packs, Shelf::start, took_place, move |known| {
        form.clear();
        form.entry.draft.set(blank.get_value());
        desk.close(FORM);
        said.set(match known {
            Known::Answered => "The pack was created.",
            Known::Found => "No answer came, but the pack is in the list: it was created.",
        });
        focus::if_lost(format!("[id='open-{FORM}']"));
    });
    let words = Words {
        deed: "the pack was created".into(),
        undone: "The pack is not in the list: it was not created. You can send it again.".into(),
    };
    view! { <Create desk form change words name=FORM.to_owned() label="Create a pack" remember/> }
}
