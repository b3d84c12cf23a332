//! One sticker of a pack, and its removal, which asks once in place. How stickers are read stands
//! beside this.

use super::{
    change::{Change, Known, Outcome, Words},
    desk::{Desk, Owner},
    shelf::Shelf,
};
use crate::{
    browser::{focus, transport::Abort},
    catalogue::vonage::{DELETE_STICKER, replies::Sticker},
    ui::{
        form::{SendButton, Sending},
        parts::{Copy, Icon},
    },
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value as Json;

/// The removal of stickers from one pack, one at a time.
#[derive(Clone, Copy)]
pub struct Removal {
    /// The index of the sticker that it is about.
    asked: RwSignal<Option<String>>,
    /// The ID of that sticker, where it is known.
    id: StoredValue<String>,
    change: Change,
    request: StoredValue<Json>,
    pack: StoredValue<String>,
}

impl Removal {
    pub fn new(desk: Desk, stickers: Shelf<Sticker>, pack: String, said: RwSignal<String>) -> Removal {
        let asked: RwSignal<Option<String>> = RwSignal::new(None);
        let id = StoredValue::new(String::new());
        let mut request = desk.request(Owner::Business);
        request["stickerpack_id"] = pack.clone().into();
        let pack = StoredValue::new(pack);
        let is_gone = move || {
            let id = id.get_value();
            let index = asked.get_untracked().unwrap_or_default();
            if id.is_empty() {
                stickers.keys.with_untracked(|keys| keys.as_ref().is_some_and(|keys| !keys.contains(&index)))
            } else {
                // Not by its index, which no document says to stay with its sticker.
                stickers.rows.with_untracked(|rows| rows.values().flatten().all(|sticker| sticker.id != id))
            }
        };
        let change = Change::new(stickers, Shelf::start_over, is_gone, move |known| {
            let index = asked.get_untracked().unwrap_or_default();
            asked.set(None);
            said.set(match known {
                Known::Answered => format!("Sticker {index} was removed."),
                Known::Found => format!("No answer came, but sticker {index} is gone: it was removed."),
            });
            focus::if_lost(pack.with_value(|pack| format!("[id='open-add-sticker-{pack}']")));
        });
        Removal { asked, id, change, request: StoredValue::new(request), pack }
    }

    /// Id of a button of a sticker.
    fn button(self, name: &str, index: &str) -> String {
        self.pack.with_value(|pack| format!("{name}-{index}-{pack}"))
    }

    fn ask(self, index: &str, id: &str) {
        self.change.forget();
        self.id.set_value(id.to_owned());
        self.asked.set(Some(index.to_owned()));
        focus::soon(format!("[id='{}']", self.button("keep", index)));
    }

    fn keep(self, index: &str) {
        self.change.forget();
        self.asked.set(None);
        focus::soon(format!("[id='{}']", self.button("remove", index)));
    }

    fn send(self, desk: Desk) {
        let Some(index) = self.asked.get_untracked().filter(|_| !untrack(|| self.change.is_open())) else {
            return;
        };
        // A browser without it cannot take a call back, nor make one.
        let Ok(abort) = Abort::new() else { return };
        let mut request = self.request.get_value();
        request["sticker_index"] = index.into();
        self.change.forget();
        self.change.sending.set(Sending::Pending);
        spawn_local(async move {
            let exchange = desk.ask(&DELETE_STICKER, request, abort).await;
            // The page may be gone by now; the history has the outcome either way.
            if self.change.sending.try_set(Sending::Ended(exchange.clone())).is_none() {
                self.change.hear(&exchange);
            }
        });
    }
}

#[component]
pub fn Tile(
    desk: Desk,
    stickers: Shelf<Sticker>,
    index: String,
    /// `None` where stickers cannot be removed.
    removal: Option<Removal>,
) -> impl IntoView {
    let sticker = {
        let index = index.clone();
        Memo::new(move |_| stickers.rows.with(|rows| rows.get(&index).cloned()))
    };
    let asked = {
        let index = index.clone();
        Memo::new(move |_| {
            removal.filter(|removal| removal.asked.with(|asked| asked.as_ref() == Some(&index))).is_some()
        })
    };
    let content = {
        let index = index.clone();
        move || {
            // While it asks, nothing else draws the tile again.
            if let Some(removal) = removal.filter(|_| asked.get()) {
                return view! { <Asking desk removal index=index.clone()/> }.into_any();
            }
            match sticker.get() {
                Some(Some(sticker)) => view! { <Shown sticker index=index.clone() removal/> }.into_any(),
                Some(None) => view! { <p class="note">"This sticker could not be read."</p> }.into_any(),
                None if stickers.busy.get() => {
                    view! { <div class="skeleton sticker-skeleton" aria-busy="true"></div> }.into_any()
                }
                None => view! { <p class="note">"Not read yet."</p> }.into_any(),
            }
        }
    };
    view! {
        <li class="sticker">
            <h4>{format!("Sticker {index}")}</h4>
            {content}
        </li>
    }
}

/// What is known of a sticker.
#[component]
fn Shown(sticker: Sticker, index: String, removal: Option<Removal>) -> impl IntoView {
    let Sticker { id, image_data_id, emojis } = sticker;
    let emojis = emojis.join(" ");
    let row = |name: &'static str, id: String, label: String| {
        (!id.is_empty()).then(|| {
            view! {
                <dt>{name}</dt>
                <dd><code>{id.clone()}</code><Copy text=Signal::stored(id) label/></dd>
            }
        })
    };
    let remove = removal.map(|removal| {
        let (button, label) = (removal.button("remove", &index), format!("Remove sticker {index}"));
        let (index, id) = (index.clone(), id.clone());
        view! {
            <button
                type="button"
                class="remove"
                id=button
                aria-label=label
                disabled=move || removal.change.is_open()
                on:click=move |_| removal.ask(&index, &id)
            >
                <Icon name="trash"/>
                "Remove"
            </button>
        }
    });
    view! {
        {if emojis.is_empty() {
            view! { <p class="note">"No emojis"</p> }.into_any()
        } else {
            view! { <p class="sticker-emojis">{emojis}</p> }.into_any()
        }}
        <dl>
            {row("Sticker ID, for a sticker message", id, format!("Copy the ID of sticker {index}"))}
            {row("Image ID", image_data_id, format!("Copy the image ID of sticker {index}"))}
        </dl>
        {remove}
    }
}

/// Asks once before a sticker is removed.
#[component]
fn Asking(desk: Desk, removal: Removal, index: String) -> impl IntoView {
    let change = removal.change;
    let connection = desk.connection();
    let label = format!("Remove sticker {index}");
    let words = Words {
        deed: format!("sticker {index} was removed"),
        undone: format!("Sticker {index} is still there: it was not removed. You can send it again."),
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        removal.send(desk);
    };
    let (keep, kept) = (removal.button("keep", &index), index.clone());
    view! {
        <form class="removing" on:submit=submit>
            <p>{format!("Remove sticker {index}? A pack's indexes do not move up.")}</p>
            <Outcome change words connection=connection.clone()/>
            <Show when=move || !change.is_unknown()>
                <SendButton operation=&DELETE_STICKER label=label.clone() sending=change.sending connection=connection.clone()/>
            </Show>
            <button type="button" id=keep disabled=move || change.is_open() on:click=move |_| removal.keep(&kept)>
                "Keep it"
            </button>
        </form>
    }
}
