//! Saved replies: found, put into the message with their placeholders filled, written, and moved to another
//! device as a file. What one may be is `domain::saved_reply`'s matter.

use super::Composing;
use crate::{
    browser::{download, file, focus, locale, page},
    domain::{
        markup,
        saved_reply::{self, Placeholder, SavedReply, Values},
        written::TEXT,
    },
    ui::{form::element_id, parts::Dialog},
};
use leptos::{ev, html, prelude::*, task::spawn_local};

/// Bytes of a file that is read: far beyond what all replies together come to.
const MOST_BYTES: usize = 16 * 1024 * 1024;

#[component]
pub fn SavedReplies(composing: Composing, open: RwSignal<bool>) -> impl IntoView {
    composing.app.replies.load();
    let edited = RwSignal::new(None::<SavedReply>);
    let inserted = RwSignal::new(false);
    let content = move || match edited.get() {
        Some(reply) => view! { <Editor composing reply edited/> }.into_any(),
        None => view! { <Choice composing open edited inserted/> }.into_any(),
    };
    let closed = move |()| {
        edited.set(None);
        // The browser has given the focus back to the button by now.
        if inserted.get_untracked() {
            inserted.set(false);
            focus::soon(format!("#{}", element_id(TEXT)));
        }
    };
    view! {
        <Dialog id="saved-replies" title="Saved replies" open closed=Callback::new(closed)>
            <Show when=move || open.get()>{content}</Show>
        </Dialog>
    }
}

/// What placeholders stand for in this conversation, now.
fn values(composing: Composing) -> Values {
    let now = page::now();
    Values {
        name: Some(composing.name.get_untracked()),
        first_name: None,
        phone: composing.phone(),
        date: Some(locale::day(now)),
        time: Some(locale::time(now)),
        business: None,
    }
}

#[component]
fn Choice(
    composing: Composing,
    open: RwSignal<bool>,
    edited: RwSignal<Option<SavedReply>>,
    /// Whether one was put into the message.
    inserted: RwSignal<bool>,
) -> impl IntoView {
    let replies = composing.app.replies;
    let words = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let insert = move |reply: &SavedReply| {
        let filled = saved_reply::fill(&reply.text, &values(composing));
        let before = composing.form.text(TEXT);
        let text = if before.trim().is_empty() { filled.text } else { format!("{before}\n{}", filled.text) };
        composing.form.set(TEXT, text);
        inserted.set(true);
        open.set(false);
    };
    let rows = move || {
        let wanted = words.get().to_lowercase();
        let fits = |reply: &SavedReply| {
            format!("{}\n{}", reply.title, reply.text).to_lowercase().contains(wanted.trim())
        };
        let row = |reply: SavedReply| {
            let (shown, title) = (markup::one_line(&reply.text, 120), reply.title.clone());
            let label = format!("Change “{title}”");
            let reply = StoredValue::new(reply);
            view! {
                <li class="saved-reply">
                    <button type="button" class="template" on:click=move |_| reply.with_value(insert)>
                        <span class="template-name" dir="auto">{title}</span>
                        <span class="template-words note" dir="auto">{shown}</span>
                    </button>
                    <button type="button" class="link" aria-label=label on:click=move |_| edited.set(Some(reply.get_value()))>"Change"</button>
                </li>
            }
        };
        replies.all().into_iter().filter(fits).map(row).collect_view()
    };
    let none = move || replies.all().is_empty();
    let new = move |_| {
        let id = format!("{:x}-{:x}", page::now(), (js_sys::Math::random() * f64::from(u32::MAX)) as u32);
        // What is being written is likely to be what is worth keeping.
        edited.set(Some(SavedReply { id, title: String::new(), text: composing.form.text(TEXT) }));
    };
    view! {
        <Show when=move || !none()>
            <input class="input" type="search" aria-label="Search saved replies" placeholder="Title or text" prop:value=words on:input=move |event| words.set(event_target_value(&event))/>
        </Show>
        <ul class="templates">{rows}</ul>
        <Show when=none><p class="empty">"No reply is saved on this device. Save one to use it in every conversation, or import a file from another device."</p></Show>
        <p class="note" role="status">{said}</p>
        <p class="dialog-tools">
            <button type="button" class="primary" on:click=new>"New reply"</button>
            <Transfer composing said/>
            <button type="button" on:click=move |_| open.set(false)>"Close"</button>
        </p>
    }
}

/// To a file and from one.
#[component]
fn Transfer(composing: Composing, said: RwSignal<String>) -> impl IntoView {
    let replies = composing.app.replies;
    let input: NodeRef<html::Input> = NodeRef::new();
    let export = move |_| {
        let text = saved_reply::export(&replies.all());
        let saved = download::text_file(&text, "application/json")
            .is_some_and(|file| download::save("switchboard-replies.json", &file));
        said.set(
            if saved { "The file was handed to the browser." } else { "The browser did not take the file." }
                .to_owned(),
        );
    };
    let import = move |_: ev::Event| {
        let Some(element) = input.get_untracked() else { return };
        let chosen = file::only(element.files());
        element.set_value("");
        spawn_local(async move {
            let words = match chosen {
                Ok(chosen) => take(composing, file::bytes(&chosen, MOST_BYTES).await),
                Err(_) => "Choose one file.".to_owned(),
            };
            said.try_set(words);
        });
    };
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    view! {
        <button type="button" aria-disabled=move || replies.all().is_empty().then_some("true") on:click=export>"Export"</button>
        <button type="button" on:click=choose>"Import"</button>
        <input class="unseen" type="file" accept="application/json,.json" tabindex="-1" aria-label="File of saved replies" node_ref=input on:change=import/>
    }
}

/// All of a file, or nothing of it.
fn take(composing: Composing, bytes: Result<Vec<u8>, file::FileFault>) -> String {
    let replies = composing.app.replies;
    let Ok(bytes) = bytes else { return "The file could not be read; nothing was imported.".to_owned() };
    let text = String::from_utf8_lossy(&bytes);
    let existing = untrack(|| replies.all());
    let merged = saved_reply::import(&text)
        .and_then(|imported| saved_reply::merge(&existing, &imported).map(|merged| (imported.len(), merged)));
    match merged {
        Ok((count, merged)) => {
            replies.replace(merged);
            format!("{count} {} read from the file.", if count == 1 { "reply was" } else { "replies were" })
        }
        Err(problem) => format!("{} Nothing was imported.", problem.sentence()),
    }
}

#[component]
fn Editor(composing: Composing, reply: SavedReply, edited: RwSignal<Option<SavedReply>>) -> impl IntoView {
    let replies = composing.app.replies;
    let known = untrack(|| replies.all()).iter().any(|other| other.id == reply.id);
    let id = StoredValue::new(reply.id.clone());
    let (title, text) = (RwSignal::new(reply.title), RwSignal::new(reply.text));
    let tried = RwSignal::new(false);
    let reply = move || SavedReply { id: id.get_value(), title: title.get(), text: text.get() };
    let problems = move |of_title: bool| {
        let problems = if tried.get() { reply().problems() } else { vec![] };
        let of_it = problems.into_iter().filter(move |problem| problem.is_of_title() == of_title);
        of_it.map(|problem| view! { <p class="problem">{problem.sentence()}</p> }).collect_view()
    };
    let save = move |_| {
        tried.set(true);
        let reply = untrack(reply);
        if reply.problems().is_empty() {
            replies.put(reply);
            edited.set(None);
        }
    };
    let remove = move |_| {
        id.with_value(|id| replies.remove(id));
        edited.set(None);
    };
    let slots =
        Placeholder::ALL.map(|slot| format!("{} {}", slot.slot(), slot.label().to_lowercase())).join(", ");
    view! {
        <div class="field">
            <div class="field-head"><label for="reply-title">"Title"</label></div>
            <input id="reply-title" class="input" type="text" dir="auto" aria-describedby="reply-title-problems" prop:value=title on:input=move |event| title.set(event_target_value(&event))/>
            <div class="problems" id="reply-title-problems">{move || problems(true)}</div>
        </div>
        <div class="field">
            <div class="field-head"><label for="reply-text">"Text"</label></div>
            <div class="help" id="reply-text-help"><p>{format!("Filled in when it is used: {slots}.")}</p></div>
            <textarea id="reply-text" class="input" rows="5" dir="auto" aria-describedby="reply-text-help reply-text-problems" prop:value=text on:input=move |event| text.set(event_target_value(&event))></textarea>
            <div class="problems" id="reply-text-problems">{move || problems(false)}</div>
        </div>
        <p class="dialog-tools">
            <button type="button" class="primary" on:click=save>"Save"</button>
            <button type="button" on:click=move |_| edited.set(None)>"Cancel"</button>
            {known.then(|| view! { <button type="button" class="danger" on:click=remove>"Delete"</button> })}
        </p>
    }
}
