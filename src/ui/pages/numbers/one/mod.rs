//! One number: the way it takes while it is being set up, afterwards what people see of it.

mod photo;
mod profile;
mod share;
mod stickers;

use crate::{browser::page, catalogue::provider::Provider, state::App, ui::parts::PageHead};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use photo::Photo;
use profile::Profile;
use share::Share;
use stickers::Stickers;

#[component]
pub fn NumberPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("deployment_id").unwrap_or_default()));
    let app = App::use_app();
    let _ = page::now();
    view! {
        <PageHead title="Number"/>
        {move || app.frame.connections.active(Provider::Vonage).map(|connection| view! {
            <Profile connection=connection.clone() deployment_id=id.get()/>
            <Photo connection=connection.clone() deployment_id=id.get()/>
            <Stickers connection deployment_id=id.get()/>
            <Share number="442079460958".to_owned()/>
        })}
    }
}
