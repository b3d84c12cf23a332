//! A question or a review in front of the page, which waits. Escape closes it; the browser keeps the
//! focus inside and gives it back afterwards.

use leptos::{html, prelude::*};

#[component]
pub fn Dialog(
    /// Id of its heading, unlike any other of the page.
    id: &'static str,
    #[prop(into)] title: String,
    open: RwSignal<bool>,
    /// What its looks go by, where it is not like every other.
    #[prop(optional)]
    class: &'static str,
    /// Runs when it was closed, however that came.
    #[prop(optional, into)]
    closed: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let element: NodeRef<html::Dialog> = NodeRef::new();
    Effect::new(move |_| {
        let (open, Some(dialog)) = (open.get(), element.get()) else { return };
        if open && !dialog.open() {
            // It fails for a dialog that is open or out of the page, and then has nothing to show.
            drop(dialog.show_modal());
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let on_close = move |_| {
        open.set(false);
        if let Some(closed) = closed {
            // The browser tells it a little later; the page may be gone by then.
            closed.try_run(());
        }
    };
    view! {
        <dialog class=format!("dialog {class}") node_ref=element aria-labelledby=id on:close=on_close>
            <h2 id=id>{title}</h2>
            {children()}
        </dialog>
    }
}
