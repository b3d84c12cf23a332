//! The file that is made here: what goes into it, and handing it over.

use super::Choice;
use crate::{
    browser::locale,
    domain::holding::Kind,
    state::{App, Frame, archive},
};
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeSet;

/// What is in a file unless it is taken out.
fn usual() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Vault | Kind::Sandbox))
}

#[component]
pub fn Export() -> impl IntoView {
    let app = App::use_app();
    let wanted: RwSignal<BTreeSet<Kind>> = RwSignal::new(usual().collect());
    let (busy, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    let nothing = move || wanted.with(BTreeSet::is_empty);
    let make = move |_| {
        if busy.get_untracked() || untrack(nothing) {
            return;
        }
        busy.set(true);
        said.set("Writing the file…".into());
        spawn_local(async move {
            let told = move |messages: usize| {
                said.try_set(format!("Writing the file… {} messages", locale::number(messages)));
            };
            let words = match archive::export(app, wanted.get_untracked(), told).await {
                Ok(true) => "The file was handed to the browser.".to_owned(),
                Ok(false) => "The browser did not take the file.".to_owned(),
                Err(fault) => {
                    app.frame.notices.stored::<()>(Err(fault));
                    "No file was made, because what is stored could not be read.".to_owned()
                }
            };
            said.try_set(words);
            busy.try_set(false);
        });
    };
    let connections = Frame::use_frame().connections;
    let kinds = move || {
        let sandbox = connections.offers_sandbox().then_some(Kind::Sandbox);
        let beside = |kind: Kind| match kind {
            Kind::Settings => "without keys",
            Kind::Sandbox => "its world, as it is now",
            _ => "",
        };
        usual().chain(sandbox).map(|kind| (kind, beside(kind).to_owned())).collect::<Vec<_>>()
    };
    view! {
        <div class="half" id="export">
            <h3>"Export"</h3>
            <Choice name="export-kind" legend="What goes into the file" kinds=Signal::derive(kinds) wanted/>
            {move || (!app.retention.keeps_now()).then(|| view! {
                <p class="note">"No messages of customers are kept on this device, so none are in the file."</p>
            })}
            <div class="foot">
                <button type="button" class="primary" aria-disabled=move || (busy.get() || nothing()).then_some("true") on:click=make>"Export to a file"</button>
                <span role="status">{said}</span>
            </div>
        </div>
    }
}
