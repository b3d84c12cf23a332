//! A new config for a customer. A number that went live here hands its values on, as far as they are
//! really known: its WABA and how it is written. Meta's ID of the number is not told by Vonage.

use super::{
    CONFIG, Crumbs, customer_name,
    make::{Make, Offer},
    want_customer,
};
use crate::{
    browser::page,
    catalogue::{draft::Draft, kapso::CREATE_WHATSAPP_CONFIG},
    domain::{
        channels::Place,
        connection::Connection,
        phone,
        provisioning::{Stage, Track},
    },
    state::App,
    ui::parts::{Icon, PageHead, World},
};
use leptos::prelude::*;
use serde_json::json;

/// How a number is written.
fn written(track: &Track) -> String {
    phone::display(&track.country_code, &track.number)
}

/// What a config takes over of a number.
fn offer(track: &Track) -> Offer {
    let config = json!({ "name": written(track), "business_account_id": track.waba_id });
    let draft = Draft::from_json(&CREATE_WHATSAPP_CONFIG, &json!({ "whatsapp_config": config }));
    Offer { draft, from: written(track) }
}

fn track_of(app: App, number: &str) -> Option<Track> {
    app.numbers.all().into_iter().find(|track| track.id == number)
}

/// The number that is carried along while its customer is being chosen.
#[component]
pub fn Carried(number: String) -> impl IntoView {
    let app = App::use_app();
    let words = move || {
        match track_of(app, &number) {
        Some(track) => format!("{} is to be attached: choose its customer, or create one. Its values are carried over.", written(&track)),
        None if !app.numbers.loaded() => "Reading what is known of the number…".to_owned(),
        None => "The number that was to be attached is not known on this device, so its values cannot be carried over.".to_owned(),
    }
    };
    let without = page::place(&Place::Overview { number: None }.address());
    view! {
        <p class="advice channel-carried"><Icon name="phone"/><span>{words}" "<a href=without>"Not now"</a></span></p>
    }
}

#[component]
pub fn NewConfig(connection: Connection, customer: String, number: Option<String>) -> impl IntoView {
    let app = App::use_app();
    let carried = StoredValue::new(number);
    let known = Memo::new(move |_| {
        let number = carried.get_value()?;
        track_of(app, &number).map(|track| offer(&track))
    });
    let shared = StoredValue::new(customer.clone());
    let place = Callback::new(move |id: String| match id.as_str() {
        "" => Place::Customer { id: shared.get_value() },
        id => Place::Config { id: id.to_owned() },
    });
    want_customer(app, &connection, &customer);
    let of = connection.clone();
    let name = Memo::new(move |_| shared.with_value(|id| customer_name(app, &of, id)));
    let between = Signal::derive(move || Some((Place::Customer { id: shared.get_value() }, name.get())));
    let lost = move || {
        let lost = carried.get_value().is_some() && app.numbers.loaded() && known.with(Option::is_none);
        lost.then(|| view! { <p class="note">"The number that was to be attached is not known on this device, so nothing of it is filled in."</p> })
    };
    view! {
        <Crumbs between here="New WhatsApp config"/>
        <PageHead title="New WhatsApp config"/>
        <p class="under-title"><World connection=connection.clone()/><span>"For the customer "<bdi>{name}</bdi></span></p>
        <section class="panel channel-make" aria-labelledby="make-heading">
            <h2 id="make-heading">"WhatsApp config"</h2>
            {lost}
            <Live customer=customer.clone() chosen=carried.get_value()/>
            <Show when=move || known.with(Option::is_some)>
                <p class="note">"The phone number ID and the access token come from Meta: Vonage does not tell them."</p>
            </Show>
            <Make kind=&CONFIG connection subject=customer place offer=Some(known) heading="make-heading"/>
        </section>
    }
}

/// Numbers that are live here, to begin with one of them.
#[component]
fn Live(customer: String, chosen: Option<String>) -> impl IntoView {
    let app = App::use_app();
    let live = Memo::new(move |_| {
        let mut live: Vec<Track> = app.numbers.all();
        live.retain(|track| track.stage() == Stage::Live && Some(&track.id) != chosen.as_ref());
        live
    });
    let link = move |track: Track| {
        let place = Place::NewConfig { customer: customer.clone(), number: Some(track.id.clone()) };
        view! { <li><a class="button figures" href=page::place(&place.address())>{written(&track)}</a></li> }
    };
    move || {
        let live = live.get();
        (!live.is_empty()).then(|| {
            view! {
                <div class="channel-live">
                    <p>"Attach a number that is live:"</p>
                    <ul>{live.into_iter().map(&link).collect_view()}</ul>
                </div>
            }
        })
    }
}
