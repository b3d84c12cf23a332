//! Channels: Kapso's customers and their WhatsApp configs, and Rapida's deployments by assistant. Every
//! place within it stands in the address, so a reload and the way back find it again.

mod by_id;
mod facts;
mod kapso;
mod list;
mod make;
mod missing;
mod rapida;

use crate::{
    browser::page,
    catalogue::provider::Provider,
    domain::{channels::Place, connection::Connection},
    state::App,
    ui::{
        parts::{Between, Crumbs as BelowPlace, Icon, NoConnection, PageHead, World},
        places::{CHANNELS, PlaceHead, begins_anew},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What was done on the way to a place, said there once.
#[derive(Clone, Copy)]
struct Told(RwSignal<Option<(Place, String)>>);

impl Told {
    fn tell(self, place: &Place, sentence: &str) {
        // The page may be gone by now.
        self.0.try_set(Some((place.clone(), sentence.to_owned())));
    }
}

#[component]
pub fn ChannelsPage() -> impl IntoView {
    let app = App::use_app();
    let query = use_query_map();
    let place = Memo::new(move |_| query.with(|query| Place::of(|name| query.get(name))));
    let told = Told(RwSignal::new(None));
    provide_context(told);
    begins_anew(place);
    let said = move || {
        let sentence = told.0.get().filter(|(at, _)| *at == place.get()).map(|(_, sentence)| sentence);
        sentence.map(
            |sentence| view! { <p class="status-line ok"><Icon name="check"/><span>{sentence}</span></p> },
        )
    };
    view! {
        <div class="channels-told" role="status">{said}</div>
        <Show
            when=move || app.frame.connections.loaded()
            fallback=|| view! { <PlaceHead place=&CHANNELS/><div class="skeleton" aria-busy="true"></div> }
        >
            {move || shown(place.get())}
        </Show>
    }
}

fn shown(place: Place) -> AnyView {
    match place {
        Place::Overview { number } => view! { <Overview number/> }.into_any(),
        Place::NewCustomer { number } => {
            view! { <With provider=Provider::Kapso title="New customer" draw=move |connection| kapso::new_customer(connection, number.clone())/> }.into_any()
        }
        Place::Customer { id } => {
            view! { <With provider=Provider::Kapso title="Customer" draw=move |connection| kapso::customer(connection, id.clone())/> }.into_any()
        }
        Place::NewConfig { customer, number } => {
            view! { <With provider=Provider::Kapso title="New WhatsApp config" draw=move |connection| kapso::new_config(connection, customer.clone(), number.clone())/> }.into_any()
        }
        Place::Config { id } => {
            view! { <With provider=Provider::Kapso title="WhatsApp config" draw=move |connection| kapso::config(connection, id.clone())/> }.into_any()
        }
        Place::Assistant { id } => {
            view! { <With provider=Provider::Rapida title="Assistant" draw=move |connection| rapida::assistant(connection, id.clone())/> }.into_any()
        }
        Place::NewDeployment { assistant } => {
            view! { <With provider=Provider::Rapida title="New deployment" draw=move |connection| rapida::new_deployment(connection, assistant.clone())/> }.into_any()
        }
    }
}

/// A place of one provider, drawn with the connection in use; anew with another.
#[component]
fn With<F>(provider: Provider, title: &'static str, draw: F) -> impl IntoView
where
    F: Fn(Connection) -> AnyView + Send + Sync + 'static,
{
    let app = App::use_app();
    let active = Memo::new(move |_| app.frame.connections.active(provider));
    move || match active.get() {
        Some(connection) => draw(connection),
        None => view! { <Crumbs here=title/><PageHead title/><NoConnection provider/> }.into_any(),
    }
}

/// Both providers; what fails at one leaves the other as it is.
#[component]
fn Overview(number: Option<String>) -> impl IntoView {
    let app = App::use_app();
    let kapso = Memo::new(move |_| app.frame.connections.active(Provider::Kapso));
    let rapida = Memo::new(move |_| app.frame.connections.active(Provider::Rapida));
    let number = StoredValue::new(number);
    view! {
        <PlaceHead place=&CHANNELS/>
        <div class="channels">
            <section class="panel" aria-labelledby="kapso-heading">
                <Head id="kapso-heading" title="Customers at Kapso" connection=kapso/>
                {move || match kapso.get() {
                    Some(connection) => kapso::customers(connection, number.get_value()),
                    None => view! { <NoConnection provider=Provider::Kapso/> }.into_any(),
                }}
            </section>
            <section class="panel" aria-labelledby="rapida-heading">
                <Head id="rapida-heading" title="Assistants at Rapida" connection=rapida/>
                {move || match rapida.get() {
                    Some(connection) => rapida::assistants(connection),
                    None => view! { <NoConnection provider=Provider::Rapida/> }.into_any(),
                }}
            </section>
        </div>
    }
}

#[component]
fn Head(id: &'static str, title: &'static str, connection: Memo<Option<Connection>>) -> impl IntoView {
    view! {
        <div class="panel-head">
            <h2 id=id>{title}</h2>
            {move || connection.get().map(|connection| view! { <World connection/> })}
        </div>
    }
}

/// Where this is, below the overview.
#[component]
fn Crumbs(
    /// What lies between, such as the customer of a config.
    #[prop(optional, into)]
    between: Signal<Option<(Place, String)>>,
    #[prop(into)] here: Signal<String>,
) -> impl IntoView {
    let between = move || {
        between.get().map(|(place, name)| {
            view! { <a href=page::place(&place.address())>{name}</a><Between/> }
        })
    };
    view! { <BelowPlace above=(CHANNELS.path, CHANNELS.name) here>{between}</BelowPlace> }
}
