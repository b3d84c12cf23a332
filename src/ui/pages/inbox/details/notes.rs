//! What the team noted about the contact, the newest first, and one more note. The contact does not see
//! them; they belong to the number, not to one conversation.

use super::{
    Subject,
    write::{Missing, Needed, Went, Write, empty, keep_typed, typed},
};
use crate::{
    browser::locale,
    catalogue::{
        draft::Draft,
        failure::Failure,
        kapso::{
            CREATE_NOTE, LIST_NOTES,
            replies::{self, Note},
        },
        operation::Operation,
    },
    domain::note,
    state::inbox::{Jotted, Rows, is_missing},
    ui::{
        form::{Fields, Form, SendButton, Summary, body_root, once_a_press},
        parts::{Outcome, Trouble},
    },
};
use leptos::{ev, prelude::*, task::spawn_local};
use serde_json::{Value as Json, json};

const OPERATION: &Operation = &CREATE_NOTE;
const NAME: &str = "note.name";
const CONTENT: &str = "note.content";
/// Notes that are shown before somebody asks for all.
const FEW: usize = 5;

#[derive(Clone, Debug, PartialEq)]
enum Shown {
    Reading,
    Failed(Failure),
    /// Kapso has no contact with the number, and so no notes.
    NoContact,
    Notes(Vec<Note>),
}

fn shown(answer: Option<Result<Vec<Json>, Failure>>) -> Shown {
    match answer {
        None => Shown::Reading,
        Some(Err(failure)) if is_missing(&failure) => Shown::NoContact,
        Some(Err(failure)) => Shown::Failed(failure),
        Some(Ok(rows)) => Shown::Notes(note::newest_first(rows.iter().filter_map(Note::read).collect())),
    }
}

#[component]
pub fn Notes(
    subject: Subject,
    /// The digits of the contact's number, by which the contact is known.
    digits: String,
) -> impl IntoView {
    view! {
        <section class="details-part" aria-labelledby="details-notes">
            <h3 id="details-notes">"Notes about the contact"</h3>
            {if digits.is_empty() {
                view! { <p class="note">"Kapso told no number of this contact, so its notes cannot be asked for."</p> }.into_any()
            } else {
                view! { <Of subject digits/> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Of(subject: Subject, digits: String) -> impl IntoView {
    let Subject { app, connection, .. } = subject;
    let named = json!({ "identifier": digits });
    let rows = connection.with_value(|connection| Rows::read(app, connection, &LIST_NOTES, named));
    let list = Memo::new(move |_| shown(rows.answer.get()));
    let ready = Memo::new(move |_| list.with(|list| matches!(list, Shown::Notes(_) | Shown::NoContact)));
    let all = RwSignal::new(false);
    let content = move || {
        match list.get() {
        Shown::Reading => view! { <div class="skeleton details-skeleton" role="status" aria-label="Reading the notes" aria-busy="true"></div> }.into_any(),
        Shown::Failed(failure) => view! {
            <p>"The notes could not be read."</p>
            <Trouble failure connection=connection.get_value() again=move |()| rows.again()/>
        }
        .into_any(),
        Shown::NoContact => view! { <p class="note">"Kapso has no contact with this number yet, and so no notes about it."</p> }.into_any(),
        Shown::Notes(notes) if notes.is_empty() => view! { <p class="note">"Nothing is noted yet."</p> }.into_any(),
        Shown::Notes(notes) => {
            let more = notes.len().saturating_sub(FEW);
            let drawn = if all.get() { notes.len() } else { FEW };
            view! {
                <ul class="notes">{notes.into_iter().take(drawn).map(one).collect_view()}</ul>
                {(more > 0 && !all.get()).then(|| view! { <button type="button" class="link" on:click=move |_| all.set(true)>{format!("Show {more} older")}</button> })}
                {rows.cut.get().then(|| view! { <p class="note">"There are more notes than are read here."</p> })}
            }
            .into_any()
        }
    }
    };
    view! {
        {content}
        <Show when=move || ready.get()><Add subject rows digits=digits.clone()/></Show>
    }
}

fn one(note: Note) -> impl IntoView {
    let at = note.created_at.map(|at| view! { <time class="note figures" title=locale::moment(at, true)>{locale::moment(at, false)}</time> });
    view! {
        <li>
            <p class="note-head">{(!note.name.is_empty()).then(|| view! { <strong dir="auto">{note.name}</strong> })}{at}</p>
            <p class="details-words" dir="auto">{note.content}</p>
        </li>
    }
}

fn known(rows: Rows) -> Vec<Note> {
    match rows.answer.try_get_untracked().flatten() {
        Some(Ok(rows)) => rows.iter().filter_map(Note::read).collect(),
        _ => vec![],
    }
}

#[component]
fn Add(subject: Subject, rows: Rows, digits: String) -> impl IntoView {
    let Subject { app, connection, key } = subject;
    let draft = Draft::from_json(OPERATION, &json!({ "identifier": digits }));
    let form = connection.with_value(|connection| Form::loose(OPERATION, draft, connection));
    keep_typed(subject, form, Jotted::Note);
    // What was noted before the last one was sent, and what that one says.
    let sent = StoredValue::new((vec![], Draft::default()));
    let look = move |outcome: RwSignal<Outcome>| {
        spawn_local(async move {
            let found = match rows.look().await {
                // Nobody looks any more.
                None => return,
                Some(Err(failure)) => Outcome::Unknown(failure),
                Some(Ok(all)) => {
                    rows.answer.try_set(Some(Ok(all)));
                    let (before, words) = sent.try_get_value().unwrap_or_default();
                    let saved =
                        note::was_written(&before, &known(rows), words.text(NAME), words.text(CONTENT));
                    found(saved)
                }
            };
            if let (Outcome::Found { saved: true, .. }, Some((_, words))) = (&found, sent.try_get_value()) {
                empty(form, &words);
            }
            outcome.try_set(found);
        });
    };
    let write = Write::new(subject, look);
    let needed = Needed::new(form, CONTENT, "Write the note first.");
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if untrack(|| write.waits()) || !needed.check() {
            return;
        }
        let words = form.entry.draft.with_untracked(|draft| typed(form, draft));
        sent.set_value((known(rows), words.clone()));
        let (key, now) = (key.get_value(), words.clone());
        let took = move |_: &Json| app.inbox.unjot(app, &key, Jotted::Note, &words);
        write.send(form, took, move |json| {
            rows.put(replies::record(json));
            empty(form, &now);
            "The note is kept.".to_owned()
        });
    };
    let fields = body_root(OPERATION).map_or(&[][..], |(_, members)| members).iter().collect();
    view! {
        <details class="note-add">
            <summary>"Add a note"</summary>
            <form class="details-form" novalidate on:submit=submit on:keydown=once_a_press>
                <p class="note">"The contact does not see it; everybody in the Kapso project does."</p>
                <Summary form/>
                <Fields form fields path="note"/>
                <Missing needed/>
                <SendButton operation=OPERATION label="Add the note" sending=write.sending connection=connection.get_value() waits=Signal::derive(move || write.waits())/>
            </form>
        </details>
        <Went write form/>
    }
}

fn found(saved: bool) -> Outcome {
    let sentence = if saved {
        "No usable answer came. The notes were read again: the note is kept."
    } else {
        "No usable answer came. The notes were read again: the note is not there. It is still in the form."
    };
    Outcome::Found { saved, sentence: sentence.to_owned() }
}
