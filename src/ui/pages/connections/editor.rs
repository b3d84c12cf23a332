//! Adding or changing one connection: its name, address, header and who holds the key.

use crate::{
    browser::{focus, page},
    catalogue::provider::Provider,
    domain::connection::{Connection, Credential, Home},
    state::{App, begun_connections, connections::check_address},
    ui::parts::Icon,
};
use leptos::{ev, prelude::*, task::spawn_local};

#[component]
pub fn Editor(
    provider: Provider,
    /// The connection to change; `None` to add one.
    before: Option<Connection>,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let app = App::use_app();
    let connections = app.frame.connections;
    let adding = before.is_none();
    let default = provider.bases()[0].url;
    let offered = Connection {
        id: format!("own-{:x}-{:06x}", page::now(), (js_sys::Math::random() * 16_777_216.0) as u32),
        provider,
        label: format!("My {}", provider.name()),
        base_url: default.into(),
        credential: Credential::Ask,
        scheme: provider.schemes()[0].id.into(),
        home: Home::Own,
    };
    let begun = || Some(Connection { id: offered.id.clone(), ..begun_connections::of(provider)? });
    let start = before.or_else(begun).unwrap_or_else(|| offered.clone());
    let label = RwSignal::new(start.label.clone());
    let address = RwSignal::new(start.base_url.clone());
    let scheme = RwSignal::new(start.scheme().id.to_owned());
    let relay = RwSignal::new(start.credential == Credential::Relay);
    let tried = RwSignal::new(false);
    let id = start.id.clone();
    let label_fault = move || label.with(|label| label.trim().is_empty()).then_some("Give it a name.");
    let address_fault =
        move || address.with(|address| check_address(address).err().map(|fault| fault.sentence()));
    let typed = {
        let start = start.clone();
        move || Connection {
            label: label.get().trim().to_owned(),
            base_url: address.get(),
            scheme: scheme.get(),
            credential: if relay.get() { Credential::Relay } else { Credential::Ask },
            ..start.clone()
        }
    };
    if adding {
        let typed = typed.clone();
        Effect::new(move |_| begun_connections::keep(provider, typed().begun(&offered)));
    }
    let done = move || {
        if adding {
            begun_connections::keep(provider, None);
        }
        done();
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if label_fault().is_some() || address_fault().is_some() {
            focus::soon(".editor [aria-invalid=true]".into());
            return;
        }
        let made = untrack(&typed);
        connections.put(made.clone());
        let before = (!adding).then(|| start.clone());
        spawn_local(async move {
            if let Err(fault) = app.keys.follow(before.as_ref(), &made).await {
                app.frame.notices.tell(fault.sentence());
            }
        });
        if adding {
            connections.choose(provider, &start.id);
        }
        done();
    };
    let shown = move |fault: Option<&'static str>| {
        fault
            .filter(|_| tried.get())
            .map(|fault| view! { <p class="problem"><Icon name="cross"/>{fault}</p> })
    };
    let regions = provider.bases();
    view! {
        <form class="editor" novalidate on:submit=submit>
            <div class="field">
                <label for=format!("{id}-label")>"Name"</label>
                <input id=format!("{id}-label") class="input" name="label" autocomplete="off"
                    aria-invalid=move || (tried.get() && label_fault().is_some()).then_some("true")
                    aria-describedby=format!("{id}-label-problem")
                    prop:value=label on:input=move |event| label.set(event_target_value(&event))/>
                <div class="problems" id=format!("{id}-label-problem")>{move || shown(label_fault())}</div>
            </div>
            {(regions.len() > 1).then(|| view! {
                <div class="field">
                    <label for=format!("{id}-region")>"Region"</label>
                    <select id=format!("{id}-region") class="input" name="region" on:change=move |event| {
                        let chosen = event_target_value(&event);
                        if !chosen.is_empty() { address.set(chosen); }
                    }>
                        <option value="" prop:selected=move || !regions.iter().any(|base| base.url == address.get())>"Another address"</option>
                        {regions.iter().map(|base| view! {
                            <option value=base.url prop:selected=move || address.get() == base.url>{base.region}</option>
                        }).collect_view()}
                    </select>
                </div>
            })}
            <div class="field">
                <label for=format!("{id}-address")>"Base address"</label>
                <div class="help" id=format!("{id}-address-help")>
                    <p>"Up to where the request's path begins. A relay on this site begins with /."</p>
                </div>
                <div class="covered">
                    <input id=format!("{id}-address") class="input" name="base_url" inputmode="url" autocomplete="off" spellcheck="false"
                        aria-invalid=move || (tried.get() && address_fault().is_some()).then_some("true")
                        aria-describedby=format!("{id}-address-help {id}-address-problem")
                        prop:value=address
                        on:blur=move |_| {
                            // A field that is taken away with the focus in it is left when its form is gone.
                            if address.try_with_untracked(|now| now != default) == Some(true) { tried.set(true) }
                        }
                        on:input=move |event| address.set(event_target_value(&event))/>
                    <button type="button" on:click=move |_| address.set(default.into())>"Use the documented one"</button>
                </div>
                <div class="problems" id=format!("{id}-address-problem")>{move || shown(address_fault())}</div>
            </div>
            {(provider.schemes().len() > 1).then(|| view! {
                <div class="field">
                    <label for=format!("{id}-scheme")>"Authentication"</label>
                    <select id=format!("{id}-scheme") class="input" name="scheme" on:change=move |event| scheme.set(event_target_value(&event))>
                        {provider.schemes().iter().map(|one| view! {
                            <option value=one.id prop:selected=move || scheme.get() == one.id>{one.label}" (header "{one.header}")"</option>
                        }).collect_view()}
                    </select>
                </div>
            })}
            <label class="switch">
                <input type="checkbox" name="relay" prop:checked=relay on:change=move |event| relay.set(event_target_checked(&event))/>
                "The address is a relay that adds the key itself"
            </label>
            <div class="foot">
                <button type="submit" class="primary">{if adding { "Add the connection" } else { "Save the connection" }}</button>
                <button type="button" on:click=move |_| done()>"Cancel"</button>
            </div>
        </form>
    }
}
