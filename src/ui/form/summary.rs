//! What heads the form after a refused sending: every blocking problem, as links to its field.

use super::{Form, element_id, label};
use crate::browser::focus;
use leptos::prelude::*;

/// Id of the summary of a form, which takes the focus. A page may have forms of several operations.
pub fn summary_id(form: Form) -> String {
    format!("problems-{}", form.operation.id.replace('.', "-"))
}

pub const SENDING: &str = "this can be sent";

/// The heading of so many problems.
pub fn to_fix(count: usize, before: &str) -> String {
    match count {
        1 => format!("One thing to fix before {before}"),
        count => format!("{count} things to fix before {before}"),
    }
}

#[component]
pub fn Summary(
    form: Form,
    /// What a field is called here by its path, where that is not the label it is documented by.
    #[prop(optional)]
    called: Option<Callback<String, Option<String>>>,
    /// What cannot be before they are fixed.
    #[prop(default = SENDING)]
    before: &'static str,
) -> impl IntoView {
    let id = StoredValue::new(summary_id(form));
    let heading_id = move || id.with_value(|id| format!("{id}-heading"));
    let blocking = Memo::new(move |_| form.blocking());
    let heading = move || to_fix(blocking.with(Vec::len), before);
    let row = move |problem: crate::catalogue::problem::Problem| {
        let id = element_id(&problem.path);
        let name = called.and_then(|called| called.run(problem.path.clone()));
        let name = name.unwrap_or_else(|| label(form, &problem.path));
        let target = id.clone();
        let go = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            focus::soon(format!("#{target}"));
        };
        view! {
            <li>
                <a href=format!("#{id}") on:click=go>{name}": "{problem.sentence()}</a>
            </li>
        }
    };
    view! {
        <Show when=move || blocking.with(|blocking| !blocking.is_empty())>
            <div class="summary" id=id.get_value() tabindex="-1" role="group" aria-labelledby=heading_id()>
                <h2 id=heading_id()>{heading}</h2>
                <ul>{move || blocking.get().into_iter().map(row).collect_view()}</ul>
            </div>
        </Show>
    }
}
