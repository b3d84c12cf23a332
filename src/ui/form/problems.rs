//! The sentences under a field: problems that block, warnings that do not.

use super::{Form, Shown, element_id};
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
                let mend = one.mended.map(|mended| {
                    let click = move |_| form.set(&path, mended.clone());
                    view! { <button type="button" class="link" on:click=click>"Remove the spaces"</button> }
                });
                let (icon, class) = if one.blocks { ("cross", "problem") } else { ("alert", "warning") };
                view! { <p class=class><Icon name=icon/><span>{one.sentence}" "{mend}</span></p> }
            })
            .collect_view()
    };
    view! { <div class="problems" id=id>{each}</div> }
}
