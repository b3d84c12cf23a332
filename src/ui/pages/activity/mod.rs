//! The history of calls on this device: what is looked at, what it comes to, and each call. Every part
//! of the page shows the same calls, which the address names.

mod answers;
mod asked;
mod bars;
mod clear;
mod desk;
mod export;
mod filter;
mod nothing;
mod row;
mod rows;
mod times;

use crate::{
    browser::{page, store::StoreFault},
    state::App,
    ui::{
        parts::{HistorySettings, Icon},
        places::{ACTIVITY, PlaceHead},
    },
};
use answers::Answers;
use asked::Asked;
use clear::Clear;
use desk::Desk;
use filter::Filters;
use leptos::prelude::*;
use leptos_router::components::A;
use nothing::Nothing;
use rows::Rows;

#[component]
pub fn ActivityPage() -> impl IntoView {
    let activity = App::use_app().activity;
    let desk = Desk::open(activity);
    let some = Memo::new(move |_| desk.count() > 0);
    let fault = Memo::new(move |_| desk.kept.records.with(|kept| kept.as_ref()?.as_ref().err().cloned()));
    let read = Memo::new(move |_| desk.kept.records.with(Option::is_some));
    let content = move || {
        if !read.get() {
            view! { <div class="skeleton" aria-busy="true"></div> }.into_any()
        } else if let Some(fault) = fault.get() {
            view! { <Unread fault/> }.into_any()
        } else if some.get() {
            view! {
                <Filters desk/>
                <Show when=move || desk.found.with(|found| !found.is_empty()) fallback=move || view! { <Nothing desk/> }>
                    <div class="charts">
                        <Asked desk/>
                        <Answers desk/>
                    </div>
                    <Rows desk/>
                </Show>
            }
            .into_any()
        } else {
            view! { <Empty/> }.into_any()
        }
    };
    view! {
        <PlaceHead place=&ACTIVITY>
            <Show when=move || some.get()><Clear/></Show>
        </PlaceHead>
        <Show when=move || !activity.keeping().on>
            <p class="warning" role="status"><Icon name="alert"/><span>"The history is off: calls that leave now are not noted."</span></p>
        </Show>
        <details class="panel history-settings">
            <summary>"History settings"</summary>
            <HistorySettings/>
        </details>
        {content}
    }
}

#[component]
fn Unread(fault: StoreFault) -> impl IntoView {
    view! {
        <div class="refusal" role="alert">
            <p>"The history could not be read."</p>
            <p class="next">{fault.sentence()}</p>
        </div>
    }
}

#[component]
fn Empty() -> impl IntoView {
    let activity = App::use_app().activity;
    let why = move || {
        if activity.keeping().on {
            "Nothing was sent from this device yet. Every call that leaves is listed here, without its secrets."
        } else {
            "There is nothing here, because the history is off."
        }
    };
    view! {
        <div class="empty">
            <p>{why}</p>
            <p><A href=page::place("/requests")>"Choose a request"</A></p>
        </div>
    }
}
