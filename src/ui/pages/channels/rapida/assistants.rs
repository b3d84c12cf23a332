//! The assistants that were looked at from this device, and the way to another one by its id.

use super::ById;
use crate::{
    browser::{focus, page},
    catalogue::rapida::GET_WHATSAPP_DEPLOYMENT,
    domain::{channels::Place, connection::Connection},
    state::App,
    ui::parts::Icon,
};
use leptos::prelude::*;

#[component]
pub fn Assistants(connection: Connection) -> impl IntoView {
    let app = App::use_app();
    let of = StoredValue::new(connection.id.clone());
    let known = Memo::new(move |_| of.with_value(|of| app.channels.assistants(of)));
    let row = move |id: String| {
        let href = page::place(&Place::Assistant { id: id.clone() }.address());
        let (label, gone) = (format!("Forget the assistant {id}"), id.clone());
        let forget = move |_| {
            of.with_value(|of| app.channels.forget(of, &gone));
            focus::if_lost("[data-list=assistants] a, #field-assistantId".into());
        };
        view! {
            <li>
                <a class="channel-row" href=href><strong class="figures">{id}</strong></a>
                <button type="button" class="icon-button" aria-label=label title="Forget on this device" on:click=forget><Icon name="trash"/></button>
            </li>
        }
    };
    view! {
        <Show
            when=move || known.with(|known| !known.is_empty())
            fallback=|| view! { <p class="empty">"No assistant was looked at from this device yet. Type the ID of one below; it stands on the assistant's page in Rapida."</p> }
        >
            <ul class="channel-rows" data-list="assistants" aria-label="Assistants looked at from this device">
                <For each=move || known.get() key=String::clone children=row/>
            </ul>
        </Show>
        <div class="channel-hand">
            <h3>"By its ID"</h3>
            <p class="note">"Rapida has no list of assistants for a key. Those you look at are remembered on this device."</p>
            <ById operation=&GET_WHATSAPP_DEPLOYMENT connection action="Open the assistant" place=Callback::new(|id| Place::Assistant { id })/>
        </div>
    }
}
