//! The number itself: what is pasted whole fills both parts, and what comes of it is shown as it is typed.

use crate::{
    browser::locale,
    domain::{country, phone},
    ui::{
        form::{Aid, Form},
        parts::{Icon, Spoken},
    },
};
use leptos::prelude::*;

const COUNTRY: &str = "country_code";
const NUMBER: &str = "number";
const LIST: &str = "countries";

pub const AID: Aid = Aid { list, take };

fn list(path: &str) -> Option<&'static str> {
    (path == COUNTRY).then_some(LIST)
}

/// Takes what was typed or pasted into one of the two.
fn take(form: Form, path: &str, text: &str) {
    if let Some(whole) = phone::split(text) {
        form.set(COUNTRY, whole.country_code);
        form.set(NUMBER, whole.number);
        return;
    }
    let plain = phone::digits(text);
    if path == COUNTRY {
        let without = plain.trim_start_matches('+');
        form.set(path, without.strip_prefix("00").unwrap_or(without).to_owned());
    } else {
        form.set(path, plain);
    }
}

/// The countries to choose from, and the whole number.
#[component]
pub fn Result(form: Form) -> impl IntoView {
    let parts = Memo::new(move |_| (form.text(COUNTRY), form.text(NUMBER)));
    let whole = move || parts.with(|(country, number)| phone::e164(country, number));
    let countries = move || {
        let names = parts.with(|(code, _)| {
            country::by_dialling_code(code)
                .map(|country| locale::region_name(country.region))
                .collect::<Vec<_>>()
        });
        // A code that many countries share, such as 1, is named by its first few.
        let more = names.len().saturating_sub(3);
        let mut shown = names.into_iter().take(3).collect::<Vec<_>>().join(", ");
        if more > 0 {
            shown += &format!(" and {more} more");
        }
        shown
    };
    let doubtful = move || {
        form.doubtful().iter().any(|problem| problem.path == NUMBER)
            || parts.with(|(country, number)| !phone::warnings(country, number).is_empty())
    };
    let warnings = move || parts.with(|(country, number)| phone::warnings(country, number));
    let meaning = move || {
        if doubtful() { "As it stands: " } else { "The whole number, as it is dialled from abroad: " }
    };
    let spoken = Signal::derive(move || {
        let whole = whole().map(|whole| format!("{}{whole} {}", meaning(), countries()));
        let warnings = warnings().into_iter().map(|warning| warning.sentence());
        whole.into_iter().chain(warnings).collect::<Vec<_>>().join(" ")
    });
    let options = country::COUNTRIES.iter().map(|country| {
        let label = format!("{} (+{})", locale::region_name(country.region), country.dialling_code);
        view! { <option value=country.dialling_code label=label></option> }
    });
    view! {
        <datalist id=LIST>{options.collect_view()}</datalist>
        <Spoken words=spoken/>
        <div class="whole-number">
            {move || match whole() {
                Some(whole) => view! { <p><span class="note">{meaning()}</span><strong class="figures">{whole}</strong>" "<span class="note">{countries}</span></p> }.into_any(),
                None => view! { <p class="note">"Fill in both parts, or paste the whole number with its + into either. "{countries}</p> }.into_any(),
            }}
            {move || warnings().into_iter().map(|warning| {
                let mend = warning.mended().map(|mended| view! {
                    <button type="button" class="link" on:click=move |_| form.set(NUMBER, mended.clone())>"Remove it"</button>
                });
                view! { <p class="warning"><Icon name="alert"/><span>{warning.sentence()}" "{mend}</span></p> }
            }).collect_view()}
        </div>
    }
}
