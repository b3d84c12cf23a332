//! Choosing a template from those that the provider lists, and filling in what it asks for. A template that
//! is not listed can be named by hand, with the fields of the request.

use super::{Composing, values};
use crate::{
    browser::focus,
    catalogue::{field::Field, kapso::SEND_MESSAGE},
    domain::{
        markup,
        template::{Complaint, HeaderNeed, Needs, Slot, Template, needs, search},
        written::members,
    },
    ui::{
        form::{Fields, Look, draw, draw_as},
        parts::{Icon, Trouble},
    },
};
use leptos::prelude::*;

/// Templates that are shown at once; a search finds the others.
const SHOWN: usize = 40;
const NONE_FOUND: &str = "No template has these words.";

#[component]
pub fn TemplatePanel(composing: Composing) -> impl IntoView {
    composing.app.templates.want(composing.app, &composing.connection());
    let by_hand = RwSignal::new(false);
    let named = Memo::new(move |_| !values::named(&composing.writing.entry.draft.get()).0.is_empty());
    let listed = Memo::new(move |_| composing.template.with(|chosen| chosen.is_some()));
    let content = move || match (by_hand.get(), listed.get(), named.get()) {
        (false, true, _) => view! { <Chosen composing/> }.into_any(),
        (true, ..) => view! { <ByHand composing by_hand/> }.into_any(),
        (false, false, _) => view! { <Choice composing by_hand/> }.into_any(),
    };
    view! {
        <div class="composer-panel">
            <div class="composer-panel-head">
                <h3>"Template"</h3>
                <Show when=move || !composing.restricted.get() && !composing.begins()>
                    <button type="button" class="icon-button" aria-label="Back to a text" title="Back to a text" on:click=move |_| composing.choose("text")><Icon name="close"/></button>
                </Show>
            </div>
            {content}
        </div>
    }
}

fn choose(composing: Composing, template: Option<&Template>) {
    composing.writing.entry.draft.update(|draft| values::choose(draft, template));
    // Kept as if it was typed.
    let name = composing.form.text(values::NAME);
    composing.form.set(values::NAME, name);
    let fields = match template {
        Some(_) => ".composer .template-chosen ~ .field :is(input, textarea)",
        None => ".composer [name=template-search]",
    };
    focus::first_soon(vec![fields.to_owned(), ".composer button[type=submit]".to_owned()]);
}

#[component]
fn Choice(composing: Composing, by_hand: RwSignal<bool>) -> impl IntoView {
    let connection = composing.connection();
    let (id, shared) = (connection.id.clone(), StoredValue::new(connection));
    let app = composing.app;
    let listed = Memo::new(move |_| app.templates.of(&id));
    let words = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let from = composing.from.get();
        listed.with(|listed| words.with(|words| search(&listed.templates, words, &from)))
    });
    let again = move |()| shared.with_value(|connection| app.templates.read(app, connection));
    let rows = move || {
        listed.with(|listed| {
            found.with(|found| {
                let template = |at: &usize| listed.templates.get(*at).cloned();
                let shown = found.iter().take(SHOWN).filter_map(template);
                shown.map(|template| view! { <Listed composing template/> }).collect_view()
            })
        })
    };
    let said = move || match (words.with(String::is_empty), found.with(Vec::len)) {
        (true, _) => String::new(),
        (_, 0) => NONE_FOUND.to_owned(),
        (_, 1) => "1 template has these words.".to_owned(),
        (_, count) => format!("{count} templates have these words."),
    };
    let state = move || {
        let now = listed.get();
        if let Some(failure) = now.failure {
            return view! { <Trouble failure connection=shared.get_value() again/> }.into_any();
        }
        match (now.reading, now.templates.is_empty(), found.with(Vec::len)) {
            (true, true, _) => view! { <div class="skeleton templates-skeleton" role="status" aria-label="Reading the templates" aria-busy="true"></div> }.into_any(),
            (_, true, _) => view! { <p class="empty">"Kapso lists no template. They are made in WhatsApp Manager or in Kapso, and WhatsApp approves them there."</p> }.into_any(),
            (_, _, 0) => view! { <p class="empty">{NONE_FOUND}</p> }.into_any(),
            (_, _, count) if count > SHOWN => view! { <p class="note">{format!("The first {SHOWN} of {count} are shown. Search to see others.")}</p> }.into_any(),
            _ => ().into_any(),
        }
    };
    view! {
        <div class="templates-tools">
            <input class="input" type="search" name="template-search" aria-label="Search templates" placeholder="Name, text or language" prop:value=words on:input=move |event| words.set(event_target_value(&event)) on:keydown=|event| if event.key() == "Enter" { event.prevent_default() }/>
            <button type="button" class="icon-button" aria-label="Read the templates again" title="Read again" on:click=move |_| again(())><Icon name="refresh"/></button>
        </div>
        <p class="unseen" role="status">{said}</p>
        <ul class="templates">{rows}</ul>
        {state}
        <p class="note"><button type="button" class="link" on:click=move |_| by_hand.set(true)>"Name a template that is not listed"</button></p>
    }
}

/// One template of the list. What WhatsApp would not take can be seen, not chosen.
#[component]
fn Listed(composing: Composing, template: Template) -> impl IntoView {
    let words = markup::one_line(&template.body, 120);
    let facts = format!("{} · {}", template.language, template.category.to_lowercase());
    let name = template.name.clone();
    let template = StoredValue::new(template);
    let withheld = Memo::new(move |_| {
        template.with_value(|template| composing.from.with(|from| template.withheld(from)))
    });
    let pick = move |_| {
        if withheld.with_untracked(Option::is_none) {
            template.with_value(|template| choose(composing, Some(template)));
        }
    };
    view! {
        <li>
            <button type="button" class="template" aria-disabled=move || withheld.with(Option::is_some).then_some("true") on:click=pick>
                <span class="template-name">{name}</span>
                <span class="note">{facts}{move || withheld.get().map(|why| format!(" · {why}"))}</span>
                <span class="template-words note" dir="auto">{words}</span>
            </button>
        </li>
    }
}

#[component]
fn Chosen(composing: Composing) -> impl IntoView {
    let template = composing.template.get_untracked().unwrap_or_default();
    let Needs { header, body, unsupported, problems, warnings } = needs(&template);
    let form = composing.form;
    let listed = template.clone();
    let withheld = Memo::new(move |_| composing.from.with(|from| listed.withheld(from)));
    let named = template.clone();
    let values = body.into_iter().enumerate().filter_map(move |(at, placeholder)| {
        let path = format!("{}.{at}", values::PARAMETERS);
        let field = SEND_MESSAGE.field(&path)?;
        let label = values::called(&named, &path)?;
        Some(draw_as(form, field, path, Look { label, required: true, example: placeholder.example }))
    });
    let sentences = |class: &'static str, icon: &'static str, all: Vec<String>| {
        let one = move |words: String| view! { <p class=class><Icon name=icon/><span>{words}</span></p> };
        all.into_iter().map(one).collect_view()
    };
    view! {
        <div class="template-chosen">
            <p><strong>{template.name.clone()}</strong>" "<span class="note">{template.language.clone()}</span></p>
            <button type="button" class="link" on:click=move |_| choose(composing, None)>"Choose another"</button>
        </div>
        {sentences("problem", "cross", unsupported)}
        {sentences("problem", "cross", problems)}
        {sentences("warning", "alert", warnings)}
        {move || withheld.get().map(|why| view! { <p class="problem"><Icon name="cross"/><span>"Kapso lists it as "{why}"."</span></p> })}
        {header.map(|header| view! { <HeaderFields composing template=template.clone() header/> })}
        {values.collect_view()}
        <Complaints composing/>
    }
}

#[component]
fn HeaderFields(composing: Composing, template: Template, header: HeaderNeed) -> impl IntoView {
    // Two fields have this name: a word, or the address of a file.
    let kind = match &header {
        HeaderNeed::Text(_) => "text",
        HeaderNeed::File(medium) => medium.value(),
    };
    let label = values::called(&template, values::HEADER).unwrap_or_default();
    let get = |path: &str| match path {
        "message.message_type" => "template".to_owned(),
        values::HEADER_TYPE => kind.to_owned(),
        _ => String::new(),
    };
    let field = |path: &'static str| SEND_MESSAGE.field_now(path, &get).map(|field| (field, path.to_owned()));
    let form = composing.form;
    let filename = (kind == "document").then(|| field(values::FILENAME)).flatten();
    view! {
        {field(values::HEADER).map(|(field, path)| {
            let example = if kind == "text" { template.header_example } else { field.example.to_owned() };
            draw_as(form, field, path, Look { label, required: true, example })
        })}
        {filename.map(|(field, path)| draw(form, field, path, field.label.to_owned()))}
    }
}

/// What is wrong with the template as a whole; what is wrong with a value stands at its field.
#[component]
fn Complaints(composing: Composing) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let of_whole = composing.complaints().into_iter().filter(|complaint| !complaint.slot.is_field());
        of_whole
            .map(|Complaint { slot, problem }| {
                let about = if slot == Slot::Text { "The text with its values" } else { "The template" };
                (problem.blocks, format!("{about}: {}", problem.sentence()))
            })
            .collect::<Vec<_>>()
    });
    let row = |(blocks, words): (bool, String)| {
        let (class, icon) = if blocks { ("problem", "cross") } else { ("warning", "alert") };
        view! { <p class=class><Icon name=icon/><span>{words}</span></p> }
    };
    view! { <div class="template-complaints" role="status" tabindex="-1">{move || shown.get().into_iter().map(row).collect_view()}</div> }
}

#[component]
fn ByHand(composing: Composing, by_hand: RwSignal<bool>) -> impl IntoView {
    let is_of_template = |field: &&'static Field| {
        field.name.starts_with("template_")
            || field.name.starts_with("header_") && field.name != "header_text"
    };
    let fields: Vec<&'static Field> = members().iter().filter(is_of_template).collect();
    view! {
        <p class="note"><button type="button" class="link" on:click=move |_| by_hand.set(false)>"Choose from the list"</button></p>
        <Fields form=composing.form fields path="message"/>
    }
}
