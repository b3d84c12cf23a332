//! Where a key that is being entered is to stay: in this tab, or in the vault, which is made or unlocked on
//! the way.

use super::{
    super::Icon,
    passphrase::{Passphrase, Repeat, Repeated},
};
use crate::{
    browser::focus,
    state::{
        App,
        keys::{Place, Standing},
    },
};
use leptos::prelude::*;

/// What was chosen.
#[derive(Clone, Copy)]
pub struct Keeping {
    app: App,
    wanted: RwSignal<bool>,
    repeat: Repeat,
}

impl Keeping {
    /// In the vault by itself where the connection's last key is there.
    pub fn new(connection: &str) -> Keeping {
        let app = App::use_app();
        let before = untrack(|| app.keys.vault.held().contains(connection));
        Keeping { app, wanted: RwSignal::new(before), repeat: Repeat::default() }
    }

    /// Where the key goes, once that place is there; `None` where something is missing, which is said and has
    /// the focus then. `id` is that of the form.
    pub async fn place(self, id: &str) -> Option<Place> {
        if !self.wanted.get_untracked() {
            return Some(Place::Tab);
        }
        self.app.keys.know_the_vault().await;
        match untrack(|| self.app.keys.vault.standing()) {
            Standing::Open => Some(Place::Vault),
            Standing::Missing if self.repeat.make(self.app).await => Some(Place::Vault),
            _ => {
                focus::first_soon(vec![format!("#{id}-new-again"), format!("#{id}-passphrase")]);
                None
            }
        }
    }
}

#[component]
pub fn Keep(
    keeping: Keeping,
    id: String,
    /// Runs at Enter in the last field.
    submit: Callback<()>,
) -> impl IntoView {
    let vault = keeping.app.keys.vault;
    let id = StoredValue::new(id);
    let more = move || {
        let id = id.get_value();
        match vault.standing() {
            Standing::Missing => view! {
                <p class="note">"The vault is made now. It is opened with a passphrase, which nobody can tell you again."</p>
                <Repeated repeat=keeping.repeat id=format!("{id}-new") submit/>
            }
            .into_any(),
            Standing::Locked => view! {
                <p class="note">"Unlock the vault first."</p>
                <Passphrase id=format!("{id}-passphrase") then=format!("#{id}")/>
            }
            .into_any(),
            Standing::Broken(fault) => view! { <p class="problem" role="alert"><Icon name="cross"/>{fault.sentence()}</p> }.into_any(),
            Standing::Open | Standing::Looking => ().into_any(),
        }
    };
    view! {
        <label class="switch">
            <input type="checkbox" name="vault" prop:checked=keeping.wanted on:change=move |event| keeping.wanted.set(event_target_checked(&event))/>
            "Keep it in the vault on this device"
        </label>
        <Show when=move || keeping.wanted.get()>{more}</Show>
    }
}
