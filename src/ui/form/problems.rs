//! The sentences under a field: problems that block, warnings that do not.

use super::{Form, Mend, Shown, element_id};
use crate::ui::parts::Icon;
use leptos::prelude::*;

#[component]
pub fn Problems(form: Form, path: String, shown: Memo<Vec<Shown>>) -> impl IntoView {
    let id = format!("{}-problems", element_id(&path));
    let each = move || {
        shown
            .get()
            .into_iter()
            .map(|one| {
                let path = path.clone();
                let mend = one.mend.map(|mend| {
                    let word = match mend {
                        Mend::Trim(_) => "Remove the spaces",
                        Mend::PutBack => "Put it back",
                    };
                    let click = move |_| match &mend {
                        Mend::Trim(text) => form.set(&path, text.clone()),
                        Mend::PutBack => form.put_back(&path),
                    };
                    view! { <button type="button" class="link" on:click=click>{word}</button> }
                });
                let (icon, class) = if one.blocks { ("cross", "problem") } else { ("alert", "warning") };
                view! { <p class=class><Icon name=icon/><span>{one.sentence}" "{mend}</span></p> }
            })
            .collect_view()
    };
    view! { <div class="problems" id=id>{each}</div> }
}
