//! Certificate and account. A certificate is only good until it is viewed again, so its age is shown.

use super::Remembered;
use crate::{
    browser::page,
    domain::{duration, phone},
    ui::{
        form::{Aid, Form},
        parts::{Icon, seconds},
    },
};
use leptos::prelude::*;

const CERTIFICATE: &str = "vname_certificate";
const ACCOUNT: &str = "waba_id";

/// Milliseconds after which a pasted certificate is doubted: an hour.
const OLD: u64 = 60 * 60 * 1000;

pub const AID: Aid = Aid { list: |_| None, take };

/// Copying brings spaces and line ends along at both ends of a certificate, inside of which nothing is
/// touched, and anywhere in an id.
fn take(form: Form, path: &str, text: &str) {
    let text = match path {
        CERTIFICATE => text.trim().to_owned(),
        ACCOUNT => phone::digits(text),
        _ => text.to_owned(),
    };
    form.set(path, text);
}

/// How long ago the certificate came in.
#[component]
pub fn Age(form: Form, remembered: RwSignal<Remembered>) -> impl IntoView {
    let certificate = Memo::new(move |_| form.text(CERTIFICATE));
    Effect::new(move |before: Option<String>| {
        let now = certificate.get();
        let changed = before.is_some_and(|before| before != now);
        let unknown = remembered.with_untracked(|remembered| remembered.certificate_at.is_none());
        if now.is_empty() {
            remembered.update(|remembered| remembered.certificate_at = None);
        } else if changed || unknown {
            remembered.update(|remembered| remembered.certificate_at = Some(page::now()));
        }
        now
    });
    view! { <AgeLine remembered/> }
}

#[component]
pub fn AgeLine(remembered: RwSignal<Remembered>) -> impl IntoView {
    let now = seconds();
    let age = move || {
        remembered.with(|remembered| remembered.certificate_at).map(|at| now.get().saturating_sub(at))
    };
    let words = Memo::new(move |_| age().map(duration::ago));
    let old = Memo::new(move |_| age().is_some_and(|age| age >= OLD));
    view! {
        {move || words.get().map(|words| view! { <p class="note figures">{format!("The certificate was pasted {words}.")}</p> })}
        <Show when=move || old.get()>
            <p class="warning"><Icon name="alert"/><span>"If anybody has viewed the certificate since, it is no longer valid, and the start would fail. When in doubt, open it once more and paste it again."</span></p>
        </Show>
    }
}
