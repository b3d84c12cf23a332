//! The vault: made, locked, unlocked, its passphrase changed, destroyed; and what it protects against.

use super::section::Section;
use crate::{
    browser::{focus, locale, vault::VaultFault},
    domain::vault::{Idle, Lock},
    state::{App, keys::Standing},
    ui::parts::{Icon, Passphrase, Repeat, Repeated, Sure, pause},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Vault() -> impl IntoView {
    let app = App::use_app();
    let vault = app.keys.vault;
    let body = move || match vault.standing() {
        Standing::Looking => ().into_any(),
        Standing::Missing => view! { <Make/> }.into_any(),
        Standing::Locked => view! { <Locked/> }.into_any(),
        Standing::Open => view! { <Open/> }.into_any(),
        Standing::Broken(fault) => view! { <Broken fault/> }.into_any(),
    };
    view! {
        <Section id="vault" title="Vault">
            <p>"Keys are gone with the tab they were entered in. The vault keeps them on this device, sealed with a passphrase."</p>
            {body}
            <details>
                <summary>"What the vault protects against, and what not"</summary>
                <p class="note">"Whoever copies the files of this browser, or finds the device with the vault locked, has to guess the passphrase: one graphics card makes some thousands of guesses a second, so what counts is a passphrase that nobody would come upon. It does not protect while it is open, nor against a program or browser extension that reads along, and a passphrase that was forgotten opens nothing any more."</p>
            </details>
        </Section>
    }
}

#[component]
fn Make() -> impl IntoView {
    let app = App::use_app();
    let (asking, repeat, busy) = (RwSignal::new(false), Repeat::default(), RwSignal::new(false));
    let ask = move |_| {
        asking.set(true);
        focus::soon("#vault-new-first".into());
    };
    let make = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let next = if repeat.make(app).await { "#vault-lock" } else { "#vault-new-again" };
            focus::soon(next.into());
            busy.try_set(false);
        });
    };
    let cancel = move |_| {
        asking.set(false);
        focus::soon("#vault .foot button".into());
    };
    view! {
        <Show when=move || asking.get() fallback=move || view! {
            <div class="foot"><button type="button" on:click=ask>"Make a vault"</button></div>
        }>
            <p class="note">"Nobody can tell you the passphrase again, and without it the keys in the vault are lost."</p>
            <Repeated repeat id="vault-new".to_owned() submit=Callback::new(move |()| make())/>
            <div class="foot">
                <button type="button" class="primary" aria-disabled=move || busy.get().then_some("true") on:click=move |_| make()>"Make the vault"</button>
                <button type="button" on:click=cancel>"Cancel"</button>
            </div>
        </Show>
    }
}

#[component]
fn Locked() -> impl IntoView {
    let vault = App::use_app().keys.vault;
    let why = move || {
        vault.why().map(|why| match why {
            Lock::Idle => {
                format!("It locked itself after {} without a key or a click.", vault.idle().label())
            }
            Lock::Slept => "It locked itself because this computer slept, or its clock was set.".to_owned(),
        })
    };
    view! {
        <p role="status">"It is locked in this tab. "{why}</p>
        <Passphrase id="vault-passphrase".to_owned() then="#vault-lock".to_owned()/>
        <div class="foot"><Destroy/></div>
    }
}

#[component]
fn Open() -> impl IntoView {
    let app = App::use_app();
    let vault = app.keys.vault;
    let changing = RwSignal::new(false);
    let lock = move |_| {
        app.keys.lock();
        focus::soon("#vault-passphrase".into());
    };
    let held = move || match vault.held().len() {
        0 => "It is open in this tab, and empty.".to_owned(),
        1 => "It is open in this tab, with the key of one connection.".to_owned(),
        count => format!("It is open in this tab, with the keys of {} connections.", locale::number(count)),
    };
    view! {
        <p role="status">{held}</p>
        <IdleTime/>
        <div class="foot">
            <button type="button" class="primary" id="vault-lock" on:click=lock>"Lock it in every tab"</button>
            <button type="button" id="vault-change" on:click=move |_| {
                changing.set(true);
                focus::soon("#vault-before".into());
            }>"Change the passphrase"</button>
            <Destroy/>
        </div>
        <Show when=move || changing.get()>
            <Change done=move || {
                changing.set(false);
                focus::soon("#vault-change".into());
            }/>
        </Show>
    }
}

#[component]
fn IdleTime() -> impl IntoView {
    let app = App::use_app();
    let vault = app.keys.vault;
    let choose = move |idle: Idle| {
        if !vault.choose_idle(idle) {
            app.frame
                .notices
                .tell("This browser does not let the page store anything, so it cannot keep this choice.");
        }
    };
    view! {
        <fieldset class="choices">
            <legend>"Lock it after so long without a key or a click"</legend>
            {Idle::ALL.map(|idle| view! {
                <label class="switch">
                    <input type="radio" name="vault-idle" prop:checked=move || vault.idle() == idle on:change=move |_| choose(idle)/>
                    {idle.label()}
                </label>
            }).collect_view()}
        </fieldset>
        <p class="note">"It also locks when this computer was asleep for some minutes."</p>
    }
}

#[component]
fn Change(done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let app = App::use_app();
    let (before, repeat, busy) = (RwSignal::new(String::new()), Repeat::default(), RwSignal::new(false));
    let wrong: RwSignal<Option<VaultFault>> = RwSignal::new(None);
    let pause = pause();
    let change = move || {
        let Some(after) = repeat.checked() else { return focus::soon("#vault-after-again".into()) };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let present = before.get_untracked();
        spawn_local(async move {
            let changed = app.keys.change_passphrase(&present, &after).await;
            // The form may be gone.
            if busy.try_set(false).is_some() {
                return;
            }
            match changed {
                Err(fault @ (VaultFault::WrongPassphrase | VaultFault::TooSoon)) => {
                    wrong.set(Some(fault));
                    focus::select_soon("#vault-before".into());
                }
                changed => {
                    if repeat.outcome(changed) {
                        done();
                    }
                }
            }
        });
    };
    view! {
        <div class="field">
            <label for="vault-before">"Present passphrase"</label>
            <input id="vault-before" class="input" type="password" autocomplete="current-password" aria-describedby="vault-before-problem"
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                prop:value=before on:input=move |event| { wrong.set(None); before.set(event_target_value(&event)); }/>
            <div class="problems" id="vault-before-problem">
                {move || wrong.get().map(|fault| view! { <p class="problem"><Icon name="cross"/>{fault.sentence()}" "{pause}</p> })}
            </div>
        </div>
        <Repeated repeat id="vault-after".to_owned() submit=Callback::new(move |()| change())/>
        <div class="foot">
            <button type="button" class="primary" aria-disabled=move || busy.get().then_some("true") on:click=move |_| change()>"Change it"</button>
            <button type="button" on:click=move |_| done()>"Keep the present one"</button>
        </div>
    }
}

#[component]
fn Broken(fault: VaultFault) -> impl IntoView {
    let damaged = fault == VaultFault::Damaged;
    view! {
        <p class="problem" role="alert"><Icon name="cross"/>{fault.sentence()}</p>
        {damaged.then(|| view! {
            <p>"Destroy it to make a new one, and enter the keys again."</p>
            <div class="foot"><Destroy/></div>
        })}
    }
}

/// Asks once: what is in it cannot be brought back.
#[component]
fn Destroy() -> impl IntoView {
    let app = App::use_app();
    let asking = RwSignal::new(false);
    let fault: RwSignal<Option<VaultFault>> = RwSignal::new(None);
    let keep = move |()| {
        asking.set(false);
        focus::soon("#vault .foot button:last-of-type".into());
    };
    let destroy = move |()| {
        spawn_local(async move {
            match app.keys.destroy_vault().await {
                Ok(()) => focus::soon("#vault button".into()),
                Err(why) => drop(fault.try_set(Some(why))),
            }
        });
    };
    view! {
        {move || if asking.get() {
            view! {
                <Sure does="Destroy it" on_yes=destroy on_no=keep>"Destroy the vault and the keys in it?"</Sure>
            }
            .into_any()
        } else {
            view! { <button type="button" class="danger" on:click=move |_| asking.set(true)>"Destroy the vault…"</button> }.into_any()
        }}
        {move || fault.get().map(|fault| view! { <p class="problem" role="alert"><Icon name="cross"/>{fault.sentence()}</p> })}
    }
}
