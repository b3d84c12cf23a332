//! Why something was not done, and the key again where that was the reason.

use super::{KeyEntry, Refusal};
use crate::{catalogue::failure::Failure, domain::connection::Connection};
use leptos::prelude::*;

#[component]
pub fn Refused(
    failure: Failure,
    connection: Connection,
    /// Whether it is worth saying that nothing was carried out.
    writes: bool,
    /// What is said of single values, by the labels they are known by.
    #[prop(optional)]
    said: Vec<(String, String)>,
) -> impl IntoView {
    let asks = connection.asks_again(&failure);
    view! {
        <Refusal failure connection=connection.clone() writes said/>
        {asks.then(|| view! { <KeyEntry connection/> })}
    }
}
