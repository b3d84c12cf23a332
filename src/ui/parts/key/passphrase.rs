//! The passphrase of the vault: asked for to unlock it, and typed twice to make or change it.

use crate::{
    browser::{focus, vault::VaultFault},
    domain::{duration, vault},
    state::App,
    ui::parts::{Icon, seconds},
};
use leptos::{ev, prelude::*, task::spawn_local};

/// How long to wait before another passphrase is tried, renewed every second. It is for a place that is not
/// read out by itself.
pub fn pause() -> impl Fn() -> Option<String> + Copy + Send + Sync {
    let (vault, now) = (App::use_app().keys.vault, seconds());
    move || {
        let left = vault.wait(now.get());
        (left > 0)
            .then(|| format!("Wait {} before the next try.", duration::words(left.div_ceil(1000) * 1000)))
    }
}

/// Unlocks the vault in this tab.
#[component]
pub fn Passphrase(
    id: String,
    /// Selects what has the focus then.
    then: String,
) -> impl IntoView {
    let app = App::use_app();
    let (typed, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let fault: RwSignal<Option<VaultFault>> = RwSignal::new(None);
    let pause = pause();
    let stopped = move || busy.get() || pause().is_some();
    let places = StoredValue::new((format!("#{id}"), then));
    let unlock = move || {
        let (field, then) = places.get_value();
        if untrack(stopped) || typed.with_untracked(String::is_empty) {
            return focus::soon(field);
        }
        busy.set(true);
        let passphrase = typed.get_untracked();
        spawn_local(async move {
            let done = app.keys.unlock(&passphrase).await;
            // The place may be gone with what it asked for.
            busy.try_set(false);
            match done {
                Ok(()) => focus::if_lost(then),
                Err(why) => {
                    fault.try_set(Some(why));
                    focus::select_soon(field);
                }
            }
        });
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            unlock();
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>"Passphrase of the vault"</label>
            <div class="covered">
                <input id=id.clone() class="input" type="password" autocomplete="current-password"
                    aria-describedby=format!("{id}-problem {id}-pause")
                    aria-invalid=move || fault.with(Option::is_some).then_some("true")
                    prop:value=typed
                    on:input=move |event| { fault.set(None); typed.set(event_target_value(&event)); }
                    on:keydown=on_key/>
                <button type="button" aria-disabled=move || stopped().then_some("true") on:click=move |_| unlock()>
                    {move || if busy.get() { "Unlocking…" } else { "Unlock" }}
                </button>
            </div>
            <div class="problems" id=format!("{id}-problem") role="status">
                {move || fault.get().map(|fault| view! { <p class="problem"><Icon name="cross"/>{fault.sentence()}</p> })}
            </div>
            <p class="note" id=format!("{id}-pause")>{pause}</p>
        </div>
    }
}

/// A new passphrase, typed twice.
#[derive(Clone, Copy, Default)]
pub struct Repeat {
    first: RwSignal<String>,
    second: RwSignal<String>,
    fault: RwSignal<Option<String>>,
}

impl Repeat {
    /// The passphrase, if it will do; otherwise it is said why not.
    pub fn checked(self) -> Option<String> {
        // The form may be gone while the vault is looked for.
        let (first, second) = (self.first.try_get_untracked()?, self.second.try_get_untracked()?);
        let verdict = vault::check(&first, &second);
        self.fault.set(verdict.err().map(vault::Weak::sentence));
        verdict.is_ok().then_some(first)
    }

    /// Makes the vault; tells whether it is there.
    pub async fn make(self, app: App) -> bool {
        let Some(passphrase) = self.checked() else { return false };
        self.outcome(app.keys.make_vault(&passphrase).await)
    }

    /// Says what became of it.
    pub fn outcome(self, done: Result<(), VaultFault>) -> bool {
        let fault = done.err().map(|fault| fault.sentence().to_owned());
        let went_well = fault.is_none();
        self.fault.try_set(fault);
        if went_well {
            self.first.try_set(String::new());
            self.second.try_set(String::new());
        }
        went_well
    }
}

#[component]
pub fn Repeated(
    repeat: Repeat,
    id: String,
    /// Runs at Enter in either.
    submit: Callback<()>,
) -> impl IntoView {
    let problem = format!("{id}-problem");
    let field = |name: &'static str, label: &'static str, value: RwSignal<String>| {
        let id = format!("{id}-{name}");
        let on_key = move |event: ev::KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                submit.run(());
            }
        };
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input id=id class="input" type="password" autocomplete="new-password"
                    aria-describedby=problem.clone()
                    aria-invalid=move || repeat.fault.with(Option::is_some).then_some("true")
                    prop:value=value
                    on:input=move |event| { repeat.fault.set(None); value.set(event_target_value(&event)); }
                    on:keydown=on_key/>
            </div>
        }
    };
    view! {
        {field("first", "New passphrase", repeat.first)}
        {field("again", "The same again", repeat.second)}
        <div class="problems" id=problem.clone() role="status">
            {move || repeat.fault.get().map(|fault| view! { <p class="problem"><Icon name="cross"/>{fault}</p> })}
        </div>
    }
}
