//! What tokens are made with: whose key it is, and the key itself, from a file or pasted.

use super::{
    keep::{Keep, Keeping},
    starts_with,
};
use crate::{
    browser::{file, focus},
    catalogue::token::{Algorithm, TokenRule},
    domain::{
        connection::Connection,
        duration, signing_key,
        vault::{SigningKey, What},
    },
    state::App,
    ui::parts::{FileDrop, Icon},
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::FileList;

/// How long a token may be chosen to last, in seconds.
const LIFETIMES: [u32; 4] = [300, 900, 3_600, 86_400];

#[component]
pub fn Maker(
    connection: Connection,
    rule: &'static TokenRule,
    id: String,
    done: Callback<()>,
) -> impl IntoView {
    let app = App::use_app();
    let issuer = RwSignal::new(String::new());
    // The key itself, as long as it takes to become a handle.
    let key: RwSignal<Option<Result<SigningKey, String>>> = RwSignal::new(None);
    let lifetime = RwSignal::new(rule.default_lifetime);
    let tried = RwSignal::new(false);
    let trouble: RwSignal<Option<&'static str>> = RwSignal::new(None);
    let keeping = Keeping::new(&connection.id);
    let shared = StoredValue::new((connection, id.clone()));
    let issuer_fault = move || {
        let text = issuer.get();
        match text.trim() {
            "" => Some(format!("Fill in the {}.", rule.issuer.label)),
            text if text.chars().any(|c| c.is_whitespace() || c.is_control()) => {
                Some(format!("There is a space within the {}. Copy it again.", rule.issuer.label))
            }
            _ => None,
        }
    };
    let key_fault = move || match key.get() {
        None => Some(format!("The {} is missing.", rule.key.label.to_lowercase())),
        Some(read) => read.err(),
    };
    let busy = RwSignal::new(false);
    let keep = move || {
        tried.set(true);
        let read = key.get_untracked().and_then(Result::ok);
        let (Some(signing), None) = (read, untrack(issuer_fault)) else {
            let id = shared.with_value(|(_, id)| id.clone());
            return focus::soon(format!("{}[aria-invalid=true]", starts_with(&id)));
        };
        let what = What::Signer {
            issuer: issuer.get_untracked().trim().to_owned(),
            lifetime: lifetime.get_untracked(),
            key: signing,
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        // The page may be left, or the form replaced, before the vault has taken the key.
        let (connection, id) = shared.get_value();
        spawn_local(async move {
            if let Some(place) = keeping.place(&id).await {
                match app.keys.enter(&connection, what, place).await {
                    Ok(()) => {
                        done.try_run(());
                        focus::first_soon(super::next(&id));
                    }
                    Err(why) => drop(trouble.try_set(Some(why.sentence()))),
                }
            }
            busy.try_set(false);
        });
    };
    let shown = move |fault: Option<String>| {
        fault
            .filter(|_| tried.get())
            .map(|fault| view! { <p class="problem"><Icon name="cross"/>{fault}</p> })
    };
    let lifetimes = LIFETIMES.into_iter().filter(|seconds| rule.lifetime.contains(seconds)).map(|seconds| {
        view! {
            <option value=seconds.to_string() prop:selected=move || lifetime.get() == seconds>
                {duration::words(u64::from(seconds) * 1000)}
            </option>
        }
    });
    let choose =
        move |event| lifetime.set(event_target_value(&event).parse().unwrap_or(rule.default_lifetime));
    let several = rule.lifetime.start() < rule.lifetime.end();
    view! {
        <div class="key maker">
            <div class="field">
                <label for=format!("{id}-issuer")>{rule.issuer.label}</label>
                <div class="help" id=format!("{id}-issuer-help")><p>{rule.issuer.help}</p></div>
                <input id=format!("{id}-issuer") class="input" autocomplete="off" spellcheck="false"
                    aria-describedby=format!("{id}-issuer-help {id}-issuer-problem")
                    aria-invalid=move || (tried.get() && issuer_fault().is_some()).then_some("true")
                    prop:value=issuer on:input=move |event| issuer.set(event_target_value(&event))/>
                <div class="problems" id=format!("{id}-issuer-problem")>{move || shown(issuer_fault())}</div>
            </div>
            <div class="field">
                <TheKey rule key tried id=id.clone()/>
                <div class="problems" id=format!("{id}-key-problem")>{move || shown(key_fault())}</div>
            </div>
            {several.then(|| view! {
                <div class="field">
                    <label for=format!("{id}-lifetime")>"Each token lasts"</label>
                    <select id=format!("{id}-lifetime") class="input" on:change=choose>{lifetimes.collect_view()}</select>
                </div>
            })}
            <Keep keeping id=id.clone() submit=Callback::new(move |()| keep())/>
            <div class="foot">
                <button type="button" aria-disabled=move || busy.get().then_some("true") on:click=move |_| keep()>"Use this key"</button>
            </div>
            {move || trouble.get().map(|why| view! { <p class="problem" role="alert"><Icon name="cross"/>{why}</p> })}
        </div>
    }
}

/// Takes the key in; nothing of it is shown, nor left in the field.
#[component]
fn TheKey(
    rule: &'static TokenRule,
    key: RwSignal<Option<Result<SigningKey, String>>>,
    tried: RwSignal<bool>,
    id: String,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let read = move |bytes: &[u8]| {
        let read = match rule.algorithm {
            Algorithm::Rs256 => signing_key::rsa(bytes),
            Algorithm::Hs256 => signing_key::secret(&String::from_utf8_lossy(bytes)),
        };
        key.set(Some(read.map(SigningKey).map_err(signing_key::Fault::sentence)));
        tried.set(tried.get_untracked() || key.with_untracked(|key| matches!(key, Some(Err(_)))));
    };
    let take = Callback::new(move |files: Option<FileList>| {
        spawn_local(async move {
            let file = match file::only(files) {
                Ok(file) => file,
                Err(fault) => return drop(key.try_set(Some(Err(fault_of_file(fault))))),
            };
            let bytes = file::bytes(&file, signing_key::LARGEST).await;
            if name.try_set(file.name()).is_some() {
                return;
            }
            match bytes {
                Ok(bytes) => read(&signing_key::Bytes::new(bytes)),
                Err(fault) => key.set(Some(Err(fault_of_file(fault)))),
            }
        });
    });
    let taken = move || key.with(|key| matches!(key, Some(Ok(_))));
    let said = move || taken().then(|| format!("The key was read{}.", from(&name.get())));
    let invalid = move || (tried.get() && !taken()).then_some("true");
    let describes = format!("{id}-key-help {id}-key-problem");
    let wanted = &rule.key;
    match rule.algorithm {
        Algorithm::Rs256 => view! {
            <FileDrop id=format!("{id}-key") label=wanted.label help=wanted.help accept=".key,.pem,.der,application/x-pem-file,text/plain" describes invalid=Signal::derive(invalid) take/>
            <p class="note" role="status">{said}</p>
        }
        .into_any(),
        Algorithm::Hs256 => view! {
            <label for=format!("{id}-key")>{wanted.label}</label>
            <div class="help" id=format!("{id}-key-help")><p>{wanted.help}</p></div>
            <input id=format!("{id}-key") class="input" type="password" autocomplete="new-password" spellcheck="false"
                aria-describedby=describes
                aria-invalid=invalid
                on:input=move |event| read(event_target_value(&event).as_bytes())/>
        }
        .into_any(),
    }
}

fn from(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" from {name}") }
}

fn fault_of_file(fault: file::FileFault) -> String {
    use file::FileFault;
    match fault {
        FileFault::NoFile => "This is no file. Choose the file private.key.".into(),
        FileFault::Several => "Choose one file.".into(),
        FileFault::TooLarge { .. } => signing_key::Fault::TooLarge.sentence(),
        FileFault::Closed => "This file could not be read. Choose it again.".into(),
    }
}
