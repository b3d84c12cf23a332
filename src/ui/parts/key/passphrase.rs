//! The passphrase of the vault: asked for to unlock it, and typed twice to make or change it.

use crate::{
    browser::{page, vault::VaultFault},
    domain::{duration, vault},
    state::App,
    ui::parts::{Icon, seconds},
};
use leptos::{ev, prelude::*, task::spawn_local};

/// Unlocks the vault in this tab.
#[component]
pub fn Passphrase(id: String) -> impl IntoView {
    let app = App::use_app();
    let (typed, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let fault: RwSignal<Option<VaultFault>> = RwSignal::new(None);
    let now = seconds();
    let wait = move || app.keys.vault.wait(now.get());
    let field = StoredValue::new(id.clone());
    let unlock = move || {
        if busy.get_untracked() || untrack(wait) > 0 || typed.with_untracked(String::is_empty) {
            return page::focus_soon(format!("#{}", field.get_value()));
        }
        busy.set(true);
        spawn_local(async move {
            let done = app.keys.unlock(&typed.get_untracked()).await;
            // The place may be gone with what it asked for.
            busy.try_set(false);
            if let Err(why) = done {
                fault.try_set(Some(why));
                page::select_soon(format!("#{}", field.get_value()));
            }
        });
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            unlock();
        }
    };
    let pause = move || {
        let left = wait();
        (left > 0)
            .then(|| format!("Wait {} before the next try.", duration::words(left.div_ceil(1000) * 1000)))
    };
    let stopped = move || busy.get() || wait() > 0;
    view! {
        <div class="field">
            <label for=id.clone()>"Passphrase of the vault"</label>
            <div class="covered">
                <input id=id.clone() class="input" type="password" autocomplete="current-password"
                    aria-describedby=format!("{id}-problem")
                    aria-invalid=move || fault.with(Option::is_some).then_some("true")
                    prop:value=typed
                    on:input=move |event| { fault.set(None); typed.set(event_target_value(&event)); }
                    on:keydown=on_key/>
                <button type="button" disabled=stopped on:click=move |_| unlock()>
                    {move || if busy.get() { "Unlocking…" } else { "Unlock" }}
                </button>
            </div>
            <div class="problems" id=format!("{id}-problem") role="status">
                {move || fault.get().map(|fault| view! { <p class="problem"><Icon name="cross"/>{fault.sentence()}" "{pause}</p> })}
            </div>
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
        let (first, second) = (self.first.get_untracked(), self.second.get_untracked());
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
pub fn Repeated(repeat: Repeat, id: String) -> impl IntoView {
    let field = move |name: &'static str, label: &'static str, value: RwSignal<String>| {
        let id = format!("{id}-{name}");
        let note = id.clone();
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input id=id.clone() class="input" type="password" autocomplete="new-password"
                    aria-describedby=format!("{note}-problem")
                    aria-invalid=move || repeat.fault.with(Option::is_some).then_some("true")
                    prop:value=value
                    on:input=move |event| { repeat.fault.set(None); value.set(event_target_value(&event)); }/>
                <div class="problems" id=format!("{note}-problem")>
                    {(name == "again").then_some(move || repeat.fault.get().map(|fault| view! { <p class="problem"><Icon name="cross"/>{fault}</p> }))}
                </div>
            </div>
        }
    };
    view! {
        {field("first", "New passphrase", repeat.first)}
        {field("again", "The same again", repeat.second)}
    }
}
