//! The typed values that reach each documented error.

use crate::{browser::sandbox, catalogue, ui::parts::Icon};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Triggers() -> impl IntoView {
    let rows: RwSignal<Vec<sandbox::Trigger>> = RwSignal::new(vec![]);
    let failed = RwSignal::new(false);
    let open = move |_| {
        spawn_local(async move {
            let triggers = sandbox::triggers().await;
            failed.try_set(triggers.is_err());
            drop(rows.try_set(triggers.unwrap_or_default()));
        });
    };
    // Those of a request stand together.
    let groups = move || {
        rows.with(|rows| rows.chunk_by(|one, next| one.operation == next.operation).map(group).collect_view())
    };
    view! {
        <details on:toggle=open>
            <summary>"Values that cause each documented error"</summary>
            <Show when=move || failed.get()>
                <p class="problem"><Icon name="cross"/>"The sandbox could not be loaded. Check the network and open this again."</p>
            </Show>
            <p class="note">"Type the value into the field of the request, and send it to the sandbox."</p>
            <div class="triggers">
                <table>
                    <thead><tr><th scope="col">"Field"</th><th scope="col">"Value"</th><th scope="col">"Causes"</th></tr></thead>
                    {groups}
                </table>
            </div>
        </details>
    }
}

/// The values of one request.
fn group(triggers: &[sandbox::Trigger]) -> impl IntoView + use<> {
    let id = triggers.first().map(|first| first.operation.clone()).unwrap_or_default();
    let title =
        catalogue::find(&id).map(|operation| format!("{}: {}", operation.provider.name(), operation.title));
    let row = |trigger: &sandbox::Trigger| {
        let sandbox::Trigger { path, value, reaches, .. } = trigger.clone();
        view! { <tr><td><code>{path}</code></td><td><code>{value}</code></td><td>{reaches}</td></tr> }
    };
    view! {
        <tbody>
            <tr><th scope="rowgroup" colspan="3">{title.unwrap_or(id)}</th></tr>
            {triggers.iter().map(row).collect_view()}
        </tbody>
    }
}
