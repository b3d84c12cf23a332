//! The profile as a customer sees it, roughly: what is there, with what is being changed. It takes the
//! form's word and checks nothing.

use crate::{
    catalogue::{
        draft::Draft,
        field::{Field, Place},
        vonage::UPDATE_PROFILE,
    },
    domain::profile,
    ui::form::Form,
};
use leptos::prelude::*;

#[component]
pub fn Preview(form: Form, record: RwSignal<Draft>) -> impl IntoView {
    let seen = Memo::new(move |_| {
        let seen =
            record.with(|record| form.entry.draft.with(|now| profile::result(&UPDATE_PROFILE, record, now)));
        let line = |field: &'static Field| {
            Some((field, profile::text(&seen, field.name, field))).filter(|(_, text)| !text.is_empty())
        };
        let lines = UPDATE_PROFILE.fields_in(Place::Body).filter_map(line);
        lines.map(|(field, text)| (field.label, text)).collect::<Vec<_>>()
    });
    let lines = move || {
        let lines = seen.get();
        if lines.is_empty() {
            return view! { <p class="note">"Nothing is filled in yet."</p> }.into_any();
        }
        let line = |(label, text)| view! { <div><dt>{label}</dt><dd dir="auto">{text}</dd></div> };
        view! { <dl>{lines.into_iter().map(line).collect_view()}</dl> }.into_any()
    };
    view! {
        <aside class="seen" aria-labelledby="profile-seen">
            <h3 id="profile-seen">"Preview: as a customer sees it, roughly"</h3>
            <div class="seen-card">
                <p class="seen-head">
                    <span class="round initial" aria-hidden="true">"B"</span>
                    <span class="note">"Your display name and photo"</span>
                </p>
                {lines}
            </div>
        </aside>
    }
}
