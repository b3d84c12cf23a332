//! What has to be known before an attempt is spent: what line it is, where else the number is used, and
//! who receives the code.

use super::Remembered;
use crate::{
    domain::line::Line,
    ui::{form::Form, parts::Icon},
};
use leptos::prelude::*;

#[component]
pub fn Before(form: Form, remembered: RwSignal<Remembered>) -> impl IntoView {
    let line = Memo::new(move |_| remembered.with(|remembered| remembered.line));
    // The advice chooses the method until the person has chosen another.
    let choose = move |chosen: Line| {
        let method = untrack(|| form.text("method"));
        remembered.update(|remembered| {
            remembered.line = Some(chosen);
            if method.is_empty() || remembered.advised.as_ref() == Some(&method) {
                remembered.advised = Some(chosen.method().to_owned());
                form.set("method", chosen.method().to_owned());
            }
        });
    };
    view! {
        <ul class="checklist">
            <li>"The number must not be in use in the WhatsApp or WhatsApp Business app on a phone. Delete that account in the app first."</li>
            <li>"Somebody who can receive the code has to be reachable now: it comes a minute or two after you start, and does not stay valid for long."</li>
            <li>"You need the WhatsApp Business account ID and the certificate of the number, both from the WhatsApp Business dashboard."</li>
        </ul>
        <fieldset class="choices line-choice">
            <legend>"What kind of number is it?"</legend>
            {Line::ALL.map(|one| view! {
                <label class="switch">
                    <input type="radio" name="line" value=one.id() prop:checked=move || line.get() == Some(one) on:change=move |_| choose(one)/>
                    {one.label()}
                </label>
            }).collect_view()}
        </fieldset>
        <div role="status">
            {move || line.get().and_then(|line| line.against(&form.text("method"))).map(|sentence| view! {
                <p class="warning"><Icon name="alert"/><span>{sentence}</span></p>
            })}
            {move || line.get().map(|line| view! { <p class="advice"><Icon name="phone"/><span>{line.advice()}</span></p> })}
        </div>
    }
}
