//! Opens a request as a form that is filled in already. What is typed in that form is replaced only on
//! the person's word.

use super::Sure;
use crate::{
    browser::{leaving, page},
    catalogue::{draft::Draft, operation::Operation},
    state::App,
};
use leptos::{html, prelude::*, task::spawn_local};

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
            } else {
                open.try_with_value(|open| open());
            }
        });
    };
    let button: NodeRef<html::Button> = NodeRef::new();
    let keep = move |()| {
        asking.set(false);
        request_animation_frame(move || {
            // Without it there is nowhere to go back to.
            drop(button.try_get_untracked().flatten().map(|button| button.focus()));
        });
    };
    move || {
        if asking.get() {
            view! {
                <Sure does="Replace it" on_yes=move |()| open.with_value(|open| open()) on_no=keep>
                    "The form holds something else that was typed there."
                </Sure>
            }
            .into_any()
        } else {
            view! { <button type="button" node_ref=button on:click=click>{label}</button> }.into_any()
        }
    }
}
