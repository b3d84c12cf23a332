//! How much room the browser gives this site, and whether it may take it back by itself.

use crate::browser::{
    inventory::{self, Estimate},
    locale,
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Room() -> impl IntoView {
    let told = RwSignal::new(None::<Estimate>);
    let said = RwSignal::new("");
    let look = move || {
        spawn_local(async move {
            if let Some(estimate) = inventory::estimate().await {
                told.try_set(Some(estimate));
            }
        });
    };
    look();
    let ask = move |_| {
        spawn_local(async move {
            let kept = inventory::persist().await;
            said.try_set(match kept {
                true => "The browser keeps it.",
                false => {
                    "The browser did not promise it. Most do once a site is used often, or was installed."
                }
            });
            look();
        });
    };
    let sentence = |estimate: Estimate| {
        format!(
            "The browser counts {} for this site, of {} that it allows.",
            locale::size(estimate.used),
            locale::size(estimate.most)
        )
    };
    let lasting = move |estimate: Estimate| {
        match estimate.lasts {
        true => view! { <p class="note">"It has promised to remove nothing of it by itself."</p> }.into_any(),
        false => view! {
            <p class="note">"When the disk is nearly full, a browser may remove what sites have stored, unless it has promised to keep it."</p>
            <div class="foot tight"><button type="button" on:click=ask>"Ask the browser to keep it"</button></div>
        }.into_any(),
    }
    };
    view! {
        <div class="room">
            {move || told.get().map(|estimate| view! { <p>{sentence(estimate)}</p> {lasting(estimate)} })}
            <p role="status">{said}</p>
        </div>
    }
}
