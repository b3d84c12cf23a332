//! A place for a file of this device: chosen, or dropped.

use leptos::{ev, prelude::*};
use web_sys::{FileList, HtmlInputElement};

#[component]
pub fn FileDrop(
    #[prop(into)] id: String,
    label: &'static str,
    help: &'static str,
    /// Kinds of files that the browser offers first.
    accept: &'static str,
    /// Ids of what else describes it.
    #[prop(optional, into)]
    describes: String,
    #[prop(optional, into)] invalid: Signal<Option<&'static str>>,
    take: Callback<Option<FileList>>,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let choose = move |event: ev::Event| take.run(event_target::<HtmlInputElement>(&event).files());
    // The same file again, changed meanwhile, is a choice too. Not when it was chosen: the list of files is
    // a living one, and would be empty before it was read.
    let forget = move |event: ev::MouseEvent| event_target::<HtmlInputElement>(&event).set_value("");
    let hover = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let drop = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        take.run(event.data_transfer().and_then(|data| data.files()));
    };
    view! {
        <div class="drop" class:over=over on:dragover=hover on:dragleave=move |_| over.set(false) on:drop=drop>
            <label for=id.clone()>{label}</label>
            <input id=id.clone() type="file" class="input" accept=accept
                aria-describedby=format!("{id}-help {describes}") aria-invalid=invalid
                on:click=forget on:change=choose/>
            <p class="help" id=format!("{id}-help")>{help}" Choose it, or drop it here."</p>
        </div>
    }
}
