//! Which version is open, and whether it opens without a network.

use crate::{
    browser::{
        page,
        release::{self, Copy},
    },
    state::release::Release,
};
use leptos::prelude::*;

#[component]
pub fn Version(release: Release) -> impl IntoView {
    let build = release::build().map_or("in development".to_owned(), |build| format!("build {build}"));
    let offline = move || match release.copy() {
        Copy::Kept => {
            "This browser keeps a copy of the console, so it also opens without a network. A newer version is put in place when you say so, or when the last tab of this one is closed."
        }
        Copy::Missing => {
            "This browser keeps no copy of the console here, so it opens only with a network. That is so at an address without https, in some private windows, and where there is no room."
        }
        Copy::Open => "Whether this browser keeps a copy of the console is not known yet.",
    };
    let product = format!("Switchboard {}, {build}, served from ", env!("CARGO_PKG_VERSION"));
    view! {
        <p>{product}<bdi>{page::origin()}{page::base_path()}</bdi>"."</p>
        <p class="note" role="status">{offline}</p>
    }
}
