//! An address that is no place of this console.

use crate::{browser::page, ui::parts::PageHead};
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <PageHead title="Not found"/>
        <div class="empty">
            <p>"There is no page at this address. It may have been typed wrong, or belong to another version."</p>
            <p><A href=page::place("/requests")>"Go to Requests"</A></p>
        </div>
    }
}
