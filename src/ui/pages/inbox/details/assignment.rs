//! Who looks after the conversation: assigned, handed over and unassigned. Kapso's API v1 lists no
//! users, so an id is typed or taken from those that were seen before.

use super::{
    Subject,
    write::{Missing, Needed, Went, Write, empty, keep_typed, typed},
};
use crate::{
    browser::{locale, threads::Key},
    catalogue::{
        draft::Draft,
        failure::Failure,
        field::Field,
        kapso::{
            CREATE_ASSIGNMENT, LIST_ASSIGNMENTS, UPDATE_ASSIGNMENT,
            replies::{self, Assignment},
        },
        operation::Operation,
    },
    domain::assignment::{self, Wish},
    state::inbox::{Jotted, Rows},
    ui::{
        form::{Aid, Fields, Form, SendButton, Summary, body_root, once_a_press},
        parts::{Copy, Outcome, Trouble},
    },
};
use leptos::{ev, prelude::*, task::spawn_local};
use serde_json::{Value as Json, json};

const ROOT: &str = "conversation_assignment";
const USER: &str = "conversation_assignment.user_id";
const ACTIVE: &str = "conversation_assignment.active";
const USERS: &str = "inbox-users";

/// What the list of assignments shows.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    Reading,
    Failed(Failure),
    InForce(Option<Assignment>),
}

/// The part, and the changes of it: one at a time.
#[derive(Clone, Copy)]
struct Desk {
    subject: Subject,
    rows: Rows,
    write: Write,
    last: Last,
}

/// What was asked for last, and what was typed for it.
type Last = StoredValue<Option<(Wish, Draft)>>;

impl Desk {
    fn open(subject: Subject) -> Desk {
        let named = subject.key.with_value(|key| json!({ "whatsapp_conversation_id": key.conversation }));
        let connection = subject.connection.get_value();
        let rows = Rows::read(subject.app, &connection, &LIST_ASSIGNMENTS, named);
        let last = StoredValue::new(None);
        let write = Write::new(subject, move |outcome| spawn_local(settle(subject, rows, last, outcome)));
        Desk { subject, rows, write, last }
    }

    fn form(self, operation: &'static Operation, id: Option<&str>) -> Form {
        let conversation = self.subject.key.with_value(|key| key.conversation.clone());
        let request = json!({ "whatsapp_conversation_id": conversation, "id": id });
        let draft = Draft::from_json(operation, &request);
        self.subject.connection.with_value(|connection| Form::loose(operation, draft, connection))
    }

    /// Sends a wish; `sentence` says what was done once it was.
    fn send(self, form: Form, wish: Wish, sentence: String) {
        if untrack(|| self.write.waits()) {
            return;
        }
        let sent = form.entry.draft.with_untracked(|draft| typed(form, draft));
        self.last.set_value(Some((wish.clone(), sent.clone())));
        let subject = self.subject;
        let key = subject.key.get_value();
        let now = sent.clone();
        let took = move |_: &Json| forget(subject, &key, &wish, &sent);
        self.write.send(form, took, move |json| {
            empty(form, &now);
            self.rows.put(replies::record(json));
            sentence
        });
    }
}

/// What was typed for a wish that came true is not typed any more; whom it names is remembered.
fn forget(subject: Subject, key: &Key, wish: &Wish, sent: &Draft) {
    if let Wish::Assign { user } | Wish::HandOver { user, .. } = wish {
        subject.app.inbox.saw_users(&key.connection, vec![user.clone()]);
        subject.app.inbox.unjot(subject.app, key, Jotted::Assignment, sent);
    }
}

/// Reads the list again, to find out what became of a wish.
async fn settle(subject: Subject, rows: Rows, last: Last, outcome: RwSignal<Outcome>) {
    let found = match rows.look().await {
        // Nobody looks any more.
        None => return,
        Some(Err(failure)) => Outcome::Unknown(failure),
        Some(Ok(all)) => {
            let list: Vec<Assignment> = all.iter().filter_map(Assignment::read).collect();
            let last = last.try_get_value().flatten();
            let came_true = last.filter(|(wish, _)| wish.took_effect(&list));
            if let (Some((wish, sent)), Some(key)) = (&came_true, subject.key.try_get_value()) {
                forget(subject, &key, wish, sent);
            }
            rows.answer.try_set(Some(Ok(all)));
            let saved = came_true.is_some();
            let change = if saved { "the change took place" } else { "the change did not take place" };
            let sentence = format!("No usable answer came. The assignments were read again: {change}.");
            Outcome::Found { saved, sentence }
        }
    };
    outcome.try_set(found);
}

#[component]
pub fn Assigned(subject: Subject) -> impl IntoView {
    let Subject { app, connection, key } = subject;
    let desk = Desk::open(subject);
    let list = Memo::new(move |_| match desk.rows.answer.get() {
        None => Shown::Reading,
        Some(Err(failure)) => Shown::Failed(failure),
        Some(Ok(rows)) => {
            let rows: Vec<Assignment> = rows.iter().filter_map(Assignment::read).collect();
            Shown::InForce(assignment::in_force(&rows).cloned())
        }
    });
    let id = connection.with_value(|connection| connection.id.clone());
    spawn_local(async move { app.inbox.load_users(&id).await });
    Effect::new(move |_| {
        if let Some(Ok(rows)) = desk.rows.answer.get() {
            let users = rows.iter().filter_map(Assignment::read).map(|row| row.user_id).collect();
            key.with_value(|key| app.inbox.saw_users(&key.connection, users));
        }
    });
    // Somebody else was quicker, or ended what was to be handed over: what is there now is shown.
    Effect::new(move |_| {
        if matches!(desk.write.outcome.get(), Outcome::Refused(_)) {
            spawn_local(async move {
                if let Some(Ok(all)) = desk.rows.look().await {
                    desk.rows.answer.try_set(Some(Ok(all)));
                }
            });
        }
    });
    let content = move || {
        match list.get() {
        Shown::Reading => view! { <div class="skeleton details-skeleton" role="status" aria-label="Reading who looks after it" aria-busy="true"></div> }.into_any(),
        Shown::Failed(failure) => view! {
            <p>"Who looks after it could not be read."</p>
            <Trouble failure connection=connection.get_value() again=move |()| desk.rows.again()/>
        }
        .into_any(),
        Shown::InForce(Some(row)) => view! { <InForce desk row/> }.into_any(),
        Shown::InForce(None) => view! {
            <p>"Nobody is assigned."</p>
            <details><summary>"Assign it to somebody"</summary><Assign desk/></details>
        }
        .into_any(),
    }
    };
    view! {
        <section class="details-part" aria-labelledby="details-assigned">
            <h3 id="details-assigned">"Assigned to"</h3>
            {content}
            <Went write=desk.write/>
        </section>
    }
}

#[component]
fn InForce(desk: Desk, row: Assignment) -> impl IntoView {
    let form = desk.form(&UPDATE_ASSIGNMENT, Some(&row.id));
    let connection = desk.subject.connection.get_value();
    let id = StoredValue::new(row.id.clone());
    let unassign = move |event: ev::SubmitEvent| {
        event.prevent_default();
        form.set(ACTIVE, "false".to_owned());
        desk.send(form, Wish::Unassign { id: id.get_value() }, "Nobody is assigned any more.".to_owned());
    };
    let user = row.user_id.clone();
    view! {
        <p class="assignee"><code>{user.clone()}</code><Copy text=Signal::stored(user) label="Copy the user ID"/></p>
        {(!row.notes.is_empty()).then(|| view! { <p class="details-words" dir="auto">{row.notes.clone()}</p> })}
        {row.created_at.map(|at| view! { <p class="note figures">"Since "<time title=locale::moment(at, true)>{locale::moment(at, false)}</time></p> })}
        <form class="details-act" novalidate on:submit=unassign>
            <SendButton operation=&UPDATE_ASSIGNMENT label="Unassign" sending=desk.write.sending connection waits=Signal::derive(move || desk.write.waits())/>
        </form>
        <details><summary>"Hand it over to somebody else"</summary><HandOver desk id=row.id/></details>
    }
}

/// The user and the notes, as the catalogue has them.
fn asked(operation: &'static Operation) -> Vec<&'static Field> {
    let members = body_root(operation).map_or(&[][..], |(_, members)| members);
    members.iter().filter(|field| matches!(field.name, "user_id" | "notes")).collect()
}

const SUGGESTED: Aid = Aid { list: |path| (path == USER).then_some(USERS), ..Aid::NONE };

#[component]
fn Assign(desk: Desk) -> impl IntoView {
    let form = desk.form(&CREATE_ASSIGNMENT, None).with(SUGGESTED);
    let submit = move |_| {
        let user = form.text(USER).trim().to_owned();
        desk.send(form, Wish::Assign { user: user.clone() }, format!("It is assigned to {user}."));
    };
    view! { <WhoForm desk form submit words="" label="Assign"/> }
}

#[component]
fn HandOver(desk: Desk, id: String) -> impl IntoView {
    let form = desk.form(&UPDATE_ASSIGNMENT, Some(&id)).with(SUGGESTED);
    let submit = move |_| {
        let to = form.text(USER).trim().to_owned();
        let wish = Wish::HandOver { id: id.clone(), user: to.clone() };
        desk.send(form, wish, format!("It is handed over to {to}."));
    };
    view! { <WhoForm desk form submit words="The user you name takes over from the one above, who no longer looks after it." label="Hand over"/> }
}

/// Asks for a user, and for notes to that user.
#[component]
fn WhoForm(
    desk: Desk,
    form: Form,
    submit: impl Fn(()) + 'static,
    /// What will happen, where that is not plain.
    #[prop(into)]
    words: String,
    label: &'static str,
) -> impl IntoView {
    let Subject { app, connection, key } = desk.subject;
    keep_typed(desk.subject, form, Jotted::Assignment);
    let users = move || key.with_value(|key| app.inbox.users(&key.connection));
    let needed = Needed::new(form, USER, "Enter the ID of a user.");
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        // An empty one would change the notes alone.
        if needed.check() {
            submit(());
        }
    };
    view! {
        <form class="details-form" novalidate on:submit=submit on:keydown=once_a_press>
            {(!words.is_empty()).then(|| view! { <p>{words}</p> })}
            <p class="note">"Kapso's API v1 lists no users: type the ID that Kapso gives one, or choose one that was seen here before."</p>
            <Summary form/>
            <Fields form fields=asked(form.operation) path=ROOT/>
            <Missing needed/>
            <datalist id=USERS>{move || users().into_iter().map(|user| view! { <option value=user></option> }).collect_view()}</datalist>
            <SendButton operation=form.operation label sending=desk.write.sending connection=connection.get_value() waits=Signal::derive(move || desk.write.waits())/>
        </form>
    }
}
