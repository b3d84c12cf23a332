//! Pictures and media that somebody else hosts: shown when they are seen, or, where the person chose so,
//! behind a button that says what it loads and from whom. How they look is in `body`.

use crate::{
    browser::{focus, page},
    domain::thread::body::MediaKind,
    state::App,
    ui::parts::Icon,
};
use leptos::prelude::*;

#[component]
pub fn Wanted<V: IntoView + 'static>(
    url: String,
    kind: MediaKind,
    /// Makes what is shown; it may load as soon as it is there.
    media: impl Fn() -> V + Send + Sync + 'static,
) -> impl IntoView {
    let loading = App::use_app().media;
    let url = StoredValue::new(url);
    let host = page::absolute(&url.get_value()).map(|url| url.host()).unwrap_or_default();
    let label = format!("Load the {} from {host}", kind.label().to_lowercase());
    let ask = move |_| {
        url.with_value(|url| loading.ask(url));
        // The button goes with the click; keys go on among the messages.
        focus::if_lost(".thread-scroll".into());
    };
    let may = Memo::new(move |_| url.with_value(|url| loading.may_load(url)));
    move || {
        if may.get() {
            media().into_any()
        } else {
            view! { <button type="button" class="load-media" on:click=ask><Icon name="eye"/><span>{label.clone()}</span></button> }
                .into_any()
        }
    }
}
