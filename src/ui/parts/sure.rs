//! A question that is asked in place, before something that cannot be undone. Whoever presses Enter or Escape
//! without reading keeps what is there. What is asked, and what follows, is the asker's.

use leptos::{ev, html, prelude::*};
use std::sync::atomic::{AtomicU32, Ordering};

#[component]
pub fn Sure(
    /// The button that does it.
    does: &'static str,
    /// The button that does not.
    #[prop(default = "Keep it")]
    keeps: &'static str,
    #[prop(into)] on_yes: Callback<()>,
    /// Gives the focus back as well.
    #[prop(into)]
    on_no: Callback<()>,
    /// The question.
    children: Children,
) -> impl IntoView {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let id = format!("sure-{}", ASKED.fetch_add(1, Ordering::Relaxed));
    let (group, does_what, keeps_what) = (id.clone(), id.clone(), id.clone());
    let safe: NodeRef<html::Button> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(button) = safe.get() {
            // It fails only for a button that is gone with its question.
            drop(button.focus());
        }
    });
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            on_no.run(());
        }
    };
    view! {
        <span class="asking" role="group" aria-labelledby=group on:keydown=keys>
            <span id=id>{children()}</span>
            <button type="button" class="danger" aria-describedby=does_what on:click=move |_| on_yes.run(())>{does}</button>
            <button type="button" node_ref=safe aria-describedby=keeps_what on:click=move |_| on_no.run(())>{keeps}</button>
        </span>
    }
}
