//! Chooses which calls are looked at. What is chosen stands in the address, and nowhere else.

use super::{
    desk::{Desk, Step},
    times,
};
use crate::{
    browser::{focus, locale, page},
    catalogue::{self, provider::Provider},
    domain::activity::{calendar, ending::Ending, filter::Filter, span::Span},
};
use leptos::{ev, leptos_dom::helpers::debounce, prelude::*};
use std::{collections::BTreeSet, time::Duration};

/// How long after the last key words are looked for.
const TYPED: Duration = Duration::from_millis(200);
/// What the choice of time calls a range of days, and a part of a chart.
const DAYS: &str = "days";
const PART: &str = "part";
/// Days of a range that was not chosen yet.
const FIRST_RANGE: i64 = 30;

#[component]
pub fn Filters(desk: Desk) -> impl IntoView {
    view! {
        <form class="panel filters" role="search" aria-label="Filter the calls" novalidate on:submit=|event: ev::SubmitEvent| event.prevent_default()>
            <div class="filter-row">
                <Who desk/>
                <What desk/>
                <When desk/>
                <Words desk/>
            </div>
            <Range desk/>
            <Endings desk/>
            <div class="foot">
                <span role="status">{move || shows(desk)}</span>
                <Show when=move || desk.filter.with(|filter| !filter.facets().is_empty())>
                    <button type="button" class="link" on:click=move |_| {
                        desk.change(|_| Filter::default());
                        focus::soon("#filter-provider".into());
                    }>"Lift all filters"</button>
                </Show>
            </div>
        </form>
    }
}

/// How many of how many entries are shown.
fn shows(desk: Desk) -> String {
    let (shown, all) = (desk.found.with(super::desk::Found::len), desk.count());
    let entries = if all == 1 { "entry" } else { "entries" };
    let count = locale::number;
    match shown == all {
        true => format!("All of {} {entries}", count(all)),
        false => format!("{} of {} {entries}", count(shown), count(all)),
    }
}

#[component]
fn Who(desk: Desk) -> impl IntoView {
    let chosen = move || desk.filter.with(|filter| filter.provider);
    let option = move |provider: Provider| {
        view! { <option value=provider.id() prop:selected=move || chosen() == Some(provider)>{provider.name()}</option> }
    };
    let choose = move |event| {
        desk.change(|filter| filter.of_provider(Provider::from_id(&event_target_value(&event))));
    };
    view! {
        <div class="field">
            <label for="filter-provider">"Provider"</label>
            <select id="filter-provider" name="provider" class="input" on:change=choose>
                <option value="" prop:selected=move || chosen().is_none()>"All"</option>
                {Provider::ALL.map(option).collect_view()}
            </select>
        </div>
    }
}

/// The requests that were sent, and the one of the address, by provider and title.
fn sent(desk: Desk) -> BTreeSet<(Option<Provider>, String, String)> {
    let entry = |id: &str| {
        let provider = id.split('.').next().and_then(Provider::from_id);
        (provider, title(id), id.to_owned())
    };
    let chosen = desk.filter.with(|filter| filter.operation.clone());
    let mut sent: BTreeSet<_> = desk.kept.records.with(|kept| match kept {
        Some(Ok(records)) => {
            let ids: BTreeSet<&str> = records.iter().map(|record| record.operation.as_str()).collect();
            ids.into_iter().map(entry).collect()
        }
        _ => BTreeSet::new(),
    });
    sent.extend(chosen.as_deref().map(entry));
    let only = desk.filter.with(|filter| filter.provider);
    sent.retain(|(provider, ..)| only.is_none() || *provider == only);
    sent
}

/// The title of a request; its id where this console does not know it.
pub fn title(id: &str) -> String {
    catalogue::find(id).map_or_else(|| id.to_owned(), |operation| operation.title.to_owned())
}

#[component]
fn What(desk: Desk) -> impl IntoView {
    let chosen = move || desk.filter.with(|filter| filter.operation.clone());
    let sent = Memo::new(move |_| sent(desk));
    let option = move |(provider, title, id): (Option<Provider>, String, String)| {
        let this = id.clone();
        let name = match provider {
            Some(provider) => format!("{}: {title}", provider.name()),
            None => title,
        };
        view! { <option value=id prop:selected=move || chosen().as_ref() == Some(&this)>{name}</option> }
    };
    let choose = move |event| {
        let id = event_target_value(&event);
        desk.change(|filter| Filter { operation: Some(id).filter(|id| !id.is_empty()), ..filter });
    };
    view! {
        <div class="field">
            <label for="filter-operation">"Request"</label>
            <select id="filter-operation" name="operation" class="input" on:change=choose>
                <option value="" prop:selected=move || chosen().is_none()>"All"</option>
                {move || sent.get().into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}

#[component]
fn When(desk: Desk) -> impl IntoView {
    let span = move || desk.filter.with(|filter| filter.span);
    let named = move |one: Span| {
        view! { <option value=one.id() prop:selected=move || span() == one>{one.label()}</option> }
    };
    let choose = move |event| {
        let chosen = event_target_value(&event);
        let today = || calendar::day_of(page::now(), &locale::offset);
        let span = match chosen.as_str() {
            DAYS => Some(Span::Days(today() - FIRST_RANGE + 1, today())),
            named => Span::from_id(named),
        };
        if let Some(span) = span {
            desk.change(|filter| Filter { span, ..filter });
        }
    };
    let is_days = move || matches!(span(), Span::Days(..));
    let part = move || match span() {
        Span::Moments(from, until) => {
            Some(view! { <option value=PART prop:selected=true>{times::stretch(from, until)}</option> })
        }
        _ => None,
    };
    view! {
        <div class="field">
            <label for="filter-time">"Time"</label>
            <select id="filter-time" name="time" class="input" on:change=choose>
                {Span::NAMED.map(named).collect_view()}
                <option value=DAYS prop:selected=is_days>{Span::Days(0, 0).label()}</option>
                {part}
            </select>
        </div>
    }
}

/// The first and the last day, where a range of days is looked at.
#[component]
fn Range(desk: Desk) -> impl IntoView {
    let days = Memo::new(move |_| match desk.filter.with(|filter| filter.span) {
        Span::Days(first, last) => Some((first, last)),
        _ => None,
    });
    let is_open = Memo::new(move |_| days.get().is_some());
    let text =
        move |of: fn((i64, i64)) -> i64| days.get().map_or_else(String::new, |days| calendar::text(of(days)));
    // A day that is being typed is none yet, and changes nothing.
    let choose = move |event: ev::Event, with: fn((i64, i64), i64) -> (i64, i64)| {
        let (Some(day), Some(days)) = (calendar::read(&event_target_value(&event)), days.get_untracked())
        else {
            return;
        };
        let (first, last) = with(days, day);
        desk.change(|filter| Filter { span: Span::Days(first, last), ..filter });
    };
    view! {
        <Show when=move || is_open.get()>
            <div class="filter-row days">
                <div class="field">
                    <label for="filter-from">"First day"</label>
                    <input id="filter-from" name="from" class="input" type="date" prop:value=move || text(|(first, _)| first)
                        on:change=move |event| choose(event, |(_, last), day| (day, last.max(day)))/>
                </div>
                <div class="field">
                    <label for="filter-to">"Last day"</label>
                    <input id="filter-to" name="to" class="input" type="date" prop:value=move || text(|(_, last)| last)
                        on:change=move |event| choose(event, |(first, _), day| (first.min(day), day))/>
                </div>
            </div>
        </Show>
    }
}

#[component]
fn Words(desk: Desk) -> impl IntoView {
    let words = Memo::new(move |_| desk.filter.with(|filter| filter.words.clone()));
    let typed = RwSignal::new(words.get_untracked());
    // What comes back from the address is what was typed, unless the address changed by itself.
    let told = StoredValue::new(words.get_untracked());
    Effect::new(move |_| {
        let words = words.get();
        if told.try_update_value(|told| std::mem::replace(told, words.clone()) != words) == Some(true) {
            typed.try_set(words);
        }
    });
    let mut look = debounce(TYPED, move |words: String| {
        if let Some(filter) = desk.filter.try_get_untracked() {
            told.try_set_value(words.clone());
            desk.show(&Filter { words, ..filter }, Step::Same);
        }
    });
    let take = move |event| {
        let words = event_target_value(&event);
        typed.set(words.clone());
        look(words);
    };
    view! {
        <div class="field">
            <label for="filter-words">"Words"</label>
            <input id="filter-words" name="words" class="input" type="search" autocomplete="off" spellcheck="false" dir="auto" aria-describedby="filter-words-help"
                prop:value=typed on:input=take/>
            <span id="filter-words-help" class="hint">"Also in what was sent and answered"</span>
        </div>
    }
}

#[component]
fn Endings(desk: Desk) -> impl IntoView {
    let tick = move |ending: Ending| {
        let is_on = move || desk.filter.with(|filter| filter.endings.contains(&ending));
        let choose = move |event| {
            let wanted = event_target_checked(&event);
            desk.change(|filter| filter.with_ending(ending, wanted));
        };
        view! {
            <label class="switch">
                <input type="checkbox" name="outcome" value=ending.id() prop:checked=is_on on:change=choose/>
                {ending.label()}
            </label>
        }
    };
    view! {
        <fieldset class="choices outcomes">
            <legend>"Outcome"</legend>
            {Ending::ALL.map(tick).collect_view()}
            <span class="hint">"None ticked: any outcome"</span>
        </fieldset>
    }
}
