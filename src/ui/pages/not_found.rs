//! An address that is no place of this console.

use crate::{
    browser::page,
    ui::{
        parts::PageHead,
        places::{HOME, REQUESTS},
    },
};
use leptos::prelude::*;

#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <PageHead title="Not found"/>
        <div class="empty">
            <p>"There is no page at this address. It may have been typed wrong, or belong to another version."</p>
            <p><a href=page::place(HOME.path)>"Go to Home"</a></p>
            <p><a href=page::place(REQUESTS.path)>"Go to Requests"</a></p>
        </div>
    }
}
