//! Writing to a contact: one form for every kind of message, over the fields that the request documents.
//! What is typed is `state::writing`'s to keep, and what was sent off is in the outbox.

mod composing;
mod kinds;
mod place;
mod preview;
mod recipient;
mod replies;
mod template;
mod text;
mod values;

pub use composing::Composing;

use crate::{
    browser::focus,
    domain::{duration, thread::window::Window, written::TEXT},
    ui::{
        form::{Summary, element_id},
        parts::{Announce, Icon},
    },
};
use kinds::{KindChoice, Panel};
use leptos::{ev, prelude::*};
use preview::Preview;
use recipient::Recipient;
use replies::SavedReplies;
use template::TemplatePanel;
use text::{QUOTING, TextPanel};

#[component]
pub fn Composer(composing: Composing) -> impl IntoView {
    let replies = RwSignal::new(false);
    let kind = composing.kind;
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        composing.send();
    };
    let panel = move || match kind.get().as_str() {
        "text" => view! { <TextPanel composing/> }.into_any(),
        "template" => view! { <TemplatePanel composing/> }.into_any(),
        _ => view! { <Panel composing/> }.into_any(),
    };
    let name = composing.name;
    let begins = composing.begins();
    let called = Callback::new(move |path: String| {
        untrack(|| composing.template.with(|template| values::called(template.as_ref()?, &path)))
    });
    view! {
        <form class="composer" aria-label=move || format!("Write to {}", name.get()) novalidate on:submit=submit>
            {(!begins).then(|| view! { <WindowNote composing/> })}
            <Show when=move || begins || kind.with(|kind| kind != "text")><Summary form=composing.form called/></Show>
            {begins.then(|| view! { <Recipient composing/> })}
            <Quoting composing/>
            <Preview composing/>
            {panel}
            <div class="composer-bar">
                <KindChoice composing/>
                <Show when=move || kind.with(|kind| kind == "text")>
                    <text::Marks composing/>
                    <button type="button" class="composer-tool" on:click=move |_| replies.set(true)>"Saved replies"</button>
                </Show>
                <Show when=move || kind.with(|kind| kind != "template")>
                    <button type="button" class="composer-tool" on:click=move |_| composing.choose("template")>"Template"</button>
                </Show>
                <button type="submit" class="primary" class:live=move || composing.is_live()>{move || format!("Send to {}", name.get())}</button>
            </div>
            <Announce told=Signal::derive(move || composing.said())/>
        </form>
        <SavedReplies composing open=replies/>
    }
}

/// Until when one may write freely, where that is near, over or unknown.
#[component]
fn WindowNote(composing: Composing) -> impl IntoView {
    let name = composing.name;
    let note = move || {
        match composing.window.get() {
        window @ Window::Open { left } if window.is_closing() => Some((
            "doubt",
            format!("The 24-hour window closes in {}. After that WhatsApp takes only templates.", duration::left(left)),
        )),
        Window::Open { .. } => None,
        Window::Closed { .. } => Some((
            "doubt",
            format!("{} last wrote more than 24 hours ago, so WhatsApp takes only a template now. What you typed is kept.", name.get()),
        )),
        Window::NeverOpened => Some((
            "doubt",
            format!("{} has not written yet, so WhatsApp takes only a template.", name.get()),
        )),
        Window::Unknown => {
            Some(("note", "It is not known yet whether the 24-hour window is open. WhatsApp refuses a text where it is not.".to_owned()))
        }
    }
    };
    let note = Memo::new(move |_| note());
    move || {
        note.get().map(|(class, words)| view! { <p class=format!("composer-window {class}")><Icon name="clock"/><span>{words}</span></p> })
    }
}

/// The message that is answered, and a way to leave it out.
#[component]
fn Quoting(composing: Composing) -> impl IntoView {
    let quote = composing.writing.quote;
    let leave_out = move |_| {
        composing.unquote();
        focus::soon(format!("#{}", element_id(TEXT)));
    };
    move || {
        quote.get().map(|quote| {
            let words = crate::domain::markup::one_line(&quote.words, 100);
            view! {
                <div class="quoting">
                    <p id=QUOTING><strong>{format!("Quoting {}", quote.who)}</strong>" "<span dir="auto">{words}</span></p>
                    {move || composing.quote_waits().then(|| view! { <p class="note">"This kind of message carries no quote: it stays for your next text."</p> })}
                    <button type="button" class="icon-button" aria-label="Leave the quote out" on:click=leave_out><Icon name="close"/></button>
                </div>
            }
        })
    }
}
