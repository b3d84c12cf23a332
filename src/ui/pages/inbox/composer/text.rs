//! The text of a message: Enter sends it, Shift and Enter break the line, and an input method's Enter is its
//! own. Marks are put around what is selected as WhatsApp writes them.

use super::Composing;
use crate::{
    browser::page,
    catalogue::kapso::SEND_MESSAGE,
    domain::{markup, written::TEXT},
    ui::form::{Hints, Problems, element_id},
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

/// A mark, what it is called, and the key that puts it with Ctrl.
const MARKS: [(char, &str, &str); 4] =
    [('*', "Bold", "b"), ('_', "Italic", "i"), ('~', "Strikethrough", ""), ('`', "Code", "")];
/// What browsers report as the key of a press that an input method takes.
const COMPOSES: u32 = 229;

/// The id of what says which message is quoted.
pub const QUOTING: &str = "composer-quoting";

#[component]
pub fn TextPanel(composing: Composing) -> impl IntoView {
    let form = composing.form;
    let shown = form.watch(TEXT);
    let bad = move || shown.with(|shown| shown.iter().any(|one| one.blocks));
    let id = element_id(TEXT);
    let keys = move |event: ev::KeyboardEvent| on_key(composing, &event);
    let field = SEND_MESSAGE.field(TEXT);
    view! {
        // What is wrong stands above what is typed, whose end is in view.
        <div class="composer-text" class:bad=bad>
            <Problems form path=TEXT.to_owned() shown/>
            <textarea
                id=id.clone()
                name=TEXT
                class="input"
                rows="1"
                dir="auto"
                placeholder="Write a message"
                aria-label=move || format!("Message to {}", composing.name.get())
                aria-invalid=move || bad().then_some("true")
                aria-describedby=format!("{QUOTING} {id}-hint {id}-problems")
                enterkeyhint="send"
                prop:value=move || form.text(TEXT)
                on:input=move |event| form.take(TEXT, &event_target_value(&event))
                on:keydown=keys
            ></textarea>
            {field.map(|field| view! { <p class="composer-count"><Hints field form id=format!("{id}-hint") path=TEXT.to_owned()/></p> })}
        </div>
    }
}

fn on_key(composing: Composing, event: &ev::KeyboardEvent) {
    if event.is_composing() || event.key_code() == COMPOSES {
        return;
    }
    let command = event.ctrl_key() || event.meta_key();
    let mark = MARKS
        .into_iter()
        .find(|(_, _, key)| command && !key.is_empty() && event.key().eq_ignore_ascii_case(key));
    match (event.key().as_str(), mark) {
        (_, Some((mark, ..))) => {
            event.prevent_default();
            put(composing, mark);
        }
        ("Enter", None) if !event.shift_key() && !event.alt_key() => {
            event.prevent_default();
            let empty = composing.form.entry.draft.with_untracked(|draft| draft.text(TEXT).trim().is_empty());
            if !event.repeat() && !empty {
                composing.send();
            }
        }
        _ => {}
    }
}

/// Puts a mark around what is selected, or takes it away.
fn put(composing: Composing, mark: char) {
    let area = page::document().get_element_by_id(&element_id(TEXT));
    let Some(area) = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok()) else { return };
    let place = |at: Result<Option<u32>, _>| at.ok().flatten().unwrap_or(0) as usize;
    let (start, end) = (place(area.selection_start()), place(area.selection_end()));
    let (text, start, end) = markup::toggle(&area.value(), start, end, mark);
    area.set_value(&text);
    // It fails only for inputs that have no selection.
    drop(area.set_selection_range(start as u32, end as u32));
    composing.form.set(TEXT, text);
    drop(area.focus());
}

/// Buttons for the marks. They leave the selection where it is.
#[component]
pub fn Marks(composing: Composing) -> impl IntoView {
    let button = |(mark, name, key): (char, &'static str, &'static str)| {
        let title =
            if key.is_empty() { name.to_owned() } else { format!("{name} (Ctrl+{})", key.to_uppercase()) };
        let face = match mark {
            '*' => view! { <strong>"B"</strong> }.into_any(),
            '_' => view! { <em>"I"</em> }.into_any(),
            '~' => view! { <s>"S"</s> }.into_any(),
            _ => view! { <code>"<>"</code> }.into_any(),
        };
        view! {
            <button type="button" class="mark-button" aria-label=name title=title on:mousedown=|event| event.prevent_default() on:click=move |_| put(composing, mark)>{face}</button>
        }
    };
    view! { <span class="marks" role="group" aria-label="Formatting">{MARKS.map(button).into_iter().collect_view()}</span> }
}
