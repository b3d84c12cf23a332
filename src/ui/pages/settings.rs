//! Appearance, the vault, the inbox and its notifications, the sandbox of this page, and the data on this device.

mod inbox;
mod vault;

use crate::{
    browser::{
        notify, page, sandbox, settings,
        store::{self, Shelf},
        vault::VaultFault,
    },
    state::{App, Frame, theme::Theme},
    ui::parts::PageHead,
};
use inbox::Inbox;
use leptos::{ev, prelude::*, task::spawn_local};
use vault::Vault;

#[component]
pub fn SettingsPage() -> impl IntoView {
    let connections = Frame::use_frame().connections;
    view! {
        <PageHead title="Settings"/>
        <Appearance/>
        <Vault/>
        <Notifications/>
        <Inbox/>
        <Show when=move || connections.offers_sandbox()><Sandbox/></Show>
        <Data/>
    }
}

#[component]
fn Appearance() -> impl IntoView {
    let theme = Frame::use_frame().theme;
    view! {
        <section class="panel">
            <fieldset class="choices">
                <legend><h2>"Appearance"</h2></legend>
                {Theme::ALL.map(|one| view! {
                    <label class="switch">
                        <input type="radio" name="theme" value=one.id() prop:checked=move || theme.get() == one on:change=move |_| theme.choose(one)/>
                        {one.label()}
                    </label>
                }).collect_view()}
            </fieldset>
        </section>
    }
}

#[component]
fn Notifications() -> impl IntoView {
    let notices = Frame::use_frame().notices;
    let permission = RwSignal::new(notify::permission());
    let wanted = RwSignal::new(crate::state::inbox::Inbox::rings());
    let on = move || wanted.get() && permission.get() == notify::Permission::Granted;
    let keep = move |want: bool| {
        if crate::state::inbox::Inbox::let_ring(want) {
            wanted.set(want);
        } else {
            notices.tell("This browser does not let the page store anything, so it cannot keep this choice.");
        }
    };
    let choose = move |event: ev::Event| {
        let want = event_target_checked(&event);
        if !want {
            return keep(false);
        }
        spawn_local(async move {
            let given = notify::ask().await;
            if permission.try_set(given).is_none() && given == notify::Permission::Granted {
                keep(true);
            }
            // A box that may not be ticked is not.
            wanted.try_update(|_| ());
        });
    };
    let why_not = move || match (notify::is_possible(), permission.get()) {
        (false, _) => {
            Some("This browser does not notify on this address: it takes https, and a browser that can.")
        }
        (true, notify::Permission::Denied) => Some(
            "The browser does not let this site notify. Allow it in the browser's settings of this site, then reload this page.",
        ),
        _ => None,
    };
    view! {
        <section class="panel">
            <h2>"Notifications"</h2>
            <label class="switch">
                <input type="checkbox" name="inbox-notify" disabled=move || why_not().is_some() prop:checked=on on:change=choose/>
                "Tell me when a customer writes"
            </label>
            <p class="note">"It comes while the inbox is open in a tab that nobody looks at, once for each conversation. It names the contact and never the words: it may show on a locked or a shared screen, and the system keeps it."</p>
            {move || why_not().map(|why| view! { <p class="warning" role="status">{why}</p> })}
        </section>
    }
}

#[component]
fn Sandbox() -> impl IntoView {
    let notices = Frame::use_frame().notices;
    let said = RwSignal::new("");
    let reset = move |_| {
        spawn_local(async move {
            let done = notices.stored(sandbox::reset().await).is_some();
            said.try_set(if done { "The sandbox was reset." } else { "The sandbox could not be reset." });
        });
    };
    view! {
        <section class="panel">
            <h2>"Sandbox"</h2>
            <p>"The sandbox in this page stands in for the four providers. What you do there stays in this browser."</p>
            <div class="foot">
                <button type="button" on:click=reset>"Reset the sandbox"</button>
                <span role="status">{said}</span>
            </div>
            <Triggers/>
        </section>
    }
}

/// The typed values that reach each documented error.
#[component]
fn Triggers() -> impl IntoView {
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
                <p class="problem">"The sandbox could not be loaded. Check the network and open this again."</p>
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

#[component]
fn Data() -> impl IntoView {
    let app = App::use_app();
    let asking = RwSignal::new(false);
    let erase = move |_| {
        spawn_local(async move {
            // By its own way, so that other tabs forget what they had of it.
            let mut all = !matches!(app.keys.destroy_vault().await, Err(VaultFault::Store(_)));
            for shelf in Shelf::ALL {
                all &= app.frame.notices.stored(store::clear(shelf).await).is_some();
            }
            settings::clear();
            if all {
                page::reload();
            }
        });
    };
    let ask = move |_| {
        asking.set(true);
        page::focus_soon(".foot .danger".into());
    };
    view! {
        <section class="panel">
            <h2>"Data on this device"</h2>
            <p>"Drafts, conversations, the history of calls, your connections, the settings on this page, the vault and the sandbox's world are kept in this browser. Keys that are not in the vault are gone with the tab."</p>
            <div class="foot">
                {move || if asking.get() {
                    view! {
                        <span>"Erase drafts, conversations, history, connections, settings, the vault with its keys and the sandbox's world?"</span>
                        <button type="button" class="danger" on:click=erase>"Erase them"</button>
                        <button type="button" on:click=move |_| asking.set(false)>"Keep them"</button>
                    }.into_any()
                } else {
                    view! { <button type="button" on:click=ask>"Erase the data on this device"</button> }.into_any()
                }}
            </div>
        </section>
    }
}
