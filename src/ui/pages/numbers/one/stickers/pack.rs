//! One pack: what it is called, and, once it is opened, its stickers. How packs are listed stands
//! beside this.

use super::{
    change::{Change, Known, Words},
    create::Create,
    desk::{Desk, Owner},
    shelf::Shelf,
    tile::{Removal, Tile},
};
use crate::{
    browser::focus,
    catalogue::{
        draft::Draft,
        vonage::{
            CREATE_STICKER,
            replies::{Sticker, Stickerpack},
        },
    },
    ui::{
        form::Form,
        parts::{Copy, Icon, Trouble},
    },
};
use leptos::prelude::*;

#[component]
pub fn Pack(desk: Desk, packs: Shelf<Stickerpack>, owner: Owner, id: String) -> impl IntoView {
    let opened = RwSignal::new(false);
    let toggle = move |event| {
        if super::is_open(&event) {
            opened.set(true);
        }
    };
    let about = {
        let id = id.clone();
        Memo::new(move |_| packs.rows.with(|rows| rows.get(&id).cloned()))
    };
    let name = {
        let id = id.clone();
        move || {
            let name = about.with(|about| about.as_ref()?.as_ref().map(|about| about.name.clone()));
            name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| id.clone())
        }
    };
    let publisher = move || {
        about.with(|about| match about {
            Some(Some(about)) => about.publisher.clone(),
            Some(None) => "name could not be read".to_owned(),
            None => String::new(),
        })
    };
    let id = StoredValue::new(id);
    view! {
        <details class="pack" on:toggle=toggle>
            <summary>
                <span class="pack-name" dir="auto">{name}</span>
                " "
                <span class="pack-publisher" dir="auto">{publisher}</span>
            </summary>
            <Show when=move || opened.get()>
                <About about id=id.get_value()/>
                <Stickers desk owner pack=id.get_value()/>
            </Show>
        </details>
    }
}

/// What a pack has beside its stickers.
#[component]
fn About(about: Memo<Option<Option<Stickerpack>>>, id: String) -> impl IntoView {
    let link = |address: String, label: &'static str| {
        // An address of another kind is no link of a store.
        address.starts_with("https://").then(|| {
            view! { <li><a href=address target="_blank" rel="noopener noreferrer">{label}</a></li> }
        })
    };
    let links = move || {
        about.get().flatten().map(|about| {
            view! {
                <ul class="stores">
                    {link(about.ios_app_store_link, "In the App Store")}
                    {link(about.android_app_store_link, "In Google Play")}
                </ul>
            }
        })
    };
    view! {
        <dl class="ids">
            <dt>"Pack ID"</dt>
            <dd><code>{id.clone()}</code><Copy text=Signal::stored(id) label="Copy the pack ID"/></dd>
        </dl>
        {links}
    }
}

/// The stickers of an opened pack, in all their states.
#[component]
fn Stickers(desk: Desk, owner: Owner, pack: String) -> impl IntoView {
    let stickers = Shelf::stickers(desk, owner, &pack);
    stickers.start();
    let said = RwSignal::new(String::new());
    let removal = (owner == Owner::Business).then(|| Removal::new(desk, stickers, pack.clone(), said));
    let count = Memo::new(move |_| stickers.keys.with(|keys| keys.as_ref().map(Vec::len)));
    let again = Callback::new(move |()| stickers.start());
    let trouble = move || {
        stickers.failure.get().map(|failure| {
            view! {
                {count.get().is_some().then(|| view! { <p>"The stickers could not all be read."</p> })}
                <Trouble failure connection=desk.connection() again/>
            }
        })
    };
    let pack = StoredValue::new(pack);
    view! {
        <Show when=move || count.get().is_none() && stickers.busy.get()>
            <div class="skeleton stickers-skeleton" aria-busy="true"></div>
        </Show>
        <Show when=move || count.get() == Some(0)>
            <p class="empty">"No sticker in this pack yet."</p>
        </Show>
        <ul class="sticker-grid">
            <For each=move || stickers.keys.get().unwrap_or_default() key=String::clone let:index>
                <Tile desk stickers index removal/>
            </For>
        </ul>
        {trouble}
        <p role="status" class="done">
            {move || (!said.with(String::is_empty)).then(|| view! { <Icon name="check"/>{said} })}
        </p>
        // What is there has to be known before something is added to it.
        <Show when=move || owner == Owner::Business && count.get().is_some()>
            <AddSticker desk stickers pack=pack.get_value() said/>
        </Show>
    }
}

#[component]
fn AddSticker(desk: Desk, stickers: Shelf<Sticker>, pack: String, said: RwSignal<String>) -> impl IntoView {
    let mut request = desk.request(Owner::Business);
    request["stickerpack_id"] = pack.clone().into();
    let blank = StoredValue::new(Draft::from_json(&CREATE_STICKER, &request));
    let form = Form::loose(&CREATE_STICKER, blank.get_value(), &desk.connection());
    // The stickers before it was sent, and the image that was sent.
    let before: StoredValue<Vec<String>> = StoredValue::new(vec![]);
    let image = StoredValue::new(String::new());
    let remember = move |()| {
        said.set(String::new());
        before.set_value(stickers.keys.get_untracked().unwrap_or_default());
        image.set_value(untrack(|| form.text("image_data_id")));
    };
    let took_place = move || {
        // In doubt it did: it is easier to add it again than to find out which of two to remove.
        let fits = |sticker: &Sticker| {
            let told = sticker.image_data_id.trim();
            told.is_empty() || image.with_value(|image| told == image.trim())
        };
        let added = before.with_value(|before| stickers.added(before));
        added.iter().any(|index| stickers.may_be(index, fits))
    };
    let name = format!("add-sticker-{pack}");
    let done = name.clone();
    let change = Change::new(stickers, Shelf::start, took_place, move |known| {
        form.clear();
        form.entry.draft.set(blank.get_value());
        desk.close(&done);
        said.set(match known {
            Known::Answered => "The sticker was added.".into(),
            Known::Found => "No answer came, but the sticker is in the pack: it was added.".into(),
        });
        focus::if_lost(format!("[id='open-{done}']"));
    });
    let words = Words {
        deed: "the sticker was added".into(),
        undone: "The sticker is not in the pack: it was not added. You can send it again.".into(),
    };
    view! { <Create desk form change words name label="Add a sticker" remember/> }
}
