//! Nothing is shown: what hides it, and how to lift that.

use super::desk::Desk;
use crate::{
    browser::{focus, locale},
    domain::activity::filter::{Facet, Filter, lifts},
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Nothing(desk: Desk) -> impl IntoView {
    let lifted = Memo::new(move |_| {
        let filter = desk.filter.get();
        let now = desk.now.get();
        desk.kept.records.with(|kept| match kept {
            Some(Ok(records)) => lifts(&filter, records.iter().map(Arc::as_ref), now, &locale::offset),
            _ => vec![],
        })
    });
    let why = move || match lifted.get().as_slice() {
        [] => "No call fits all of the filters, and to lift one of them is not enough.".to_owned(),
        [(facet, _)] => format!("No call fits. What hides all of them is the {}.", name(*facet)),
        _ => "No call fits all of the filters. Lift one of them:".to_owned(),
    };
    let offer = move |(facet, count): (Facet, usize)| {
        let filter = desk.filter.get_untracked();
        view! {
            <button type="button" on:click=move |_| { desk.change(|filter| filter.without(facet)); focus::soon(".filters input".into()); }>
                {format!("{} ({})", offered(facet, &filter), locale::number(count))}
            </button>
        }
    };
    let lift_all = move |_| {
        desk.change(|_| Filter::default());
        focus::soon(".filters select".into());
    };
    view! {
        <div class="empty">
            <p role="status">{why}</p>
            <div class="asking">
                {move || lifted.get().into_iter().map(offer).collect_view()}
                <button type="button" on:click=lift_all>"Show all calls"</button>
            </div>
        </div>
    }
}

const fn name(facet: Facet) -> &'static str {
    match facet {
        Facet::Provider => "provider",
        Facet::Operation => "request",
        Facet::Endings => "outcome",
        Facet::Span => "time",
        Facet::Words => "words",
    }
}

/// What a button that lifts it says.
fn offered(facet: Facet, filter: &Filter) -> String {
    match facet {
        Facet::Provider => "Any provider".into(),
        Facet::Operation => "Any request".into(),
        Facet::Endings => "Any outcome".into(),
        Facet::Span => "Any time".into(),
        Facet::Words => format!("Without “{}”", filter.words.trim()),
    }
}
