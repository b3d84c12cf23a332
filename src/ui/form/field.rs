//! Fields of a group, each with its label, hints, help, input and problems; those that a condition
//! leaves out are not drawn.

use super::{Form, element_id, input::Input, list::List, problems::Problems};
use crate::{
    catalogue::field::{Cover, Field, Kind, When},
    sandbox::CODE,
};
use leptos::prelude::*;

/// The fields that belong to the request as it stands.
#[component]
pub fn Fields(
    form: Form,
    fields: Vec<&'static Field>,
    /// Path of the group they are in; empty at the top.
    #[prop(into)]
    path: String,
) -> impl IntoView {
    let applying = {
        let fields = fields.clone();
        Memo::new(move |_| {
            form.entry.draft.with(|draft| {
                let get = |path: &str| draft.text(path).to_owned();
                let applies = |at: &usize| form.operation.applies(fields[*at], &get);
                (0..fields.len()).filter(applies).collect::<Vec<_>>()
            })
        })
    };
    let draw = move |at: usize| {
        let field = fields[at];
        let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
        draw(form, field, path, field.label.to_owned())
    };
    view! { <For each=move || applying.get() key=|at| *at children=draw/> }
}

/// What is said of a field: by the catalogue, or by a page that knows better what it is for.
#[derive(Clone)]
pub struct Look {
    pub label: String,
    pub required: bool,
    /// Empty where there is none.
    pub example: String,
}

impl Look {
    /// As the catalogue has it, but for the label.
    fn documented(field: &'static Field, label: String) -> Look {
        // An example of a secret would look like one.
        let example = if field.is_secret() { "" } else { field.example };
        Look { label, required: field.must_be_given() == Some(true), example: example.to_owned() }
    }
}

/// A field of a single value, with what a page says of it.
pub fn draw_as(form: Form, field: &'static Field, path: String, look: Look) -> AnyView {
    view! { <Single form field path look/> }.into_any()
}

/// One field of any kind.
pub fn draw(form: Form, field: &'static Field, path: String, label: String) -> AnyView {
    match field.kind {
        Kind::Constant(_) => ().into_any(),
        Kind::List(item) => view! { <List form field item path label/> }.into_any(),
        Kind::Group(members) => view! { <Group form field members path label/> }.into_any(),
        _ => draw_as(form, field, path, Look::documented(field, label)),
    }
}

#[component]
fn Group(
    form: Form,
    field: &'static Field,
    members: &'static [Field],
    path: String,
    label: String,
) -> impl IntoView {
    let shown = form.watch(&path);
    // A box around a box is one box.
    if let Some(inner) = field.wraps() {
        let inner = draw(form, inner, format!("{path}.{}", inner.name), label);
        return view! { <Help field form id=String::new()/>{inner}<Problems form path shown/> }.into_any();
    }
    let fields = members.iter().collect();
    view! {
        <fieldset class="group">
            <legend>{label}</legend>
            <Help field form id=String::new()/>
            <Fields form fields path=path.clone()/>
            <Problems form path shown/>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Single(form: Form, field: &'static Field, path: String, look: Look) -> impl IntoView {
    let id = element_id(&path);
    let shown = form.watch(&path);
    let bad = move || shown.with(|shown| shown.iter().any(|one| one.blocks));
    view! {
        <div class="field" class:bad=bad>
            <div class="field-head">
                <label for=id.clone()>{look.label.clone()}<Mark required=look.required/></label>
                <Hints field form id=format!("{id}-hint") path=path.clone() required=look.required/>
            </div>
            <Help field form id=format!("{id}-help")/>
            <Input form field path=path.clone() look bad=Signal::derive(bad)/>
            <Problems form path shown/>
        </div>
    }
}

/// The mark of a field that may not be left out.
#[component]
pub fn Mark(required: bool) -> impl IntoView {
    required.then(|| view! { <span class="mark" aria-hidden="true">" *"</span> })
}

/// What is told beside the label: the limits, and that it is probably needed where no more is known than that.
pub fn hints(field: &Field, required: bool) -> String {
    let perhaps = !required && field.must_be_given() == Some(false);
    let needed = perhaps.then(|| "probably needed".to_owned());
    needed.into_iter().chain(field.hints()).collect::<Vec<_>>().join(", ")
}

/// The limits, before anything is typed; for texts the length so far once something is.
#[component]
pub fn Hints(
    field: &'static Field,
    form: Form,
    id: String,
    path: String,
    /// Whether a page knows that it is needed, whatever the catalogue says.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let hints = hints(field, required);
    let longest = field.longest();
    let length = Memo::new(move |_| form.text(&path).chars().count());
    // Its room is kept, so that the first letter moves nothing.
    let count = longest.map(|longest| {
        let words = move || format!("{} of {longest}", length.get());
        view! { <span class="count" class:none-yet=move || length.get() == 0 aria-hidden="true">{words}</span> }
    });
    view! {
        <span class="hint" id=id>{hints}</span>
        {count}
    }
}

/// The help text, why a conditional field is here, and the sources on request.
#[component]
pub fn Help(field: &'static Field, form: Form, id: String) -> impl IntoView {
    let why = match field.when {
        _ if !form.reasons => None,
        When::Always => None,
        When::Is { path, .. } | When::Filled { path } => {
            form.operation.field(path).map(|other| format!("Asked because of “{}”.", other.label))
        }
    };
    let id = (!id.is_empty()).then_some(id);
    let code = matches!(field.kind, Kind::Secret(Cover::OneTimeCode));
    view! {
        <div class="help" id=id>
            {(!field.help.is_empty()).then(|| view! { <p>{field.help}</p> })}
            {why.map(|why| view! { <p>{why}</p> })}
            <Show when=move || code && form.sandbox.get()>
                <p>{format!("In the sandbox the code is {CODE}, unless it was set to another.")}</p>
            </Show>
            <Show when=move || form.sources.get()>
                <p class="source">{field.name}" · "{sources(field)}</p>
            </Show>
        </div>
    }
}

fn sources(field: &'static Field) -> String {
    let mut parts = vec![format!("{}: {}", field.evidence.word(), field.evidence.source())];
    for limit in field.limits {
        let hint = limit.bound.hint();
        let evidence = limit.evidence;
        if !hint.is_empty() && evidence != field.evidence {
            parts.push(format!("{hint}: {}, {}", evidence.word(), evidence.source()));
        }
    }
    parts.join("; ")
}
