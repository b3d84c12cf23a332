//! What the parts of the composer share: what is being written, how it reads as a request, and what can be
//! done with it. It is in the context of the conversation, so that its messages can be quoted.

use crate::{
    browser::{focus, threads::Key},
    catalogue::{draft::Draft, kapso::SEND_MESSAGE},
    domain::{
        connection::Connection,
        outbox::Item,
        template::{self, Template},
        thread::{body::Body, entry::Entry, window::Window},
        written::{ANSWERS_AS, CONVERSATION, FROM, KIND, Quote, TEXT, Written, request},
    },
    state::{App, announced::Announced, writing::Writing},
    ui::form::{Form, element_id, summary_id},
};
use leptos::prelude::*;

use super::values;

/// The message that a reaction is for, in the request.
pub const REACTED_TO: &str = "message.reacted_to_message_id";

/// WhatsApp takes a reaction to a message that is no older, in milliseconds.
const REACTABLE: u64 = 30 * 24 * 60 * 60 * 1000;

#[derive(Clone, Copy)]
pub struct Composing {
    pub app: App,
    key: StoredValue<Key>,
    connection: StoredValue<Connection>,
    pub writing: Writing,
    pub form: Form,
    /// What is sent: a template where nothing else can be.
    written: Memo<Written>,
    /// The type of message.
    pub kind: Memo<String>,
    /// Whether only a template can be sent.
    pub restricted: Memo<bool>,
    /// The contact.
    pub name: Signal<String>,
    pub window: Memo<Window>,
    /// The listed template that is chosen.
    pub template: Memo<Option<Template>>,
    /// The config of the number that writes; empty where nobody knows it.
    pub from: Memo<String>,
    /// Runs when something was sent off.
    sent: Callback<()>,
}

impl Composing {
    pub fn new(
        app: App,
        connection: &Connection,
        key: &Key,
        name: Signal<String>,
        window: Memo<Window>,
        sent: Callback<()>,
    ) -> Composing {
        let writing = app.writing.of(app, key);
        let conversation = key.conversation.clone();
        let restricted =
            Memo::new(move |_| matches!(window.get(), Window::Closed { .. } | Window::NeverOpened));
        let written = Memo::new(move |_| {
            let mut written = writing.written();
            if restricted.get() {
                written.draft.set(&SEND_MESSAGE, KIND, "template".to_owned());
            }
            written
        });
        let (own, listed) = (key.clone(), connection.id.clone());
        let from = Memo::new(move |_| {
            let config = match own.conversation.is_empty() {
                true => written.with(|written| written.draft.text(FROM).to_owned()),
                false => app.inbox.conversation(&own).map(|row| row.config_id).unwrap_or_default(),
            };
            // A number that no template names, such as a new one, may send any for all that is known.
            let named = |one: &Template| one.config_ids.contains(&config);
            if app.templates.of(&listed).templates.iter().any(named) { config } else { String::new() }
        });
        let listed = connection.id.clone();
        let template = Memo::new(move |_| {
            let (name, language) = written.with(|written| values::named(&written.draft));
            let listed = app.templates.of(&listed).templates;
            let called = listed.iter().filter(|one| one.name == name && one.language == language);
            // Two accounts may have one of the same name.
            let ours = called.clone().find(|one| from.with(|from| one.withheld(from).is_none()));
            ours.or_else(|| called.clone().next()).cloned()
        });
        let reading = Memo::new(move |_| {
            let mut reading = written.with(|written| written.reading(&conversation));
            if let Some(complaints) = complaints(written, template) {
                reading.problems = template::corrected(reading.problems, complaints);
            }
            reading
        });
        let owner = key.clone();
        let save = Callback::new(move |()| app.writing.save(app, &owner));
        let form =
            Form::of_owner(request(&key.conversation), writing.entry, reading, connection.is_sandbox(), save);
        Composing {
            app,
            key: StoredValue::new(key.clone()),
            connection: StoredValue::new(connection.clone()),
            writing,
            form,
            written,
            kind: Memo::new(move |_| written.with(|written| written.kind().to_owned())),
            restricted,
            name,
            window,
            template,
            from,
            sent,
        }
    }

    pub fn connection(self) -> Connection {
        self.connection.get_value()
    }

    pub fn is_live(self) -> bool {
        self.connection.with_value(|connection| !connection.is_sandbox())
    }

    /// Whether the message begins a conversation.
    pub fn begins(self) -> bool {
        self.key.with_value(|key| key.conversation.is_empty())
    }

    /// The contact's number, where it is known.
    pub fn phone(self) -> Option<String> {
        let row = untrack(|| self.key.with_value(|key| self.app.inbox.conversation(key)));
        row.map(|row| row.phone_number).filter(|number| !number.is_empty())
    }

    /// What was said last of messages on their way.
    pub fn said(self) -> Option<Announced> {
        self.key.with_value(|key| self.app.outbox.said(key))
    }

    pub fn is_empty(self) -> bool {
        self.writing.written().is_empty()
    }

    /// What it would show if it were sent now.
    pub fn body(self) -> Body {
        self.written.with(|written| self.key.with_value(|key| written.body(&key.conversation, "")))
    }

    /// Whether there is a quote that this kind of message does not carry.
    pub fn quote_waits(self) -> bool {
        self.written.with(|written| written.quote.is_some() && written.quotable().is_none())
    }

    /// Begins another kind of message; what was typed for this one stays.
    pub fn set_kind(self, kind: &str) {
        self.form.calm();
        self.form.set(KIND, if kind == "text" { String::new() } else { kind.to_owned() });
        // What is shown is sent: that Kapso would take it anyway is not documented.
        if kind == "interactive" && self.form.text(ANSWERS_AS).is_empty() {
            self.form.set(ANSWERS_AS, "button".to_owned());
        }
    }

    /// The same, and goes to its first field.
    pub fn choose(self, kind: &str) {
        self.set_kind(kind);
        focus::first_soon(vec![
            ".composer .composer-panel :is(input, textarea, select, button.add)".to_owned(),
            format!("#{}", element_id(TEXT)),
        ]);
    }

    /// Whether a message has words that can be quoted.
    pub fn quotes(entry: &Entry) -> bool {
        let body = entry.message().map(|message| Body::of_message(&message));
        body.is_some_and(|body| !matches!(body, Body::Reaction { .. }) && !body.words().trim().is_empty())
    }

    /// Whether WhatsApp takes a reaction to a message.
    pub fn reacts(entry: &Entry, now: u64) -> bool {
        let is_reaction = || {
            entry.message().is_some_and(|message| matches!(Body::of_message(&message), Body::Reaction { .. }))
        };
        let young = now.saturating_sub(entry.place.at) < REACTABLE;
        entry.inbound && !entry.wamid.is_empty() && young && !is_reaction()
    }

    pub fn quote(self, entry: &Entry) {
        let Some(message) = entry.message() else { return };
        let who = if entry.inbound { self.name.get_untracked() } else { "yourself".to_owned() };
        self.writing.quote.set(Some(Quote { who, words: Body::of_message(&message).words() }));
        if self.written.with_untracked(|written| written.quotable().is_none()) {
            self.form.set(KIND, String::new());
        } else {
            self.keep();
        }
        focus::soon(format!("#{}", element_id(TEXT)));
    }

    pub fn unquote(self) {
        self.writing.quote.set(None);
        self.keep();
    }

    pub fn react(self, entry: &Entry) {
        self.form.set(REACTED_TO, entry.wamid.clone());
        self.form.set(KIND, "reaction".to_owned());
        focus::soon(format!("#{}", element_id("message.reaction_emoji")));
    }

    fn keep(self) {
        self.key.with_value(|key| self.app.writing.save(self.app, key));
    }

    /// Puts a message that was not sent back into the composer, if nothing is being written there.
    pub fn take_back(self, item: &Item) -> bool {
        if !untrack(|| self.is_empty()) {
            return false;
        }
        let mut draft = Draft::from_json(item.operation(), &item.request);
        draft.take(CONVERSATION, &Draft::default());
        self.writing.entry.draft.set(draft);
        self.keep();
        focus::first_soon(vec![
            format!("#{}", element_id(TEXT)),
            ".composer :is(input, textarea)".to_owned(),
        ]);
        true
    }

    /// Why the chosen template cannot be sent so, or is doubtful.
    pub fn complaints(self) -> Vec<template::Complaint> {
        complaints(self.written, self.template).unwrap_or_default()
    }

    /// The text of the chosen template with its values.
    pub fn template_text(self) -> String {
        self.template.with(|chosen| {
            let Some(chosen) = chosen else { return String::new() };
            self.written.with(|written| template::assemble(chosen, &values::of(&written.draft, chosen)).body)
        })
    }

    /// Sends off what was written, or says what stands in the way.
    pub fn send(self) {
        let written = self.written.get_untracked();
        let blocked = untrack(|| {
            let unmet = self
                .template
                .with(|chosen| chosen.as_ref().is_some_and(|one| !template::needs(one).can_be_met()));
            unmet && written.kind() == "template"
                || self.complaints().iter().any(|complaint| complaint.problem.blocks)
        });
        // WhatsApp's own limit is one of advice; a message of nothing is a slip of the finger.
        let blank = written.kind() == "text" && written.draft.text(TEXT).trim().is_empty();
        let text = untrack(|| self.template_text());
        let (key, connection) = (self.key.get_value(), self.connection.get_value());
        if blocked || blank || !self.app.outbox.send(self.app, &connection, &key, &written, text) {
            self.form.attempt();
            let field = element_id(TEXT);
            let target = if written.kind() == "text" { field } else { summary_id(self.form) };
            return focus::first_soon(vec![
                format!("#{target}"),
                ".composer [aria-invalid]".to_owned(),
                ".composer .template-complaints".to_owned(),
            ]);
        }
        self.form.sent();
        self.sent.run(());
        focus::soon(format!("#{}", element_id(TEXT)));
    }
}

/// What is wrong with the values of the chosen template; `None` where none is sent, or one that is not
/// listed.
fn complaints(written: Memo<Written>, template: Memo<Option<Template>>) -> Option<Vec<template::Complaint>> {
    template.with(|chosen| {
        let chosen = chosen.as_ref()?;
        written.with(|written| {
            let is_sent = written.kind() == "template";
            is_sent.then(|| template::check(chosen, &values::of(&written.draft, chosen)))
        })
    })
}
