//! Names the connection a page or a button works on. Sandbox and live differ in colour, shape and word.

use super::Icon;
use crate::domain::connection::Connection;
use leptos::prelude::*;

#[component]
pub fn World(connection: Connection) -> impl IntoView {
    let sandbox = connection.is_sandbox();
    let (icon, word) = if sandbox { ("flask", "") } else { ("globe", "Live: ") };
    view! {
        <span class="world" class:sandbox=sandbox class:live=!sandbox>
            <Icon name=icon/>
            {word}
            {connection.world()}
        </span>
    }
}
