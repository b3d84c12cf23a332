//! Words that follow what is typed, read out to whoever does not see them once nobody has typed for a
//! moment: a sentence for every key would be noise. What shows changes at once, and is not drawn here.

use leptos::{leptos_dom::helpers::debounce, prelude::*};
use std::time::Duration;

/// Milliseconds without a change after which the words are read out.
const STILL: u64 = 1_000;

#[component]
pub fn Spoken(#[prop(into)] words: Signal<String>) -> impl IntoView {
    let told = RwSignal::new(String::new());
    // The page may be left meanwhile.
    let mut tell = debounce(Duration::from_millis(STILL), move |words: String| {
        told.try_set(words);
    });
    // What is there at first is read with the page.
    Effect::new(move |before: Option<String>| {
        let now = words.get();
        if before.is_some_and(|before| before != now) {
            tell(now.clone());
        }
        now
    });
    view! { <p class="unseen" role="status">{told}</p> }
}
