//! Stickers of a live number.

use crate::domain::connection::Connection;
use leptos::prelude::*;

#[component]
pub fn Stickers(connection: Connection, deployment_id: String) -> impl IntoView {
    view! { <section class="panel"><h2>"Stickers"</h2><p>{connection.label}" "{deployment_id}</p></section> }
}
