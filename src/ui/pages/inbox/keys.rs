//! Keys of the whole inbox, wherever in it the focus is, and the map of all keys. What the keys do in
//! the messages is in `rove`.

use super::filter::Filter;
use crate::{
    browser::{leaving, page},
    ui::{finder, parts::Dialog},
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Keys as they are written in the map, and what they do.
const MAP: [(&[&str], &str); 10] = [
    (&["Alt", "↑"], "The conversation above in the list"),
    (&["Alt", "↓"], "The conversation below in the list"),
    (&["↑"], "The message before"),
    (&["↓"], "The message after"),
    (&["Home"], "The oldest message that is stored here"),
    (&["End"], "The newest message"),
    (&["Tab"], "From a message to its buttons and links, then to writing"),
    (&["R"], "Reply: quote the message that has the focus"),
    (&["E"], "React to the message that has the focus"),
    (&["F"], "Find in the conversation"),
];

/// Where texts are typed or chosen, keys mean themselves.
const TEXT: &str = "input, textarea, select, [contenteditable]";
/// Where Alt with an arrow opens a list of choices.
const CHOICE: &str = "select, input[list]";

/// Listens to the keys for as long as the inbox is shown.
pub fn listen(filter: Filter, open: Memo<Option<String>>, map: RwSignal<bool>) {
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || event.is_composing() {
            return;
        }
        let Some(at) = focused_here(&event) else { return };
        let with_alt = event.alt_key() && !(event.ctrl_key() || event.meta_key() || event.shift_key());
        match event.key().as_str() {
            "?" if !(event.ctrl_key() || event.meta_key() || fits(&at, TEXT)) => {
                event.prevent_default();
                map.set(true);
            }
            key @ ("ArrowUp" | "ArrowDown") if with_alt && !fits(&at, CHOICE) => {
                event.prevent_default();
                let open = open.get_untracked();
                if let Some(place) = filter.beside(open.as_deref(), key == "ArrowDown") {
                    leaving::go(&place);
                    page::reveal_soon(".conversation[aria-current]");
                }
            }
            _ => {}
        }
    });
    on_cleanup(move || listener.remove());
}

/// What has the focus, if it is in the inbox or nowhere, and nothing stands in front of it.
fn focused_here(event: &ev::KeyboardEvent) -> Option<Element> {
    let at: Element = event.target()?.dyn_into().ok()?;
    let nowhere = at == *page::body();
    (nowhere || fits(&at, ".inbox *") && !fits(&at, "dialog, dialog *")).then_some(at)
}

fn fits(element: &Element, selector: &str) -> bool {
    // These selectors are well formed.
    element.matches(selector).unwrap_or(false)
}

/// The map of the keys, and the button that opens it.
#[component]
pub fn KeyMap(open: RwSignal<bool>) -> impl IntoView {
    let row = |(keys, does): (&'static [&'static str], &'static str)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
        view! { <div><dt>{keys}</dt><dd>{does}</dd></div> }
    };
    view! {
        <Dialog id="inbox-keys" title="Keys in the inbox" open>
            // The focus begins here, so that the list is read from its top.
            <div class="key-map-list" tabindex="-1" autofocus><Show when=move || open.get()>
                <dl class="key-map">
                    {MAP.map(row)}
                    {row((&[finder::KEYS], "Go anywhere"))}
                    {row((&["Enter"], "Send what is written; with Shift, a new line"))}
                    {row((&["Ctrl+B"], "Bold, while writing"))}
                    {row((&["Ctrl+I"], "Italic, while writing"))}
                    {row((&["Esc"], "From a message back to writing, or to the messages; closes what is open"))}
                    {row((&["?"], "This list"))}
                </dl>
            </Show></div>
            <p class="note">"Letters and single arrows mean this while the messages have the focus: press Tab to get there, or click a message."</p>
            <div class="foot"><button type="button" on:click=move |_| open.set(false)>"Close"</button></div>
        </Dialog>
    }
}
