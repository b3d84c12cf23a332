//! The typed values that reach each documented error.

use crate::{browser::sandbox, ui::parts::Icon};
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
    let row = |trigger: sandbox::Trigger| {
        view! {
            <tr><td><code>{trigger.operation}</code></td><td><code>{trigger.path}</code></td><td><code>{trigger.value}</code></td><td>{trigger.reaches}</td></tr>
        }
    };
    view! {
        <details on:toggle=open>
            <summary>"Values that cause each documented error"</summary>
            <Show when=move || failed.get()>
                <p class="problem"><Icon name="cross"/>"The sandbox could not be loaded. Check the network and open this again."</p>
            </Show>
            <p class="note">"Type the value into the field of the request, and send it to the sandbox."</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Values that cause errors">
                <table>
                    <thead><tr><th scope="col">"Request"</th><th scope="col">"Field"</th><th scope="col">"Value"</th><th scope="col">"Causes"</th></tr></thead>
                    <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}
