//! What a page shows where its provider has no connection at all.

use crate::{browser::page, catalogue::provider::Provider};
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn NoConnection(provider: Provider) -> impl IntoView {
    view! {
        <div class="empty">
            <p>"There is no connection to "{provider.name()}" yet, and whoever hosts this site has switched the sandbox off."</p>
            <p><A href=page::place("/connections")>"Add a connection"</A></p>
        </div>
    }
}
