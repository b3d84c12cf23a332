//! Opens a request as a form that is filled in already. What is typed in that form is replaced only on
//! the person's word.

use crate::{
    browser::{leaving, page},
    catalogue::{draft::Draft, operation::Operation},
    state::App,
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn OpenAsForm(
    operation: &'static Operation,
    draft: Draft,
    label: &'static str,
    /// Runs right before the form is filled in.
    #[prop(optional)]
    first: Option<Callback<()>>,
    /// Where the form is; the page of the request unless named.
    #[prop(optional)]
    to: Option<&'static str>,
) -> impl IntoView {
    let drafts = App::use_app().drafts;
    let asking = RwSignal::new(false);
    let draft = StoredValue::new(draft);
    let open = StoredValue::new(move || {
        if let Some(first) = first {
            first.run(());
        }
        drafts.replace(operation, draft.get_value());
        let to = to.map_or_else(|| format!("/requests/{}", operation.id), str::to_owned);
        leaving::go(&page::place(&to));
    });
    let click = move |_| {
        spawn_local(async move {
            drafts.load(operation).await;
            let typed = drafts.entry(operation).draft.get_untracked();
            let lost =
                !typed.is_empty() && draft.try_with_value(|draft| !typed.same_texts(draft)) == Some(true);
            if lost {
                asking.try_set(true);
                page::focus_soon(".asking button".into());
            } else {
                open.try_with_value(|open| open());
            }
        });
    };
    move || {
        if asking.get() {
            view! {
                <span class="asking">
                    "The form holds something else that was typed there."
                    <button type="button" class="danger" on:click=move |_| open.with_value(|open| open())>"Replace it"</button>
                    <button type="button" on:click=move |_| asking.set(false)>"Keep it"</button>
                </span>
            }
            .into_any()
        } else {
            view! { <button type="button" on:click=click>{label}</button> }.into_any()
        }
    }
}
